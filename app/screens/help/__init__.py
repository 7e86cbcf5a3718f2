"""All keys, and about this app."""

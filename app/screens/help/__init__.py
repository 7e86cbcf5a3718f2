"""All keys, about this app, and what can go wrong with it."""

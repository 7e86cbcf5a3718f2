"""Who works with the records."""

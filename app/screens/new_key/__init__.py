"""Making a new key of the records."""

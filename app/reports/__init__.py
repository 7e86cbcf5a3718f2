"""Documents: the physician page and the family page."""

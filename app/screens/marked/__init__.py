"""Visits that others marked as entered in error, for the physician who comes next."""

"""The unit's settings and its data."""

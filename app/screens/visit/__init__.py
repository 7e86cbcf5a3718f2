"""Scoring a visit: the sheet first, longer scales item by item, then the summary."""

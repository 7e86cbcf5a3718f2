"""Two signed visits of a patient side by side, item by item."""

"""The lock of the window, and changing hands."""

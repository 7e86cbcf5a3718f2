"""Before the records are open: first run, unlocking, and what stands in the way."""

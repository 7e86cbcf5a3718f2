"""The key of the records: the slots that hold it, and the secrets that open them."""

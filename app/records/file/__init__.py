"""The encrypted file: its connection, what lies beside it, and files whole or not there."""

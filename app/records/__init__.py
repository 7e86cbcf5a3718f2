"""What is kept: the encrypted file, its journal, its keys and its copies."""

"""What the record says in words: each value of the domain is said once, for screen and paper."""

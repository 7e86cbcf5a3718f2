"""A signed visit that is read: every item in words, beside what it was before."""

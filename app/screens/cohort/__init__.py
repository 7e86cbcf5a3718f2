"""Everybody from the first start of an agent on: described, never compared."""

"""Reusable Qt parts: told what to show, they report what was done."""

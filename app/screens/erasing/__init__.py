"""Erasing a patient, and the copies that hold one still."""

"""Treatments with their dose steps, and events: what was given and what happened."""

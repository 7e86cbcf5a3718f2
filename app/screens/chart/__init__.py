"""The heart: a patient's course against the treatments, and in words what happened."""

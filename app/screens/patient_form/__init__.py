"""The facts of a patient: added, corrected, marked entered in error."""

"""The list of patients: search first, one line a patient."""

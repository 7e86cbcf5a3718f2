"""The pages of a patient: a preview of the real PDF, printed or saved."""

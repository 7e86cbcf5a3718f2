"""What was done to the records, and who looked: of a patient, of a visit, of the whole site."""

"""What a family told between visits, in its own words and without a score."""

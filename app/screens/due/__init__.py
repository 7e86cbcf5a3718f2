"""Who is expected on a day, and who has not come: from the list, one tap away."""

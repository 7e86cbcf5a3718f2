"""In and out: the tables and the JSON that other programs rely on."""

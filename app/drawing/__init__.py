"""How a figure is drawn: laid out once, as elements that any painter draws."""

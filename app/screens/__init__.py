"""The window: one folder a screen, each with a view (values), a page (widgets), a control."""

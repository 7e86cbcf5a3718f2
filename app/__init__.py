"""OMS Bedside: the app, from the command line down to the records."""

"""The command line: every command of the published table, each in a small function."""

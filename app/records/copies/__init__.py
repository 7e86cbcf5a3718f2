"""The checked copies of the records, and the way back from one."""

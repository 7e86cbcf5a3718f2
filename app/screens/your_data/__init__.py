"""Whether the data are well, their copies, and the way back from one."""

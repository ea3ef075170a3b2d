"""The commands, and the run that makes a circular, from end to end."""

"""The commands, and the program as a story."""

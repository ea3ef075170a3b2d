"""The paper against itself: what its own figures, lists and numbers say of each other."""

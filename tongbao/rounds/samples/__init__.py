"""The samples that come with the program: which files and reports they are, and how they are taken away."""

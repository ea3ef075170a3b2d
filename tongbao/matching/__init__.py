"""Two periods side by side: which row carries on which, and what became of each."""

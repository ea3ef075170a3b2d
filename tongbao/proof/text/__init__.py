"""What an edited paper says: its sentences, and what in them can be true or false."""

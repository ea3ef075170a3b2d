"""What a circular was made from, kept beside it so that it can be proved after people have edited it."""

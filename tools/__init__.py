"""Commands for developers: what is made once and kept in the repository."""

"""A ledger from nothing: the columns of a kind, with help for filling them in."""

"""An empty ledger: the columns of a kind, with helps for filling them in."""

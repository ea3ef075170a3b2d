"""From grids to a ledger: which sheet is read, where its header is, what each line is, what each value is by type."""

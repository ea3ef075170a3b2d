"""From grids to a ledger: which sheet, which header, what each line is, and each value by the type of its column."""

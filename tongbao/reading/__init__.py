"""From a file to a ledger: raw grids, header, lines, typed values, status words."""

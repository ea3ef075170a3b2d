"""Matching: which row of a ledger carries on which row of the ledger before it, and what became of each."""

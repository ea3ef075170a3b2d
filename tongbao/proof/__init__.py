"""Reading a circular back: against itself, against its ledger, against the standard."""

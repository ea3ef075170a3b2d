"""The paper against the ledger that it was made from, fact by fact."""

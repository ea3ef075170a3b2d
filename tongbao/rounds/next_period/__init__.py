"""The next period's ledger, carried on from the newest."""

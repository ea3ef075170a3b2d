"""The ledger of the next period, carried on from the newest one."""

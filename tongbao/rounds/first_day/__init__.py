"""`setup`: an office's own ledgers, read without a kind, become a report of its config.yaml."""

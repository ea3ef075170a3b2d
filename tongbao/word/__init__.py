"""Word files as files, read, checked and filled in; nothing here knows a ledger."""

"""A sheet is sent to each unit, and the sheets that come back are brought into one ledger."""

"""A sheet for each unit goes out, and the sheets that come back go into one ledger."""

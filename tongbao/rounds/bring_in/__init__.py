"""The annex of an old circular, or a ledger of another layout, brought in as a ledger."""

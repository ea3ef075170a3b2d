"""The annex of an old circular, or a ledger of another layout, imported as a ledger of ours."""

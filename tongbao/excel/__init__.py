"""Spreadsheets as files: read in every format, written and changed; nothing here knows a ledger."""

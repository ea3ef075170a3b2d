"""The formats of spreadsheets, each read by what its specification says."""

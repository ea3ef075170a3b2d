"""What happens to a ledger between two circulars: begun, carried on, sent to the units, brought together, imported."""

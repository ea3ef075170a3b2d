"""The ledger's life between circulars: carried on, sent out, brought together, brought in."""

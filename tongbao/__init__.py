"""tongbao: from the ledgers (台账) of two periods to the circular (通报) of a supervision office."""

__version__ = "0.2.0"

"""Counting, and what a template sees: from the changes between two periods to every figure that may be printed."""

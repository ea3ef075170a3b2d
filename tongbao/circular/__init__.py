"""Counting, and what a template sees: from the changes of two periods to every figure that a circular can print."""

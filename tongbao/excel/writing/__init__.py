"""Workbooks that we write or change (the one home of openpyxl)."""

"""Excel workbooks that we write or annotate (the one home of openpyxl)."""

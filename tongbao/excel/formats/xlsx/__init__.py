"""Workbooks of Excel 2007 and later as XML (.xlsx, .xlsm): what calamine does not tell, and what it must be spared."""

"""Workbooks drawn as text tables. Together with `blocks` the one door from the tests to the tools."""

from tools.drawing import draw, saved, workbook, xlsx

__all__ = ["draw", "saved", "workbook", "xlsx"]

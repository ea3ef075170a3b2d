"""The blocks of which the shipped templates are built, for the templates of the tests.

Together with `drawing` the one door from the tests to the tools: the three hundred lines of Word's XML are not written
twice, and the program itself has no use for them (it fills in templates, and never lays one out).
"""

from tools.ooxml import Column, cell, data_table, each, grid, package, paragraph, row, section, when

__all__ = ["Column", "cell", "data_table", "each", "grid", "package", "paragraph", "row", "section", "when"]

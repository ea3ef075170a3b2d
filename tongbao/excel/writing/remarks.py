"""Comments on cells: the program's own under those of the office, and apart from them."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.comments import Comment

from tongbao.excel.prepared import OUR_REMARK


def annotate(cell: Cell, text: str) -> None:
    """Adds a comment, under the text of one that is there already."""
    # In pixels. Set by feel: about 22 Chinese characters to a line of 320, up to some 19 lines; of a longer comment the
    # end is seen when the clerk makes its box larger.
    whole = cell.comment.text + "\n" + text if cell.comment else text
    cell.comment = Comment(whole, "通报", width=320, height=min(400, 60 + 18 * (len(whole) // 22 + 1)))


def office_remark(cell: Cell) -> str:
    """The office's own comment on a cell, without the program's; empty where there is none."""
    return cell.comment.text.split(OUR_REMARK)[0].rstrip("\n") if cell.comment else ""


def remark(cell: Cell, text: str) -> None:
    """Sets the program's own comment on a cell of a ledger, or takes it off (empty text); the office's own stays."""
    office = office_remark(cell)
    cell.comment = None
    if office:
        annotate(cell, office)
    if text:
        annotate(cell, OUR_REMARK + text)

"""What a cell shows beside its plain text, told to the clerk: struck-out words, pictures, controls, comments, boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tongbao.config.kinds import Kind
from tongbao.excel.grid import Address
from tongbao.excel.values import holds
from tongbao.ledger.rawtable import RawTable
from tongbao.model import PHOTOS, Level, Problem
from tongbao.words.text import first_few, one_line, shortened

# So many cells are named in one message; the others are counted only.
_SHOWN = 12
_SAID = 20  # characters of a comment or a box in a message


def _struck_rows(table: RawTable, _: Kind) -> Iterator[Problem]:
    """One warning for all lines that are no items because their task is struck out, like lines taken out by hand; and
    one for headings, without which the items below belong to the heading above."""
    frame = table.frame
    headings = {row for row in frame.struck if frame.origins.get((row, frame.task)) in frame.wide}
    items = sorted(frame.struck.keys() - headings)
    if items:
        message = f"{len(items)}行的事项划掉了（加了删除线），没有作为事项计入：{_quoted(table, items)}"
        fix = "办结的请取消删除线、改状态；撤销的请取消删除线、写明撤销；误划的请取消删除线"
        yield Problem(Level.WARNING, "struck_item", message, fix, place=table.place(items[0], frame.task))
    if headings:
        first = min(headings)
        message = f"{len(headings)}行标题划掉了（加了删除线），下面的事项不再算在它之下："
        message += _quoted(table, sorted(headings))
        fix = "误划的请取消删除线；标题不要了的，请删去这一行"
        yield Problem(Level.WARNING, "struck_heading", message, fix, place=table.place(first, frame.first))


def _quoted(table: RawTable, rows: Sequence[int]) -> str:
    return first_few([f"第{row}行“{shortened(one_line(table.frame.struck[row]), 10)}”" for row in rows], _SHOWN)


def _struck_cells(table: RawTable, kind: Kind) -> Iterator[Problem]:
    """One warning for all cells of other lines in which words are struck out."""
    layout, struck = table.choice.layout, table.choice.sheet.marks.struck
    last = table.rows[-1].row if table.rows else layout.bottom
    cells = [
        at
        for at in sorted(struck)
        if layout.top <= at[0] <= last and table.frame.first <= at[1] <= table.frame.last
        if at[0] not in table.frame.struck
    ]
    if cells:
        message = f"{len(cells)}格里有划掉的文字（加了删除线），划掉的不印、不计：{_named(table, cells)}"
        bare = [at for at in cells if at[1] in table.frame.judged and not holds(table.choice.sheet.value(*at))]
        message += f"；其中状态整格划掉的按没有填：{_named(table, bare)}" if bare else ""
        value = one_line(struck[cells[0]])
        fix = "划掉的是旧内容，不必管；误划的请取消删除线"
        yield Problem(Level.WARNING, "struck_out", message, fix, place=table.place(*cells[0]), value=value)


def _pictures(table: RawTable, kind: Kind) -> Iterator[Problem]:
    """A warning for each cell that is a picture, an error for a status; a note for pictures that lie over texts."""
    over = []
    for at, name in _in_rows(table, table.choice.sheet.marks.pictures):
        if name == PHOTOS:
            continue
        if holds(table.choice.sheet.value(*at)):
            over.append(at)
        elif name in kind.state_fields:
            fix = "请把图片换成文字的状态"
            yield _of_cell(table, at, Level.ERROR, "cell_picture", "这一格是图片，读不出是什么状态", fix)
        else:
            fix = "请把图片里的内容写成文字；照片要印进通报的，可在模板里用“现场照片”"
            yield _of_cell(table, at, Level.WARNING, "cell_picture", "这一格是图片，里面的内容没有读", fix)
    if over:
        message = f"{len(over)}格的文字上放着图片，图片里的内容没有读：{_named(table, over)}"
        fix = "图片里有要计入的内容的，请写成文字；照片不必管"
        yield Problem(Level.NOTE, "picture_over", message, fix, place=table.place(*over[0]))


def _unread(table: RawTable, kind: Kind) -> Iterator[Problem]:
    """What stands in a cell and nobody can read: an error for a status, which must not pass for an empty one."""
    for at, name in _in_rows(table, table.choice.sheet.marks.unread):
        level = Level.ERROR if name in kind.state_fields else Level.WARNING
        why = table.choice.sheet.marks.unread[at]
        yield _of_cell(table, at, level, "cell_unread", why, "请把它写成文字")


def _comments(table: RawTable, _: Kind) -> Iterator[Problem]:
    """A warning for each empty cell with a comment: what should stand in the cell may stand there."""
    marks = table.choice.sheet.marks
    for at, _name in _in_rows(table, marks.comments):
        if not holds(table.choice.sheet.value(*at)) and at not in marks.pictures:
            said = shortened(one_line(marks.comments[at]), _SAID)
            message = f"这一格是空的，只有批注“{said}”，批注没有读"
            yield _of_cell(table, at, Level.WARNING, "only_comment", message, "是内容的请写到格子里")


def _boxes(table: RawTable, _: Kind) -> Iterator[Problem]:
    """One line for all text boxes of the sheet: a warning where one lies over the lines of the table."""
    boxes = table.choice.sheet.marks.boxes
    if boxes:
        said = first_few([f"“{shortened(one_line(text), _SAID)}”" for _, text in boxes], 3)
        lines = range(table.choice.layout.bottom + 1, table.rows[-1].row + 1) if table.rows else range(0)
        columns = range(table.frame.first, table.frame.last + 1)
        over = next((at for at, _ in boxes if at[0] in lines and at[1] in columns), None)
        message = f"表上有{len(boxes)}个文本框，其中的文字没有读：{said}"
        level = Level.WARNING if over else Level.NOTE
        fix = "是台账内容的请写到格子里；是说明的可以不管"
        yield Problem(level, "text_box", message, fix, place=table.place(*(over or boxes[0][0])))


# ---------------------------------------------------------------------------------------------- cells


def _in_rows(table: RawTable, cells: Iterable[Address]) -> Iterator[tuple[Address, str]]:
    """Those of the cells that stand in a line of the table and in the column of a field, with that field."""
    fields = {column.number: name for name, column in table.columns.items()}
    rows = {line.row for line in table.lines}
    for at in sorted(cells):
        if at[0] in rows and at[1] in fields:
            yield at, fields[at[1]]


def _of_cell(table: RawTable, at: Address, level: Level, code: str, message: str, fix: str) -> Problem:
    header = table.choice.layout.texts.get(at[1], "")
    number, task = (table.frame.text(at[0], c) if c else "" for c in (table.frame.no, table.frame.task))
    item = (f"第{number}项 " if number else "") + shortened(task, 12)
    return Problem(level, code, message, fix, place=table.place(*at), header=header, item=item)


def _named(table: RawTable, cells: list[Address]) -> str:
    return first_few([table.place(*at).cell for at in cells], _SHOWN)


# Every look at the cells of a table; its problems come in this order.
LOOKS: tuple[Callable[[RawTable, Kind], Iterator[Problem]], ...] = (
    _struck_rows,
    _struck_cells,
    _pictures,
    _unread,
    _comments,
    _boxes,
)

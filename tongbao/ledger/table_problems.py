"""What is odd about a table: its header, its lines, and what stands where it is not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from tongbao.config.kind_words import fields_of
from tongbao.config.kinds import UNUSED, Column, Kind
from tongbao.excel.grid import Address, Range
from tongbao.excel.values import HIDDEN, holds, text_of
from tongbao.ledger import cell_marks
from tongbao.ledger.frame import Frame
from tongbao.ledger.line import What
from tongbao.ledger.outline import is_numbered_below, sections
from tongbao.ledger.rawtable import RawTable
from tongbao.model import Level, Problem
from tongbao.words.text import first_few, key, nearest, one_line, shortened

# So many places are named in one message; the others are counted only.
_SHOWN = 5
# Characters of a value that shows what a column holds.
_SAMPLE = 15


def table_problems(table: RawTable, kind: Kind) -> list[Problem]:
    """The problems of the layout and the lines of a table; those of its values are found where they are typed."""
    return [problem for look in _LOOKS for problem in look(table, kind)]


# ---------------------------------------------------------------------------------------------- the header


def _claimed_twice(table: RawTable, _: Kind) -> Iterator[Problem]:
    layout = table.choice.layout
    for name, columns in layout.twice.items():
        places = "、".join(table.place(layout.bottom, c).cell for c in columns)
        message = f"表头“{layout.texts[columns[0]]}”出现了{len(columns)}次（{places}），不知道该读哪一列"
        place = table.place(layout.bottom, columns[1])
        yield Problem(Level.ERROR, "header_twice", message, "请改掉多余的一列的表头", place=place, header=name)


def _rival_headers(table: RawTable, _: Kind) -> Iterator[Problem]:
    layout = table.choice.layout
    for name, columns in layout.rivals.items():
        read, *left = (f"“{layout.texts[c]}”" for c in columns)
        message = f"{read}和{'、'.join(left)}都像{name}一栏，按{read}读取"
        place = table.place(layout.bottom, columns[1])
        yield Problem(Level.WARNING, "header_rivals", message, "读错了请改表头", place=place)


def _shared_headers(table: RawTable, _: Kind) -> Iterator[Problem]:
    """A note that names the headers which only the vocabulary of all kinds knows."""
    layout = table.choice.layout
    if read := [f"“{layout.texts[c]}”按“{name}”" for name, c in layout.columns.items() if name in layout.shared]:
        first = min(layout.columns[name] for name in layout.shared)
        fix = "不对的请在 config.yaml 的 columns 里写明，或运行 setup"
        message = f"{'、'.join(read)}读取"
        yield Problem(Level.NOTE, "header_shared", message, fix, place=table.place(layout.bottom, first))


def _unsure_headers(table: RawTable, kind: Kind) -> Iterator[Problem]:
    """A warning for each field that several headers of the vocabulary may be: none of them is read."""
    layout = table.choice.layout
    for name, columns in layout.unsure.items():
        headers = [layout.texts[c] for c in columns]
        message = f"{'、'.join(f'“{it}”' for it in headers)}都像“{name}”，都没有读取"
        fix = f"用哪一列，在 config.yaml 的这份通报下写明，如 columns: {{{name}: [{headers[-1]}]}}，或运行 setup"
        place = table.place(layout.bottom, columns[0])
        yield Problem(Level.WARNING, "header_unsure", message, fix, place=place)


def _unread_headers(table: RawTable, kind: Kind) -> Iterator[Problem]:
    """A warning for each unread column that looks like a field without a column, which would print as not reported."""
    layout = table.choice.layout
    absent = [c for c in kind.columns if c.headers and c.field not in table.columns] if not table.choice.closed else []
    unsure = {c for columns in layout.unsure.values() for c in columns}
    for number in layout.others:
        header = layout.texts[number]
        near = next((c for c in absent if may_be(header, c, kind)), None)
        if near and number not in unsure and not kind.is_unused(layout.pieces[number]):
            message = f"“{header}”一列没有用到，像是“{near.field}”{_sample(table, number)}"
            line = f"columns: {{{near.field}: [{header}]}}"
            ways = f"把表头改成“{near.headers[0]}”，或在 config.yaml 的这份通报下写 {line}，或运行 setup"
            fix = f"是的话请{ways}；不是的可以不管，或写 columns: {{{UNUSED}: [{header}]}}，以后不再提"
            yield Problem(Level.WARNING, "header_unread", message, fix, place=table.place(layout.bottom, number))


def may_be(header: str, column: Column, kind: Kind) -> bool:
    """May an unread header mean a column? Not where the vocabulary knows that it means something else."""
    if meanings := kind.vocabulary.fields(header):
        return column.field in fields_of(kind, meanings)
    return _looks_like(header, column)


def _sample(table: RawTable, number: int) -> str:
    """The first value of a column, in brackets; empty where it has none."""
    sheet, below = table.choice.sheet, range(table.choice.layout.bottom + 1, len(table.choice.sheet.cells) + 1)
    first = next((text for row in below if (text := one_line(text_of(sheet.value(row, number))))), "")
    return f"（如“{shortened(first, _SAMPLE)}”）" if first else ""


def _looks_like(header: str, column: Column) -> bool:
    """Is the header nearly an alias of the column, one with more behind it, or one that ends in the same word?"""
    # The last word is two characters: 落实情况 looks like 进展情况, 推进措施 does not. So does 资金情况, for a warning
    # too many.
    word = key(header)
    aliases = [key(alias) for alias in column.headers]
    return nearest(header, column.headers) is not None or any(
        word.startswith(a) or word[-2:] == a[-2:] for a in aliases
    )


def _units_from_another(table: RawTable, kind: Kind) -> Iterator[Problem]:
    """A note where the column by which the kind counts units is missing, and another one is taken for it."""
    wanted, taken = kind.units.field, table.answering(kind)
    if taken not in ("", wanted):
        column = table.columns[taken].number
        message = f"没有“{wanted}”一列，单位按“{table.choice.layout.texts[column]}”一列计"
        place = table.place(table.choice.layout.bottom, column)
        yield Problem(Level.NOTE, "units_from_another", message, "不对的请补上这一列", place=place)


# ---------------------------------------------------------------------------------------------- the lines


_JOINED_FIX = "是单独一个分项的，请填单位或状态；与上一行是同一项的，请把状态一栏也合并"
_LINE_FIX = "请补填序号和事项；属于上一项的，请与上一项合并单元格；与台账无关的请删去"


def _doubtful_lines(table: RawTable, _: Kind) -> Iterator[Problem]:
    for line in table.lines:
        place = table.place(line.row, line.filled[0] if len(line.filled) == 1 else 0)
        if line.what is What.DOUBT:
            message = f"这一行{line.why}"
            yield Problem(Level.ERROR, "line_doubt", message, _LINE_FIX, place=place, value=line.text)
        elif line.what is What.MORE and line.why:
            message = f"这一行{line.why}"
            yield Problem(Level.WARNING, "line_joined", message, _JOINED_FIX, place=place, value=line.text)


def _asides(table: RawTable, _: Kind) -> Iterator[Problem]:
    lines = [line for line in table.lines if line.what is What.ASIDE]
    if lines:
        shown = first_few([f"{line.row}行“{one_line(line.text)[:10]}”" for line in lines], _SHOWN)
        message = f"{len(lines)}行是合计、说明、签字或重复的表头，没有作为事项：第{shown}"
        yield Problem(Level.NOTE, "asides", message, "", place=table.place(lines[0].row))


def _empty_headings(table: RawTable, kind: Kind) -> Iterator[Problem]:
    """A warning for each heading with another one directly below it, where that is not a level further in.

    Offices number their headings on more levels than their kind of circular has a use for.
    """
    shown = [line for line in table.lines if line.what is not What.ASIDE]
    levels = sections(table.lines, max(1, len(kind.sections)))
    for line, below in pairwise(shown):
        if line.what is not What.HEADING or below.what is not What.HEADING:
            continue
        if len(levels[below.row]) <= len(levels[line.row]) and not is_numbered_below(below.text, line.text):
            message = f"标题“{line.text}”下面没有事项"
            fix = "它本身是事项的，请把内容填到事项一栏；只是标题的，可以不管"
            yield Problem(Level.WARNING, "empty_heading", message, fix, place=table.place(line.row, line.filled[0]))


def _gaps(table: RawTable, _: Kind) -> Iterator[Problem]:
    """A note where more than one empty line lies above an item; a single one is a common way to set items apart."""
    for line in table.lines:
        if line.gap > 1 and line.what in (What.ITEM, What.PART):
            message = f"上面空了{line.gap}行，这一行起仍作为事项读取"
            yield Problem(Level.NOTE, "gap", message, "不是台账内容的请移到别的工作表", place=table.place(line.row))


# ---------------------------------------------------------------------------------------------- what is not seen


def _hidden_rows(table: RawTable, _: Kind) -> Iterator[Problem]:
    marks = table.choice.sheet.marks
    hidden = [raw.row for raw in table.rows if raw.row in marks.hidden_rows]
    if hidden:
        how = "被筛选掉" if marks.filtered else "被隐藏"
        message = f"有{len(hidden)}行{how}（{_row_list(hidden)}），已照常计入"
        yield Problem(Level.NOTE, "hidden_rows", message, "不该计入的请删除", place=table.place(hidden[0]))


def _hidden_columns(table: RawTable, _: Kind) -> Iterator[Problem]:
    layout = table.choice.layout
    for column in sorted(table.choice.sheet.marks.hidden_columns & set(layout.columns.values())):
        message = f"“{layout.texts[column]}”一列是隐藏的，已照常读取"
        yield Problem(Level.NOTE, "hidden_column", message, "", place=table.place(layout.bottom, column))


def _hidden_by_format(table: RawTable, _: Kind) -> Iterator[Problem]:
    """A warning where cells of the table hold something that their number format does not show. A zero is nothing."""
    sheet, layout = table.choice.sheet, table.choice.layout
    hidden = [a for a, text in sheet.marks.shown.items() if text == HIDDEN and a[0] > layout.bottom]
    cells = sorted(a for a in hidden if a[1] in layout.texts and sheet.value(*a) != 0)
    if cells:
        message = f"有{len(cells)}格的内容被数字格式藏起来了，屏幕上是空的，没有读取：{_cell_list(table, cells)}"
        fix = "要用的请把单元格格式改成“常规”；不用的请清除"
        yield Problem(Level.WARNING, "hidden_by_format", message, fix, place=table.place(*cells[0]))


def _beside(table: RawTable, _: Kind) -> Iterator[Problem]:
    if cells := _without_header(table.frame):
        message = f"没有表头的列里有{len(cells)}格内容，没有读取：{_cell_list(table, cells)}"
        yield Problem(Level.NOTE, "outside", message, "属于台账的请加上表头", place=table.place(*cells[0]))


def _without_header(frame: Frame) -> list[Address]:
    """The cells that hold something in columns without a header, but for headings merged over the table."""
    beyond = [c for c in range(1, max(map(len, frame.sheet.cells)) + 1) if c not in frame.words]
    found = ((row, column) for row in frame.rows for column in beyond if holds(frame.sheet.value(row, column)))
    return [address for address in found if address not in frame.origins and address not in frame.wide]


def _under_merged(table: RawTable, _: Kind) -> Iterator[Problem]:
    for address in _covered_texts(table.frame):
        text = table.frame.text(*address)
        message = f"合并单元格下面还压着文字“{text[:20]}”，看不见，也没有读取"
        fix = "要用的请取消合并后移出来；不用的请取消合并、清除后再合并"
        yield Problem(Level.WARNING, "text_under_merge", message, fix, place=table.place(*address), value=text)


def _covered_texts(frame: Frame) -> list[Address]:
    """The cells of the table that hold a text which a merged range with another text hides."""
    sheet, shown = frame.sheet, range(frame.first, frame.last + 1)
    hiding = (a for a in frame.origins if a[1] in shown and holds(sheet.value(*a)))
    return [a for a in hiding if sheet.value(*a) != sheet.value(*frame.origins[a])]


def _straddling(table: RawTable, _: Kind) -> Iterator[Problem]:
    """A warning for each merged range that begins or ends in the middle of an item and reaches into its neighbour."""
    items = _merged_items(table.frame)
    for merged in table.choice.sheet.merges:
        top, left, bottom, right = merged
        if top > table.choice.layout.bottom and _straddles(merged, items):
            cells = f"{table.place(top, left).cell}:{table.place(bottom, right).cell}"
            message = f"合并区域 {cells} 跨过了事项的边界，它的内容属于哪一项看不准"
            fix = "请按事项重新合并单元格"
            yield Problem(Level.WARNING, "merge_straddles", message, fix, place=table.place(top, left))


def _merged_items(frame: Frame) -> dict[int, tuple[int, int]]:
    """For every row under a merged task the first and the last row of that task."""
    tasks = (m for m in frame.sheet.merges if m[1] <= frame.task <= m[3])
    return {row: (top, bottom) for top, _, bottom, _ in tasks for row in range(top, bottom + 1)}


def _straddles(merged: Range, items: Mapping[int, tuple[int, int]]) -> bool:
    """Does a merged range reach from one item into another, and cut one of them in two?"""
    top, _, bottom, _ = merged
    first, last = items.get(top, (top, top)), items.get(bottom, (bottom, bottom))
    return first != last and (first[0] < top or bottom < last[1])


# ---------------------------------------------------------------------------------------------- lists of places


def _row_list(rows: Sequence[int]) -> str:
    return f"第{first_few([str(row) for row in rows], _SHOWN)}行"


def _cell_list(table: RawTable, cells: Sequence[Address]) -> str:
    return first_few([table.place(*address).cell for address in cells], _SHOWN)


# Every look at a table; its problems come in this order.
_LOOKS: tuple[Callable[[RawTable, Kind], Iterator[Problem]], ...] = (
    _claimed_twice,
    _rival_headers,
    _doubtful_lines,
    _asides,
    _empty_headings,
    _hidden_rows,
    _hidden_columns,
    _hidden_by_format,
    _beside,
    _shared_headers,
    _unsure_headers,
    _unread_headers,
    _units_from_another,
    _under_merged,
    _straddling,
    _gaps,
    *cell_marks.LOOKS,
)

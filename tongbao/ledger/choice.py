"""Which sheets of a workbook hold the ledger: found by their headers, never by their position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.config.kinds import Column, Kind
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import holds
from tongbao.ledger import headers
from tongbao.ledger.headers import Layout
from tongbao.ledger.sheet_proposal import Candidate, proposed_sheet
from tongbao.model import OUR_SHEET, TASK, Level, Period, Place, Problem
from tongbao.words.periods import parse_period
from tongbao.words.text import key, nearest

# What the settings may write for "every sheet that fits"; a sheet that is itself called 全部 cannot be named.
ALL_SHEETS = ("*", "全部")
# The code of the problem that is solved by naming the sheet in the settings.
SEVERAL = "several_sheets"
# Names of sheets to which offices move closed items, as whole names: 完成情况 and 办结情况 are often the ledger itself.
# Beside these any name with 销号 counts (2022年已销号事项), but for those that say the contrary (未销号, 待销号).
# It costs: 归档 and 历史 are not known.
_ARCHIVE = re.compile(r"(?<![未待应拟需])销号")
_CLOSED = frozenset({"办结", "已办结", "办结事项", "已办结事项", "完成", "已完成", "完成事项", "已完成事项"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A sheet to read, and its header. `closed`: it is the sheet of closed items."""

    sheet: Sheet
    layout: Layout
    closed: bool = False


def choose(book: Book, kind: Kind, wanted: str) -> tuple[list[Choice], list[Problem]]:
    """The sheets to read, those of closed items last, and what was found odd; no sheets where none fits, or several.

    A run, a file dropped on the icon and `import` all ask here, so that they read the same sheet of a file.
    """
    problems = [_hidden_sheet(book, s) for s in book.sheets if s.hidden and s.name != OUR_SHEET]
    if not has_sheet(book, wanted):
        return [], [*problems, _no_such_sheet(book, shown(book), wanted)]
    wanted = wanted or _only(book)
    layouts = {s.name: headers.find(s, kind, closed=is_closed(s.name, wanted)) for s in shown(book)}
    fitting = [
        Choice(s, it, is_closed(s.name, wanted))
        for s in shown(book)
        if (it := layouts[s.name]) is not None and not it.missing
    ]
    problems += _closed_unread(book, wanted, fitting)
    current = _current(fitting, book, wanted)
    if not current:
        others = [s for s in shown(book) if not is_closed(s.name, wanted)]
        return [], [*problems, _nothing_fits(book, kind, others, layouts)]
    if len(current) > 1 and wanted not in ALL_SHEETS:
        return [], [*problems, _several_fit(book, current)]
    return [*current, *(c for c in fitting if c.closed)], problems


def shown(book: Book) -> list[Sheet]:
    """The sheets that are not hidden."""
    return [s for s in book.sheets if not s.hidden]


def has_sheet(book: Book, wanted: str) -> bool:
    """Is the sheet that the settings name there and not hidden? True too where they name none, or all."""
    return wanted in ("", *ALL_SHEETS, *(s.name for s in shown(book)))


def _only(book: Book) -> str:
    """The sheet that holds all there is: it is the ledger, also where it is called 整改销号台账."""
    full = [sheet.name for sheet in shown(book) if _has_content(sheet, 0)]
    return full[0] if len(full) == 1 else ""


def is_closed(name: str, wanted: str = "") -> bool:
    """Does the name say that a sheet holds closed items? Never that of the sheet that the settings name."""
    return name != wanted and (bool(_ARCHIVE.search(name)) or key(name) in _CLOSED)


def _current(fitting: Sequence[Choice], book: Book, wanted: str) -> list[Choice]:
    """The sheets that may be the ledger itself: all where all are wanted, else the likeliest."""
    current = [c for c in fitting if not c.closed and wanted in ("", *ALL_SHEETS, c.sheet.name)]
    return current if wanted in ALL_SHEETS or len(current) < 2 else _likeliest(current, book)


def _has_content(sheet: Sheet, below: int) -> bool:
    return any(any(map(holds, row)) for row in sheet.cells[below:])


def _likeliest(fitting: Sequence[Choice], book: Book) -> list[Choice]:
    """The sheets with content below the header; of these the one whose name tells the period of the file, if any."""
    filled = [c for c in fitting if _has_content(c.sheet, c.layout.bottom)] or list(fitting)
    period = parse_period(book.file)
    named = [c for c in filled if period and (of := _period_of(c.sheet.name, period)) and of.last == period.last]
    return named if len(named) == 1 else filled


def _period_of(sheet_name: str, of_file: Period) -> Period | None:
    """The period that a sheet's name tells; a name without a year (9月) takes the year of the file."""
    # A sheet for each month (8月, 9月份) or quarter (三季度). 九月, 第三季度 and 上半年 tell nothing without a year:
    # several such sheets are then asked about, as any others.
    said = f"{of_file.last.year}年{sheet_name}" if re.match(r"\d{1,2}月|[一二三四]季度", sheet_name) else sheet_name
    return parse_period(said)


def _hidden_sheet(book: Book, sheet: Sheet) -> Problem:
    message = f"工作表“{sheet.name}”是隐藏的，没有读取"
    return Problem(Level.NOTE, "hidden_sheet", message, "要计入的请取消隐藏", place=Place(book.file, sheet.name))


def _no_such_sheet(book: Book, there: Sequence[Sheet], wanted: str) -> Problem:
    names = "、".join(f"“{s.name}”" for s in there)
    return Problem(
        Level.ERROR,
        "no_such_sheet",
        f"没有工作表“{wanted}”，只有{names}",
        "请改配置里的工作表名",
        place=Place(book.file),
    )


def _closed_unread(book: Book, wanted: str, fitting: Sequence[Choice]) -> Iterator[Problem]:
    """A problem for each sheet of closed items that holds something, but no header with a task."""
    read = [c.sheet.name for c in fitting]
    for sheet in shown(book):
        if is_closed(sheet.name, wanted) and sheet.name not in read and _has_content(sheet, 0):
            message = f"工作表“{sheet.name}”像是销号表，但没有找到事项一栏的表头，没有读取"
            fix = "请补上表头，或给这张表改个名字"
            yield Problem(Level.ERROR, "closed_unread", message, fix, place=Place(book.file, sheet.name))


def _several_fit(book: Book, fitting: Sequence[Choice]) -> Problem:
    names = "、".join(f"“{c.sheet.name}”" for c in fitting)
    message = f"有{len(fitting)}张工作表都像台账：{names}"
    likeliest = proposed_sheet([_candidate(c) for c in fitting], parse_period(book.file))
    fix = f"请在 config.yaml 的这份通报下写明用哪一张，如 sheet: {likeliest}；全部都用的写 sheet: 全部"
    return Problem(Level.ERROR, SEVERAL, message, fix, place=Place(book.file))


def _candidate(choice: Choice) -> Candidate:
    rows = choice.sheet.cells[choice.layout.bottom :]
    return Candidate(choice.sheet.name, len(choice.layout.columns), sum(any(map(holds, row)) for row in rows))


def _nothing_fits(book: Book, kind: Kind, there: Sequence[Sheet], layouts: Mapping[str, Layout | None]) -> Problem:
    """Why no sheet fits: nothing in it, no header, or headers missing; then with what each may be called there."""
    near = [it for s in there if (it := layouts[s.name]) is not None]
    if not any(_has_content(s, 0) for s in there):
        return Problem(
            Level.ERROR, "empty_book", "表格是空的，没有任何内容", "请核对是不是这个文件", place=Place(book.file)
        )
    if not near:
        required = "、".join(c.headers[0] for c in kind.columns if c.required or c.field == TASK)
        message = f"前{headers.SEARCHED_ROWS}行里没有找到表头"
        return Problem(Level.ERROR, "no_header", message, f"表头至少要有：{required}", place=Place(book.file))
    best = min(near, key=lambda it: len(it.missing))
    found = "、".join(dict.fromkeys(best.texts.values()))
    missing = "、".join(c.headers[0] for c in best.missing)
    hints = [_hint(c, [best.texts[o] for o in best.others]) for c in best.missing]
    message = f"表头里缺少：{missing}（现有：{found}）"
    return Problem(
        Level.ERROR, "missing_column", message, "；".join(hints), place=Place(book.file, best.sheet, best.bottom)
    )


def _hint(column: Column, others: Sequence[str]) -> str:
    """What to do about a missing column: the header of the sheet that looks most like it, and the names it may have."""
    near = next((near for alias in column.headers if (near := nearest(alias, others))), None)
    names = "、".join(column.headers)
    return (
        f"“{near}”是不是{column.headers[0]}？可用的表头：{names}" if near else f"{column.field}一栏的表头可写：{names}"
    )

"""Which sheets of a workbook hold the ledger: found by their headers, never by their position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.config.kind_words import fields_of
from tongbao.config.kinds import Column, Kind
from tongbao.config.office import ALL_SHEETS
from tongbao.config.status_from import Stands
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import holds
from tongbao.ledger import headers
from tongbao.ledger.headers import Layout
from tongbao.ledger.sheet_proposal import Candidate, proposed_sheet
from tongbao.ledger.stacked import stacked
from tongbao.model import OUR_SHEET, TASK, Level, Period, Place, Problem
from tongbao.words.periods import parse_period
from tongbao.words.text import key, nearest

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
    if kind.status_from and kind.status_from.where is Stands.SHEETS:
        chosen, said = _by_state(book, kind, kind.status_from.labels)
        return chosen, [*problems, *said]
    if not has_sheet(book, wanted):
        return [], [*problems, _no_such_sheet(book, shown(book), wanted)]
    wanted = wanted or _only(book)
    sheets, below = _apart(book, kind)
    layouts = {s.name: headers.find(s, kind, closed=is_closed(s.name, wanted)) for s in sheets}
    fitting = [
        Choice(s, it, is_closed(s.name, wanted))
        for s in sheets
        if (it := layouts[s.name]) is not None and not it.missing
    ]
    problems += _closed_unread(book, wanted, fitting)
    fitting = _by_own_words(fitting, wanted)
    current = _current(fitting, book, wanted)
    if not current:
        others = [s for s in shown(book) if not is_closed(s.name, wanted)]
        return [], [*problems, _nothing_fits(book, kind, others, layouts)]
    if len(current) > 1 and wanted not in ALL_SHEETS:
        return [], [*problems, _several_fit(book, current)]
    names = {c.sheet.name for c in current}
    closed = [*(c for c in fitting if c.closed), *(c for c in below if c.sheet.name in names)]
    return [*current, *closed], problems


def _apart(book: Book, kind: Kind) -> tuple[list[Sheet], list[Choice]]:
    """The sheets in sight, those with a table of closed items under that of the open ones without it, and these
    tables."""
    sheets: list[Sheet] = []
    below: list[Choice] = []
    for sheet in shown(book):
        both = stacked(sheet)
        layout = headers.find(both.closed, kind, closed=True) if both else None
        found = both is not None and layout is not None and not layout.missing
        sheets.append(both.open if both and found else sheet)
        below += [Choice(both.closed, layout, closed=True)] if both and layout and found else []
    return sheets, below


def _by_state(book: Book, kind: Kind, labels: Mapping[str, str]) -> tuple[list[Choice], list[Problem]]:
    """The sheets of which each says by its name how its rows stand, and those of closed items beside them.

    Neither a sheet that is named and not there, nor one that is there and not named, goes without a word; both together
    are an error, for a sheet may only have got another name.
    """
    named = {sheet_key(name): name for name in labels}
    layouts = {s.name: headers.find(s, kind, closed=_is_beside(s, named)) for s in shown(book)}
    fitting = [
        Choice(s, it, _is_beside(s, named))
        for s in shown(book)
        if (it := layouts[s.name]) is not None and not it.missing
    ]
    chosen = [c for c in fitting if sheet_key(c.sheet.name) in named or c.closed]
    missing = [name for folded, name in named.items() if folded not in {sheet_key(s.name) for s in shown(book)}]
    unfit = [s for s in shown(book) if sheet_key(s.name) in named and s.name not in {c.sheet.name for c in chosen}]
    others = [c.sheet for c in fitting if c not in chosen and _has_content(c.sheet, c.layout.bottom)]
    problems = [_nothing_fits(book, kind, [s], layouts) for s in unfit if _has_content(s, 0)]
    problems += _unnamed(book, missing, others)
    working = any(not c.closed for c in chosen)
    return (chosen if working else []), problems if working or problems else [_nothing_fits(book, kind, [], layouts)]


def _is_beside(sheet: Sheet, named: Mapping[str, str]) -> bool:
    """Is this a sheet of closed items, and none that is named for its state?"""
    return sheet_key(sheet.name) not in named and is_closed(sheet.name)


def _unnamed(book: Book, missing: Sequence[str], others: Sequence[Sheet]) -> Iterator[Problem]:
    """What is said of sheets that are named and not there, and of ledgers that are there and not named."""
    there = "、".join(f"“{s.name}”" for s in shown(book))
    lost = "、".join(f"“{name}”" for name in missing)
    if missing and (others or len(missing) > 1):
        message, fix = (
            f"没有工作表{lost}（status_from.sheets 里写的），只有{there}",
            "请改配置里的工作表名，或改工作表的名字",
        )
        yield Problem(Level.ERROR, "no_such_sheet", message, fix, place=Place(book.file))
    elif missing:
        message, fix = f"没有工作表{lost}（status_from.sheets 里写的），按没有这类事项算", "确实没有的不必管"
        yield Problem(Level.WARNING, "state_sheet_missing", message, fix, place=Place(book.file))
    for sheet in others:
        message = f"工作表“{sheet.name}”像台账，status_from.sheets 里没有写它是哪种状态，没有读取"
        fix = f"要计入的，在 status_from.sheets 里写上，如 {sheet.name}: …；不要的不必管"
        yield Problem(Level.WARNING, "state_sheet_unread", message, fix, place=Place(book.file, sheet.name))


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


# Behind the name of a sheet, how many items stand in it: 已完成（12）, 未完成12项.
_COUNTED = re.compile(r"[(（\[【]?\s*共?\s*\d+\s*[项个件条宗起]?\s*[)）\]】]?$")


def sheet_key(name: str) -> str:
    """What names of sheets are compared by: without the number of items behind them, which grows."""
    return key(_COUNTED.sub("", name.strip())) or key(name)


def is_closed(name: str, wanted: str = "") -> bool:
    """Does the name say that a sheet holds closed items? Never that of the sheet that the settings name."""
    return name != wanted and (bool(_ARCHIVE.search(name)) or key(name) in _CLOSED)


def _current(fitting: Sequence[Choice], book: Book, wanted: str) -> list[Choice]:
    """The sheets that may be the ledger itself: all where all are wanted, else the likeliest."""
    current = [c for c in fitting if not c.closed and wanted in ("", *ALL_SHEETS, c.sheet.name)]
    return current if wanted in ALL_SHEETS or len(current) < 2 else _likeliest(current, book)


def _by_own_words(fitting: list[Choice], wanted: str) -> list[Choice]:
    """The sheets that the kind's own headers found, where there are any: beside these no other is a ledger only because
    the words of all kinds fit it. Where all sheets are wanted, all are parts."""
    own = [c for c in fitting if not c.closed and not c.layout.widened]
    return fitting if wanted or not own else [c for c in fitting if c.closed or not c.layout.widened]


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
    hints = [_hint(c, kind, [best.texts[o] for o in best.others]) for c in best.missing]
    message = f"表头里缺少：{missing}（现有：{found}）"
    return Problem(
        Level.ERROR, "missing_column", message, "；".join(hints), place=Place(book.file, best.sheet, best.bottom)
    )


def _hint_of_asked(column: Column, others: Sequence[str]) -> str:
    """What to do about a missing column that says how rows stand."""
    near = nearest(column.headers[0], others)
    slip = f"是不是“{near}”？" if near else ""
    return f"“{column.headers[0]}”是 status_from 里写的，{slip}请改配置里的表头，或改台账的"


def _hint(column: Column, kind: Kind, others: Sequence[str]) -> str:
    """What to do about a missing column: the header of the sheet that looks most like it, and the names it may have."""
    if kind.status_from and column.field in kind.status_from.asks:
        return _hint_of_asked(column, others)
    meant = (it for it in others if column.field in fields_of(kind, kind.vocabulary.fields(it)))
    alike = (near for alias in column.headers if (near := nearest(alias, others)))
    near = next(meant, None) or next(alike, None)
    names = "、".join(column.headers)
    line = f"在 config.yaml 的这份通报下写 columns: {{{column.field}: [{near or '表头'}]}}，或运行 setup"
    return (
        f"“{near}”是不是{column.headers[0]}？是的话{line}；可用的表头：{names}"
        if near
        else f"{column.field}一栏的表头可写：{names}；用别的表头的，{line}"
    )

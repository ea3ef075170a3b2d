"""Where the table of a sheet begins, and which of its columns holds which field of the kind.

The header stands in one of the first ten rows and is one to three rows high. Headers are compared by their key, with
and without what stands in brackets; a unit of measure in brackets (万元) is the unit of the column's numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby, islice

from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.excel.grid import Address, Sheet
from tongbao.excel.values import holds, text_of
from tongbao.ledger.shared_headers import shared_columns
from tongbao.model import STATUS, TASK, Header, Table
from tongbao.words.text import key, one_line

# Above the header stand a title, the office, a date, a unit of measure. A header in row 11 is not found, which is said.
SEARCHED_ROWS = 10
# The most seen in print (cases by channel and outcome). The lower rows of a higher one are asked about, without a task.
_MAX_HEIGHT = 3
# The width of an .xls sheet; keeps a stray cell far to the right from costing time. A field beyond it is not found.
_MAX_WIDTH = 256
# Brackets of any sort, the innermost pair. One that is never closed (投资（亿元) is none.
_BRACKETS = re.compile(r"[(（〔【\[]([^()（）〔〕【】\[\]]*)[)）〕】\]]")
# What may stand alone in brackets, with 单位： before it: a sum in yuan (万 alone is 万元), a percent, what is counted.
# It costs: 公里, 天 and 平方米 are not known.
_MEASURE = re.compile(r"(?:人民币)?([十百千万亿]*元|[百千]?万|[十百千]?亿|%|[个项件人户亩处宗])(?:人民币)?")
# Anywhere in a text above the table (（单位：万元）, 金额单位：亿元), and only for sums in yuan: 责任单位：县财政局 is
# none, though 责任单位：万元公司 would be.
_SHEET_MEASURE = re.compile(
    r"(?:金额|计量|数据|投资|资金)?单位\s*[:：]\s*(?:人民币)?([十百千万亿]*元|[百千]?万(?!\w)|[十百千]?亿(?!\w))"
)
# Marks of duty (*, ★, ※), a number before the header (4.责任单位), a colon behind it. It costs: 1月进展 and 2月进展 are
# one header; where both stand there, the left one is read, with a warning. 一、 and （1） are not taken off.
_DECORATION = re.compile(r"^[*＊※★●\d.、]+(?=\D)|[*＊※★:：]+$")


@dataclass(frozen=True, slots=True)
class Layout:
    """A header that was found: its rows, the column of each field, and the header text of every column.

    `top` and `bottom` are its first and last row; `columns` the column by field, `texts` the header by column.
    `measures` is the unit of measure by field, from its header or from a line above the table. `twice` and `rivals`
    are fields that several columns claim (the column that is read stands first): with one header, or in other words.
    `missing` are the required columns that no header gives. `shared` are fields whose header only the words of all
    kinds give, `unsure` those that several give, so that none is read. `pieces`: a header's texts, group header first.
    """

    sheet: str
    top: int
    bottom: int
    columns: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    twice: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    missing: tuple[Column, ...] = ()
    shared: frozenset[str] = frozenset()
    unsure: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    widened: bool = False
    pieces: Mapping[int, Sequence[str]] = field(default_factory=dict)

    @property
    def others(self) -> list[int]:
        """The columns with a header that no field claims."""
        return [c for c in self.texts if c not in self.columns.values()]

    @property
    def claimed(self) -> set[int]:
        """The columns that a field claims, those among them that are not read for it."""
        rest = (*self.twice.values(), *self.rivals.values(), *self.unsure.values())
        return {c for columns in (self.columns.values(), *rest) for c in columns}

    def table(self) -> Table:
        """The columns of the layout as the `Table` that a ledger keeps."""
        by_field = {name: Header(c, self.texts[c]) for name, c in self.columns.items()}
        return Table(self.sheet, self.bottom, by_field, tuple(Header(c, self.texts[c]) for c in self.others))


def find(sheet: Sheet, kind: Kind, *, closed: bool = False) -> Layout | None:
    """The best header of a sheet; None where the first ten rows hold no header of the kind.

    On a sheet of closed items (`closed`) only the task is required. A header that lacks a required column comes back
    all the same, with that column in `Layout.missing`. The kind's own words say where the header stands; only where
    they find none that is whole, the vocabulary of all kinds helps to find it (`Layout.widened`).
    """
    required = [c for c in kind.columns if c.field == TASK or (c.required and not closed)]
    layouts = [_layout(sheet, kind, rows, required) for rows in candidates(sheet)]
    own = _best(sheet, layouts)
    if own is not None and not own.missing:
        return _with_shared(sheet, kind, own, required)
    wide = _best(sheet, [_with_shared(sheet, kind, it, required) for it in layouts])
    better = wide is not None and (own is None or len(wide.missing) < len(own.missing))
    return replace(wide, widened=True) if wide is not None and better else own


def _best(sheet: Sheet, layouts: Sequence[Layout]) -> Layout | None:
    fields = [it for it in layouts if _may_be_header(it)]
    whole = [it for it in layouts if not _is_cut_short(sheet, it, layouts) and not _is_copy(it, fields)]
    return max(filter(_may_be_header, whole), key=lambda it: _fitness(sheet, it), default=None)


def _may_be_header(it: Layout) -> bool:
    """Two fields make a header. A single one may be a word of any table (进展情况), but not the task or the status."""
    return len(it.columns) > 1 or bool(it.columns.keys() & {TASK, STATUS})


def _fitness(sheet: Sheet, it: Layout) -> tuple[int, int, bool, int, int]:
    """The better header misses less, holds more fields, is whole; then the one of fewer rows, then the upper one."""
    return -len(it.missing), len(it.columns), not goes_on(sheet, it), it.top - it.bottom, -it.top


def _is_cut_short(sheet: Sheet, it: Layout, layouts: Iterable[Layout]) -> bool:
    """Does the header go on below, while a longer range holds it whole? Its sub-headers would be read as an item."""
    longer = [other for other in layouts if other.top == it.top and other.bottom > it.bottom]
    return goes_on(sheet, it) and any(not goes_on(sheet, other) for other in longer)


def _is_copy(it: Layout, layouts: Iterable[Layout]) -> bool:
    """Does an upper header say most of its words in the same columns? The lines between the two must not be lost."""
    above = (other for other in layouts if other.bottom + 1 < it.top)
    same = (sum(other.texts.get(column) == text for column, text in it.texts.items()) for other in above)
    return any(words >= 2 and words * 2 > len(it.texts) for words in same)


def goes_on(sheet: Sheet, it: Layout) -> bool:
    """Does the header go on below these rows: a cell merged downwards, or sub-headers under one merged sideways?"""
    return _is_merged_down(sheet, it) or _has_sub_headers_below(sheet, it)


def _is_merged_down(sheet: Sheet, it: Layout) -> bool:
    return any(
        it.top <= top <= it.bottom < bottom and left in it.columns.values() for top, left, bottom, _ in sheet.merges
    )


def _has_sub_headers_below(sheet: Sheet, it: Layout) -> bool:
    """Does the next row hold two texts or more, all under cells that are merged sideways in the last one?"""
    groups = [m for m in sheet.merges if it.top <= m[0] and m[2] == it.bottom and m[1] < m[3]]
    grouped = {column for _, left, _, right in groups for column in range(left, right + 1)}
    below = {c for row in sheet.cells[it.bottom : it.bottom + 1] for c, v in enumerate(row, 1) if holds(v)}
    return len(below) > 1 and below <= grouped


def candidates(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The ranges (first row, last row) that may be the header."""
    for top in islice(_filled_rows(sheet), SEARCHED_ROWS):
        if _may_begin(sheet, top):
            deepest = min(_deepest(sheet, top), top + _MAX_HEIGHT - 1, len(sheet.cells))
            yield from ((top, bottom) for bottom in range(top, deepest + 1))


def _filled_rows(sheet: Sheet) -> Iterator[int]:
    """The rows that hold something: where a table has been taken out above, only empty ones are left of it."""
    return (number for number, row in enumerate(sheet.cells, 1) if any(v != "" for v in row))


def _may_begin(sheet: Sheet, top: int) -> bool:
    """May a header begin here? It has two different texts at least, and no cell is merged down from the row above."""
    hanging = any(first < top <= last for first, _, last, _ in sheet.merges)
    return not hanging and len({v for v in sheet.cells[top - 1] if v != ""}) > 1


def _deepest(sheet: Sheet, top: int) -> int:
    """The last row of a header by its merged cells; one merged sideways may have sub-headers in the next row."""
    starting = [m for m in sheet.merges if m[0] == top]
    sideways = any(left < right for _, left, _, right in starting)
    return max([top + 1 if sideways else top, *(m[2] for m in starting)])


def _layout(sheet: Sheet, kind: Kind, rows: tuple[int, int], required: Sequence[Column]) -> Layout:
    """The layout that a range of rows gives when it is taken for the header, by the words of the kind alone."""
    top, bottom = rows
    pieces = header_pieces(sheet, top, bottom)
    texts = {c: "".join(parts) for c, parts in pieces.items()}
    claims = {c: found for c, parts in pieces.items() if not kind.is_unused(parts) and (found := _claims(parts, kind))}
    columns = _assign(claims)
    left = _left_over(claims, columns)
    same = {f: [c for c in others if key(texts[c]) == key(texts[columns[f]])] for f, others in left.items()}
    return Layout(
        sheet.name,
        top,
        bottom,
        columns,
        texts,
        measures=_measures(kind, columns, pieces, _measure_above(sheet, top)),
        twice={f: (columns[f], *others) for f, others in same.items() if others},
        rivals={f: (columns[f], *others) for f, others in left.items() if not same[f]},
        missing=tuple(c for c in required if c.field not in columns),
        pieces=pieces,
    )


def _with_shared(sheet: Sheet, kind: Kind, it: Layout, required: Sequence[Column]) -> Layout:
    """The layout with the columns that the words of all kinds add."""
    more, unsure = shared_columns(kind, it.pieces, it.columns, it.claimed)
    columns = dict(sorted([*it.columns.items(), *more.items()], key=lambda pair: pair[1]))
    return replace(
        it,
        columns=columns,
        measures=_measures(kind, columns, it.pieces, _measure_above(sheet, it.top)) if more else it.measures,
        missing=tuple(c for c in required if c.field not in columns),
        shared=frozenset(more),
        unsure=unsure,
    )


def _left_over(claims: Mapping[int, Claims], columns: Mapping[str, int]) -> dict[str, list[int]]:
    """The columns that claim a field but were given none, by the field that each claims most surely."""
    left: dict[str, list[int]] = {}
    for column, ranks in claims.items():
        if column not in columns.values():
            left.setdefault(min(ranks, key=ranks.__getitem__), []).append(column)
    return left


def header_pieces(sheet: Sheet, top: int, bottom: int) -> dict[int, list[str]]:
    """The header texts of every column, group header first. A group header belongs to every column that it covers;
    a header that is merged sideways and has no sub-headers belongs to its first column only."""
    width = min(max((len(row) for row in sheet.cells[top - 1 : bottom]), default=0), _MAX_WIDTH)
    origins = sheet.origins(top, bottom)
    own = (c for c in range(1, width + 1) if origins.get((bottom, c), (bottom, c))[1] == c)
    texts = {c: [_header_text(sheet, origins, row, c) for row in range(top, bottom + 1)] for c in own}
    return {c: [text for text, _ in groupby(filter(None, parts))] for c, parts in texts.items() if any(parts)}


def _header_text(sheet: Sheet, origins: Mapping[Address, Address], row: int, column: int) -> str:
    return one_line(text_of(sheet.value(*origins.get((row, column), (row, column)))))


# ---------------------------------------------------------------------------------------------- claims


@lru_cache(4096)
def _plain(header: str) -> str:
    """The key of a header without marks of duty and numbering."""
    return key(_DECORATION.sub("", header))


# The fields that a column's header may mean, each with its rank: the smaller, the surer.
Claims = Mapping[str, int]


def _claims(parts: Sequence[str], kind: Kind) -> Claims:
    """The fields that the header of a column may mean.

    An alias that the kind lists earlier is surer. For one alias the header with its brackets is surer than without
    them, and a header by itself surer than together with its group header.
    """
    whole = "".join(parts)
    spellings = [parts[-1], whole, _BRACKETS.sub("", parts[-1]), _BRACKETS.sub("", whole)]
    keys, exact = [_plain(s) for s in spellings], {key(s) for s in spellings}
    ranks: dict[str, int] = {}
    for column in kind.columns:
        for rank, alias in enumerate(column.headers):
            if (wanted := _plain(alias)) in keys:
                marked = 0 if key(alias) in exact else len(keys)  # 2月进展 is 2月进展 before it is 1月进展
                ranks.setdefault(column.field, 2 * rank * len(keys) + marked + keys.index(wanted))
    return ranks


def _assign(claims: Mapping[int, Claims]) -> dict[str, int]:
    """The column of each field: as many fields as possible get one, and of these assignments that of the least ranks.

    Each column enters by the cheapest chain of exchanges that it starts (the method of shortest augmenting paths):
    beside 进展情况, which can only be the progress, 完成情况 becomes the status.
    """
    owner: dict[str, int] = {}
    for column in claims:
        owner |= {name: entering for entering, name in _cheapest_chain(column, claims, owner).moves}
    return {name: owner[name] for name in sorted(owner, key=lambda n: owner[n])}


@dataclass(frozen=True, slots=True)
class _Chain:
    """Columns that take over fields from each other; `cost` is by how much the sum of the ranks grows."""

    cost: int = 0
    moves: tuple[tuple[int, str], ...] = ()

    def then(self, column: int, name: str, rank: int) -> _Chain:
        """The chain with one more move: this column takes that field."""
        return _Chain(self.cost + rank, (*self.moves, (column, name)))

    def releasing(self, rank: int) -> _Chain:
        """The chain after the field was taken from the column that held it at this rank."""
        return _Chain(self.cost - rank, self.moves)


def _cheapest_chain(start: int, claims: Mapping[int, Claims], owner: Mapping[str, int]) -> _Chain:
    """The cheapest moves that give `start` a field: they end at a free field, or another column goes without."""
    released = {start: _Chain()}
    ended: list[_Chain] = []
    waiting = [start]
    while waiting:
        column = waiting.pop()
        chain = released[column]
        for name, rank in claims[column].items():
            longer, holder = chain.then(column, name, rank), owner.get(name)
            if holder is None:
                ended.append(longer)
            elif _is_cheaper(freed := longer.releasing(claims[holder][name]), released.get(holder)):
                released[holder] = freed
                waiting.append(holder)
    losing = [chain for column, chain in released.items() if column != start and chain.cost < 0]
    return min(ended or losing, key=lambda chain: chain.cost, default=_Chain())


def _is_cheaper(chain: _Chain, known: _Chain | None) -> bool:
    return known is None or chain.cost < known.cost


# ---------------------------------------------------------------------------------------------- units of measure


def _measures(
    kind: Kind, columns: Mapping[str, int], pieces: Mapping[int, Sequence[str]], above: str
) -> dict[str, str]:
    """The unit of measure of each field: that of its header; for amounts without one, that said above the table."""
    found = {f: _measure(pieces[c]) or (above if _is_money(kind, f) else "") for f, c in columns.items()}
    bare = {f for f, unit in found.items() if unit[-1:] in ("万", "亿")}
    return {f: unit if f not in bare else f"{unit}元" if _is_money(kind, f) else "" for f, unit in found.items()}


def _measure(parts: Iterable[str]) -> str:
    """The unit of measure in the brackets of a header, empty where there is none; its lowest row is asked first."""
    for part in reversed(list(parts)):
        for inside in _BRACKETS.findall(part):
            if match := _MEASURE.fullmatch(inside.removeprefix("单位").lstrip(":：").strip()):
                return match[1]
    return ""


def _measure_above(sheet: Sheet, top: int) -> str:
    """The unit of measure that a line above the table gives for all its amounts (单位：万元)."""
    for row in sheet.cells[: top - 1]:
        for value in row:
            if isinstance(value, str) and (match := _SHEET_MEASURE.search(value)):
                return match[1]
    return ""


def _is_money(kind: Kind, name: str) -> bool:
    column = kind.column(name)
    return column is not None and column.type is ColumnType.AMOUNT

"""The ledger's own control figures against what its rows give.

A total may be meant in several ways: of the whole table or of the part above or below it, with the items withdrawn
or closed or without. Where one of the natural readings agrees, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import product

from tongbao.ledger.control_figures import Columns, Stated, counts_above, stated_figures
from tongbao.ledger.line import What
from tongbao.ledger.outline import sections
from tongbao.ledger.rawtable import RawTable
from tongbao.model import CLOSED_IN, Level, Problem, Row
from tongbao.words.amounts import parse_integer

# What a rate may be of: any done amount by any planned one (set by feel on the headers of the shipped kinds).
_DONE, _PLANNED = ("完成", "到位", "支出", "拨付"), ("计划", "目标", "任务", "总投资", "预算", "下达")
_COUNT_FIX = "请核对：是标题没有改，还是漏了行、重了行"
# Of what was closed all, or without what was withdrawn.
_KEPT: tuple[Callable[[Row], bool], ...] = (lambda _: True, lambda row: not row.withdrawn)
_FIX = "请核对：是这一格写错，还是漏了行、重了行，或有的数是文字没有加上"


def control_problems(
    table: RawTable, rows: Sequence[Row], closed: Sequence[Row], all_rows: Sequence[Row]
) -> list[Problem]:
    """A warning for each figure of a table that disagrees with its rows.

    `closed` are the rows of the sheet 销号, `all_rows` those of all working sheets, of which a title may speak.
    """
    columns = Columns(table)
    stated = list(stated_figures(table, columns))
    totals, rates = _Totals(table, rows, closed, columns, stated), _Rates(table, rows, columns, stated)
    return [*totals.titles(all_rows), *totals.problems(), *rates.problems()]


class _Parts:
    """Which rows of a table a total, a subtotal or a heading may be of."""

    def __init__(self, table: RawTable, rows: Sequence[Row], stated: Sequence[Stated]) -> None:
        self._table, self._rows, self._stated = table, rows, stated
        self._levels = sections(table.lines, 9)

    def of(self, one: Stated) -> list[list[Row]]:
        """The rows that a total may be of, the likeliest reading first."""
        at = one.line.row
        if one.is_heading:
            return [self._under(at)]
        before = [r for r in self._rows if r.place.row < at]
        after = [r for r in self._rows if r.place.row > at]
        if not one.is_subtotal and not (before and after):
            return [list(self._rows)]
        marks = [s.line.row for s in self._stated if not s.is_heading]
        marks += [line.row for line in self._table.lines if line.what is What.HEADING]
        last = max((m for m in marks if m < at), default=0)
        heading = max((m for m in self._levels if m < at), default=0)
        following = min((m for m in marks if m > at), default=10**9)
        above = [r for r in before if r.place.row > last]
        below = [r for r in after if r.place.row < following]
        parts = [above, below, [r for r in before if r.place.row > heading], self._under(heading)]
        if one.name and one.is_subtotal:
            return [named] if (named := self._named(one.name)) else [] if self.in_a_run(one) else parts
        return parts if one.is_subtotal else [*parts, before, after, list(self._rows)]

    def _named(self, name: str) -> list[Row]:
        """The rows that say in a heading or a cell that they belong to a named part (省重点)."""
        return [r for r in self._rows if any(name in text for text in r.section) or self._says(r, name)]

    def _says(self, row: Row, name: str) -> bool:
        texts = (self._table.frame.text(row.place.row, c) for c in self._table.choice.layout.texts)
        return any(text in (name, f"{name}项目") for text in texts) or any(
            row.get(field) in (name, f"{name}项目") for field in row.merged
        )

    def in_a_run(self, one: Stated) -> bool:
        """Does another subtotal stand directly above or below, so that what it adds up lies elsewhere?"""
        rows = [line.row for line in self._table.lines]
        at = rows.index(one.line.row)
        near = {*rows[max(0, at - 1) : at], *rows[at + 1 : at + 2]}
        return any(s.is_subtotal and s.line.row in near for s in self._stated)

    def _under(self, heading: int) -> list[Row]:
        """The rows under a heading, those under its inner headings included."""
        if heading not in self._levels:
            return []
        depth = len(self._levels[heading])
        end = min((row for row, above in self._levels.items() if row > heading and len(above) <= depth), default=10**9)
        return [r for r in self._rows if heading < r.place.row < end]


class _Totals:
    """The totals, subtotals and counts of one table."""

    def __init__(
        self,
        table: RawTable,
        rows: Sequence[Row],
        closed: Sequence[Row],
        columns: Columns,
        stated: Sequence[Stated],
    ) -> None:
        self._table, self._rows, self._closed = table, rows, closed
        self._columns, self._stated = columns, stated
        self._parts = _Parts(table, rows, stated)

    def problems(self) -> Iterator[Problem]:
        """The totals, subtotals and counts that no reading gives."""
        for one in self._stated:
            parts = [part for part in self._parts.of(one) if part]
            if not parts:
                continue
            yield from self._count(one, parts)
            for column, value in one.amounts.items():
                yield from self._sum(one, parts, column, value)

    def titles(self, all_rows: Sequence[Row]) -> Iterator[Problem]:
        """The counts in the lines above the table that neither its rows nor those of all sheets give."""
        for row, column, text, count in counts_above(self._table):
            if self._rows and not self._may_be(count, self._rows) and not self._may_be(count, all_rows):
                message = f"标题写的是“{text}”，{_span(self._table, self._rows)}有{len(self._rows)}行"
                place = self._table.place(row, column)
                yield Problem(Level.WARNING, "count_differs", message, _COUNT_FIX, place=place)

    def _count(self, one: Stated, parts: Sequence[list[Row]]) -> Iterator[Problem]:
        if one.count is None or any(self._may_be(one.count, part) for part in parts):
            return
        part = parts[0]
        message = f"“{one.line.text}”写的是{one.count}，{_span(self._table, part)}有{len(part)}行"
        yield _problem(self._table, "count_differs", one, one.line.filled[0], message)

    def _may_be(self, count: int, part: Sequence[Row]) -> bool:
        """May a part have so many items: by rows, by numbers, without withdrawn ones, with those closed or left out?"""
        going = [r for r in part if not r.withdrawn]
        by_rows = {len(part), len(going)}
        by_items = {len({r.item_key for r in rows}) for rows in (part, going)}
        numbers = [n for r in part if (n := parse_integer(r.no)) is not None]
        # Items that were closed and deleted leave gaps: 1, 2, 4, 5 may be five items, of which one is gone.
        first = 1 if len(part) == len(self._rows) else min(numbers, default=0)
        spanned = max(numbers, default=0) - first + 1
        headings = {r.section for r in part}
        closed = sum(not r.section or r.section in headings for r in self._closed)
        most = max(by_rows | by_items)
        return count in by_rows | by_items | {spanned} or most < count <= most + closed

    def _sum(self, one: Stated, parts: Sequence[list[Row]], column: int, value: Decimal) -> Iterator[Problem]:
        sums = [self._added(rows, column) for part in parts for rows in self._ways(part)]
        known = [s for s in sums if s is not None]
        closed = [self._added_closed(rows, column) for rows in self._closed_ways(parts[0])]
        ways = product(known, closed)
        if not known or any(_agree(value, total + more, (*exact, more)) for (total, exact), more in ways):
            return
        if self._parts.in_a_run(one) and self._run_agrees(one, column, known[0]):
            return
        unit, header = self._columns.unit(column), self._columns.header(column)
        typed, ours = (f"{number.normalize():f}{unit}" for number in (value, known[0][0]))
        message = f"“{one.line.text}”的{header}写的是{typed}，{_span(self._table, parts[0], column)}相加是{ours}"
        yield _problem(self._table, "total_differs", one, column, message)

    def _closed_ways(self, part: Sequence[Row]) -> list[list[Row]]:
        """What of the sheet 销号 a total may count with: nothing, all of its headings, what was closed since a year."""
        headings = {r.section for r in part}
        closed = [r for r in self._closed if len(part) == len(self._rows) or r.section in headings]
        years = {r.others.get(CLOSED_IN, "")[:4] for r in closed}
        since = [[r for r in closed if r.others.get(CLOSED_IN, "")[:4] >= year] for year in years]
        return [[], *([r for r in rows if keep(r)] for rows in [closed, *since] for keep in _KEPT)]

    def _added_closed(self, rows: Sequence[Row], column: int) -> Decimal:
        values = (self._columns.closed(row, column) for row in rows)
        return sum((value for value in values if value is not None), Decimal(0))

    def _run_agrees(self, one: Stated, column: int, whole: tuple[Decimal, Sequence[Decimal]]) -> bool:
        """Do the subtotals that stand together add up to all rows?"""
        run = [s for s in self._stated if s.is_subtotal and self._parts.in_a_run(s)]
        return _agree(sum((s.amounts.get(column, Decimal(0)) for s in run), Decimal(0)), *whole)

    def _ways(self, part: list[Row]) -> list[list[Row]]:
        """A part with and without what was withdrawn."""
        return [part, [r for r in part if not r.withdrawn]]

    def _added(self, rows: Sequence[Row], column: int) -> tuple[Decimal, Sequence[Decimal]] | None:
        """The sum of a column over rows, with its numbers; None where a cell holds something that is no number."""
        values = []
        for row in rows:
            raw, value = self._columns.raw(row.place.row, column), self._columns.amount(row.place.row, column)
            if value is None and str(raw).strip() not in ("", "-", "--", "—", "——", "/", "／", "无"):
                return None
            values += [value] if value is not None else []
        return sum(values, Decimal(0)), values


class _Rates:
    """The completion rates of one table."""

    def __init__(self, table: RawTable, rows: Sequence[Row], columns: Columns, stated: Sequence[Stated]) -> None:
        self._table, self._rows, self._columns, self._stated = table, rows, columns, stated

    def problems(self) -> Iterator[Problem]:
        """The completion rates that no two amounts of their line give."""
        columns = self._columns
        pairs = list(product(self._named(_DONE, _PLANNED), self._named(_PLANNED, ())))
        pairs = [(done, planned) for done, planned in pairs if done != planned]
        for column in columns.rates if pairs else ():
            fits = [(r, self._fits(r.place.row, column, pairs)) for r in self._rows]
            judged = [(r, fit) for r, fit in fits if fit is not None]
            wrong = [r for r, fit in judged if not fit]
            # Three rows and none that agrees: the rate is of something else than of these amounts (set by feel).
            if len(wrong) > 2 and 2 * len(wrong) > len(judged):
                continue
            likeliest = max(pairs, key=lambda pair: self._fitting(column, pair))
            yield from (self._rate_problem(r, column, likeliest) for r in wrong)
            yield from self._total_rates(column, [likeliest, *pairs])

    def _fitting(self, column: int, pair: tuple[int, int]) -> int:
        """How many rows have the rate of these two amounts."""
        return sum(bool(self._fits(row.place.row, column, [pair])) for row in self._rows)

    def _named(self, words: Sequence[str], not_: Sequence[str]) -> list[int]:
        named = [n for n in self._columns.summed if any(w in self._columns.header(n) for w in words)]
        fitting = [n for n in named if not any(w in self._columns.header(n) for w in not_)]
        return sorted(fitting, key=lambda n: "总投资" in self._columns.header(n))

    def _fits(self, row: int, column: int, pairs: Sequence[tuple[int, int]]) -> bool | None:
        """Is a rate that of two amounts in its line? None where one of the three is missing."""
        rate = self._columns.rate(row, column)
        known = [ours for pair in pairs if (ours := self._quotient(row, *pair)) is not None]
        return any(_is_near(rate, ours) for ours in known) if rate and known else None

    def _quotient(self, row: int, done: int, planned: int) -> Decimal | None:
        """The done amount of a line in percent of the planned one; None where one of them is missing."""
        above, below = self._columns.amount(row, done), self._columns.amount(row, planned)
        if above is None or not below:
            return None
        return 100 * above * self._columns.worth(done) / (below * self._columns.worth(planned))

    def _total_rates(self, column: int, pairs: Sequence[tuple[int, int]]) -> Iterator[Problem]:
        rates = [rate[0] for r in self._rows if (rate := self._columns.rate(r.place.row, column))]
        average = sum(rates, Decimal(0)) / len(rates) if rates else None
        for one in self._stated:
            rate = self._columns.rate(one.line.row, column)
            if rate is None or self._fits(one.line.row, column, pairs) is not False:
                continue
            if average is None or not _is_near(rate, average):
                done, planned = (self._columns.header(c) for c in pairs[0])
                message = f"“{one.line.text}”的完成率写的是{rate[0].normalize():f}%，与{done}÷{planned}对不上"
                yield _problem(self._table, "rate_differs", one, column, message)

    def _rate_problem(self, row: Row, column: int, pair: tuple[int, int]) -> Problem:
        rate = self._columns.rate(row.place.row, column)
        done, planned = (self._columns.amount(row.place.row, c) for c in pair)
        assert rate
        assert done is not None
        assert planned
        cells = "÷".join(row.place.at(c).cell for c in pair)
        ours = f"{100 * done / planned:.2f}".rstrip("0").rstrip(".")
        message = f"完成率写的是{rate[0].normalize():f}%，{cells}是{ours}%"
        place, header = row.place.at(column), self._columns.header(column)
        return Problem(
            Level.WARNING, "rate_differs", message, "请核对这三格", place=place, header=header, item=row.item
        )


def _problem(table: RawTable, code: str, one: Stated, column: int, message: str) -> Problem:
    place, header = table.place(one.line.row, column), table.choice.layout.texts.get(column, "")
    return Problem(Level.WARNING, code, message, _FIX, place=place, header=header)


def _span(table: RawTable, part: Sequence[Row], column: int = 0) -> str:
    """The cells of a column over a part, `E5:E12`; the rows where no column is meant."""
    first, last = (table.place(n, column) for n in (part[0].place.row, part[-1].place.row))
    return f"{first.cell}:{last.cell}" if column else f"第{first.row}至{last.row}行"


def _decimals(value: Decimal) -> int:
    exponent = round(value, 9).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _agree(stated: Decimal, ours: Decimal, values: Sequence[Decimal]) -> bool:
    """Is a stated total our sum, as far as its digits are shown? It may be rounded, or be made of unrounded numbers."""
    shown, inner = _decimals(stated), max(map(_decimals, values), default=0)
    room = Decimal(0)
    if shown < inner and (shown or abs(stated) >= 10):  # 5 is hardly 5.4 rounded; 50 may be 50.04
        room = Decimal("0.5").scaleb(-shown)
    elif shown > inner and shown > 0:
        room = len(values) * Decimal("0.5").scaleb(-inner)
    return abs(round(stated, 6) - round(ours, 6)) <= room


def _is_near(rate: tuple[Decimal, Decimal], ours: Decimal) -> bool:
    """Is a rate our quotient, rounded or cut at its last digit?"""
    points, worth = rate
    return abs(points - ours) < max(worth, Decimal("0.01"))

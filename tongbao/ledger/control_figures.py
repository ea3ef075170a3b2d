"""The control figures that a ledger itself states: its totals, counts and completion rates, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tongbao.config.kinds import ColumnType
from tongbao.excel.values import Cell, holds, stored_text, text_of
from tongbao.ledger.line import Line, What
from tongbao.ledger.linewords import is_total
from tongbao.ledger.rawtable import RawTable
from tongbao.ledger.seen import amount_meant, percent_meant, shows_percent
from tongbao.model import NO, Row
from tongbao.words.amounts import are_fractions, parse_amount
from tongbao.words.text import key, parse_chinese_number

_SUMMED = (ColumnType.AMOUNT, ColumnType.NUMBER, ColumnType.INTEGER)
_THINGS = "个|项|件|条|宗|处|户"
_NUMBER = r"(\d{1,4}|[一二三四五六七八九十百]{1,4})"
# （8个）, （共8项） in a heading; 合计8项, 共8项, 合计：共8个项目 in a total. （3月份） and （2022年） count nothing.
_IN_BRACKETS = re.compile(
    rf"[（(]\s*(?:共|合计|总计)?\s*{_NUMBER}\s*(?:{_THINGS})(?:项目|事项|任务|问题|工程)?\s*[）)]"
)
_BEHIND = re.compile(
    rf"(?:(?:合计|小计|总计|共计|共)\s*[:：]?\s*)*{_NUMBER}\s*(?:{_THINGS})(?:项目|事项|任务|问题|工程)?"
)
# 共6个 in a title, not 共6个单位 and 共3个批次.
_IN_TITLE = re.compile(
    rf"共(?:计|有)?\s*{_NUMBER}\s*(?:[个项件条](?:项目|事项|任务|问题|工程|议定事项)?)(?=\s*(?:[）)，,。；;、]|$))"
)
_LONGEST_TITLE = 60  # characters; what is longer is a preface (set by feel)
_RATE = re.compile("完成率|完成比例|完成百分比|完成占比|投资进度")
_LONGEST = 25  # characters of a rate with a few words beside it (set by feel)
# Behind a header in brackets: the unit of a column that the kind does not declare.
_UNIT = re.compile(r"[（(](?:单位[:：])?([十百千万亿]*元)[）)]")


@dataclass(frozen=True, slots=True)
class Stated:
    """A line that states figures: a total, a subtotal (小计), or a heading. `amounts` and `rates` are by column."""

    line: Line
    count: int | None = None
    amounts: Mapping[int, Decimal] = field(default_factory=dict)
    rates: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def is_heading(self) -> bool:
        """Is it a heading, whose figures are of what stands below it?"""
        return self.line.what is What.HEADING

    @property
    def name(self) -> str:
        """The words by which a subtotal names its part: 省重点 of 省重点小计; empty where it names none."""
        bare = re.sub(r"[（(].*?[）)]|其中[:：]?|[:：]|小计|合计|总计|共计|\s", "", self.line.text)
        return re.sub(r"^[一二三四五六七八九十]+[、.．]|项目$", "", bare)

    @property
    def is_subtotal(self) -> bool:
        """Is it the total of a part?"""
        return "小计" in self.line.text


class Columns:
    """The columns of a table that hold numbers: what is added up, and the completion rates."""

    def __init__(self, table: RawTable) -> None:
        self._table = table
        self._bare: dict[int, bool] = {}
        declared = {c.number: c.declared for c in table.columns.values()}
        texts = table.choice.layout.texts
        self.fields = {c.number: name for name, c in table.columns.items()}
        self.rates = [n for n, text in texts.items() if _RATE.search(key(text)) and "计划" not in text]
        self.summed = [n for n, c in declared.items() if c.type in _SUMMED and c.field != NO and n not in self.rates]
        self.summed += [n for n in table.choice.layout.others if n not in self.rates and self._all_numbers(n)]

    def header(self, column: int) -> str:
        """The header of a column as typed."""
        return self._table.choice.layout.texts.get(column, "")

    def _all_numbers(self, column: int) -> bool:
        cells = [v for raw in self._table.rows if holds(v := self.raw(raw.row, column))]
        return bool(cells) and all(self._amount(column, v) is not None for v in cells)

    def raw(self, row: int, column: int) -> Cell:
        """What stands in a cell itself: empty under a merged range, or where its formula was never calculated."""
        if (row, column) in self._table.frame.origins:
            return ""
        return self._table.frame.sheet.value(row, column)

    def amount(self, row: int, column: int) -> Decimal | None:
        """The number in a cell, in the unit of its column; None where it holds none."""
        return self._amount(column, self.raw(row, column))

    def _amount(self, column: int, raw: Cell) -> Decimal | None:
        try:
            return amount_meant(raw, self.unit(column)) if holds(raw) else None
        except ArithmeticError:  # more digits than exact decimals have
            return None

    def unit(self, column: int) -> str:
        """The unit of a column's bare numbers: that of its header or above the table, else as the kind declares it."""
        name = self.fields.get(column, "")
        declared, named = self._table.columns.get(name), _UNIT.search(self.header(column))
        measured = self._table.choice.layout.measures.get(name, "") or (named[1] if named else "")
        return measured or (declared.declared.unit if declared else "")

    def worth(self, column: int) -> Decimal:
        """How many yuan one of a column's numbers is; 1 where they are no sums of money."""
        return parse_amount(f"1{self.unit(column)}", "元") or Decimal(1)

    def _fractions(self, column: int) -> bool:
        """Are the bare numbers of a column of rates fractions (0.39 for 39 %)?"""
        if column not in self._bare:
            cells = (self.raw(raw.row, column) for raw in self._table.rows)
            # Excel keeps 15 digits; what is longer is no rate, and says nothing of the column.
            self._bare[column] = are_fractions(
                [v for v in cells if isinstance(v, int | float) and abs(v) < 1e15 and not shows_percent(v)]
            )
        return self._bare[column]

    def closed(self, row: Row, column: int) -> Decimal | None:
        """The number of a row of the sheet 销号 that belongs into a column of this table; None where it has none."""
        name = self.fields.get(column, "")
        declared, value = self._table.columns.get(name), row.cells.get(name)
        if declared is None:
            return self._amount(column, row.others.get(self.header(column), ""))
        if not isinstance(value, Decimal):
            return None
        return self._amount(column, f"{value:f}{declared.declared.unit if self.unit(column) else ''}")

    def rate(self, row: int, column: int) -> tuple[Decimal, Decimal] | None:
        """A rate in points and how much its last digit is worth; None where the cell holds none."""
        raw = self.raw(row, column)
        fractions = self._fractions(column)
        if not holds(raw) or len(text_of(raw)) > _LONGEST:
            return None
        try:
            found = percent_meant(raw, fractions=fractions)
        except ArithmeticError:  # more digits than exact decimals have
            return None
        if found is None:
            return None
        typed = re.search(r"\d+(?:\.(\d+))?", stored_text(raw) if isinstance(raw, float) else text_of(raw))
        digits = len(typed[1] or "") if typed else 0
        points = Decimal(1).scaleb(-digits)
        of_one = isinstance(raw, int | float) and (found[0] == 100 * Decimal(repr(float(raw))))
        return found[0], points * 100 if of_one else points


def stated_figures(table: RawTable, columns: Columns) -> Iterator[Stated]:
    """The totals and headings of a table that state a figure."""
    for line in table.lines:
        texts = [table.frame.text(line.row, c) for c in line.filled if c in (table.frame.no, table.frame.task)]
        texts = [line.text, *texts]
        total = line.what is What.ASIDE and any(map(is_total, texts))
        if not total and line.what is not What.HEADING:
            continue
        amounts = {c: v for c in columns.summed if (v := columns.amount(line.row, c)) is not None}
        rates = {c: found[0] for c in columns.rates if (found := columns.rate(line.row, c))}
        counts = [_count(line.text, total=total), *(_count(text, total=True) for text in texts[1:])]
        count = next((n for n in counts if n is not None), None)
        if count is not None or amounts or rates:
            yield Stated(line, count, amounts, rates)


def counts_above(table: RawTable) -> Iterator[tuple[int, int, str, int]]:
    """The counts in the lines above a table (（共6个）), each with row, column, its text, and the number."""
    for number, row in enumerate(table.choice.sheet.cells[: table.choice.layout.top - 1], 1):
        for column, value in enumerate(row, 1):
            text = text_of(value)
            if len(text) <= _LONGEST_TITLE and (found := _IN_TITLE.search(text)) and (n := _number_of(found[1])):
                yield number, column, found[0].rstrip("，,。；;、）) "), n


def _number_of(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() else parse_chinese_number(typed)


def _count(text: str, *, total: bool) -> int | None:
    """How many items a text says that there are; None where it says nothing of the sort."""
    found = _IN_BRACKETS.search(text) or (_BEHIND.fullmatch("".join(text.split())) if total else None)
    return _number_of(found[1]) if found else None

"""Cells to typed values, by the declared type of their column. What is not plainly of that type becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tongbao.config.kinds import NUMBERS, Column, ColumnType
from tongbao.excel.values import Cell, SeenDate, SeenNumber, holds, text_of
from tongbao.ledger.labels import Finding
from tongbao.ledger.seen import (
    amount_meant,
    day_shown,
    deadline_doubt,
    differs,
    is_moved,
    meant,
    other_unit,
    percent_meant,
    shows_no_day,
    shows_percent,
    with_its_year,
)
from tongbao.ledger.told_once import INFERRED
from tongbao.model import NO, Deadline, DeadlineKind, Level, Period, Value
from tongbao.words.amounts import are_fractions, parse_amount, parse_integer, parse_number
from tongbao.words.deadlines import parse_deadline
from tongbao.words.periods import cell_date, chinese_date
from tongbao.words.text import clean, one_line, shortened
from tongbao.words.units import Doubt, Roster

# Fields that hold paragraphs; all other texts are one line.
PARAGRAPHS = frozenset({"进展", "上期进展", "原因", "下一步", "存在问题", "备注"})
_TEXTS = frozenset({ColumnType.TEXT, ColumnType.STATUS})
# What stands for "nothing" in a cell of numbers, dates, units or people. 暂无 and N/A are told as unreadable.
_NOTHING = frozenset({"-", "--", "—", "——", "－", "/", "／", "\\", "无"})
# What stands for "as above". 同左, 同上。 and a straight " are not known, and in a column of units are read as names.
_DITTO = frozenset({"同上", "〃", "″", "“", "”", "同前"})
_NAMES = frozenset({ColumnType.UNITS, ColumnType.PEOPLE})
_SAME_AS_ABOVE = Finding(Level.ERROR, "ditto", "写的是“同上”，换了顺序就认不出是谁", "请写全，或与上一行合并单元格")
# Between names of people: a mark, a line break, or a space with two characters on both sides (林山 周二川, but
# not 林　山). It costs: 李 四 王 五 is read as one name, and so is 林山及周二.
_SEPARATORS = re.compile(r"[、，,；;/／\n]|(?<=[^\s]{2})\s+(?=[^\s]{2})")
# The code of the note that a cell is read as it shows; told once for each column.
AS_SHOWN = "as_shown"
_QUOTED = 20  # characters of a cell in a message
_EXAMPLES = {
    ColumnType.INTEGER: "12",
    ColumnType.NUMBER: "12.5",
    ColumnType.PERCENT: "77.9%",
    ColumnType.DATE: "2022-12-31 或 2022年12月31日",
}


class Typed(NamedTuple):
    """A value of the type of its column, with its findings. `remark` are the words that stood beside a percent.

    `units` are the names of units in it alone; the value has what stands in brackets behind a name too. `collective`
    are those of them that stand for several units which nobody lists.
    """

    value: Value = None
    findings: tuple[Finding, ...] = ()
    remark: str = ""
    units: tuple[str, ...] = ()
    collective: tuple[str, ...] = ()


@dataclass
class Values:
    """Reads the cells of one sheet; a value that repeats within a column is read once.

    `period` gives the year of deadlines without one; `epoch1904`: the dates of the workbook count from 1904.
    `measures` is the unit of measure by field, as the headers name it; `fractions` are the percent fields whose bare
    numbers are fractions (0.39 for 39 %).
    """

    period: Period
    roster: Roster
    epoch1904: bool = False
    measures: Mapping[str, str] = field(default_factory=dict)
    fractions: frozenset[str] = frozenset()
    _read: dict[str, dict[tuple[object, ...], Typed]] = field(default_factory=dict)

    def read(self, column: Column, raw: Cell, decided: date | None = None) -> Typed:
        """The value of a cell. `decided` is the day of the decision, from which a deadline without a year takes it."""
        if column.type in _TEXTS and isinstance(raw, str):
            return Typed(_plain_text(column, raw))
        if column.type in NUMBERS and isinstance(raw, float) and (not isinstance(raw, SeenNumber) or raw.rounded):
            return self._number(column, raw)
        seen = raw.seen if isinstance(raw, SeenNumber | SeenDate) else ""
        known = (raw, type(raw), seen, decided) if column.type is ColumnType.DEADLINE else (raw, type(raw), seen)
        read = self._read.setdefault(column.field, {})
        found = read.get(known)
        if found is None:
            found = read[known] = self._typed(column, raw, decided)
        return found

    def _typed(self, column: Column, raw: Cell, decided: date | None) -> Typed:
        text = text_of(raw)
        if column.type in _TEXTS:
            return Typed(_plain_text(column, text), _as_shown(raw) if column.field != NO else ())
        if not text and raw == 0 and not isinstance(raw, str):  # a zero that the format hides
            return Typed(Decimal(0)) if column.type in NUMBERS else Typed()
        blank = not holds(text) or text.strip() in _NOTHING
        if text.strip() in _DITTO:
            return Typed((), (_SAME_AS_ABOVE,)) if column.type in _NAMES else Typed(None, (_SAME_AS_ABOVE,))
        match column.type:
            case ColumnType.UNITS:
                return Typed(()) if blank else self._units(text)
            case ColumnType.PEOPLE:
                return Typed(() if blank else people(text))
            case ColumnType.DEADLINE:
                return Typed(Deadline()) if blank else self._deadline(raw, decided)
        return Typed() if blank else self._number(column, raw)

    def _number(self, column: Column, raw: Cell) -> Typed:
        try:
            return self._measured(column, raw)
        except ArithmeticError:  # more digits than exact decimals have
            return Typed(None, (_unreadable(column, raw),))

    def _units(self, text: str) -> Typed:
        read = self.roster.read(text)
        persons = [head for head in read.heads if not any(head in name for name in read.printed)]
        left_out = [_not_printed(persons)] if persons else []
        findings = (*map(unit_finding, read.doubts), *left_out)
        return Typed(read.printed, findings, units=read.units, collective=read.collective)

    def _deadline(self, raw: Cell, decided: date | None) -> Typed:
        """The deadline in a cell: the day of a date or serial number; else what it shows, by the table of phrases."""
        day = None if isinstance(raw, str) or shows_no_day(raw) else cell_date(raw, self.epoch1904)
        text = text_of(raw) if day is None else chinese_date(day)
        deadline = parse_deadline(text, decided=decided, period=self.period)
        if doubt := deadline_doubt(raw, deadline):
            deadline = Deadline(text, DeadlineKind.AMBIGUOUS, inferred=doubt)
        elif dated := with_its_year(raw):
            deadline = replace(parse_deadline(dated), text=text)
        elif day is None:
            if deadline.kind is DeadlineKind.UNREAD and (shown := day_shown(raw)):
                deadline = replace(parse_deadline(shown), text=text)
            return Typed(deadline, (*_deadline_findings(deadline), *_as_shown(raw)))
        return Typed(deadline, tuple(_deadline_findings(deadline)))

    def _measured(self, column: Column, raw: Cell) -> Typed:
        """The value of a cell of a number or date type; a finding where it is not of that type."""
        value: Value = None
        remark = ""
        findings: tuple[Finding, ...] = ()
        if column.type is ColumnType.DATE:
            day = cell_date(raw, self.epoch1904)
            value = day and date(day.year, day.month, day.day)
        elif column.type is ColumnType.PERCENT:
            value, remark = percent_meant(raw, fractions=column.field in self.fractions) or (None, "")
        elif column.type is ColumnType.INTEGER:
            value = _counted(raw)
        elif column.type is ColumnType.AMOUNT:
            value, findings = self._amount(column, raw), self._unit_findings(column, raw)
        else:
            value = parse_number(meant(raw))
        if value is None:
            return Typed(None, (_unreadable(column, raw),), remark)
        scaled = column.type in (ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.AMOUNT) and is_moved(raw)
        return Typed(value, findings or (_as_shown(raw) if scaled else ()), remark)

    def _amount(self, column: Column, raw: Cell) -> Decimal | None:
        """The amount in the unit of the column (亿元); a bare number is in the unit that the header names (万元)."""
        measure = self.measures.get(column.field) or column.unit or "元"
        amount = amount_meant(raw, measure)
        if amount is None or measure == column.unit or not column.unit:
            return amount
        return parse_amount(f"{amount:f}{measure}", column.unit)

    def _unit_findings(self, column: Column, raw: Cell) -> tuple[Finding, ...]:
        """A warning where the format of an amount names another unit than its header does."""
        measure = self.measures.get(column.field, "")
        if not measure or not (readings := other_unit(raw, measure)):
            return ()
        message = (
            f"表头写的单位是{measure}，这一格显示的是“{text_of(raw)}”：按格式是{readings[0]}，按表头是{readings[1]}；"
        )
        fix = "请核对这一格的数和格式；与表头一致的，改掉单元格格式里的单位"
        return (Finding(Level.WARNING, "amount_unit", message + f"先按{readings[0]}计", fix),)


def _counted(raw: Cell) -> Decimal | None:
    """A whole number; the last digits that a formula left behind (12.000000000000002) are none of it."""
    number = meant(raw)
    if isinstance(number, float) and abs(number) < 1e9 and abs(number - round(number)) < 1e-6:
        number = float(round(number))
    whole = parse_integer(number)
    return None if whole is None else Decimal(whole)


def _as_shown(raw: Cell) -> tuple[Finding, ...]:
    """A note where a cell means what its format shows, and not what it holds."""
    stored = differs(raw)
    if not stored:
        return ()
    message = f"屏幕上显示的是“{text_of(raw)}”，存的是“{stored}”，按屏幕上显示的读"
    return (Finding(Level.NOTE, AS_SHOWN, message, "不对的请改单元格的数字格式，或改填文字"),)


def _plain_text(column: Column, text: str) -> str:
    """The text of a cell: with its paragraphs where the field keeps them, else on one line."""
    return clean(text) if column.field in PARAGRAPHS else one_line(text)


def fraction_columns(columns: Iterable[tuple[Column, Iterable[Cell]]]) -> frozenset[str]:
    """The percent fields whose bare numbers are fractions (0.39 for 39 %); all values of a column decide together."""
    percents = ((c.field, filter(_is_figure, values)) for c, values in columns if c.type is ColumnType.PERCENT)
    return frozenset(name for name, values in percents if are_fractions(values))


def _is_figure(raw: Cell) -> bool:
    """Is this a number or a short text, so that it may say something about its column?"""
    # Excel keeps 15 digits; one wild cell (1e16, or a text of 25 characters and more) would make the whole column
    # points.
    if shows_percent(raw):
        return False
    return abs(raw) < 1e15 if isinstance(raw, int | float) else isinstance(raw, str) and len(raw) < 25


def people(text: str) -> tuple[str, ...]:
    """The names of people in a cell. A space within a name of two characters (王　强) separates nothing."""
    parts = _SEPARATORS.split(clean(text).replace("\u3000", " "))
    return tuple(filter(None, ("".join(part.split()) for part in parts)))


def decision_day(heading: str) -> date | None:
    """The day that a section heading names (2021年10月26日第一次会议), from which its deadlines take their year.

    None where it names none, or no day of the calendar.
    """
    # With 年月日, points, strokes or hyphens. 21年10月26日 and 2021年10月 are not read: the period then gives the year.
    match = re.search(r"((?:19|20)\d\d)\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})", heading)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def unit_finding(doubt: Doubt) -> Finding:
    """The finding for a unit name that the roster is unsure of."""
    taken = f"，按“{doubt.reading}”处理" if doubt.reading and doubt.reading != doubt.text else ""
    message = f"单位“{one_line(doubt.text)}”{doubt.why or '拿不准'}{taken}"
    fix = "是不是" + "、".join(f"“{c}”" for c in doubt.candidates) + "？" if doubt.candidates else "请核对单位名称"
    return Finding(Level.WARNING, "unit_doubt", message, fix)


def _not_printed(persons: Sequence[str]) -> Finding:
    message = f"“{'、'.join(persons)}”像是联系人、电话，没有算作单位，也不印"
    return Finding(Level.NOTE, "unit_head", message, "是单位的请单独用顿号隔开")


def _deadline_findings(deadline: Deadline) -> Iterable[Finding]:
    match deadline.kind:
        case DeadlineKind.INVALID:
            yield Finding(
                Level.ERROR, "deadline_invalid", f"“{_short(deadline.text)}”：没有这一天", "请改为日历上有的日期"
            )
        case DeadlineKind.AMBIGUOUS:
            why = deadline.inferred or "有两种理解"
            yield Finding(
                Level.WARNING, "deadline_ambiguous", f"时限不明确：{why}", "请写成“7月底前”“2022年10月底前”这样的说法"
            )
        case DeadlineKind.UNREAD:
            yield Finding(
                Level.WARNING,
                "deadline_unread",
                f"看不懂时限“{_short(deadline.text)}”，不据此判断是否逾期",
                "请写 2022年12月31日、12月底前、长期坚持 等",
            )
        case _ if deadline.inferred:
            yield Finding(Level.NOTE, INFERRED, deadline.inferred, "与实际不符时请在台账里写明年份")


def _unreadable(column: Column, raw: Cell) -> Finding:
    written = f"“{_short(text_of(raw))}”"
    if column.type is ColumnType.AMOUNT:
        fix = f"请只写数字，或带单位的数字，如 12.5 或 12.5{column.unit or '元'}"
        return Finding(Level.ERROR, "value_unread", written + "不是金额", fix)
    what = {"date": "不是日期", "percent": "不是百分比"}.get(column.type.value, "不是数字")
    return Finding(Level.ERROR, "value_unread", written + what, f"请写 {_EXAMPLES[column.type]} 这样的形式")


def _short(text: str) -> str:
    return shortened(one_line(text), _QUOTED)

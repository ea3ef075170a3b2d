"""What a column holds, told from its cells alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import mean

from tongbao.excel.values import Cell, SeenNumber, text_of
from tongbao.model import DeadlineKind, Period
from tongbao.rounds.first_day.survey import ColumnSeen
from tongbao.words.deadlines import parse_deadline
from tongbao.words.periods import cell_date
from tongbao.words.text import key, one_line
from tongbao.words.unitnames import looks_complete, parts

# The share of a column's cells that must be of a sort, so that a few slips do not hide it (set by feel).
_MOST = 0.7
# Characters of a status word, of the name of a unit or a person, of a task or a text on average (set by feel).
_LONGEST_WORD, _LONGEST_NAME, _TEXT = 12, 18, 9
_NO_DAY = {DeadlineKind.UNREAD, DeadlineKind.EMPTY}
# Whether a phrase is a day does not hang on the year that it lacks; any year will do.
_ANY_YEAR = Period("", date(2024, 1, 1), date(2024, 12, 31))
TICKS = frozenset("√✓✔☑🗹●■◆★▲")
CROSSES = frozenset("×✗✘☒☐□◻○—-/")
_AMOUNT = re.compile(r"约?-?\d[\d,.]*\s*[十百千万亿]*元?")
_PERCENT = re.compile(r"约?-?\d[\d.]*\s*[%％].*")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}|.{1,4}(?:书记|县长|市长|区长|镇长|部长|主任|局长|常委|主席|常务)")


class Sort(StrEnum):
    """What the cells of a column are."""

    EMPTY = "空"
    SERIAL = "序号"
    CODE = "编号"
    TICKS = "勾"
    PERCENT = "百分数"
    AMOUNT = "数"
    DATE = "日期"
    UNITS = "单位"
    PEOPLE = "人名"
    WORDS = "少数几个词"
    NAMES = "短语"
    TEXTS = "文字"


def sort_of(column: ColumnSeen) -> Sort:
    """What the cells of a column are, by what most of them are."""
    if not column.evidence:
        return Sort.EMPTY
    if _is_serial(column):
        return Sort.SERIAL
    if any(map(_is_percent, column.evidence)) and all(_is_percent(v) or _is_fraction(v) for v in column.evidence):
        return Sort.PERCENT
    for sort, fits in _TESTS:
        if mean(map(fits, column.evidence)) >= _MOST:
            return sort
    if is_wordy([one_line(text_of(cell)) for cell in column.values]):
        return Sort.WORDS
    texts = column.said
    if mean(bool(_PERSON.fullmatch(t)) for t in texts) >= _MOST:
        return Sort.PEOPLE
    return Sort.TEXTS if mean(map(len, texts)) >= _TEXT else Sort.NAMES


def is_wordy(texts: Sequence[str]) -> bool:
    """Are these few short words that repeat, as those of a status do?"""
    words = {key(text) for text in texts}
    short = all(len(word) <= _LONGEST_WORD for word in words)
    return short and len(words) <= max(2, min(9, 0.6 * len(texts)))


def _is_serial(column: ColumnSeen) -> bool:
    """1, 2, 3 …, which may begin anew under each heading, and repeat in merged cells."""
    texts = [text.rstrip(".、．") for text in column.said]
    if not all(text.isdecimal() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    steps = [b - a in (0, 1) or b == 1 for a, b in pairwise(numbers)]
    return (
        numbers[0] <= len(numbers)
        and (not steps or mean(steps) >= _MOST)
        and len(numbers) * 2 >= len(column.cells) + len(column.more)
    )


def _is_tick(value: Cell) -> bool:
    return text_of(value).strip() in TICKS | CROSSES


def _is_percent(value: Cell) -> bool:
    """85%, or the fraction that stands for it among such."""
    if isinstance(value, float) and not text_of(value).endswith("%"):
        return False
    return bool(_PERCENT.fullmatch(text_of(value).strip()))


def _is_fraction(value: Cell) -> bool:
    if isinstance(value, float | int):
        return 0 <= value <= 2
    return text_of(value).strip() in CROSSES or text_of(value).strip() == ""


def _is_amount(value: Cell) -> bool:
    if isinstance(value, bool | date):
        return False
    if isinstance(value, float | int):
        return not isinstance(value, SeenNumber) or not text_of(value).endswith("%")
    return isinstance(value, str) and bool(_AMOUNT.fullmatch(value.strip()))


def is_day(value: Cell) -> bool:
    """Does a cell hold a day, or a phrase that sets one (3月底前, 长期坚持)?"""
    if not isinstance(value, str):
        return isinstance(value, date) or (isinstance(value, SeenNumber) and cell_date(value) is not None)
    text = one_line(value)
    return len(text) <= 2 * _LONGEST_NAME and parse_deadline(text, decided=None, period=_ANY_YEAR).kind not in _NO_DAY


def middle_day(column: ColumnSeen) -> date | None:
    """The day in the middle of those that a column names."""
    found = sorted(day for value in column.values if (day := _day(value)))
    return found[len(found) // 2] if found else None


def _day(value: Cell) -> date | None:
    if (day := cell_date(value)) is not None:
        return day
    return parse_deadline(one_line(text_of(value)), decided=None, period=_ANY_YEAR).last


def _are_units(value: Cell) -> bool:
    names = [fragment for part in parts(text_of(value)) for fragment in part]
    return bool(names) and all(len(name) <= _LONGEST_NAME and looks_complete(name) for name in names)


def _is_code(value: Cell) -> bool:
    text = text_of(value).strip()
    return bool(re.fullmatch(r"[A-Za-z][\w\-〔〕\[\]]*\d|\d+[-〔\[]\d+\w*|\d{4,}", text)) and not is_day(value)


_TESTS: tuple[tuple[Sort, Callable[[Cell], bool]], ...] = (
    (Sort.TICKS, _is_tick),
    (Sort.PERCENT, _is_percent),
    (Sort.AMOUNT, _is_amount),
    (Sort.DATE, is_day),
    (Sort.CODE, _is_code),
    (Sort.UNITS, _are_units),
)

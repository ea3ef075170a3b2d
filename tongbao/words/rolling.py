"""The period phrases of a text, and what they become when the next period begins.

Only whole phrases are replaced, each in the office's own style (`2022.1`, `1-9月`, full-width figures, 二〇二二年一月).
The grammar of `periods` reads each phrase before and after: a phrase that would not read as the new period stays as it
is. So does the date of something else than the period (a meeting, a document, a deadline).

The expressions were set on the phrases of tests/words/test_rolling.py. Where they do not fit, the clerk is told of a
date that stayed: the cost of a form that is missing here is a date to be changed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tongbao.model import Period
from tongbao.words.periods import (
    Phrase,
    chinese_date,
    find_phrases,
    month_end,
    says_as_of,
    spell_out,
    tells_otherwise,
)
from tongbao.words.text import chinese_number, parse_chinese_number


@dataclass(frozen=True, slots=True)
class Change:
    """One phrase of a text that follows the period: its first place in the old text, its old and its new words."""

    start: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Rolled:
    """A text in the next period; `left` holds place and words of each date that stayed and is not in that period.

    The number of an issue (第3期) is left too: only the office knows whether the next ledger belongs to the next issue.
    """

    text: str
    changes: tuple[Change, ...] = ()
    left: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """The step from one period to the next; `as_of` is the day up to which the old ledger tells."""

    old: Period
    new: Period
    as_of: date


def rolled(text: str, turn: Turn, *, before: str = "") -> Rolled:
    """A text of the old period rewritten for the new one. `before` is the label in the cell before it (建立日期)."""
    pieces = list(_pieces(text, turn, before))
    stay = {p.said.year for p in pieces if p.said and p.said.year and p.new in (None, p.old)}
    changes = [
        Change(p.start, p.old, _with_year(p, turn, stay)) for p in pieces if p.new is not None and p.new != p.old
    ]
    left = [(p.start, p.old) for p in pieces if p.new is None]
    left += [(match.start(), match[0]) for match in _ISSUE.finditer(text)]
    return Rolled(_exchanged(text, changes), tuple(changes), tuple(sorted(left)))


def renamed(text: str, turn: Turn) -> str:
    """A file name in the new period. Dates that would stay in a text change too: the name must tell the period."""
    found = rolled(text, turn)
    forced = [Change(start, words, rolled(words, turn).text) for start, words in found.left]
    return _exchanged(text, sorted([*found.changes, *forced], key=lambda change: change.start))


def without_dates(text: str) -> str:
    """The text without all that looks like a date: what the headers of two months (1月投资, 2月投资) share."""
    return _PIECE.sub("", text)


def _exchanged(text: str, changes: Sequence[Change]) -> str:
    """The text with the new words of all changes, which are in order of place."""
    for change in reversed(changes):
        text = text[: change.start] + change.new + text[change.start + len(change.old) :]
    return text


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that looks like a date: what it says (None where unread), what it becomes (None where it stays)."""

    start: int
    old: str
    said: Phrase | None
    new: str | None


def _pieces(text: str, turn: Turn, before: str) -> Iterator[_Piece]:
    """All that looks like a date in a text, in order."""
    matches = list(_PIECE.finditer(text))
    between = [text[a.end() : b.start()] for a, b in pairwise(matches)]
    for n, match in enumerate(matches):
        head = (f"{before}：" if before else "") + text[: match.start()]
        said = _read(match[0])
        listed = any(_LISTED.fullmatch(words) for words in between[max(0, n - 1) : n + 1])  # 1月、2月、3月
        listed = listed and not says_as_of(head)  # 截至5月底，6月5日前报送
        new = _follow(match[0], said, head, text[match.end() :], turn) if said and not listed else None
        yield _Piece(match.start(), match[0], said, new)


# Dates in a list (1月、2月、3月) name months beside each other, none of them the period. Spaces and ; make no list.
_LISTED = re.compile(r"\s*[、，,/和与及]\s*")


def _with_year(piece: _Piece, turn: Turn, stay: Iterable[int]) -> str:
    """The new words, with the year where another year stays in the text: 2021年…（12月） → 2021年…（2022年1月）."""
    year = turn.new.last.year
    assert piece.said is not None
    assert piece.new is not None
    bare = piece.said.year is None and not piece.new.startswith(str(year))
    return f"{year}年{piece.new}" if bare and turn.old.last.year != year and set(stay) - {year} else piece.new


# ---------------------------------------------------------------------------------------------- what looks like a date

# Full-width figures count too, as the style is kept. A piece may have no digit, letter or Chinese numeral before it and
# no digit behind it: A1月, 编号2022-01-019 and 2022.1.5.3 hold none. 〔2022〕1号 is a document's number.
_D = "[0-9０-９]"
_YEAR = rf"(?:(?:[1１][9９]|[2２][0０]){_D}{{2}}|[〇零○一二三四五六七八九]{{4}}(?=\s*年))"
_NO = rf"(?:{_D}{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九元])"
_JOINT = r"\s*[-—–―－~～至到]{1,2}\s*"
_MONTH = rf"{_NO}\s*月份?(?:\s*{_NO}\s*[日号]|[上中]*[中下]?旬|[底末初])?"
_WRITTEN = rf"(?:{_YEAR}\s*年度?\s*)?(?:{_MONTH}|第?{_NO}\s*季度[底末]?|[上下]半年[底末]?)|{_YEAR}\s*年(?:度|[底末终])?"
_FIGURES = (
    rf"{_YEAR}(?:[-—－_./．／]{_D}{{1,2}}){{1,2}}|{_YEAR}{_D}{{4}}|{_YEAR}{_D}{{2}}"
    rf"|(?:{_YEAR}年?[-_.]?)?(?:[Qq][1-4]|[Hh][12])(?![A-Za-z])|{_YEAR}(?![〕）)\]】]\s*第?{_D}+号)"
)
_BEGUN = rf"(?:{_YEAR}\s*年)?第?{_NO}(?={_JOINT}{_NO}\s*[月日号季])"
_SHORT = rf"{_D}{{2}}年{_MONTH}|{_YEAR}[-./．]{_NO}月|前[23二两三]个?季度"
_PIECE = re.compile(
    rf"""
    (?<![0-9０-９A-Za-z〇零○一二三四五六七八九十]) (?<!{_D}[-_./、，,])
    (?: {_SHORT} | (?:{_BEGUN}|{_WRITTEN}|{_FIGURES}) (?:{_JOINT}(?:{_WRITTEN}|{_FIGURES}|{_NO}\s*[日号]))? )
    (?!(?<={_D})(?:{_D}|[-_./]{_D}|[年月]))
    """,
    re.VERBOSE,
)

# 第3期 and 第三期 of a circular or a ledger; 第一期工程 is a phase of works. 总第12期 comes along.
_ISSUE = re.compile(rf"总?第\s*(?:{_D}{{1,4}}|[一二三四五六七八九十百]{{1,5}})\s*期(?![工项建规])")


def _read(piece: str) -> Phrase | None:
    """The phrase that a piece is, from end to end; None where the grammar does not read it so."""
    spelt = re.sub(r"^[Qq]([1-4])$", r"\1季度", spell_out(piece))
    spelt = re.sub(r"^[Hh]([12])$", lambda m: "上下"[int(m[1]) - 1] + "半年", spelt)
    phrases = find_phrases(spelt)
    whole = len(phrases) == 1 and (phrases[0].start, phrases[0].stop) == (0, len(spelt))
    return phrases[0] if whole else None


def _span(phrase: Phrase, year: int) -> tuple[date, date] | None:
    """The first and last day of a phrase, in `year` where it names none; None where the calendar has no such day."""
    try:
        return phrase.span(phrase.year or year)
    except ValueError:
        return None


# ---------------------------------------------------------------------------------------------- what it becomes


def _follow(piece: str, said: Phrase, head: str, tail: str, turn: Turn) -> str | None:
    """The piece in the new period; unchanged where it includes that already, None where it is not of the old period."""
    span = _span(said, turn.old.last.year)
    if span is None:
        return None
    head = head.rstrip("自从") if said.until else head  # 自…至… is a span, 自…起 a beginning
    stays = _OTHER_YEAR.search(head) is not None or tells_otherwise(head, tail, said.unit)
    target = None if stays else _target(said, span, head, tail, turn)
    if target is None:
        return piece if span[0] <= turn.new.last <= span[1] else None
    return _rewritten(piece, said, target) or _named(piece, said, span, target, turn)


# 去年5月 and 上年同期1-5月 name another year than they have in figures.
_OTHER_YEAR = re.compile(r"[去上前明次来]年(?:同期)?[的：:（(\s]*$")


def _target(said: Phrase, span: tuple[date, date], head: str, tail: str, turn: Turn) -> tuple[date, date] | None:
    """The first and last day that a phrase of the old period means in the new one; None where it means no period."""
    (first, last), old, new = span, turn.old, turn.new
    if span == (old.first, old.last) and not _is_cumulative(said, head + tail, turn):
        return new.first, new.last
    if first == last and last in (old.last, turn.as_of):
        return new.last, new.last
    if said.until and last == old.last and first == date(last.year, 1, 1):
        return date(new.last.year, 1, 1), new.last
    if said.unit == "month" and not said.until and first <= old.first and old.last <= last:
        return new.last.replace(day=1), month_end(new.last)
    # An office whose months end on the 25th says so in its title; the 30th of a short month is its last day.
    if says_as_of(head) and first == last and (last.year, last.month) == (old.last.year, old.last.month):
        day = new.last.replace(day=min(last.day, month_end(new.last).day))
        return (day, day) if old.first < old.last and new.first <= day <= new.last else None
    return None


def _is_cumulative(said: Phrase, around: str, turn: Turn) -> bool:
    """Does a range of months grow from January on? After a first quarter 1-3月 becomes 1-6月, for amounts are told so.

    Not where the quarter is named beside it (一季度（1-3月）) or the period itself is named by its months.
    """
    months = said.until is not None and said.unit == "month" and said.months[0] == 1
    return months and "—" not in turn.old.label and not re.search("季度|半年", around)


def _named(piece: str, said: Phrase, span: tuple[date, date], target: tuple[date, date], turn: Turn) -> str | None:
    """The new period under its own name, for periods of unequal length (a month, then a day); None for other days."""
    if target not in ((turn.new.first, turn.new.last), (turn.new.last, turn.new.last)):
        return None
    if re.search(rf"[{_MARKS}]", piece) is None:
        return turn.new.token if target[0] == turn.new.first else target[1].isoformat()
    name = turn.new.label if target[0] == turn.new.first else chinese_date(target[1])
    same_year = span[1].year == target[1].year
    return name if said.year or not same_year else name.removeprefix(f"{target[1].year}年")


# ---------------------------------------------------------------------------------------------- in its own style

_MARKS = "年月日号季半"
_RANKS = {"year": 0, "half": 1, "quarter": 1, "month": 1, "day": 2}
_BEHIND = {"年": "year", "月": "month", "日": "day", "号": "day", "季": "quarter", "半": "half"}
_BEFORE = {"Q": "quarter", "q": "quarter", "H": "half", "h": "half"}
_NUMBER = re.compile(rf"{_YEAR}|[上下](?=半年)|{_NO}")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class _Number:
    """One number of a date: its place, its text, and its role (year, half, quarter, month or day)."""

    start: int
    text: str
    role: str

    @property
    def rank(self) -> int:
        return _RANKS[self.role]

    def written(self, day: date, padded: bool, zero: str) -> str:
        """The number of this role for another day, in the same kind of figures. `zero` is the sign for 〇."""
        value = {
            "year": day.year,
            "half": (day.month + 5) // 6,
            "quarter": (day.month + 2) // 3,
            "month": day.month,
            "day": day.day,
        }[self.role]
        if self.text in ("上", "下"):
            return "上下"[value - 1]
        if self.role == "year" and parse_chinese_number(self.text):
            return "".join(zero if digit == "0" else chinese_number(int(digit)) for digit in str(value))
        if parse_chinese_number(self.text):
            return chinese_number(value)
        figures = f"{value:02}" if padded and self.role in ("month", "day") else str(value)
        return figures.translate(_WIDE) if self.text[0] in "０１２３４５６７８９" else figures


def _numbers(piece: str) -> list[_Number]:
    """The numbers of a date in order; one without a word beside it has the role of the next (the 1 of 1-9月)."""
    matches = list(_NUMBER.finditer(piece))
    beside = [
        _BEFORE.get(piece[m.start() - 1 : m.start()]) or _BEHIND.get(piece[m.end() :].lstrip()[:1]) for m in matches
    ]
    found: list[_Number] = []
    for n, match in enumerate(matches):
        role = beside[n] or ("year" if len(match[0]) == 4 else "")
        if not role and n and beside[n - 1] is None:  # 2022-01-31, 20220131
            role = {"year": "month", "month": "day"}.get(found[-1].role, "year")
        found.append(_Number(match.start(), match[0], role or next(filter(None, beside[n:]), "month")))
    return found


def _rewritten(piece: str, said: Phrase, target: tuple[date, date]) -> str | None:
    """The piece with the numbers of the target in place of its own; None where it would not read as the target."""
    numbers = _numbers(piece)
    turns = [n for n, (a, b) in enumerate(pairwise(numbers), 1) if b.rank <= a.rank]
    if len(turns) != (1 if said.until else 0):
        return None
    middle = turns[0] if turns else 0
    padded = _is_padded(piece, numbers)
    zero = next((c for c in piece if c in "〇零○"), "〇")
    dropped = _dropped(numbers, middle, target)
    text = piece
    for n, number in reversed(list(enumerate(numbers))):
        day = target[n >= middle]
        end = number.start + len(number.text)
        if n in dropped:
            text = text[: number.start] + text[numbers[middle].start :] if n == dropped[0] else text
        else:
            text = text[: number.start] + number.written(day, padded, zero) + text[end:]
    read = _read(text)
    return text if read and _span(read, target[0].year) == target else None


def _is_padded(piece: str, numbers: Sequence[_Number]) -> bool:
    """Are months and days written with two figures? 01 says so; 12 does only in 2021-12 and 202112, not in 2021.12."""
    small = [n.text for n in numbers if n.rank == 2 or n.role == "month"]
    if any(text[0] in "0０" for text in small):
        return True
    return not re.search(rf"[{_MARKS}./．／]", piece) and all(len(text) == 2 for text in small)


def _dropped(numbers: Sequence[_Number], middle: int, target: tuple[date, date]) -> list[int]:
    """The numbers to leave out where a range of months shrinks to one in the new year: 1-12月 becomes 1月."""
    one = (
        middle
        and numbers[middle - 1].role == "month"
        and (target[0].year, target[0].month)
        == (
            target[1].year,
            target[1].month,
        )
    )
    return [n for n in range(middle) if numbers[n].rank >= numbers[middle].rank] if one else []

"""Next steps whose date is over: `next` keeps them, as they are often still true, and the circular would print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tongbao.config.kinds import Kind
from tongbao.matching.two_periods import Changes
from tongbao.model import NEXT_STEP, Filling, Level, Period, Problem, Row
from tongbao.words.periods import Phrase, find_phrases, spell_out
from tongbao.words.text import first_few

# Items named in the one line (set by feel: a line and a half).
_NAMED = 6
# 9月内, 三季度以内; the 内 of 年内 belongs to the phrase itself.
_WITHIN = re.compile("[之以]?内(?![部容涝外河])")
# A clause with one of these tells what was, or what was once meant: 已于9月底前完成, 原定9月底前.
_HISTORY = re.compile("已|曾|原[定计]|未能|没有|逾期|未在")
_CLAUSE = re.compile("[,，。;；、\n]")
# A month without a year that was over so long ago is next year's: 3月底前, written in October.
_LONG_AGO = timedelta(days=183)


def next_step_past(changes: Changes, kind: Kind) -> Iterator[Problem]:
    """One line for all open rows with a next step that was to be done by a day before this period (9月底前).

    Looked at are limits alone (…前, …内): other dates may be history. Rows that nobody filled in are told as such.
    """
    page = changes.current
    priors = {pair.current.place: pair.prior for pair in changes.pairs}
    before = changes.prior.period if changes.prior else None
    found: list[tuple[Row, str]] = []
    for row in page.rows:
        if row.is_open and row.filling not in (Filling.UNFILLED, Filling.AS_BEFORE):
            prior = priors.get(row.place)
            over = _over(_next_step(row), _next_step(prior) if prior else "", page.period, before)
            found += [(row, words) for words in [*over][:1]]
    if found:
        named = first_few([f"{row.item}（“{words}”）" for row, words in found], _NAMED)
        message = f"下一步里写的期限已经过去的{len(found)}项：{named}"
        fix = "做完的写进进展，没有做完的改写下一步"
        place = page.place(found[0][0], NEXT_STEP)
        yield Problem(Level.NOTE, "next_step_past", message, fix, place=place)


def _next_step(row: Row) -> str:
    """The next step, also from a column that the kind does not declare."""
    return row.get(NEXT_STEP) or next((text for header, text in row.others.items() if NEXT_STEP in header), "")


def _over(text: str, earlier: str, period: Period, before: Period | None) -> Iterator[str]:
    """The limits in a text that lie before the period, as written.

    A date without a year is read as of the ledger in which it was written: the one before where it stands there too.
    The cost: a 12月底前 that nobody touches is told of in January, and read as the new year's from February on.
    """
    spelt, known = spell_out(text), spell_out(earlier)
    for phrase in find_phrases(spelt):
        within = _WITHIN.match(spelt, phrase.stop)
        words = spelt[phrase.start : within.end() if within else phrase.stop]
        if not (phrase.limited or words.endswith("内")) or _HISTORY.search(_clause(spelt, phrase)):
            continue
        day = _last_day(phrase, before if before and words in known else period)
        if day and day < period.first:
            yield words


def _clause(text: str, phrase: Phrase) -> str:
    head, tail = _CLAUSE.split(text[: phrase.start])[-1], _CLAUSE.split(text[phrase.stop :])[0]
    return head + tail


def _last_day(phrase: Phrase, written: Period) -> date | None:
    """The last day of a limit that was written in that period; None where the calendar has no such day."""
    year = written.last.year
    named = phrase.year or (year + phrase.near if phrase.near is not None else None)
    days = [*_ends(phrase, (named,) if named else (year, year + 1))]
    return next((day for day in days if named or written.first - day <= _LONG_AGO), None)


def _ends(phrase: Phrase, years: Iterable[int]) -> Iterator[date]:
    for year in years:
        try:
            yield phrase.span(year)[1]
        except ValueError:
            continue

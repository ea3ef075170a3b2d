"""Why two rows are taken for one item, in words: what agrees, what differs and how, what else it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from tongbao.matching import likeness
from tongbao.matching.face import NAME, Face
from tongbao.matching.likeness import Difference
from tongbao.matching.marking import exchanged
from tongbao.matching.two_periods import Bond, Cause, Pair
from tongbao.model import Row, listed
from tongbao.words.text import numbers, one_line, shortened

# A name or heading that changed is quoted up to so many characters (set by feel: a line of the sheet holds three).
_QUOTED = 16
# So many exchanged words are quoted; 核对表 and 对应关系.xlsx mark them all (set by feel).
_WORDS = 3
_NUMERAL = re.compile(r"\d[\d.,]*[百千万亿]*%?")
_OF_BONDS = {Bond.MERGED: "本期这一行里有上期这一项的内容", Bond.SPLIT: "上期这一项的内容分在本期几行里"}


def explained(pair: Pair) -> str:
    """What speaks for and against a pair: 编号相同；文字相似90%；责任单位由甲变乙；仅凭行序认定."""
    a, b = Face(pair.prior), Face(pair.current)
    if pair.bond is not Bond.SAME:
        return "；".join((_OF_BONDS[pair.bond], *_agreeing(a, b), *_differing(a, b)))
    more = [pair.ground] if pair.ground else []
    return "；".join((*_agreeing(a, b), *_likeness(a, b), *_differing(a, b), *_worded(a, b), *more))


def differing(a: Face, b: Face) -> str:
    """In what two rows differ, in words; why a person is asked where they do not."""
    found = list(_differing(a, b))
    if likeness.of_texts(a, b) < likeness.SIMILAR and a.numbers == b.numbers:
        return "文字改动较大"
    return "；".join(found) or ("相近的不止一行" if a.text == b.text else "文字略有增减")


def cause_of(a: Face, b: Face) -> Cause:
    """The same in one word, to put questions of one cause together."""
    if a.numbers != b.numbers:
        return Cause.NUMBERS
    if likeness.of_texts(a, b) < likeness.SIMILAR:
        return Cause.REWORDED
    moved = a.name != b.name or a.section != b.section or not likeness.same_units(a.units, b.units)
    if moved:
        return Cause.UNITS
    return Cause.ALIKE if a.text == b.text else Cause.NUMBERS


def _agreeing(a: Face, b: Face) -> Iterator[str]:
    if a.row.id and a.row.id == b.row.id:
        yield "编号相同"
    if a.row.no and a.row.no == b.row.no:
        yield "序号相同"
    if a.section and a.section == b.section:
        yield "标题相同"
    if a.name and a.name == b.name:
        yield "名称相同"
    if a.text == b.text:
        yield "文字相同"
    if a.units and likeness.same_units(a.units, b.units):
        yield "责任单位相同"
    if a.progress and a.progress in b.progress:
        yield "进展接着上期写"
    elif a.progress and likeness.nearly(a.progress, b.progress):
        yield "进展与上期相近"


def _likeness(a: Face, b: Face) -> Iterator[str]:
    if a.text != b.text:
        yield f"文字相似{likeness.of_texts(a, b):.0%}"


def _differing(a: Face, b: Face) -> Iterator[str]:
    if a.row.id and b.row.id and a.row.id != b.row.id:
        yield f"编号由{a.row.id}变{b.row.id}"
    if a.name != b.name and (a.name or b.name):
        yield f"名称由“{_quoted(a.row.get(NAME))}”变“{_quoted(b.row.get(NAME))}”"
    if a.section != b.section and a.section and b.section:
        yield "标题由“{}”变“{}”".format(*map(_quoted, _headings(a, b)))
    if a.units != b.units and not likeness.same_units(a.units, b.units):
        yield f"责任单位由{_units(a.row)}变{_units(b.row)}"
    if a.numbers != b.numbers:
        yield f"数字不同（{_more(a, b)}→{_more(b, a)}）"


def _worded(a: Face, b: Face) -> Iterator[str]:
    """Which words were put for others, came or went; numerals are told of already."""
    if a.text == b.text:
        return
    if likeness.of_texts(a, b) < likeness.SIMILAR:
        yield "文字改动较大"
    elif likeness.difference(a, b) is Difference.WORDING:
        yield "文字只有虚词或先后不同"
    else:
        words = [_exchange(gone, come) for gone, come in islice(exchanged(a.row.text, b.row.text), _WORDS)]
        yield from words or (["数字换了先后"] if a.numbers == b.numbers else [])


def _exchange(gone: str, come: str) -> str:
    before, now = _quoted(gone), _quoted(come)
    return f"“{before}”改为“{now}”" if gone and come else f"少了“{before}”" if gone else f"多了“{now}”"


def _more(a: Face, b: Face) -> str:
    """The numerals that a row has and another one lacks, as they are typed: 2万 and not 20000."""
    typed = {value: numeral for numeral in _NUMERAL.findall(a.row.text) for value in numbers(numeral)}
    return "、".join(typed.get(value, value) for value in Counter(a.numbers) - Counter(b.numbers)) or "无"


def _headings(a: Face, b: Face) -> tuple[str, str]:
    """The lowest headings that differ."""
    both = reversed(list(zip(a.section, b.section, a.row.section, b.row.section, strict=False)))
    found = next(((one, two) for before, now, one, two in both if before != now), None)
    return found or (" / ".join(a.row.section), " / ".join(b.row.section))


def _units(row: Row) -> str:
    return listed(row.units) or "空"


def _quoted(words: str) -> str:
    return shortened(one_line(words), _QUOTED) or "空"

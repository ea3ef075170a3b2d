"""Why two rows are taken for one item, in words: what agrees, what differs and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tongbao.matching import likeness
from tongbao.matching.likeness import NAME, Face
from tongbao.matching.two_periods import Cause, Pair
from tongbao.model import Row, listed
from tongbao.words.text import one_line, shortened

# A name or heading that changed is quoted up to so many characters (set by feel: a line of the sheet holds three).
_QUOTED = 16


def explained(pair: Pair) -> str:
    """What speaks for and against a pair: 编号相同；文字九成相同；责任单位由甲变乙."""
    a, b = Face(pair.prior), Face(pair.current)
    return "；".join((*_agreeing(a, b), *_differing(a, b)))


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
    else:
        yield f"文字相似{likeness.of_texts(a, b):.0%}"
    if a.units and likeness.same_units(a.units, b.units):
        yield "责任单位相同"
    if a.progress and (a.progress == b.progress or likeness.nearly(a.progress, b.progress)):
        yield "进展接着上期写"


def _differing(a: Face, b: Face) -> Iterator[str]:
    if a.row.id and b.row.id and a.row.id != b.row.id:
        yield f"编号由{a.row.id}变{b.row.id}"
    if a.name != b.name and (a.name or b.name):
        yield f"名称由“{_quoted(a.row.get(NAME))}”变“{_quoted(b.row.get(NAME))}”"
    if a.section != b.section and a.section and b.section:
        yield f"标题由“{_quoted(a.row.section[-1])}”变“{_quoted(b.row.section[-1])}”"
    if a.units != b.units and not likeness.same_units(a.units, b.units):
        yield f"责任单位由{_units(a.row)}变{_units(b.row)}"
    if a.numbers != b.numbers:
        gone, come = (Counter(x.numbers) - Counter(y.numbers) for x, y in ((a, b), (b, a)))
        yield f"数字不同（{'、'.join(gone) or '无'}→{'、'.join(come) or '无'}）"


def _units(row: Row) -> str:
    return listed(row.units) or "空"


def _quoted(words: str) -> str:
    return shortened(one_line(words), _QUOTED) or "空"

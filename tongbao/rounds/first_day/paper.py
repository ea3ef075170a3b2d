"""What the office's last circular shows of its habits: title, addressees, signature, closing words, printed counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tongbao.rounds.first_day.bearing import Bearing, bearing_of
from tongbao.rounds.first_day.printed_annex import headers_of
from tongbao.word.document import Paper
from tongbao.word.package import BODY
from tongbao.words.periods import cell_date, spell_out
from tongbao.words.text import one_line

# A title stands among the first lines; above it a red head, a number, an office (set by feel).
_FIRST_LINES = 14
_TITLE = re.compile(r"关于|通报$|通报[（(]")
# A part of a year in a title: it changes with every circular. The year alone belongs to the name of a plan.
_PART_OF_YEAR = re.compile(
    r"(?:截[至止])?(?:(?:19|20)\d\d年|[二〇○零一三四五六七八九]{4}年)?(?:度)?"
    r"(?:(?:\d{1,2}月?[-—–~至到])?\d{1,2}月(?:\d{1,2}日)?份?(?:底|末)?|第?[一二三四1-4]季度|前[二三两]个?季度|[上下]半年)"
)
_OFFICE = re.compile(r".{2,28}(?:室|局|办|委员会|政府|组|处|中心|委|部|厅|院|专班|指挥部)")
_ADDRESSED = re.compile(
    r"(?P<whom>(?=[^：:]*(?:各|局|委|镇|乡|街道|单位|部门|政府|办))(?!.*如下)[^：:。；]{4,120})[：:]$"
)
_COUNT = re.compile(
    r"(?P<word>[\u4e00-\u9fff“”]{2,14}?)[”]?(?:的|事项|任务|项目|问题|工作)*(?P<all>共|总计|合计)?(?:有|为|计)?(?:[（(](?P<within>[^（）()]{1,16})[）)])?(?:[：:]|\s)*(?P<count>\d{1,4})\s*(?:项|件|个|条|宗)"
)
_TOTAL = re.compile(r"共[^，。；：\d]{0,24}?(?P<count>\d{1,4})\s*(?:项|件|个|条|宗)")
_SHORTEST_CLOSING = 30
# Characters of a bulletin's name (督查通报, 重点工作通报); a title is longer (set by feel).
_BULLETIN = 7


@dataclass(frozen=True, slots=True)
class Habits:
    """What a circular shows; empty where it does not. `counts`: printed numbers of items, with the words before them.

    `totals`: how many there are in all (共34项). `annexes`: what may be the headers of its tables.
    `bearing`: what changes with every issue.
    """

    file: str
    title: str = ""
    addressees: str = ""
    office: str = ""
    closing: str = ""
    counts: tuple[tuple[str, int], ...] = field(default=())
    annexes: tuple[tuple[str, ...], ...] = ()
    bearing: Bearing = field(default_factory=Bearing)
    totals: tuple[int, ...] = ()


def habits_of(paper: Paper) -> Habits:
    """What a circular shows of its office's habits."""
    lines = [text for p in paper.paragraphs if p.where == BODY and not p.table and (text := one_line(p.text))]
    at, title = _title(lines)
    end, office, day = _signed(lines)
    body = lines[at:end]
    head = _head(paper, lines[at - 1] if at else "")
    return Habits(
        paper.name,
        title=_PART_OF_YEAR.sub("", title),
        addressees=_addressees(body),
        office=office,
        closing=_closing(body),
        counts=tuple(_counts(body)),
        totals=tuple(int(m["count"]) for line in body for m in _TOTAL.finditer(line)),
        annexes=tuple(headers_of(table, rows) for table in paper.tables for rows in (1, 2, 3)),
        bearing=bearing_of(paper.name, head, title, body, day),
    )


def _head(paper: Paper, title: str) -> list[str]:
    """The lines above the title, those in tables too: a red head is often drawn with one."""
    texts = [" ".join(p.text.split()) for p in paper.paragraphs if p.where == BODY]
    ends = next((n for n, text in enumerate(texts[: 3 * _FIRST_LINES]) if title and one_line(text) == title), 0)
    return [text for text in texts[:ends] if text]


def _title(lines: Sequence[str]) -> tuple[int, str]:
    """The title, which may stand on several lines, and the number of the line behind it."""
    fitting = [n for n, line in enumerate(lines[:_FIRST_LINES]) if _TITLE.search(line) and len(line) < 60]
    # 督查通报 above it is the name of a bulletin, not the title.
    ways = ("关于" in lines[n] for n in fitting), (len("".join(lines[n].split())) > _BULLETIN for n in fitting)
    start = next((n for way in ways for n, fits in zip(fitting, way, strict=True) if fits), None)
    if start is None:
        return 0, ""
    title = ""
    for n in range(start, min(start + 3, len(lines))):
        title += lines[n]
        if re.search(r"通报(?:[（(].*[）)])?$", title):
            return n + 1, re.sub(r"[（(].*[）)]$", "", title)
    return 0, ""


def _signed(lines: Sequence[str]) -> tuple[int, str, str]:
    """The number of the line on which the office signs, above the date, its name and the date."""
    for n in range(len(lines) - 1, 0, -1):
        if cell_date("".join(spell_out(lines[n]).split())) and _OFFICE.fullmatch(lines[n - 1].replace(" ", "")):
            return n - 1, lines[n - 1].replace(" ", "").replace("\u3000", ""), lines[n]
    return len(lines), "", ""


def _addressees(body: Sequence[str]) -> str:
    match = _ADDRESSED.fullmatch(body[0]) if body else None
    return match["whom"] if match else ""


def _closing(body: Sequence[str]) -> str:
    """The last paragraph before 附件 and the signature, where it holds no figures: what is asked of the units."""
    texts = [line for line in body if not line.startswith("附件")]
    last = texts[-1] if texts else ""
    return last if len(last) >= _SHORTEST_CLOSING and not re.search(r"\d|^[一二三四五六七八九十]、", last) else ""


def _counts(body: Sequence[str]) -> Iterator[tuple[str, int]]:
    for line in body:
        for match in (it for it in _COUNT.finditer(line) if not it["all"]):  # 重点督办事项共5项 tells of no state
            within = match["within"] or ""  # 已解决或基本解决（A类）4件 tells of A类 as well
            words = (match["word"].strip("“”"), *([within] if within and not within.startswith(("含", "其中")) else ()))
            yield from ((word, int(match["count"])) for word in words)

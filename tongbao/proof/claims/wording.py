"""What stands in the paper whatever its figures say: dates that cannot be, punctuation, annexes, the period."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tongbao.model import Level
from tongbao.proof.text.sentences import Reading
from tongbao.proof.verdicts import Statement
from tongbao.word.package import BODY
from tongbao.words.text import parse_chinese_number

DATE, HALF_WIDTH, ANNEX, ANNEX_NAME, PERIOD = "date", "half-width", "annex", "annex-name", "period"


# ---------------------------------------------------------------------------------------------- dates

_CN = "[一二三四五六七八九十]{1,3}"
_YEAR_MONTH_DAY = re.compile(
    rf"(?:(?P<year>\d{{4}}|[一二〇零○]{{2}}[〇零○一二三四五六七八九]{{2}})年)?"
    rf"(?<![\d.])(?P<month>\d{{1,2}}|{_CN})月(?P<day>\d{{1,2}}|{_CN})[日号]"
)
_YEAR_MONTH = re.compile(r"\d{4}年(?P<month>\d{1,2})月")


def dates(reading: Reading) -> Iterator[Statement]:
    """Days and months that no calendar has (9月31日, 13月)."""
    for p, folded in enumerate(reading.folded):
        for match in _YEAR_MONTH_DAY.finditer(folded.text):
            month, day = _number(match["month"]), _number(match["day"])
            year = _number(match["year"]) if match["year"] else 0
            wrong = _impossible(year, month, day)
            if wrong:
                yield _date(p, match, wrong)
        for match in _YEAR_MONTH.finditer(folded.text):
            if not 1 <= int(match["month"]) <= 12 and not re.match(r"\d{1,2}[日号]", folded.text[match.end() :]):
                yield _date(p, match, f"没有{int(match['month'])}月")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else parse_chinese_number(text) or 0


def _impossible(year: int, month: int, day: int) -> str:
    """Why there is no such day; empty where there is one (29 February without a year is let pass)."""
    if not 1 <= month <= 12:
        return f"没有{month}月"
    last = calendar.monthrange(year if 1583 <= year <= 9998 else 2000, month)[1]
    if 1 <= day <= last:
        return ""
    return f"{f'{year}年' if year and month == 2 else ''}{month}月只有{last}天"


def _date(paragraph: int, match: re.Match[str], why: str) -> Statement:
    says = f"日期“{match[0]}”不存在"
    return Statement(DATE, paragraph, *match.span(), Level.ERROR, says, f"{why}。", "请核对并改正日期。")


# ---------------------------------------------------------------------------------------------- punctuation

# A half-width sign beside a Chinese character: web copies of circulars are full of them (one of them has ( ) , :
# throughout), so all are told in one note. 1,234 and 10:30 are none.
_HALF = re.compile(
    r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?!\d{3}\b)|[,;:?!](?=[\u4e00-\u9fff“《（])"
    r"|\((?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\)"
)


def half_width(reading: Reading) -> Iterator[Statement]:
    """One note for the whole paper, however many half-width signs stand between Chinese characters."""
    found = [(p.index, m) for p in reading.paper.paragraphs for m in _HALF.finditer(p.text)]
    if not found:
        return
    index, match = found[0]
    at = next(i for i, original in enumerate(reading.folded[index].at) if original >= match.start())
    signs = " ".join(dict.fromkeys(m[0] for _, m in found))
    says = f"全文有 {len(found)} 处中文之间用了半角标点（{signs}）"
    fix = "请用查找替换改成全角标点。"
    yield Statement(HALF_WIDTH, index, at, at + 1, Level.NOTE, says, "公文正文用全角标点。", fix)


# ---------------------------------------------------------------------------------------------- annexes


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex as announced under the body, or as it stands: its number (0 for an only one), its name, its place."""

    number: int
    name: str
    paragraph: int


# 附件：, 附： and 附表： announce (附： is met in public, though GB/T 9704 7.3.4 has 附件：); 附件2 alone in a line
# begins an annex.
_ANNOUNCED = re.compile(r"^附(?:件|表)?(?P<number>\d{1,2})?[：:](?P<rest>.+)$", re.DOTALL)
_PAGE = re.compile(r"^附(?:件|表)(?P<number>\d{1,2})?[：:]?$")
_NUMBERED = re.compile(r"^(?P<number>\d{1,2})[.．、](?P<name>\D.*)$")
_SEEN = re.compile(r"(?:见|详见|参见|按照?)附件(?P<number>\d{1,2})")


def annexes(reading: Reading) -> Iterator[Statement]:
    """Annexes announced and missing, present and unannounced, named otherwise, or referred to and unannounced."""
    announced, pages = _announced(reading), _pages(reading)
    if announced and pages:
        yield from _missing(announced, pages)
        yield from _unannounced(announced, pages)
        yield from _renamed(announced, pages)
    elif announced and not _by_name(reading, announced) and not _in_files(reading, announced):
        yield _absent(announced)
    numbers = {a.number for a in announced} | {a.number for a in pages}
    if announced and max(numbers) > 0:
        yield from _referred(reading, numbers)


def _announced(reading: Reading) -> list[Annex]:
    """`附件：1.甲表` and the numbered lines under it, or `附件：甲表`."""
    found: list[Annex] = []
    for p, folded in enumerate(reading.folded):
        if reading.paper.paragraphs[p].table or reading.paper.paragraphs[p].where != BODY:
            continue
        match = _ANNOUNCED.match(folded.text)
        if match and not found:
            own = [_line(line, p, match["number"]) for line in match["rest"].split("\n") if line]
            found.extend(a for a in own if a.name)
        elif found and p == found[-1].paragraph + 1:
            line = _line(match["rest"], p, match["number"]) if match else _line(folded.text, p, None)
            if line.number == found[-1].number + 1 and line.number > 1:
                found.append(line)
    return found


def _line(text: str, paragraph: int, number: str | None) -> Annex:
    match = _NUMBERED.match(text)
    if match:
        return Annex(int(match["number"]), _bare(match["name"]), paragraph)
    return Annex(int(number or 0), _bare(text), paragraph)


_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)$", re.IGNORECASE)


def _bare(name: str) -> str:
    """A name without title brackets, file endings and stops around it."""
    return _FILE.sub("", name.strip("《》。；;，\n"))


def _pages(reading: Reading) -> list[Annex]:
    """The annexes that stand in the paper: a line 附件2 and the title under it."""
    found, texts = [], reading.folded
    for p, folded in enumerate(texts):
        match = _PAGE.match(folded.text)
        if match and reading.paper.paragraphs[p].where == BODY and not reading.paper.paragraphs[p].table:
            # A title of up to three rows, an empty line or two above it: 重点项目调度会 / 决策事项台账 is one name.
            rows = [t.text for t in texts[p + 1 : p + 6] if t.text][:3]
            found.append(Annex(int(match["number"] or 0), _bare("\n".join(rows)), p))
    return found


def _by_name(reading: Reading, announced: list[Annex]) -> bool:
    """Does an annex follow without the line 附件, under its announced name?"""
    after = {_plain(_bare(f.text)) for f in reading.folded[announced[-1].paragraph + 1 :]}
    return any(_plain(a.name) in after for a in announced)


def _in_files(reading: Reading, announced: list[Annex]) -> bool:
    """Are the annexes announced as files of their own (….xlsx)?"""
    return all(_FILE.search(reading.folded[a.paragraph].text) for a in announced)


def _plain(name: str) -> str:
    return re.sub(r"[《》\s“”]", "", name)


def _missing(announced: list[Annex], pages: list[Annex]) -> Iterator[Statement]:
    present, named = {a.number for a in pages}, {_plain(a.name.split("\n")[0]) for a in pages}
    for annex in announced:
        if annex.number and annex.number not in present and _plain(annex.name) not in named:
            says = f"正文列了附件{annex.number}“{annex.name}”，后面没有"
            why = f"后面的附件有：{'、'.join(f'附件{n}' for n in sorted(present) if n) or '附件'}。"
            yield _annex(annex, Level.WARNING, says, why, "请补上附件，或从附件说明中删去。")


def _unannounced(announced: list[Annex], pages: list[Annex]) -> Iterator[Statement]:
    known = {a.number for a in announced}
    for annex in pages:
        if annex.number and annex.number not in known and annex.paragraph > announced[-1].paragraph:
            says = f"后面有附件{annex.number}，附件说明里没有列"
            why = f"附件说明列了 {len(announced)} 个。"
            yield _annex(annex, Level.WARNING, says, why, "请在正文下的附件说明中补列。")


def _renamed(announced: list[Annex], pages: list[Annex]) -> Iterator[Statement]:
    """GB/T 9704-2012 7.3.7: an annex bears the name under which it was announced."""
    for annex in announced:
        page = next((x for x in pages if x.number == annex.number), None)
        rows = page.name.split("\n") if page else []
        # A first row of more than 60 characters is text, not a title: the annex then has none to compare.
        titles = {_plain("".join(rows[:n])) for n in range(1, len(rows) + 1)}
        if rows and len(rows[0]) <= 60 and not {_plain(annex.name), _plain(annex.name.partition("\n")[0])} & titles:
            says = f"附件说明写“{annex.name}”，附件标题是“{rows[0]}”"
            why = "两处名称应当一致（GB/T 9704 7.3.7）。"
            yield _annex(annex, Level.WARNING, says, why, "请统一两处名称。", ANNEX_NAME)


def _absent(announced: list[Annex]) -> Statement:
    says = f"正文列了 {len(announced)} 个附件，本文件里没有附件"
    fix = "附件如另成文件，请一并发出；否则请补上。"
    return _annex(announced[0], Level.NOTE, says, "没有找到写着“附件”的一页。", fix)


def _referred(reading: Reading, numbers: set[int]) -> Iterator[Statement]:
    for p, folded in enumerate(reading.folded):
        for match in _SEEN.finditer(folded.text):
            if int(match["number"]) not in numbers:
                says = f"文中提到附件{match['number']}，附件说明里没有"
                why = f"列出的附件是：{'、'.join(str(n) for n in sorted(numbers) if n)}。"
                yield Statement(ANNEX, p, *match.span(), Level.ERROR, says, why, "请核对附件序号。")


def _annex(annex: Annex, level: Level, says: str, why: str, fix: str, code: str = ANNEX) -> Statement:
    return Statement(code, annex.paragraph, 0, 1, level, says, why, fix)


# ---------------------------------------------------------------------------------------------- the period

# How titles and as-of phrases are written in public circulars: 截至8月底, 截止目前2023年8月31日, 1—8月, 三季度. A
# month written otherwise (八月底) is not read, and the period then not judged.
_TITLE = re.compile(r"(?:通报|情况|报告|台账|进展)$")
_AS_OF = re.compile(r"截[至止](?:到)?(?:目前)?[，]?(?:\d{4}年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末)")
_SPAN = re.compile(r"(?<!\d)(?P<first>\d{1,2})(?:月份?)?[-—–～~至到](?P<month>\d{1,2})月份?(?!\d)")
_QUARTER = {"一季度": 3, "上半年": 6, "二季度": 6, "三季度": 9, "前三季度": 9, "四季度": 12}


# The month of a meeting is no period: what was decided in 3月份县政府常务会议 is followed up for months. Sixteen
# characters hold the name of a meeting; a longer title with 会 in 经济社会发展 further on keeps its period. Set by
# feel.
_OF_A_MEETING = re.compile("(?:月|季度)[^，]{0,16}(?:会|部署|交办|下达|印发)")


def period(reading: Reading) -> Iterator[Statement]:
    """The period of the title against the as-of dates of the body: told only where none of them agrees."""
    title = _title(reading)
    if title is None:
        return
    text = reading.folded[title].text
    last = 0 if _OF_A_MEETING.search(text) else _last_month(text)
    # The first six as-of dates: those of annexes and of single items further down may be of other periods.
    bodies = [(p, m) for p, f in enumerate(reading.folded) if p > title for m in _AS_OF.finditer(f.text)][:6]
    if not last or not bodies or any(_same_period(last, m) for _, m in bodies):
        return
    p, match = bodies[0]
    says = f"标题说的是到 {last} 月，正文写“{match[0]}”"
    why = f"正文 {len(bodies)} 处截止时间没有一处落在 {last} 月。"
    yield Statement(PERIOD, p, *match.span(), Level.WARNING, says, why, "请核对标题和正文的期别，通常是上一期改漏了。")


def _title(reading: Reading) -> int | None:
    """The paragraph that is the title: among the first eight that are not empty, one that ends like a title."""
    # Eight leave room for the rows of a masthead. 8 to 80 characters without 。 or ；: 督查通报 is the masthead's
    # name, and a sentence that ends in 情况 is none. The cost: 8月份通报 is not known as a title.
    filled = [p for p in reading.paper.paragraphs if reading.folded[p.index].text and not p.table][:8]
    for paragraph in filled:
        text = reading.folded[paragraph.index].text
        if _TITLE.search(text) and 8 <= len(text) <= 80 and not re.search("[。；]", text):
            return paragraph.index
    return None


def _last_month(title: str) -> int:
    """The last month that a title names (1—8月, 8月份, 三季度); 0 where it names none or several periods."""
    spans = list(_SPAN.finditer(title))
    if len(spans) == 1:
        return int(spans[0]["month"])
    quarters = [m for q, m in _QUARTER.items() if q in title]
    months = re.findall(r"(?<![\d—～~至-])(\d{1,2})月份?(?!\d|底前|日)", title)
    if quarters and not months:
        return max(quarters)
    return int(months[0]) if len(months) == 1 and not quarters else 0


def _same_period(last: int, match: re.Match[str]) -> bool:
    """Does the as-of date fall into the title's last month, or the first twenty days of the next?"""
    # A circular on August is made up to mid-September (截至9月15日); from the 21st on, the title is likelier an old
    # one.
    month, day = int(match["month"]), int(match["day"] or 31)
    return month == last or (month == last % 12 + 1 and day <= 20)

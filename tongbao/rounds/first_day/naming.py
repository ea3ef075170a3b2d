"""What a ledger says of itself: what it is a ledger of, whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tongbao.outside.file_names import file_name
from tongbao.rounds.first_day.survey import TableSeen
from tongbao.words.periods import find_phrases, spell_out
from tongbao.words.text import one_line

# What follows the subject in the title of a ledger: 督办台账, 推进情况表, 进展情况统计表, 任务分解表.
_TAIL = re.compile(
    r"(?:(?:督查|督办|跟踪|管理|工作|任务|重点|动态|推进|推进情况|进展|进展情况|落实|落实情况|办理|办理情况|完成|完成情况|整改情况|调度|"
    r"统计|汇总|明细|分解|分工|销号|月报|周报|季报|实施)*"
    r"(?:台账|台帐|情况表|一览表|汇总表|统计表|明细表|进度表|调度表|分解表|清单|表|表格|总表|月报|周报|季报)|"
    r"(?:推进|进展|落实|办理|完成|整改)情况)(?:表|汇总)?$"
)
_TABLE = re.compile(
    r"(?:推进|进展|落实|办理|完成)?(?:情况)?(?:统计|汇总|调度|明细|分解|分工)?"
    r"(?:台账|台帐|一览表|清单|进度表|月报|周报|季报|总表|表格|表)$"
)
_PLACE = re.compile(r"^(?P<place>(?:[^\W\d]{2,3}?[省市州])?[^\W\d]{2,4}?(?:[省市县区州旗镇乡](?!域|场|容)|街道))(?!$)")
_OFFICE = re.compile(
    r"(?<!金额)(?<!计量)(?<!数据)(?<!投资)(?<!资金)(?:填报|制表|报送|编制|责任|督办|督查|牵头|主办|汇总)?(?:单位|部门|机关)(?:[（(][^）)]*[）)])?\s*[:：]\s*(?P<name>[^\s:：，,。；;（(]{3,20})"
)
_UNITS_OF_MEASURE = re.compile(r"万元|亿元|^[个项件元%]")
_OFFICE_NAME = re.compile(
    r".{0,14}(?:督查室|督查局|督查办|督查督办室|政府办公室|政府办|委办公室|委办|办公室|专班|指挥部|局|办)"
)
_BRACKETED = re.compile(r"[（(【\[][^（()）]*[)）】\]]")
_IS_SUBJECT = re.compile(r"(?:事项|任务|工作|项目|实事|整改|问题|督办|督查|建议|提案|批示件?)$")
_NOT_A_SUBJECT = re.compile(r"^(?:sheet|工作表|表|台账|台帐|新建)?\d*$", re.IGNORECASE)


def subject_of(path: Path, tables: Sequence[TableSeen]) -> str:
    """What the ledger is a ledger of: 县委书记专题会议议定事项 of 县委书记专题会议议定事项督办台账（2月）."""
    titles = [t for table in tables for t in table.above if _is_title(t)]
    for text in (*titles, path.stem):
        if subject := _subject(text):
            return subject
    folder = _subject(path.parent.name)
    return folder if _IS_SUBJECT.search(folder) else "督查事项"


def _is_title(text: str) -> bool:
    return 4 <= len(text) <= 50 and not re.search(r"[:：]|^注|^说明", text)


def _subject(text: str) -> str:
    """A title without its place, its periods, its brackets, and the words for a table."""
    left = _without_periods(_BRACKETED.sub("", one_line(text)))
    left = re.sub(r"[\s_\-—（）()]+", "", left)
    if match := _PLACE.match(left):
        left = left[match.end() :]
    without = _TAIL.sub("", left).strip("，、。的")
    if len(without) < 3 and _IS_SUBJECT.search(shorter := _TABLE.sub("", left).strip("，、。的")):
        without = shorter  # 重点任务推进表: all of it are words that a title may end in
    left = without
    return "" if len(left) < 3 or _NOT_A_SUBJECT.match(left) else left


def _without_periods(text: str) -> str:
    spelt = spell_out(text)
    for phrase in reversed(find_phrases(spelt)):
        spelt = spelt[: phrase.start] + spelt[phrase.stop :]
    return re.sub(r"(?:截[至止]|年度)", "", spelt)


def place_in(path: Path, tables: Sequence[TableSeen]) -> str:
    """The place whose ledger it is: 青阳县 of 青阳县2025年民生实事项目推进情况表."""
    for text in (*(t for table in tables for t in table.above if _is_title(t)), path.stem):
        if (match := _PLACE.match(text)) and len(match["place"]) > 2:
            return match["place"]
    return ""


def office_of(path: Path, tables: Sequence[TableSeen]) -> str:
    """The office that keeps the ledger, as its own lines say; empty where they do not."""
    place = place_in(path, tables)
    for text in _lines(tables):
        if (match := _OFFICE.search(text)) and not _UNITS_OF_MEASURE.search(match["name"]):
            return _placed(match["name"], place)
    for text in (t for table in tables for t in table.above):
        if _OFFICE_NAME.fullmatch(text) and len(text) > 3 and not _TAIL.search(text):
            return _placed(text, place)
    return ""


def _lines(tables: Sequence[TableSeen]) -> Iterator[str]:
    for table in tables:
        yield from (*table.above, *table.asides)


def _placed(name: str, place: str) -> str:
    """县政府督查室 of 青阳县 is 青阳县政府督查室."""
    return place[:-1] + name if place and name.startswith(place[-1]) else name


def title_of(subject: str) -> str:
    """The title of the circular, without a period: 关于…办理情况的通报."""
    if re.search(r"整改|问题|销号", subject):
        return f"关于{subject}{'' if subject.endswith('整改') else '整改'}情况的通报"
    if re.search(r"项目|工程|实事|任务|工作|要点", subject):
        return f"关于{subject}推进情况的通报"
    return f"关于{subject}办理情况的通报"


def report_name(subject: str) -> str:
    """The subject as a name of folders."""
    return file_name(re.sub(r"[《》“”\"]", "", subject))[:30]

"""What a ledger says of itself: what it is a ledger of, whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tongbao.outside.file_names import file_name
from tongbao.rounds.first_day.survey import TableSeen
from tongbao.words.periods import find_phrases, spell_out
from tongbao.words.text import one_line

# What a ledger is as a paper, at the end of its title: 督办台账, 情况登记表, 调度周报表, 工单导出.
_PAPER = re.compile(
    r"(?:台账|台帐|一览表?|登记[表簿册]?|导出(?:数据|表)?|清单|表格|(?<!汇)总表|简报|(?:每|半|双)?[周旬月季年日]报表?|(?<!工)单|表|[及和与])$"
)
# What is done with its subject: 推进情况, 办理进度, 分解落实, 督查督办, 月评价, 红黄绿亮灯.
_PROCESS = re.compile(
    r"(?:情况|进度|进展|推进|落实|办理|完成|执行|实施|(?:每|半|双)?[周旬月季]度?(?:调度|通报|统计|汇总|评价|评估|考核)|调度|统计|汇总|明细|分解|分工|"
    r"[周旬月季年]度|跟踪|追踪|管理|动态|认领|销号|督查|督办|督导|评价|亮灯|红黄绿灯?|闭环|综合|(?<=问题)交办|(?<=整改)交办|(?<=隐患)交办|(?<=整改)工作|[“\"][^“”\"]{1,6}[”\"]|[及和与])$"
)
# What cannot be all of a subject: an office, a meeting, a word that says of which rank it is.
_BARE = re.compile(
    r"(?:重点|重大|主要|专项|年度|全[省市县区镇]|[省市县区镇]委|政府|管委会|[局委厅镇乡]|(?<![督交承主查])办|公司|集团|中心|[院校]|大学|会议?|部门|单位)$"
)
# What is short for the matters that are so dealt with: 总经理办公会交办, 督查督办.
_DEALT_WITH = re.compile(r"(?:督查|督办|督导|交办|布置|议定|决定|部署|落实|办理|调度|认领|跟踪|安排)$")
_PLACE = re.compile(
    r"^(?P<place>(?:[^\W\d委府]{2,3}?[省市州])?[^\W\d委府]{2,4}?(?:[省市县区州旗镇乡](?!域|场|容)"
    r"(?<!城乡)(?<!乡镇)(?<![小社片景园校辖地山灾城库矿]区)"
    r"(?<!(?:文明|卫生|园林|智慧|海绵|健康|中心|宜居|森林|模范|旅游|低碳)城市)|街道))(?!$)"
)
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
    for text in (*titles, *([] if _is_office(path.stem) else [path.stem])):
        if subject := _subject(text):
            return subject
    folder = _subject(path.parent.name)
    return folder if _IS_SUBJECT.search(folder) else "督查事项"


def _is_title(text: str) -> bool:
    return 4 <= len(text) <= 50 and not _is_office(text) and not re.search(r"[:：]|^注|^说明", text)


def _is_office(text: str) -> bool:
    return bool(_OFFICE_NAME.fullmatch(text)) and not _DEALT_WITH.search(text)


def _is_room(text: str) -> bool:
    return _is_office(text) and not text.endswith("专班")


def _subject(text: str) -> str:
    """A title without its place, its periods, its brackets, and the words for a table."""
    left = _without_periods(_BRACKETED.sub("", one_line(text)))
    left = re.sub(r"[\s_\-—（）()]+", "", left)
    if match := _PLACE.match(left):
        left = left[match.end() :]
    before = re.split(r"台[账帐](?=.)", left)[0]  # 重点任务台账——产业振兴
    left = before if len(before) > 3 else left
    left = _without_process(_PAPER.sub("", left.strip("，、。的"), count=1))
    if _DEALT_WITH.search(left):
        left += "事项"
    elif left.endswith("目标"):
        left += "任务"
    return "" if len(left) < 3 or _is_room(left) or _NOT_A_SUBJECT.match(left) else left


def _without_process(text: str) -> str:
    """A title without what is done with its subject, as long as a subject is left of it."""
    while True:
        shorter = re.sub(rf"{_PAPER.pattern}|{_PROCESS.pattern}", "", text).strip("，、。的")
        if shorter == text or len(shorter) < 3 or _BARE.search(shorter):
            return text
        text = shorter


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
        if _is_office(text) and len(text) > 3:
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
    told = next((told for ends, told in _TOLD_OF if ends.search(subject)), "工作推进情况")
    return f"关于{subject}{told}的通报"


# What a circular tells of a subject by its last word; of others (防汛备汛, 乡村振兴) it tells how the work goes.
_TOLD_OF = (
    (re.compile(r"整改$"), "情况"),
    (re.compile(r"(?:问题|隐患|点位)$"), "整改情况"),
    (re.compile(r"(?:项目|工程|实事|任务|工作|要点|指标)$"), "推进情况"),
    (re.compile(r"(?:事项|件|建议|提案|议案|诉求|投诉|决议|意见|案|通知|函|单|线索|批示|指示|信箱)$"), "办理情况"),
)


def report_name(subject: str) -> str:
    """The subject as a name of folders."""
    return file_name(re.sub(r"[《》“”\"]", "", subject))[:30]

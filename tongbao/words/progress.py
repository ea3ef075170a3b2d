"""What a progress text says outright: that all is done, that it is not, that work stands still, and its numerals.

Only plain statements count. A text that speaks of a part, a plan or a condition says none of these; it is better
to miss a contradiction than to trouble the clerk with a false one. All lists of words here were set by feel, on the
sentences of tests/words/test_progress.py; their cost is always the same: what other words say is missed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tongbao.words.amounts import parse_amount
from tongbao.words.measures import measure
from tongbao.words.text import clean, key

_CLAUSES = re.compile(r"[，。；;！!\n]|,(?!\d)")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")

# ---------------------------------------------------------------------------------------------- done

# Words that open a clause and change nothing. At most 12 characters between 截至 and 已: 截至2月7日已完成 is a
# statement, 截至2022年12月31日下午5时止已完成 is missed.
_OPENING = re.compile(r"^(?:目前|现在|现|截至[^，。]{0,12}?(?=已)|经核实|至此|其中)+")
# A subject that means the whole task (该项目, 各项工作, or none). The cost: 该项工作任务全部已完成 does not fit.
_THE_WHOLE = re.compile(
    r"(?:该|此|本|这)?(?:项|个)?(?:项目|工程|事项|工作|任务|问题|整改|手续)?(?:全部|各项|所有)?(?:工作|任务)?"
)
_HOW = "(?:全部|全面|全线|按期|按时|如期|提前|超额|顺利|圆满|正式|整体|100%|百分之百)"
_WHEN = r"(?:[于在]?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[底初末]|[上中下]旬)?)"
_DONE = (
    "完成|完结|办结|结案|印发|出台|落实到位|整改到位|竣工|完工|建成|通车|投产|投用|投入使用|交付使用|通过(?:竣工)?验收|销号|出具"
    "|拨付到位|(?:办理|清理|整改|处置|化解|拆除|建设|施工)?完毕"
)
_AND = r"(?:并?(?:销号|通过(?:竣工)?验收|投入使用|交付使用|投用|通车|实施|执行|到位))*"
# 已 must stand before the verb: 已全部完成, not 完成80%.
_FINISHED = re.compile(
    rf"(?P<of>.*?)(?:均|都)?已(?:经)?(?:以[^，]{{1,20}}?文件)?{_WHEN}?{_HOW}*(?P<verb>{_DONE}){_AND}(?P<object>.*)"
)
# Without 已 nothing but the verb may stand there, with a word of how much or the day: 全部完成, 2月10日办结.
_FINISHED_PLAINLY = re.compile(
    rf"(?P<of>.*?)(?:[于在]?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}[日号]{_HOW}*|{_HOW}+|(?<!.))"
    r"(?P<verb>完成|完结|办结|竣工|完工|建成|通车|销号|办理完毕|整改完毕)(?:100%)?"
    r"(?P<object>(?:全年|年度)?(?:目标)?任务|)"
)
# All of the work, by a general name: 已完成全部建设内容并通过验收.
_ALL_OF_IT = re.compile(
    rf"(?:全部|所有|各项|全年)(?:建设|整改|工程|改造|施工|目标)?(?:内容|任务|工作|目标){_AND}|(?:全年|年度)?(?:目标)?任务"
)
# In the subject: a negation, a plan or a part (主体已完成). In a later clause: the work goes on (已完成，待移交).
_NOT_YET = re.compile(
    r"未|没|不|预计|计划|拟|力争|争取|确保|即将|基本|部分|初步|阶段|(?<![拆清消解])除(?![险尘草雪臭污])|主体|前期|一半|大部"
)
_GOES_ON = re.compile(
    r"正在|正由|下一步|下步|接下来|待|将|计划|预计|拟|尚|仍|还|剩余|其余|继续|抓紧|加快|力争|争取|确保|推进|筹备|准备"
)


def finished(text: str, task: str) -> str:
    """The clause that says the whole task is done; empty where none does, or where a later one says that work goes on.

    What is done must be the whole by name (该项工作已办结) or make up at least half of the task's own words.
    """
    clauses = _after_last(_GOES_ON, _clauses(text))
    return next((clause for clause in clauses if _says_done(_OPENING.sub("", clause), task)), "")


def _says_done(clause: str, task: str) -> bool:
    match = _FINISHED.fullmatch(clause) or _FINISHED_PLAINLY.fullmatch(clause)
    if match is None or _NOT_YET.search(match["of"]) or not _is_whole(match["of"], task):
        return False
    of_what = match["object"]
    return not of_what or bool(_ALL_OF_IT.fullmatch(of_what)) or _is_most(of_what, task)


def _after_last(pattern: re.Pattern[str], clauses: list[str]) -> list[str]:
    """The clauses from the last one that the pattern is found in; all of them where there is none."""
    holding = [number for number, clause in enumerate(clauses) if pattern.search(clause)]
    return clauses[holding[-1] if holding else 0 :]


def _is_whole(subject: str, task: str) -> bool:
    """Does a subject mean the whole task, by a general name or in the task's own words?"""
    return bool(_THE_WHOLE.fullmatch(subject)) or _is_most(subject, task)


def _is_most(part: str, task: str) -> bool:
    """Is this at least half of the task's words? Of 修建青石镇环镇路并通车, 青石镇环镇路 is and 环镇路 is not."""
    # Half, set by feel. The cost: of a short task one word is enough (方案 of 印发方案), of two aims neither is.
    part, task = _bare(part).removeprefix("项目").removesuffix("工作"), _bare(_BRACKETS.sub("", task))
    return part in task and 2 * len(part) >= len(task)


def _bare(text: str) -> str:
    """A text for comparison, without quotation marks."""
    return re.sub('[<>"]', "", key(text))


# What is not done. Without 尚, 还 or 仍 the words must end their clause: 未完成部分, 未完成的3项 and 未落实资金清单 are
# nouns. The cost: 未完成全年目标任务的一半 is missed.
_ENDED = "完成|办结|开工|启动|开展|落实|竣工|完工|印发|出台|整改到位|整改|到位|通过验收|验收|批复|建成|投用|销号"
_UNFINISHED = re.compile(
    rf"(?:尚|还|仍|暂|目前)未(?:全部|能|实质性|按期|按时|如期|正式)*(?:{_ENDED})(?!的|项目|部分)"
    rf"|(?:未能?|没有?|尚无法|无法)(?:全部|全面|实质性|按期|按时|如期|正式)*(?:{_ENDED})(?:任务|目标|目标任务|工作|整改)?$"
)
# A number of parts, or a supposition: 2户未完成, 如未完成.
_SUPPOSED = re.compile(r"如(?!期)|若|对未|凡|\d+(?:个|项|家|户|处|条)[^，]{0,4}未|[无没]未")
_BY_NOW = re.compile(rf"(?:已|现(?!正))[^未]*(?:{_ENDED}|通过|通车|交付|使用|解决|办理)")
# Work that goes on, or is only planned, says that nothing is done yet where no word of the text says that anything is.
_UNDER_WAY = re.compile(
    r"正在?(?:抓紧|积极|加快|全力|按程序|有序|进一步)*"
    r"(?:征求意见|办理|推进|施工|建设|编制|起草|招标|整改|落实|修改|审核|审批|协调|筹备|开展|论证)"
    rf"|(?:预计|计划|拟|力争|争取|确保)[^，]{{0,14}}(?:{_ENDED})$"
    r"|(?:完成|完成率|进度|形象进度)(?:约|达到?|至|为|了)?\d{1,2}(?:\.\d+)?%$"
)
_ANY_DONE = re.compile(
    r"已|现(?!正)|全部|完毕|(?:办结|竣工|完工|验收合格|通车)(?:$|[，。；])"
    r"|(?<![未没能期时部面])完成(?!\d|率|约|达|至|后|前|$)"
)


def unfinished(text: str) -> str:
    """The clause that says the work is not done yet; empty where none does or a later one says it now is."""
    clauses = _after_last(_BY_NOW, _clauses(text))
    plain = (clause for clause in clauses if _UNFINISHED.search(clause) and not _SUPPOSED.search(clause))
    return next(plain, "") or _only_under_way(text)


def _only_under_way(text: str) -> str:
    """The first clause of work that goes on or is planned, where nothing in the text says that any of it is done."""
    clauses = [clause for clause in _clauses(text) if not _SUPPOSED.search(clause)]
    going = (clause for clause in clauses if _UNDER_WAY.search(clause))
    done = any("已" in c or (_ANY_DONE.search(c) and not _UNDER_WAY.search(c)) for c in clauses)
    return "" if done else next(going, "")


# ---------------------------------------------------------------------------------------------- standing still

# Not 停工率, 逾期贷款, 停滞的原因: a word behind makes it a topic. The cost: a bare 滞后 or 逾期 and 已停产 are missed.
_STALLED = re.compile(
    r"(?:(?<!不)停工(?!率|期)|停滞|(?:尚|仍|还)?未(?:能|按期|如期|按计划)?开工(?!项目)|(?:已经?|仍|目前)逾期"
    r"|(?:进度|进展|工期|严重|明显|较为|有所)滞后|滞后于|(?:推进|进展)(?:较为?|比较|十分|非常)?缓慢|未达到?序时(?!项目))"
    r"(?!的|原因|问题)"
)
# These say it only where they end their clause, as 对推进不力的单位约谈 and 暂停收费 do not.
_STALLED_AT_LAST = re.compile(
    r"(?:(?:施工|项目|工程|建设|工作)(?:全面|暂时|目前|已)?暂停|^已(?:经)?暂停|暂停(?:施工|建设|实施|推进)"
    r"|未动工|未能?(?:按期|如期|按时|按计划)(?:完成|办结|竣工|推进)|未完成(?:\d{1,2}月|本月|当月|本期|季度|年度)?(?:目标|任务|目标任务|计划)"
    r"|已(?:经)?超期|(?:推进|工作|落实)不力|未(?:能)?达到?(?:时间|进度|序时)*节点(?:要求|目标)?)$"
    r"|落后于?(?:计划|序时|时间|工期)+(?:进度|节点)?(?:约?\d.*)?$"
)
# The whole, or no word of what: 绿化工程暂未启动 is a part. Also what was called off.
_NOT_BEGUN = re.compile(
    rf"(?:因[^，]*?)?{_THE_WHOLE.pattern}(?:至今|目前|仍然?|迟迟|暂时?|一直|还|尚)+未(?:能)?(?:动工|启动|推进|开展|实施)"
    rf"|{_THE_WHOLE.pattern}已(?:经)?(?:取消|终止|撤销|中止|搁置)(?:实施|建设)?"
)
_NO_PROGRESS = re.compile(r"(?:没有|没|毫?无|暂无|尚无|仍无|未取得|未有)(?:任何|实质性?|明显|突破性)*(?:的)?进展")
_ABOUT_SOME = re.compile(r"\d{1,6}(?:个|项|家|处|户|条)|部分|个别|如(?!期)|若|曾|避免|防止|杜绝")
# Without one of these signs no text says so: looked for first, for speed.
_STALL_SIGNS = re.compile("[停未逾滞缓无没超落]|不力|已经?(?:取消|终止|撤销|中止|搁置)")
# The clause denies it, is about some of the projects, or supposes it (没有停工, 2个项目未开工, 如停工). 30亩未开工 is
# told.
_UNTRUE = re.compile(
    r"没有|未停|无停|不再|不得|避免|防止|杜绝|严禁|扭转|克服|解决|消除|\d{1,6}(?:个(?!百分点)|项|家|处|户|条)"
    r"|部分|个别|如(?!期)|若|曾"
)
# One such word anywhere makes the standstill past: 停工，现已复工. The cost: 一期已开工，二期停工 is missed.
_RESUMED = re.compile(r"复工|恢复(?:施工|建设|正常)|重新开工|重启|已开工|已赶上|已解决|已消除")


def stalled(text: str) -> str:
    """The clause that says the work stands still or lags; empty where none does or the work was taken up again."""
    if not _STALL_SIGNS.search(text) or _RESUMED.search(text):
        return ""
    return next(filter(_says_stalled, _clauses(text)), "")


def _says_stalled(clause: str) -> bool:
    plain = _OPENING.sub("", clause)
    if _NOT_BEGUN.fullmatch(plain):
        return True
    if (nothing := _NO_PROGRESS.search(plain)) and nothing.end() == len(plain):
        return not _ABOUT_SOME.search(plain[: nothing.start()])
    said = _STALLED.search(clause) or _STALLED_AT_LAST.search(plain)
    return bool(said) and not _UNTRUE.search(clause)


# ---------------------------------------------------------------------------------------------- numerals

# Only these units, for a term may shrink (整改时限3天). The cost: what falls in 平方公里 or in 次 is not told. A name
# has at most 12 characters, so that the last 12 before the number name what grows.
_COUNTED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?)(?:约|为|达到?|至|到|了|共)*(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>%|万亿元|亿元|万元|元"
    r"|公里|千米|米|平方米|万平方米|亩|户|人|家|个|处|座|栋|套|件|条|台|吨|万吨)"
)
# Words of what only grows, and words of what may fall from month to month (本月, 剩余, a plan). The cost of the first
# list: 浇筑30方, 安装30台 and 受理30件 are not followed.
_GROWING = re.compile(r"(?:累计|完成|建成|拨付|支付|支出|到位|拆除|签约|整改|安置|进度|铺设|开挖)")
_FLEETING = re.compile(
    r"[本当上]月|[本当上]周|[本当]季|本期|月份|今日|当日|剩余|其余|尚|未|还|下降|减少|同比|环比|计划|预计|目标"
)
_FILLERS = re.compile(r"^(?:目前|现|截至|其中|该项目|项目|工程|共|已|累计|总共|实际)+")


@dataclass(frozen=True, slots=True)
class Counted:
    """A numeral that only grows while work goes on: what it counts, as typed, and its value in the base unit `unit`."""

    name: str
    typed: str
    value: Decimal
    unit: str


def counted(text: str) -> dict[tuple[str, str], Counted]:
    """The growing numerals of a text by name and base unit; a name that stands twice may be two things: left out."""
    found: dict[tuple[str, str], list[Counted]] = {}
    for clause in _clauses(text):
        if not _GROWING.search(clause) or _FLEETING.search(clause):
            continue
        for match in filter(_grows, _COUNTED.finditer(clause)):
            name = _FILLERS.sub("", match["name"])
            unit = measure(match["unit"].lstrip("万亿")).base
            value = parse_amount(match["number"] + match["unit"], unit)
            if name and value is not None:
                one = Counted(name, match["number"] + match["unit"], value, unit)
                found.setdefault((key(name), unit), []).append(one)
    return {name: ones[0] for name, ones in found.items() if len(ones) == 1}


def _grows(match: re.Match[str]) -> bool:
    """Does the name of a numeral say that it only grows? (One of the clause's numerals may, another not.)"""
    return _GROWING.search(match["name"]) is not None


def _clauses(text: str) -> list[str]:
    """The clauses of a text, without brackets and what they hold, without spaces."""
    return [clause for part in _CLAUSES.split(_BRACKETS.sub("", clean(text))) if (clause := "".join(part.split()))]

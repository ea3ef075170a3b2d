"""Whether a progress text says that its task is done, where no column of the ledger says how items stand."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum, auto

from tongbao.words.amounts import parse_amount
from tongbao.words.progress import finished, unfinished
from tongbao.words.text import clean, key


class Ending(Enum):
    """What a text says of the end of its task. DOUBTFUL: it speaks of something completed, perhaps of a part."""

    SAID = auto()
    DOUBTFUL = auto()
    OPEN = auto()


_CLAUSES = re.compile(r"[，。；;！!\n]|,(?!\d)")
# 已完成建设, 完成检修4.3公里, 已全部完成改造: a verb, what was done, perhaps how much.
_COMPLETED = re.compile(
    r"(?:目前|现)?(?:已经?)?(?:全部|全面|按期|按时|如期|提前|顺利|圆满)*(?:完成|办结)了?"
    r"(?P<what>[\u4e00-\u9fff]*?)(?P<amount>\d[\d,.]*[万亿]?(?P<unit>[\u4e00-\u9fff]{0,3}))?"
)
# Names of the work itself, by which the whole is meant: 已完成建设. Not 招标, 设计, 对账, which are steps of it.
_THE_WORK = re.compile(r"(?:全部|所有|各项)?(?:建设|改造|整改|修复|升级|整治|任务|工作|工程)(?:任务|工作|内容)?")
# 问题已解决, 资金已全部拨付到位, 已清零: a verb that ends what the task is about, and nothing behind it.
_SUBJECT = (
    "(?:目前|现|该|此|本|这|各项|所有|相关)*(?:问题|事项|资金|款项|诉求|隐患|工作|任务|项目|工程|手续|欠款|补贴)?"
)
_HOW = "(?:均|都|已经|已|全部|全面|按期|按时|如期|提前|顺利|圆满)"
_DAY = r"[于在]?(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]"
_ENDED = re.compile(
    rf"(?P<of>[\u4e00-\u9fff]*?)(?:{_DAY})?{_HOW}+(?:{_DAY})?{_HOW}*"
    "(?:(?:得到|予以)?(?:妥善|彻底|有效)?解决|清零|清偿|化解|(?:整改|落实|拨付|兑付|发放|支付|处理|处置|兑现|清理|补缴|退还)到位"
    "|(?:拨付|兑付|发放|支付|处理|处置|兑现|补缴|退还|安装|铺设|拆除|清理)完毕)(?:并?(?:销号|通过验收))?"
)
# 任务完成, 整改完毕, 相关工作已按要求全部完成, 10月13日发放完毕: nothing is named but the task, or nothing at all.
_WHOLE = re.compile(
    rf"{_SUBJECT}(?:整改|治理|改造|建设|清理|发放|拨付|处理|处置|办理|安装|拆除)?"
    rf"(?:[于在](?:近日|日前|[本上]月|月底)|{_DAY}|按(?:要求|计划|时限|期限)|{_HOW})*"
    "(?:整改|治理|改造|建设|清理|发放|拨付|处理|处置|办理|安装|拆除)?(?:完成|完毕|办结|完工|竣工|到位)"
    "(?:任务|整改|工作)?(?:并?(?:销号|交工|竣工|通过|组织)*验收|并投入使用)?"
)
# 9座全部改造完成, 3条线路已全部开通运营: all of as many as the task asks for.
_ALL = re.compile(
    r"(?P<amount>\d[\d,.]*[万亿]?)(?P<unit>[\u4e00-\u9fff]{1,3}?)[\u4e00-\u9fff]{0,4}?(?:均|都|已)*(?:全部|全面|均已)已?"
    r"[\u4e00-\u9fff]*(?:完成|完毕|完工|竣工|建成|开通|运营|投用|投入使用|拆除|办结|销号|整改到位|解决)[\u4e00-\u9fff]{0,6}"
)
_AMOUNTS = re.compile(r"(?P<amount>\d[\d,.]*[万亿]?)(?P<unit>[\u4e00-\u9fff]{1,3})")
# A share, a plan or a negation anywhere: the text is of work that goes on.
_GOES_ON = re.compile(
    r"\d\s*[%％]|未|正在|剩余?|其余|还有|尚|仍|预计|计划|力争|争取|确保|拟|待|基本|部分|初步|阶段|主体|一期|下一?步|继续|将于"
)
_SPEAKS_OF_IT = re.compile(
    r"完成|办结|完工|竣工|销号|建成|完毕$|到位$|清零|解决$|(?:已|全部|\d[日号]).*(?:投用|投入使用|开业|启用|通车|送电|交付|开放|投产)"
)
# What comes before the work, or is a part of it by its name: it ends nothing, and nobody need look at it.
_STEP = re.compile(
    "招标|招投标|设计|可研|勘察|勘查|勘探|测绘|立项|批复|审批|征地|征拆|征收|拆迁|前期|选址|方案|初稿|调研|摸排|摸底|排查|评估|论证"
    "|采购|签约|洽谈|对账|公示|进场|基础|主体|第一|首批|一期|审查|初审|编制|备案|报批|土方|桩基|封顶|场平|清单|台账|交底"
)
_NOT_DONE = re.compile(r"[未没]|尚|完成率|完成\d[\d.]*\s*[%％]|预计|计划|力争|争取|确保|拟|基本|将")


def ending(text: str, task: str) -> Ending:
    """Does a text say that the whole task is done? Only clear words do: a part, a step, a plan and a share never."""
    plain = clean(text)
    if finished(plain, task) and not _GOES_ON.search(plain):
        return Ending.SAID
    clauses = ["".join(it.split()) for it in _CLAUSES.split(plain)]
    if not _GOES_ON.search(plain) and any(_is_the_end(clause, task) for clause in clauses[:1]):
        return Ending.SAID
    if finished(plain, task):
        return Ending.DOUBTFUL
    spoken = [clause for clause in clauses if _SPEAKS_OF_IT.search(clause) and not _is_less(clause, task)]
    return Ending.DOUBTFUL if spoken and not unfinished(plain) else Ending.OPEN


def _is_the_end(clause: str, task: str) -> bool:
    """Does a clause say outright that the whole task is done?"""
    return _completes(clause, task) or _ends(clause, task) or _is_whole(clause, task) or _is_all(clause, task)


def _is_whole(clause: str, task: str) -> bool:
    """Is it said of the task as a whole that it is done?"""
    return bool(_WHOLE.fullmatch(clause)) and not _NOT_DONE.search(clause)


def _is_all(clause: str, task: str) -> bool:
    """Are all of them done, and as many as the task asks for?"""
    match = _ALL.fullmatch(clause)
    if match is None or _NOT_DONE.search(clause) or (_STEP.search(clause) and not _STEP.search(task)):
        return False
    return _is_as_many(match["amount"], match["unit"], task)


def _is_less(clause: str, task: str) -> bool:
    """Does a clause deny the end, or tell of a step or of a smaller amount than the task asks?"""
    if _NOT_DONE.search(clause) or (_STEP.search(clause) and not _STEP.search(task)):
        return True
    match = _COMPLETED.match(clause)
    return bool(match and match["amount"] and not _reaches(match["amount"], match["unit"], task))


def _ends(clause: str, task: str) -> bool:
    """Does a clause say that what the task is about has come to its end?"""
    match = _ENDED.fullmatch(clause)
    if match is None or _NOT_DONE.search(clause):
        return False
    return bool(re.fullmatch(_SUBJECT, match["of"])) or (len(match["of"]) > 1 and key(match["of"]) in key(task))


def _completes(clause: str, task: str) -> bool:
    """Is what a clause completes the task's own last word, or the work by name, in the amount that the task asks?"""
    match = _COMPLETED.fullmatch(clause)
    if match is None:
        return False
    if not match["what"]:  # 已完成60公里, of as many
        return bool(match["amount"]) and _is_as_many(match["amount"], match["unit"], task)
    bare = key(_AMOUNTS.sub("", task))
    whole = bool(_THE_WORK.fullmatch(match["what"])) or _ends_with(bare, key(match["what"]))
    # What shares its last word with the task but names an amount is told of by its amount alone.
    return whole and (not match["amount"] or _reaches(match["amount"], match["unit"], task))


def _ends_with(task: str, what: str) -> bool:
    """Are these the last characters of a task, or its last with others between (防治 of 统防统治)?"""
    if len(what) < 2 or not task.endswith(what[-1]):
        return False
    tail = iter(task[-2 * len(what) :])
    return all(character in tail for character in what)


def _is_as_many(amount: str, unit: str, task: str) -> bool:
    """Does the task ask for an amount of that unit, and is this no less?"""
    return any(it["unit"].startswith(unit) for it in _AMOUNTS.finditer(task)) and _reaches(amount, unit, task)


def _reaches(amount: str, unit: str, task: str) -> bool:
    """Is an amount no less than the one of that unit in the task? A task without one asks for none."""
    asked = [it for it in _AMOUNTS.finditer(task) if it["unit"].startswith(unit)]
    done = _number(amount.removesuffix(unit))
    return all(done is not None and (wanted := _number(it["amount"])) is not None and done >= wanted for it in asked)


def _number(typed: str) -> Decimal | None:
    return parse_amount(typed + "元", "元")

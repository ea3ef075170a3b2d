"""Ledgers without any word for the state: a share of what is done, by the rule of a note or beside what was planned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tongbao.config.kind_words import label_for
from tongbao.config.kinds import Kind, Label
from tongbao.config.share_bounds import BY_NOW
from tongbao.excel.values import text_of
from tongbao.ledger.labels import Labels
from tongbao.ledger.state_shares import share_in
from tongbao.model import PROGRESS, TASK, State
from tongbao.rounds.first_day.content import Sort, sort_of
from tongbao.rounds.first_day.meaning import Understood
from tongbao.rounds.first_day.sources import Source, Where
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, legend_texts, same_column
from tongbao.words.endings import Ending, ending
from tongbao.words.text import one_line

_BELOW = r"(?:低于|慢于|小于|不及|未达到?|未到|达不到|没有?达到?|落后于?|滞后于?|不足|不到|少于|<|＜)"
_WHAT = (
    r"(?:当[前月期]|本[月期]|同期)?"
    r"(?:(?P<now>序时进度|时序进度|序时|时序)(?:要求|目标)?|(?P<fixed>\d{1,3}(?:\.\d+)?)[%％])"
)
_BY = r"(?:(?P<less>\d{1,2}(?:\.\d+)?)个?(?:百分)?点(?P<side>以上|及以上|以内|以下|之内)?(?:[（(]含[）)])?)?"
_IS = (
    r"(?:的?(?:项目|事项|任务|工作|[的者])?)(?:一律|均|都)?"
    r"(?:视为|视作|算作?|判定?为|列为|定为|标为|标注为?|为|属于?|即|是|：|:|→|—+|=)+[“\"]?"
)
_TOLD = r"(?P<told>[\u4e00-\u9fff]{1,8}?)[”\"]?(?=[，,；;。、（）()\s]|$)"
# 低于序时进度的为滞后; 完成率不足60%的为滞后; 低于序时进度10个百分点以上的为严重滞后.
_RULE = re.compile(_BELOW + _WHAT + _BY + _IS + _TOLD)
# 滞后指完成率落后于序时进度; 滞后：低于60%; “滞后”（低于序时进度）.
_RULE_BEHIND = re.compile(
    r"(?!备注|说明|附注)(?P<told>[\u4e00-\u9fff]{2,6}?)[”\"]?(?:是?指|为|：|:|=|（|\()[^，。；：:]{0,8}?"
    + _BELOW
    + _WHAT
    + _BY
)
# 60%以下为滞后; 60%—80%为预警: the upper end bounds it.
_RANGE = re.compile(
    r"(?:\d{1,3}[%％]?(?:[（(]含[）)]|以上)?[-—－~～至到]+)?(?P<fixed>\d{1,3}(?:\.\d+)?)[%％]"
    r"(?:[（(]不?含[）)])?(?P<side>以下|之间|以内)?" + _IS + _TOLD
)
_PLANNED = re.compile("序时|时序|应达|应完成|计划进度|计划完成率|计划完成比例|目标进度|要求进度")
_SHARE = re.compile("完成率|完成比例|完成度|完成进度|进度|百分比|完成情况|占比|比例|达成率")
_OTHER = re.compile("序时|时序|应完成|应达|计划|目标|要求|资金|投资|支付|支出|上[月期年周]")


def by_share(understood: Understood, tables: Sequence[TableSeen]) -> Source | None:
    """The share that says it, where notes say below what an item is behind, or another column what was planned."""
    share = _share_column(understood)
    if share is None:
        return None
    kind, texts = understood.kind, ["".join(text.split()) for table in tables for text in legend_texts(table)]
    bounds = list(_bounds(texts, kind))
    if bounds:
        said = "、".join(f"低于{bound}的算{label.name}" for bound, label in bounds)
        why = f"表上写明：{said}，到100%的算完成"
        return Source(
            Where.SHARE, share_of=share.parts[-1], labels={label.name: bound for bound, label in bounds}, why=why
        )
    planned = next((c for c in understood.table.columns if _PLANNED.search(c.parts[-1]) and holds_shares(c)), None)
    if planned is None or planned is share:
        return None
    label, bound = Labels(kind).proposed()[0], planned.parts[-1]
    why = f"表上没有说明，照平常的算：低于“{bound}”的算{label}，到100%的算完成"
    return Source(Where.SHARE, share_of=share.parts[-1], labels={label: bound}, why=why)


def _share_column(understood: Understood) -> ColumnSeen | None:
    """The column of how much is done: that of the fullest name (完成率 before 进度)."""
    found = [
        c
        for c in understood.table.columns
        if holds_shares(c) and _SHARE.search(c.header) and not _OTHER.search(c.header)
    ]
    return min(found, key=lambda c: not re.search("完成|达成", c.header), default=None)


def holds_shares(column: ColumnSeen) -> bool:
    """Does a column hold percents, fractions of one, or 5/8?"""
    sort = sort_of(column)
    if sort in (Sort.PERCENT, Sort.AMOUNT):
        return True
    read = [share_in(text) is not None for text in column.said]
    return (
        bool(read)
        and sum(read) >= 0.7 * len(read)
        and any("%" in text or "％" in text or "/" in text for text in column.said)
    )


def _bounds(texts: Sequence[str], kind: Kind) -> Iterator[tuple[str, Label]]:
    """Each bound with the label of what is below it, the lowest first; one for each label."""
    found: dict[str, tuple[Decimal, str, Label]] = {}
    for match in (match for text in texts for form in (_RULE, _RULE_BEHIND, _RANGE) for match in form.finditer(text)):
        proposal = kind.vocabulary.propose(match["told"])
        label = label_for(kind, proposal) if proposal and proposal.state in _BEHIND else None
        if label and label.name not in found:
            found[label.name] = *_bound(match), label
    yield from ((bound, label) for _, bound, label in sorted(found.values(), key=lambda it: it[0]))


_BEHIND = (State.LAGGING, State.AT_RISK)


def _bound(match: re.Match[str]) -> tuple[Decimal, str]:
    """How high a bound lies among the others of its sort, and how it is written."""
    groups = match.groupdict()
    if groups.get("fixed"):
        return Decimal(groups["fixed"]), f"{groups['fixed']}%"
    less = groups.get("less") if "以上" in (groups.get("side") or "") else None
    return (-Decimal(less), f"{BY_NOW}-{less}") if less else (Decimal(0), BY_NOW)


def by_text(understood: Understood, tables: Sequence[TableSeen]) -> Source | None:
    """The end of an item in its progress text, where some of the texts plainly say so."""
    if any(said is Ending.SAID for said in _endings(understood, tables)):
        why = "没有写状态的栏：进展写明完成的算完成，其余看时限"
        return Source(Where.TEXT, understood.column(PROGRESS), head_of=PROGRESS, why=why)
    return None


def _endings(understood: Understood, tables: Sequence[TableSeen]) -> Iterator[Ending]:
    column, task = understood.column(PROGRESS), understood.column(TASK)
    for table in tables if column and task else ():
        texts = same_column(column, table) if column else None
        tasks = same_column(task, table) if task else None
        if texts and tasks:
            pairs = zip(texts.cells, tasks.cells, strict=False)
            yield from (ending(one_line(text_of(text)), one_line(text_of(of))) for text, of in pairs)

"""核对表.xlsx answers a leader's questions: where did each item go, which rows make up a number, what changed?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from tongbao.circular.choices import Figure
from tongbao.config.kinds import Base
from tongbao.excel.writing.listing import Entry, Page, Way, listing
from tongbao.matching.explained import explained
from tongbao.matching.marking import marked
from tongbao.matching.told import BASIS
from tongbao.matching.two_periods import Bond, Changes, Fate, Line, Outcome, Pair, Past
from tongbao.model import ANSWERS_FILE, DEADLINE, NO, PROGRESS, Filling, Place, Row

FATES = {
    Fate.UNACCOUNTED: "去向不明",
    Fate.NEWLY_COMPLETED: "本期新增完成",
    Fate.CONTINUED: "继续办理",
    Fate.SPLIT: "拆分",
    Fate.MERGED: "并入其他事项",
    Fate.WITHDRAWN: "撤销",
    Fate.CLOSED_BEFORE: "此前已办结",
}


def reconciliation(
    changes: Changes,
    figures: Sequence[Figure],
    printed: Collection[str],
    balance: Sequence[Line],
    way: Way | None,
) -> bytes:
    """The bytes of the workbook.

    `printed`: the ids of the figures that the circular prints; they are listed in the order of `figures`. `way` gives
    the path from the workbook to a ledger by its name; with None the places are not links.
    """
    pages = [_balance(changes, balance), _sources(figures, printed), _differences(changes)]
    return listing([*pages, _basis(changes)] if changes.assumed else pages, way)


# ---------------------------------------------------------------------------------------------- 衔接平衡表


def _balance(changes: Changes, balance: Sequence[Line]) -> Page:
    columns = {
        "去向": 13, "上期序号": 7, "事项": 46, "责任单位": 17, "上期状态": 10,
        "上期出处": 13, "本期序号": 7, "本期状态": 10, "本期出处": 13, "说明": 18,
    }  # fmt: skip
    lines = list(_outcome_lines(changes)) if changes.prior else []
    return Page("衔接平衡表", _balance_head(changes, balance), columns, lines, {1, 4, 6, 7})


_BASES = {
    Base.ALL: "统计口径：第一本台账以来的全部事项，已办结的按最后一次的内容计入。",
    Base.YEAR: "统计口径：本计划年度的事项，在办的和本年度内办结的，已办结的按最后一次的内容计入。",
    Base.SHEET: "统计口径：本期工作表里的行。",
}


def _balance_head(changes: Changes, balance: Sequence[Line]) -> list[str]:
    current, base = changes.current, _BASES[changes.base]
    if changes.prior is None:
        told = f"本期台账：{current.file}。没有上期台账，无可衔接。"
        return [f"衔接平衡表（{current.period.label}）", *equations(balance), told, base]
    prior = changes.prior
    return [
        f"衔接平衡表（{prior.period.label} → {current.period.label}）",
        *equations(balance),
        base,
        f"上期台账：{prior.file}　本期台账：{current.file}　上期每一行在下表中恰好出现一次，本期新增的行列在最后。",
    ]


def equations(balance: Sequence[Line]) -> list[str]:
    """The balance as sums: 上期未完成37项 + 本期新增2项 = 本期新增完成5项 + 本期未完成34项; zeros are left out."""
    texts: list[str] = []
    for before, line in zip([None, *balance], balance, strict=False):
        told = f"{line.name}{line.value}项"
        if before is None or (before.sign == "=" and line.sign != "="):
            texts.append(told)
        elif line.sign == "=":
            texts[-1] += (" + " if before.sign == "=" else " = ") + told
        elif line.value:
            texts[-1] += f" {line.sign} {told}"
    return texts


def _outcome_lines(changes: Changes) -> Iterator[Entry]:
    for fate, name in FATES.items():
        outcomes = [o for o in changes.outcomes if o.fate is fate]
        if outcomes:
            yield _band(name, len(outcomes))
            for outcome in outcomes:
                yield from _outcome(name, outcome)
    if changes.added:
        yield _band("本期新增", len(changes.added))
        for row in changes.added:
            yield _line("本期新增", None, row, "")


def _band(name: str, count: int) -> Entry:
    return Entry([name, count, *[""] * 8], band=True)


def _outcome(name: str, outcome: Outcome) -> Iterator[Entry]:
    """The lines of a prior row: one, or one for each part where it was split."""
    for current in outcome.to or (None,):
        reason = outcome.reason or _rewording(outcome.row, current)
        yield _line(name, outcome.row, current, reason)


def _rewording(prior: Row, current: Row | None) -> str:
    return f"文字改为：{current.text}" if current and current.text != prior.text else ""


def _line(name: str, prior: Row | None, current: Row | None, reason: str) -> Entry:
    row = prior or current
    assert row is not None
    values = [name, prior.no if prior else "", row.text, _units(row), _status(prior), where(prior)]
    values += [current.no if current else "", _status(current), where(current), reason]
    links = {5: prior.place} if prior else {}
    return Entry(values, detail=True, links=links | ({8: current.place} if current else {}))


def _units(row: Row) -> str:
    return "、".join(row.units)


def _status(row: Row | None) -> str:
    if row is None:
        return ""
    return (row.label or row.typed) + _AS_BEFORE.get(row.filling, "")


_AS_BEFORE = {Filling.AS_BEFORE: "（照上期）", Filling.STATUS_AS_BEFORE: "（状态照上期）"}


def where(row: Row | None) -> str:
    """Sheet and row of a row, in Chinese; empty for None."""
    return f"{row.place.sheet} 第{row.place.row}行" if row else ""


# ---------------------------------------------------------------------------------------------- 数字来源


def _sources(figures: Sequence[Figure], printed: Collection[str]) -> Page:
    columns = {"数字": 16, "数值": 9, "怎样得出／事项": 58, "序号": 6, "责任单位": 18, "状态": 10, "出处": 34}
    above = [
        "数字来源",
        "通报所印的每个数字，下面列出它由台账的哪些行组成；点“出处”打开台账的那一行。左边的“-”可以收起明细。",
    ]
    lines = (line for figure in figures if figure.id in printed for line in _figure(figure))
    return Page("数字来源", above, columns, lines, {1, 3, 5})


def _figure(figure: Figure) -> Iterator[Entry]:
    yield Entry([figure.name, figure.value, figure.rule, "", "", "", f"{len(figure.rows)}行"], band=True)
    if figure.constant:
        told = "首期台账以前已办结的，写在 config.yaml 的 opening 中，没有台账可查"
        yield Entry([figure.name, figure.constant, told, "", "", "", "config.yaml"], detail=True)
    for row in figure.rows:
        place = f"{row.place.file} {where(row)}"
        values = [figure.name, "", row.text, row.no, _units(row), _status(row), place]
        yield Entry(values, detail=True, links={6: row.place})


# ---------------------------------------------------------------------------------------------- 逐项变化


def _differences(changes: Changes) -> Page:
    columns = {
        "序号": 6, "事项": 30, "责任单位": 14, "变化": 9, "上期状态": 9, "本期状态": 9, "上期时限": 11,
        "本期时限": 11, "上期进展": 28, "本期进展": 28, "连续滞后期数": 7, "时限调整次数": 7, "进展照搬期数": 7,
        "出处": 12,
    }  # fmt: skip
    above = ["逐项变化", "底色为黄的格是本期与上期不同之处。“进展照搬期数”指进展文字连续几期一字未改。"]
    return Page("逐项变化", above, columns, _difference_lines(changes), {0, 3, 4, 5, 10, 11, 12}, zoom=85)


def _difference_lines(changes: Changes) -> Iterator[Entry]:
    priors = _priors(changes)
    happened = _happened(changes)
    for row in _shown(changes):
        prior = priors.get(row.place)
        past = changes.past.get(row.place, Past())
        yield _difference(row, prior, happened.get(row.place, "继续办理" if prior else ""), past)


def _shown(changes: Changes) -> Iterable[Row]:
    """The rows of the ledger, and those that moved to its sheet 销号 in this period."""
    shown = {row.place: row for row in (*changes.current.rows, *changes.newly_completed, *changes.withdrawn)}
    return shown.values()


def _priors(changes: Changes) -> dict[Place, Row]:
    by_outcome = {row.place: outcome.row for outcome in changes.outcomes for row in outcome.to}
    return {**by_outcome, **changes.priors}


def _happened(changes: Changes) -> dict[Place, str]:
    told = {row.place: "此前已办结" for row in changes.current.rows if row.done}
    told |= {row.place: "本期新增" for row in changes.added}
    told |= {pair.current.place: "重新办理" for pair in changes.reopened}
    told |= {row.place: "撤销" for row in changes.withdrawn}
    newly = {row.place: "本期新增完成" for row in changes.newly_completed}
    return told | newly if changes.prior else {}


def _difference(row: Row, prior: Row | None, happened: str, past: Past) -> Entry:
    before = [_status(prior), prior.get(DEADLINE), prior.get(PROGRESS)] if prior else ["", "", ""]
    after = [_status(row), row.get(DEADLINE), row.get(PROGRESS)]
    compared = [text for both in zip(before, after, strict=True) for text in both]
    counts = [past.lagging_periods or "", past.moved or "", past.same_progress or ""]
    changed = {5 + 2 * n for n in range(3) if prior and before[n] != after[n]}
    values = [row.get(NO) or row.no, row.text, _units(row), happened, *compared, *counts, where(row)]
    return Entry(values, links={13: row.place}, marked=changed)


# ---------------------------------------------------------------------------------------------- 认定依据


# Nothing that a person is to look at is certain.
_MOST = 0.99


def _basis(changes: Changes) -> Page:
    """The pairs that count though some doubt is left: what speaks for each and against it, what differs marked."""
    columns = {
        "上期序号": 7, "上期事项": 44, "上期出处": 13, "本期序号": 7, "本期事项": 44, "本期出处": 13,
        "认定为": 9, "依据": 50, "把握": 7,
    }  # fmt: skip
    above = [
        BASIS,
        "这些行是不是上期的那一项，没有十分把握，程序凭“依据”一栏所写的认定了，照此统计。【】内是不同的字词，请逐行核对。",
        f"对的不用管；认错了的，在台账旁边的“{ANSWERS_FILE}”里找到这一行，“答复”填“不是”，再运行一次。",
    ]
    return Page(BASIS, above, columns, map(_assumed, changes.assumed), {0, 2, 3, 5, 6, 8})


def _assumed(pair: Pair) -> Entry:
    before, now = marked(pair.prior.text, pair.current.text)
    values = [pair.prior.no, before, where(pair.prior), pair.current.no, now, where(pair.current)]
    told = f"{min(pair.score, _MOST):.0%}" if pair.bond is Bond.SAME else ""
    return Entry([*values, str(pair.bond), explained(pair), told], links={2: pair.prior.place, 5: pair.current.place})

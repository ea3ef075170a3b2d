"""The proposal as lines for the screen, numbered where a line can be changed."""

from __future__ import annotations

from collections.abc import Iterator

from tongbao.rounds.first_day.proposal import Proposal
from tongbao.rounds.first_day.states import Where
from tongbao.words.text import first_few


def lines_of(proposal: Proposal) -> Iterator[str]:
    """All lines of a proposal."""
    yield "照台账看，提议这样建立："
    for number, (what, value, why) in enumerate(entries_of(proposal), 1):
        yield f"  {number:>2}. {what}：{value}" + (f"（{why}）" if why else "")
    for told in proposal.told:
        yield f"      {told}"


def entries_of(proposal: Proposal) -> Iterator[tuple[str, str, str]]:
    """What is proposed: what, its value, why."""
    yield "名称", proposal.name, ""
    yield "种类", f"{proposal.kind.name}（{proposal.kind.id}）", proposal.choice.why
    yield "标题", proposal.title, ""
    yield "署名", proposal.office or "（台账上没有写，请在 config.yaml 的 office.name 补上）", ""
    for ledger in proposal.ledgers:
        periods = "、".join(p.label for p in ledger.months.values()) or (ledger.period.label if ledger.period else "？")
        yield f"台账“{ledger.path.name}”", periods, ledger.told_by
    for name, meaning in proposal.choice.understood.fields.items():
        yield name, f"“{meaning.column.header}”一栏", "" if meaning.strength > 2 else meaning.why
    if others := [f"“{c.header}”" for c in proposal.choice.understood.others]:
        yield "没有用到的栏", first_few(others, 12), ""
    source = proposal.source
    if source.where is not Where.WORDS:
        yield "状态", f"看{source.where}", source.why
    for word in source.words:
        yield f"状态词“{word.text}”", f"{word.label or '？'}，{word.count}格", "" if word.sure else word.why

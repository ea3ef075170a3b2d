"""The proposal as lines for the screen, each of which can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tongbao.rounds.first_day.meaning import Meaning
from tongbao.rounds.first_day.proposal import LedgerSeen, Proposal
from tongbao.rounds.first_day.states import Where, Word


class What(StrEnum):
    """What a line tells of."""

    NAME = "名称"
    KIND = "种类"
    TITLE = "标题"
    OFFICE = "署名"
    PERIOD = "台账"
    COLUMN = "栏"
    SOURCE = "状态"
    WORD = "状态词"
    TOLD = "说明"


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `subject` is the file, the header or the word that it tells of."""

    what: What
    text: str
    subject: str = ""


def lines_of(proposal: Proposal) -> list[Line]:
    """All lines of a proposal."""
    kind, why = proposal.kind, proposal.choice.why
    return [
        Line(What.NAME, f"名称：{proposal.name}"),
        Line(What.KIND, f"种类：{kind.name}（{kind.id}，{why}）"),
        Line(What.TITLE, f"标题：{proposal.title}"),
        Line(What.OFFICE, f"署名：{proposal.office or '台账上没有写，请在 config.yaml 的 office 下 name 一行补上'}"),
        *map(_ledger, proposal.ledgers),
        *(_column(name, it) for name, it in proposal.choice.understood.fields.items()),
        *(Line(What.COLUMN, f"不用：“{c.header}”一栏", c.header) for c in proposal.choice.understood.others),
        *_source(proposal),
        *(_word(word, proposal) for word in proposal.source.words),
        *(Line(What.TOLD, told) for told in proposal.told),
    ]


def _ledger(ledger: LedgerSeen) -> Line:
    labels = [period.label for period in ledger.months.values()] or [ledger.period.label if ledger.period else "？"]
    why = f"（{ledger.told_by}）" if ledger.told_by else ""
    return Line(What.PERIOD, f"台账“{ledger.path.name}”：{'、'.join(labels)}{why}", ledger.path.name)


def _column(name: str, meaning: Meaning) -> Line:
    header = meaning.column.header
    why = "" if meaning.strength > 2 else f"（{meaning.why}）"
    return Line(What.COLUMN, f"{name}：“{header}”一栏{why}", header)


def _source(proposal: Proposal) -> Iterator[Line]:
    source = proposal.source
    if source.where is not Where.WORDS:
        yield Line(What.SOURCE, f"状态：看{source.where}（{source.why}）")


def _word(word: Word, proposal: Proposal) -> Line:
    why = "" if word.sure else f"（{word.why}）"
    what = "颜色" if proposal.source.where in (Where.FILLS, Where.FONTS) else "状态词"
    return Line(What.WORD, f"{what}“{word.text}”{word.count}格：算{word.label or '？'}{why}", word.text)

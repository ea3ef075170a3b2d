"""The proposal as lines for the screen, each of which can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tongbao.ledger.state_marks import counts_days
from tongbao.rounds.first_day.claims import Meaning
from tongbao.rounds.first_day.coloured import named
from tongbao.rounds.first_day.proposal import LedgerSeen, Proposal
from tongbao.rounds.first_day.sources import Where, Word
from tongbao.rounds.first_day.survey import ColumnSeen
from tongbao.rounds.first_day.ways import Of, Way
from tongbao.words.text import key


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
    WAY = "做法"
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
        Line(What.KIND, f"种类：{kind.name}（{why}）"),
        Line(What.TITLE, f"标题：{proposal.title}"),
        Line(What.TOLD if proposal.signed else What.OFFICE, f"署名：{proposal.office or '台账上没有写，通报里先空着'}"),
        *map(_ledger, proposal.ledgers),
        *(_column(name, it) for name, it in proposal.choice.understood.fields.items()),
        *(Line(What.COLUMN, f"不用：“{c.header}”一栏", c.header) for c in _unused(proposal)),
        *_source(proposal),
        *(_word(word, proposal) for word in proposal.source.words),
        *map(_way, proposal.ways),
        *(Line(What.TOLD, told) for told in proposal.told),
    ]


def _unused(proposal: Proposal) -> Iterator[ColumnSeen]:
    """The columns of which nothing is read; they may be printed in the annex all the same."""
    asked = {key(header) for header in proposal.source.headers}
    yield from (c for c in proposal.choice.understood.others if key(c.parts[-1]) not in asked)


def _ledger(ledger: LedgerSeen) -> Line:
    labels = [period.label for period in ledger.months.values()] or [ledger.period.label if ledger.period else "？"]
    why = f"（{ledger.told_by}）" if ledger.told_by else ""
    return Line(What.PERIOD, f"台账“{ledger.path.name}”：{'、'.join(labels)}{why}", ledger.path.name)


def _column(name: str, meaning: Meaning) -> Line:
    header = meaning.column.header
    why = "" if meaning.strength > 2 else f"（{meaning.why}）"
    return Line(What.COLUMN, f"{name}：“{header}”一栏{why}", header)


_OF = {Of.ANNEX: "附件", Of.COUNT: "项数", Of.BASE: "统计", Of.ISSUING: "日期文号"}


def _way(way: Way) -> Line:
    columns = f"：{'、'.join(way.columns)}" if way.columns else ""
    return Line(What.WAY, f"{_OF[way.of]}：{way.choices[way.value]}{columns}（{way.why}）", way.of)


def _source(proposal: Proposal) -> Iterator[Line]:
    source = proposal.source
    if source.where is Where.COLUMNS:
        told = "；".join(_asked(header, answers) for header, answers in source.columns)
        yield Line(What.SOURCE, f"状态：{told}（{source.why}）")
    elif source.where is Where.SHARE:
        yield Line(What.SOURCE, f"状态：看“{source.share_of}”一栏（{source.why}）")
    elif source.where is not Where.WORDS:
        yield Line(What.SOURCE, f"状态：看{source.where}（{source.why}）")


def _asked(header: str, answers: Mapping[str, str]) -> str:
    said = "、".join(_answer(header, answer, label) for answer, label in answers.items())
    return f"“{header}”一栏{said}"


def _answer(header: str, answer: str, label: str) -> str:
    if not answer:
        return f"大于0的算{label}" if counts_days(header) else f"打勾的算{label}"
    return f"填“{answer}”的算{label}" if label else f"填“{answer}”的看时限"


def _word(word: Word, proposal: Proposal) -> Line:
    why = "" if word.sure else f"（{word.why}）"
    if proposal.source.where in (Where.FILLS, Where.FONTS):
        return Line(What.WORD, f"颜色：{_colour(word, proposal)}{word.count}行，算{word.label or '？'}{why}", word.text)
    return Line(What.WORD, f"状态词“{word.text}”{word.count}格：算{word.label or '？'}{why}", word.text)


def _colour(word: Word, proposal: Proposal) -> str:
    """The name of a colour; with its value behind it where another is called the same."""
    names = [named(it.text) for it in proposal.source.words]
    name = named(word.text)
    return f"{name}色" if name and names.count(name) == 1 else f"{name}色（{word.text}）"

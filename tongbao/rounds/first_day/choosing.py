"""Which kind of circular a ledger is for: the special one that all its columns, words and titles speak for, else the
general one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.config.kinds import Kind
from tongbao.model import State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.meaning import Understood, understand
from tongbao.rounds.first_day.sources import Source
from tongbao.rounds.first_day.states import source_of
from tongbao.rounds.first_day.survey import TableSeen

GENERAL = "general"
# What speaks for a kind, in the title of the ledger, its headers or the name of the file. The first that fits in all
# else is taken; where none does, the general one.
_SPEAK: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("rectification", re.compile(r"整改|反馈问题|巡[察视]|审计|问题清单|销号台账")),
    ("work-report", re.compile(r"政府工作报告")),
    ("standing-meeting", re.compile(r"常务会|常委会|党组会|党委会|办公会")),
    ("meeting-decisions", re.compile(r"会议|调度会|专题会|推进会|联席会|例会")),
    ("annual-tasks", re.compile(r"重点工作|重点任务|年度(?:工作|目标)?任务|民生实事|实事项目|要点")),
)
_PROJECTS = "key-projects"


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind with the columns and the states of the ledger as it reads them, and why it was chosen."""

    kind: Kind
    understood: Understood
    source: Source
    why: str


def choose_kind(
    newest: TableSeen, tables: Sequence[TableSeen], kinds: Mapping[str, Kind], name: str, answers: Answers
) -> Choice:
    """The kind for a ledger: the one that the office names, else the one that fits."""
    if answers.kind:
        return _as(kinds[answers.kind], newest, tables, answers, "按所说的")
    general = _as(kinds[GENERAL], newest, tables, answers, "没有更合适的种类")
    said = " ".join([name, *newest.above, *(c.header for c in newest.columns)])
    for choice in _special(newest, tables, kinds, said, answers):
        if _fits(choice, general):
            return choice
    return general


def _special(
    newest: TableSeen, tables: Sequence[TableSeen], kinds: Mapping[str, Kind], said: str, answers: Answers
) -> Iterator[Choice]:
    if kind := kinds.get(_PROJECTS):
        yield _as(kind, newest, tables, answers, "有年度计划投资和完成投资")
    for name, speaks in _SPEAK:
        if (kind := kinds.get(name)) and (match := speaks.search(said)):
            yield _as(kind, newest, tables, answers, f"写着“{match[0]}”")


def _as(kind: Kind, newest: TableSeen, tables: Sequence[TableSeen], answers: Answers, why: str) -> Choice:
    understood, source = source_of(understand(newest, kind, answers), tables, answers)
    return Choice(kind, understood, source, why)


def _fits(choice: Choice, general: Choice) -> bool:
    """Has the kind all columns that it needs, and a label for each state of the ledger?

    A kind without a label of a state would count 临期 as on track: the general one, which has all, says more.
    """
    if choice.understood.missing:
        return False
    if choice.source.undecided:
        return False
    asked = {word.text: word.label for word in general.source.words}
    return all(_same(word.label, asked.get(word.text, ""), choice.kind, general.kind) for word in choice.source.words)


def _same(label: str, other: str, kind: Kind, general: Kind) -> bool:
    """Do two labels count a word alike? What is done in part is done for some kinds, and that is theirs to say."""
    one = next(it for it in kind.labels if it.name == label)
    two = next((it for it in general.labels if it.name == other), None)
    if two is None or two.state is State.PARTIAL:
        return True
    return one.is_done if two.is_done else one.state is two.state

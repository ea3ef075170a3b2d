"""Status words: what a status cell is taken for, by the labels of the kind and the as-of date.

A typed label wins. For an empty cell a state is proposed by the deadline; where a typed label does not agree with the
deadline, the clerk is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from tongbao.config.kind_words import sure_label
from tongbao.config.kinds import UNREPORTED, Kind, Label
from tongbao.ledger.unknown_words import SHARED, UNKNOWN
from tongbao.model import Deadline, Level, State
from tongbao.words.periods import chinese_date
from tongbao.words.text import key, one_line

# The states that a deadline in the past contradicts. Not 预警, 暂缓 and the like: the office has seen there that it is
# late.
_OPEN = (State.ON_TRACK, State.UNKNOWN)
# What an office types where a unit has sent nothing, and what it counts as, unless the kind knows the word itself.
_NOTHING_SENT = frozenset({"未报送", "未填报", "未上报", "未反馈", "未报", "未报送进展"})
_UNREPORTED = Label(UNREPORTED, State.UNREPORTED)
# A status that is a tick, or a box without one: typed, drawn in a font of signs, or a check box of Excel. Crosses
# (×, ☒) mean 未完成 in one office and 是 in another: they are asked about, like every word that is not known.
_TICKS, _BOXES = frozenset("√✓✔☑🗹"), frozenset("□☐◻🗆")
# Where a status ends and a remark begins: 完成，已通车, 正常推进。…, 完成（已通车）. No space and no stroke, as labels
# of an office may hold them: 完成 已通车 and 完成/待验收 are unknown statuses, and the clerk is asked.
_FIRST_CLAUSE = re.compile(r"[，,。；;、：:（(\n]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or doubtful about one value; the reader adds the place and makes a `Problem` of it."""

    level: Level
    code: str
    message: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What a status cell is counted as. `awaits`: done, but for the second step of its ending (待验收)."""

    label: str
    state: State
    done: bool = False
    withdrawn: bool = False
    awaits: bool = False


class Labels:
    """The labels of a kind, looked up by what status cells hold."""

    def __init__(self, kind: Kind) -> None:
        """A label is found by its name and by each of its words."""
        self._kind = kind
        self._by_key = {key(word): label for label in kind.labels for word in (label.name, *label.words)}
        on_track = [it for it in kind.labels if it.state is State.ON_TRACK]
        default = next((it for it in kind.labels if it.default), None)
        self._default = _status(default or next(iter(on_track), Label("", State.UNKNOWN)))
        self._done = next((it for it in kind.labels if it.state is State.DONE and it.is_done), None)
        self._late = next((it for it in kind.labels if it.state is kind.overdue), None)
        self._named: dict[str, tuple[Label | None, list[Finding]]] = {}

    def named(self, typed: str) -> tuple[Label | None, list[Finding]]:
        """The label of a typed status, or of its first clause where a remark follows; None for an unknown word."""
        if typed not in self._named:
            self._named[typed] = self._look_up(typed)
        return self._named[typed]

    def _look_up(self, typed: str) -> tuple[Label | None, list[Finding]]:
        if label := self._by_key.get(key(typed)):
            return label, []
        first, rest = _split_clause(typed)
        if rest and (label := self._by_key.get(key(first)) or sure_label(self._kind, first)):
            message = f"状态后面还写了话，按“{label.name}”统计"
            return label, [Finding(Level.NOTE, "status_remark", message, "附带的话请写到进展或备注栏")]
        sure = self._kind.vocabulary.sure(typed)
        if key(typed) in _NOTHING_SENT or (sure and sure.state is State.UNREPORTED):
            return _UNREPORTED, []
        if label := sure_label(self._kind, typed):
            return label, [Finding(Level.NOTE, SHARED, f"“{one_line(typed)}”按“{label.name}”统计")]
        if typed.strip() in _TICKS and (done := self._done):
            message = f"打了勾（{typed.strip()}），按“{done.name}”统计"
            return done, [Finding(Level.WARNING, "status_ticked", message, "勾不是这个意思的，请写明状态")]
        # What to do about it hangs on the other words of its column: it is said once the whole table is read.
        return None, [Finding(Level.ERROR, UNKNOWN, f"不认识的状态“{one_line(typed)}”")]

    def judge(self, typed: str, deadline: Deadline, as_of: date) -> tuple[Status, list[Finding]]:
        """What a row is counted as: its label if it names one, else the state proposed by its deadline.

        Source: in a published circular on decisions of meetings the items called 需加快推进 are exactly those past
        their deadline and not done; all others are on track.
        """
        if not typed:
            return self._proposed(deadline, as_of)
        label, findings = self.named(typed)
        if label is None and typed.strip() in _BOXES:
            status, _ = self._proposed(deadline, as_of)
            message = f"方框（{typed.strip()}）里没有打勾，按“{status.label}”统计"
            return status, [Finding(Level.WARNING, "status_unticked", message, "请写明状态")]
        if label is None:
            return Status(one_line(typed), State.UNKNOWN), findings
        status = replace(_status(label), awaits=label.awaits(typed))
        return status, findings + _disagreement(label, deadline, as_of)

    def closed(self, typed: str) -> tuple[Status, list[Finding]]:
        """What a row of the sheet of closed items is counted as: done, unless its label says withdrawn."""
        label = self._by_key.get(key(typed)) if typed else None
        if label is not None and (label.is_done or label.withdrawn):
            return _status(label), []
        done = next((it for it in self._kind.labels if it.state is State.DONE), None)
        status = Status(done.name if done else one_line(typed), State.DONE, done=True)
        if label is None:
            return status, []
        message = f"在销号表里，状态却是“{label.name}”，按已完成统计"
        return status, [Finding(Level.WARNING, "closed_not_done", message, "没有办结的请移回台账")]

    def proposed(self) -> tuple[str, str]:
        """The labels of a row without a status: where its deadline is past, and where not. One may be empty."""
        return (self._late.name if self._late else self._default.label), self._default.label

    def _proposed(self, deadline: Deadline, as_of: date) -> tuple[Status, list[Finding]]:
        """The status for an empty cell: past the deadline the first label of the overdue state, else the default."""
        late, last = self._late, deadline.last
        if late is None or last is None or last >= as_of:
            return self._default, []
        message = f"状态没有填，时限{chinese_date(last)}已过，按“{late.name}”统计"
        return _status(late), [Finding(Level.NOTE, "status_proposed", message, "已办结的请填状态")]


def _split_clause(typed: str) -> tuple[str, str]:
    parts = _FIRST_CLAUSE.split(typed.strip(), maxsplit=1)
    return parts[0], "".join(parts[1:])


def _status(label: Label) -> Status:
    return Status(label.name, label.state, label.is_done, label.withdrawn)


def _disagreement(label: Label, deadline: Deadline, as_of: date) -> list[Finding]:
    """A finding where typed label and deadline disagree: on track after the deadline, or lagging before it."""
    last = deadline.last
    if last is None or label.is_done or label.withdrawn:
        return []
    if last < as_of and label.state in _OPEN:
        message = f"时限{chinese_date(last)}已过，状态是“{label.name}”"
        return [
            Finding(Level.WARNING, "overdue_on_track", message, "请核对：已办结的改状态，确实滞后的写明，延期的改时限")
        ]
    if last >= as_of and label.state is State.LAGGING:
        message = f"时限{chinese_date(last)}未到，状态是“{label.name}”，按所写统计"
        return [Finding(Level.NOTE, "lagging_before_due", message)]
    return []

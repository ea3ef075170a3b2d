"""Which label and which field of a kind a word of the shared vocabulary stands for."""

from __future__ import annotations

from collections.abc import Iterable

from tongbao.config.kinds import Kind, Label
from tongbao.config.vocabulary import Proposal
from tongbao.model import State
from tongbao.words.text import key

# Where a kind has no label of a state: what is at risk, or done in part, is still being worked at.
_NEAREST = {State.AT_RISK: State.ON_TRACK, State.PARTIAL: State.ON_TRACK}


def fields_of(kind: Kind, meanings: Iterable[str]) -> tuple[str, ...]:
    """The fields of a kind that the meanings of a header may be, surest first."""
    wider = kind.vocabulary.headers.stands_for
    names = (name for meaning in meanings for name in (meaning, *wider.get(meaning, ())))
    return tuple(dict.fromkeys(name for name in names if kind.column(name)))


def label_for(kind: Kind, proposal: Proposal) -> Label | None:
    """The label of a kind that a proposal would be counted in, to be shown; None where the kind has none near it."""
    states = (proposal.state, _NEAREST.get(proposal.state, proposal.state))
    found = (_labels(kind, state, proposal.withdrawn) for state in states)
    return next((_preferred(labels) for labels in found if labels), None)


def sure_label(kind: Kind, word: str) -> Label | None:
    """The label of a kind that a word counts in, wherever it is typed; None where a person must say.

    A word of the vocabulary may be sure and the kind's labels not: done is 待验收 or 已销号 where endings have two
    steps, and 完成 may be the year's target or the quarter's.
    """
    proposal = kind.vocabulary.sure(word) or _going(kind, word)
    labels = _labels(kind, proposal.state, proposal.withdrawn) if proposal else []
    if proposal is None or not labels:
        return None
    label = _preferred(labels)
    doubtful = _ending_unclear(kind, label, word) or _claimed_elsewhere(kind, label, word)
    return None if doubtful or (label.counts_as_done and proposal.state is not State.DONE) else label


def _labels(kind: Kind, state: State, withdrawn: bool) -> list[Label]:
    return [it for it in kind.labels if it.state is state and it.withdrawn == withdrawn]


def _preferred(labels: list[Label]) -> Label:
    return next((it for it in labels if it.default), labels[0])


def _going(kind: Kind, word: str) -> Proposal | None:
    """A word that an item is being worked at, where a label of the kind has such words; elsewhere on track says more
    than that (达到序时进度)."""
    vocabulary = kind.vocabulary
    on_track = [it for it in kind.labels if it.state is State.ON_TRACK]
    general = on_track and any(vocabulary.is_going(own) for own in _preferred(on_track).words)
    return vocabulary.propose(word) if general and vocabulary.is_going(word) else None


def _ending_unclear(kind: Kind, label: Label, word: str) -> bool:
    """Is the word done, where the kind knows two steps of an ending, and the word does not say which?"""
    return label.is_done and any(it.awaits() for it in kind.labels) and not kind.vocabulary.is_last_step(word)


def _claimed_elsewhere(kind: Kind, label: Label, word: str) -> bool:
    """Does a label of another state hold the word, and not deny it (已完成 in 完成季度目标, not in 正在解决)?"""
    stem = key(word).removeprefix("已")
    others = (own for it in kind.labels if it.is_done != label.is_done for own in it.words)
    return any(kind.vocabulary.claims(own, stem) for own in others if label.is_done)

"""Whether a proposal gives the counts that the last circular printed; and which of the open words make it do so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from tongbao.config.kinds import Kind
from tongbao.model import Ledger, State
from tongbao.rounds.first_day.paper import Habits
from tongbao.rounds.first_day.sources import Source, Word
from tongbao.words.text import key

# Words that a mapping is tried for: more than so many would be guessing, and take long.
_MOST_OPEN = 4
_ENOUGH = 2  # so many printed counts must agree
# What is newly or formerly done, and the rest, need not be counted from the rows of one ledger: it may agree by
# chance, and where it does not, nothing is wrong.
_OF_PERIODS = re.compile(r"新增|累计|前期|此前|以前|上[期月周]|本[期月周]|^月份|其余|其他")
_FRESH = re.compile(r"新增|本[期月周]|^月份")
_CLOSED = "closed"  # what stands on the sheet of closed items, beside the states
_REST = re.compile(r"其余|其他")
# Words before a state that are none of it: 截至6月底已达标, 其中已完成, 含长期坚持.
_LEADING = re.compile(r"^(?:月份?|底|末|日|其中|含|包括|目前|现|还|另?有)+")


@dataclass(frozen=True, slots=True)
class Tally:
    """The items of a ledger as the proposal reads them: how many bear a typed word (its key) and a label, and how many
    stand on its sheet of closed items."""

    file: str
    counts: Counter[tuple[str, str]]
    closed: int = 0

    @classmethod
    def of(cls, ledger: Ledger) -> Tally:
        """Of the rows of this ledger."""
        counts = Counter((key(row.typed), row.label) for row in ledger.rows)
        return cls(ledger.file, counts, len(ledger.closed))


@dataclass(frozen=True, slots=True)
class Proof:
    """What agrees or differs, in words; the labels of open words that agree alone; and how many items were closed
    before the first ledger, as the circular counted on."""

    said: str = ""
    closed: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed count: the words before it, the state they tell of, the ledger's own word where it is that."""

    text: str
    count: int
    state: str
    word: str = ""
    binding: bool = True

    def agrees(self, counted: Counter[str], words: Counter[str]) -> bool:
        """Is it the count of its word or of its state? What is going on may take in what is at risk, or all that is
        open."""
        fits = {counted[self.state]}
        if self.state == State.DONE:
            fits.add(counted[self.state] + counted[_CLOSED])
        if self.state == State.ON_TRACK:
            fits |= {
                counted[self.state] + counted[State.AT_RISK],
                counted.total() - counted[State.DONE] - counted[_CLOSED],
            }
        return self.count in (fits | {words[self.word]} if self.word else fits)

    def differs(self, counted: Counter[str], words: Counter[str]) -> bool:
        """Is it another count than it must be? All that was ever done may be more than the ledger still holds."""
        if not self.binding or self.agrees(counted, words):
            return False
        return self.state != State.DONE or self.count < counted[State.DONE]


def _closed_before(tally: Tally, counted: Counter[str], printed: Sequence[_Printed], totals: Sequence[int]) -> int:
    """How many items the circular counts as done that the ledger does not hold; 0 where its total does not say so."""
    done = max((it.count for it in printed if it.binding and it.state == State.DONE), default=0)
    here, rows = counted[State.DONE] + tally.closed, tally.counts.total() + tally.closed
    missing = [total - rows for total in totals if total > rows]
    return next((n for n in missing if done in (n, n + here) or not done), 0)


def proof_of(source: Source, kind: Kind, tallies: Sequence[Tally], habits: Habits) -> Proof:
    """The proof by that ledger, of these, which gives most of the printed counts; empty where nothing is printed."""
    printed = list(_printed(habits, kind, source))
    if len(printed) < _ENOUGH:
        return Proof()
    found = [(*_by(tally, source, kind, printed, habits.totals), tally) for tally in tallies]
    _, proof, tally = max(found, key=lambda it: it[0], default=(0, Proof(), None))
    # Of a later ledger nobody can say how many of these its forerunners hold.
    return proof if tally is tallies[-1] else replace(proof, closed=0)


def _by(
    tally: Tally, source: Source, kind: Kind, printed: Sequence[_Printed], totals: Sequence[int]
) -> tuple[int, Proof]:
    """What this ledger gives: how many counts agree, and what to say of it."""
    words: Counter[str] = Counter()
    for (typed, _), count in tally.counts.items():
        words[typed] += count
    tried = [(labels, _counted(tally, kind, labels)) for labels in _ways(source, kind)]
    agreed = [sum(it.agrees(counted, words) for it in printed) for _, counted in tried]
    wrong = [[it for it in printed if it.differs(counted, words)] for _, counted in tried]
    found = [tried[n] for n in range(len(tried)) if agreed[n] >= _ENOUGH and not wrong[n]]
    if found:
        said = dict.fromkeys(f"{it.text}{it.count}项" for it in printed if it.agrees(found[0][1], words))
        labels = _only([labels for labels, _ in found], source, words, kind)
        closed = _closed_before(tally, found[0][1], printed, totals)
        return max(agreed) + len(printed), Proof(f"按上期通报的数字证实：{'，'.join(said)}", closed, labels)
    n = max(range(len(tried)), key=lambda n: agreed[n] - len(wrong[n]))
    if agreed[n] < _ENOUGH:
        return 0, Proof("印的数与台账里数出来的对不上，没有用来核对状态词")
    counted = tried[n][1]
    other = "，".join(f"印的是{it.text}{it.count}项，照上面的读法是{counted[it.state]}项" for it in wrong[n])
    return agreed[n], Proof(f"与台账“{tally.file}”不符：{other}，其余相符，请核对状态词和时限")


def _only(found: Sequence[dict[str, str]], source: Source, words: Counter[str], kind: Kind) -> dict[str, str]:
    """The labels of open words that the counts leave no choice about, among the ways that change least of what is
    proposed."""
    proposed = {it.text: it.label or it.likely for it in source.words if (it.label or it.likely) and not it.sure}
    changes = [sum(labels.get(w) != label for w, label in proposed.items()) for labels in found]
    best = [labels for labels, n in zip(found, changes, strict=True) if n == min(changes)]
    proven = {}
    for word in (it for it in source.words if not it.sure and words[key(it.text)]):
        states = {_state(kind, labels[word.text]) for labels in best}
        free = {_state(kind, labels[word.text]) for labels in found} >= {_state(kind, it.name) for it in kind.labels}
        if len(states) == 1 and not free and (label := best[0][word.text]):
            proven[word.text] = label
    return proven


# ---------------------------------------------------------------------------------------------- what is printed


def _printed(habits: Habits, kind: Kind, source: Source) -> Iterator[_Printed]:
    """Each printed count that tells of a state; of those in other words than the ledger's the first of each state."""
    seen: set[str] = set()
    for text, count in habits.counts:
        if _OF_PERIODS.search(text):
            state = State.DONE if _FRESH.search(text) else State.ON_TRACK if _REST.search(text) else ""
            if state:
                yield _Printed(_LEADING.sub("", text), count, state, binding=False)
            continue
        plain = _LEADING.sub("", text)
        word = _own(plain, source, kind)
        state = _state(kind, word.label) if word and word.label else _meant(plain, kind)
        if state and (word or state not in seen):
            seen.add(state)
            yield _Printed(plain, count, state, key(word.text) if word else "")


def _own(text: str, source: Source, kind: Kind) -> Word | None:
    """The ledger's own word that the circular prints: 达到序时进度 for 达到序时, without a denial before it."""
    asked = key(text)
    same = [word for word in source.words if key(word.text) == asked]
    longer = [word for word in source.words if len(asked) > 1 and key(word.text).startswith(asked)]
    within = [word for word in source.words if len(key(word.text)) > 1 and kind.vocabulary.affirms(text, word.text)]
    return next(iter(same or longer or sorted(within, key=lambda word: -len(word.text))), None)


def _meant(text: str, kind: Kind) -> str:
    """The state that a circular speaks of in words of its own."""
    proposal = kind.vocabulary.propose(text)
    return "" if proposal is None or proposal.withdrawn else str(proposal.state)


def _state(kind: Kind, label: str) -> str:
    found = next((it for it in kind.labels if it.name == label), None)
    return "" if found is None or found.withdrawn else str(State.DONE if found.is_done else found.state)


# ---------------------------------------------------------------------------------------------- what is counted


def _ways(source: Source, kind: Kind) -> Iterator[dict[str, str]]:
    """Every way to count the words that are open; those that are sure, and too many of them, stay as they are."""
    open_words = [word for word in source.words if not word.sure]
    if len(open_words) > _MOST_OPEN:
        yield {word.text: word.label for word in open_words}
        return
    firsts = {_state(kind, label.name): label.name for label in reversed(kind.labels) if not label.withdrawn}
    for chosen in product(*(_choices(word, firsts) for word in open_words)):
        yield dict(zip((w.text for w in open_words), chosen, strict=True))


def _choices(word: Word, firsts: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (word.label, *firsts.values()))))


def _counted(tally: Tally, kind: Kind, labels: Mapping[str, str]) -> Counter[str]:
    """How many items are in each state, with these labels for the open words."""
    by_key = {key(word): label for word, label in labels.items()}
    counted: Counter[str] = Counter({_CLOSED: tally.closed})
    for (typed, label), count in tally.counts.items():
        counted[_state(kind, by_key.get(typed) or label)] += count
    return counted

"""Whether a proposal gives the counts that the last circular printed; and which of the open words make it do so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tongbao.config.kinds import Kind
from tongbao.model import State
from tongbao.rounds.first_day.paper import Habits
from tongbao.rounds.first_day.states import Source, Where, Word
from tongbao.rounds.first_day.survey import TableSeen, same_column
from tongbao.words.text import key

# Words that a mapping is tried for: more than so many would be guessing, and take long.
_MOST_OPEN = 4
_ENOUGH = 2  # so many printed counts must agree


@dataclass(frozen=True, slots=True)
class Proof:
    """The counts that agree, in words, and the labels of the words that were open."""

    said: str
    labels: Mapping[str, str]


def proof_of(source: Source, kind: Kind, ledgers: Sequence[Sequence[TableSeen]], habits: Habits) -> Proof | None:
    """The proof by one of these ledgers, newest first; None where no ledger gives the printed counts."""
    if source.where is not Where.WORDS or source.column is None:
        return None
    printed = dict(_states(habits, kind, source))
    if len(printed) < _ENOUGH:
        return None
    for tables in ledgers:
        words = Counter(key(t) for table in tables if (c := same_column(source.column, table)) for t in c.texts)
        found = [labels for labels in _ways(source, kind) if _gives(words, labels, kind, printed)]
        if labels := _one_of(found, source, words, kind):
            said = "，".join(f"{word}{count}项" for word, (_, count) in printed.items())
            return Proof(f"按上期通报的数字证实：{said}", {w: it for w, it in labels.items() if key(w) in words})
    return None


def _one_of(found: Sequence[dict[str, str]], source: Source, words: Counter[str], kind: Kind) -> dict[str, str] | None:
    """The way that changes least of what is proposed; None where two ways change as little and differ."""
    proposed = {word.text: word.label for word in source.words if word.label}
    changes = [sum(labels[w] != label for w, label in proposed.items()) for labels in found]
    best = [labels for labels, n in zip(found, changes, strict=True) if n == min(changes)]
    states = {tuple((w, _state(kind, it)) for w, it in sorted(labels.items()) if key(w) in words) for labels in best}
    return best[0] if len(states) == 1 else None


def _states(habits: Habits, kind: Kind, source: Source) -> Iterator[tuple[str, tuple[str, int]]]:
    """Each printed count of a state: the words, the state, the number; the first where one is printed twice."""
    own = {key(word.text): word for word in source.words}
    seen: set[str] = set()
    for text, count in habits.counts:
        word = own.get(key(text))
        state = _state(kind, word.label) if word and word.label and word.sure else _meant(text, kind)
        if state and state not in seen:
            seen.add(state)
            yield text, (state, count)


def _meant(text: str, kind: Kind) -> str:
    """The state that a circular speaks of; what is newly or formerly done is another count."""
    if any(word in text for word in ("新增", "累计", "前期", "其中", "上期")):
        return ""
    proposal = kind.vocabulary.propose(text)
    if proposal is None or proposal.withdrawn:
        return ""
    return State.DONE if proposal.state is State.DONE else proposal.state


def _state(kind: Kind, label: str) -> str:
    found = next((it for it in kind.labels if it.name == label), None)
    return "" if found is None else State.DONE if found.is_done else found.state


def _ways(source: Source, kind: Kind) -> Iterator[dict[str, str]]:
    """Every way to count the words that are open; those that are sure, and too many of them, stay as they are."""
    open_words = [word for word in source.words if not word.sure]
    fixed = {word.text: word.label for word in source.words if word.sure}
    if len(open_words) > _MOST_OPEN:
        yield {**fixed, **{word.text: word.label for word in open_words}}
        return
    firsts = {_state(kind, label.name): label.name for label in reversed(kind.labels) if not label.withdrawn}
    for chosen in product(*(_choices(word, firsts) for word in open_words)):
        yield {**fixed, **dict(zip((w.text for w in open_words), chosen, strict=True))}


def _choices(word: Word, firsts: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (word.label, *firsts.values()))))


# What is done may be printed with all that was done before, which has left the ledger.
def _gives(words: Counter[str], labels: Mapping[str, str], kind: Kind, printed: Mapping[str, tuple[str, int]]) -> bool:
    counted: Counter[str] = Counter()
    for word, label in labels.items():
        counted[_state(kind, label)] += words[key(word)]
    return all(
        counted[state] == count or (state == State.DONE and counted[state] < count) for state, count in printed.values()
    )

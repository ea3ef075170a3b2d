"""What a person says about an office's ledgers, and what may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tongbao.config.kinds import Kind, Label
from tongbao.model import Problem
from tongbao.words.text import key


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said so far; empty where nothing was.

    `periods` by the name of the file, as typed; `fields` by header, an empty one for a column that is none; `words` is
    the label by status word; `left_out` are files that are not used; `ways` by the key of config.yaml.
    """

    name: str = ""
    kind: str = ""
    title: str = ""
    office: str = ""
    periods: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    ways: Mapping[str, str] = field(default_factory=dict)

    def with_period(self, file: str, typed: str) -> Answers:
        """The answers with the period of a file."""
        return replace(self, periods={**self.periods, file: typed})

    def with_field(self, header: str, name: str) -> Answers:
        """The answers with the field of a column; no other column is taken for it."""
        others = {h: f for h, f in self.fields.items() if f != name or not name}
        return replace(self, fields={**others, key(header): name})

    def with_word(self, word: str, label: str) -> Answers:
        """The answers with the label of a status word."""
        return replace(self, words={**self.words, key(word): label})

    def with_way(self, of: str, value: str) -> Answers:
        """The answers with how one thing is done (the annex, what counts as one, the base)."""
        return replace(self, ways={**self.ways, of: value})

    def without(self, file: str) -> Answers:
        """The answers with one more file that is not used."""
        return replace(self, left_out=self.left_out | {file})

    def label(self, word: str, kind: Kind) -> Label | None:
        """The label that a person gave to a word, where the kind has it."""
        return next((it for it in kind.labels if it.name == self.words.get(key(word))), None)


class About(StrEnum):
    """What a question is about."""

    WORD = "状态词"
    PERIOD = "期次"
    DOUBLE = "同一期的两本"
    FIELD = "栏"
    OFFICE = "署名"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a person has to say. `subject`: the word, the file, the field; `choices`: what may be said.

    `problem` is told where nobody is there to answer; None where it can be done without.
    """

    about: About
    subject: str
    text: str
    choices: tuple[str, ...] = ()
    problem: Problem | None = None

    def answered(self, said: str, answers: Answers) -> Answers:
        """The answers with this one."""
        match self.about:
            case About.WORD:
                return answers.with_word(self.subject, said)
            case About.PERIOD:
                return answers.with_period(self.subject, said)
            case About.DOUBLE:
                return answers.without(next(it for it in self.choices if it != said))
            case About.FIELD:
                return answers.with_field(said, self.subject)
        return replace(answers, office=said)

"""`templates/vocabulary.yaml` read into a vocabulary; a word that stands in two places is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from tongbao.config.vocabulary import STRENGTHS, Headers, Sisters, Vocabulary
from tongbao.config.yamltext import Section, open_yaml
from tongbao.model import Refusal, State
from tongbao.outside.files import is_there
from tongbao.words.text import key

FILE = "vocabulary.yaml"


def load_vocabulary(templates: Path) -> Vocabulary:
    """The vocabulary of a folder of kinds, an empty one where there is none. Raises Refusal with its mistakes."""
    path = templates / FILE
    return _loaded(path) if is_there(path) else Vocabulary()


# A run asks once for each of its reports; the file does not change under a run.
@lru_cache(4)
def _loaded(path: Path) -> Vocabulary:
    root = open_yaml(path)
    headers, (states, groups) = _headers(root), _words_of_state(root)
    found = Vocabulary(headers, states, groups, root.words("parts"))
    root.finish()
    if root.source.problems:
        raise Refusal(*root.source.problems)
    return found


def _headers(root: Section) -> Headers:
    once = _Once(root)
    listed = [(word, (name,)) for name, words in root.words("headers").items() for word in once.keys("headers", words)]
    either = root.words("either")
    return Headers(
        dict([*listed, *zip(once.keys("either", either), either.values(), strict=False)]),
        root.words("stands_for"),
        tuple((re.compile(shape), name) for name, shapes in root.words("shapes").items() for shape in shapes),
        {span: tuple(map(key, words)) for span, words in root.words("period_words").items()},
        {name: words[0] for name, words in root.words("flows").items()},
        tuple(map(key, root.texts("tails"))),
        tuple(map(key, root.texts("ticked"))),
    )


def _words_of_state(root: Section) -> tuple[dict[str, tuple[str, str]], dict[str, Sisters]]:
    """The states by word, and the groups of words that hang on their sisters."""
    once = _Once(root)
    states: dict[str, tuple[str, str]] = {}
    for name, section in root.entries("states"):
        for strength in STRENGTHS:
            states |= dict.fromkeys(once.keys("states", section.texts(strength)), (name, strength))
        section.finish()
    groups: dict[str, Sisters] = {}
    for name, section in root.entries("by_sisters"):
        groups |= dict.fromkeys(once.keys("by_sisters", section.texts("words")), _group(name, section))
        section.finish()
    return states, groups


def _group(name: str, section: Section) -> Sisters:
    beside = tuple((a, b[0]) for a, b in section.words("beside").items())
    by_header = tuple((key(a), b[0]) for a, b in section.words("headers").items())
    return Sisters(name, beside, by_header, section.text("otherwise", State.ON_TRACK))


class _Once:
    """Turns words into keys, and notes each word that was there before: it would have two meanings."""

    def __init__(self, root: Section) -> None:
        self._root = root
        self._seen: set[str] = set()

    def keys(self, section: str, words: Iterable[str]) -> Iterator[str]:
        """The keys of the words of a section."""
        for word in words:
            if key(word) in self._seen:
                where = self._root.at(section)
                self._root.source.wrong(where, f"“{key(word)}”写了两处", "一个词只写一处", word)
            self._seen.add(key(word))
            yield key(word)

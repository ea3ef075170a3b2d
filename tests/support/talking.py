"""A person at the console, scripted: what is typed at each prompt, and all that was shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

INTERRUPT, END = object(), object()


class Person:
    """Types one line after the other; with `END` the input is over, with `INTERRUPT` Ctrl-C is pressed."""

    def __init__(self, *typed: object) -> None:
        self._typed = list(typed)
        self.shown: list[str] = []
        self.prompts: list[str] = []

    def __call__(self, lines: Sequence[str], prompt: str) -> str | None:
        """A talk (see `run.dialogue.Talk`)."""
        self.shown += lines
        if not prompt:
            return ""
        self.prompts.append(prompt)
        word = self._typed.pop(0) if self._typed else END
        if word is INTERRUPT:
            raise KeyboardInterrupt
        return None if word is END else str(word)


@contextmanager
def console(*typed: object) -> Iterator[None]:
    """A console at which this is typed, for a whole command."""
    person = Person(*typed)

    def line(prompt: str = "") -> str:
        read = person((), prompt or "?")
        if read is None:
            raise EOFError
        return read

    stream = mock.Mock(isatty=lambda: True)
    with mock.patch.object(sys, "stdin", stream), mock.patch("builtins.input", side_effect=line):
        yield

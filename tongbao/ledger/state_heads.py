"""The state at the head of a text: （已完成）…, 【滞后】…, 已办结：…"""

from __future__ import annotations

import re
from typing import NamedTuple

from tongbao.ledger.labels import Labels
from tongbao.words.text import key

_BRACKETED = re.compile(
    r"\s*[（(【\[〔「《〖](?P<word>[^）)】\]〕」》〗]{1,20})[）)】\]〕」》〗]\s*[:：,，。；;、—-]*\s*"
)
# Where a head without brackets ends. 、 does not end one: 完成、移交 says what was done.
_PLAIN = re.compile(r"\s*(?P<word>[^\s，,。；;：:（(【\[、—]{2,12})(?:\s*(?:[，,。；;：:]|——?)\s*|\s+|(?=[（(【\[])|$)")
# What also stands in brackets at the head of a text and says no state: numbers, days, units.
_NO_STATE = re.compile(
    r"[\d一二三四五六七八九十]+[、.．]?|.*\d.*[年月日].*|.*(?:局|委|办|院|镇|乡|街道|公司|中心|单位|部门)"
)


class Head(NamedTuple):
    """The word at the head of a text, and the text behind it. `known`: it is a status word."""

    word: str
    rest: str
    known: bool


class Heads:
    """Finds the status words of a kind at the head of texts."""

    def __init__(self, labels: Labels) -> None:
        """The words are looked up as those of status cells are, but that nothing may stand behind them."""
        self._labels = labels

    def of(self, text: str) -> Head | None:
        """The head of a text; None where it begins with no status word, nor with anything that looks like one."""
        if found := _BRACKETED.match(text):
            word = found["word"].strip()
            if self._is_known(word):
                return Head(word, text[found.end() :], known=True)
            return None if _NO_STATE.fullmatch(word) else Head(word, text[found.end() :], known=False)
        found = _PLAIN.match(text)
        if found and self._is_known(found["word"]):
            return Head(found["word"], text[found.end() :], known=True)
        return None

    def known(self, text: str) -> Head | None:
        """The head of a text that is a status word."""
        found = self.of(text)
        return found if found and found.known else None

    def _is_known(self, word: str) -> bool:
        return bool(key(word)) and self._labels.named(word)[0] is not None

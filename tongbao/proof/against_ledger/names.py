"""Names in a circular: the members of its lists and the names of ledger rows, looked for in the edited sentences.

A name that lost some characters may be an abbreviation, which a person has to judge; any other change of it is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from tongbao.proof.basis.kept import Basis, Member
from tongbao.proof.text.tokens import Reader, bare, charged, shape
from tongbao.proof.verdicts import Judgement, Status
from tongbao.words.folding import Folded, fold

# The part of a name that must be left, in runs of two characters and more, for it to be known again: 城东供水管网改造
# is 城西供水管网迁改 (at 0.9 it is not), 学府路供水站新建 is not (at 0.1 it is). The cost: a name that was wholly
# rewritten is told as missing, and the new one as added: two remarks for one change. Set by feel.
_KNOWN_AGAIN = 0.5
_HOLE = "\0"


@dataclass(frozen=True, slots=True)
class Listing:
    """The names that one stretch of a folded printed paragraph gives: a whole list, or the name of one row."""

    start: int
    end: int
    members: tuple[Member, ...]
    key: str = ""
    sign: str = "、"

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of all its members."""
        return tuple(row for member in self.members for row in member.rows)


def plain(name: str) -> str:
    """A name as names are compared: folded, without punctuation."""
    return bare(fold(name).text)


def listings(basis: Basis, paragraph: int, folded: Folded, reader: Reader) -> Iterator[Listing]:
    """The lists of names in a printed paragraph, and the names of rows; lists of numbers or units are left to facts."""
    printed = basis.paragraphs[paragraph]
    for start, end, key in printed.spans:
        members = basis.sources[key].members
        if members and not all(m.text.isdigit() or reader.unit(fold(m.text).text) for m in members):
            after = printed.text[start:end].removeprefix("“").removeprefix(members[0].text).removeprefix("”")
            yield Listing(bisect_left(folded.at, start), bisect_left(folded.at, end), members, key, after[:1] or "、")
    for origin in printed.origins:
        if origin.name:
            span = bisect_left(folded.at, origin.start), bisect_left(folded.at, origin.end)
            yield Listing(*span, (Member(printed.text[origin.start : origin.end], (origin.row,)),))


class Elsewhere:
    """The sentences that are new in a paper: a list may have been moved to them."""

    def __init__(self, text: str, reader: Reader) -> None:
        self._text, self._reader = text, reader

    @cached_property
    def _forms(self) -> tuple[str, str]:
        return self._reader.canonical(self._text), self._reader.masked(self._text)

    def has(self, name: str) -> bool:
        """Is a folded name there? Its numbers may be others, for they are told as numbers."""
        return _has(self._forms, name, self._reader)


def _has(forms: tuple[str, str], name: str, reader: Reader) -> bool:
    return reader.canonical(name) in forms[0] or reader.masked(name) in forms[1]


def compare_listing(listing: Listing, text: str, elsewhere: Elsewhere, basis: Basis, reader: Reader) -> list[Judgement]:
    """The judgement on each name that is missing from a folded text or was added to it; one that agrees if none was."""
    forms = reader.canonical(text), reader.masked(text)
    left = text
    missing = []
    for member in sorted(listing.members, key=lambda m: -len(m.text)):
        name = fold(member.text).text
        if not _has(forms, name, reader) and not elsewhere.has(name):
            missing.append(member)
        left = left.replace(fold(member.text).text, _HOLE)
    found = []
    for member in missing:
        judgement, left = _missing(member, left, basis)
        found.append(judgement)
    if listing.key:
        found += _extra(listing, left, basis)
    return found or [Judgement(Status.AGREES, rows=listing.rows)]


def _missing(member: Member, left: str, basis: Basis) -> tuple[Judgement, str]:
    """The judgement on a name that is not there (changed, shortened, or gone), and the text without what it was."""
    stretch = _remains(plain(member.text), left)
    name = member.text
    if not stretch:
        return Judgement(Status.DIFFERS, name, "名单里少了它", rows=member.rows), left
    left = left.replace(stretch, _HOLE, 1)
    written, printed = bare(stretch), plain(name)
    letters = iter(printed)
    shortened = all(c in letters for c in written)
    harmless = shape(written).count("#") == shape(printed).count("#") and charged(written, basis.statuses) == charged(
        printed, basis.statuses
    )
    if shortened and harmless:
        return Judgement(Status.UNPROVEN, name, "名称缩短了，请核对是不是同一项", stretch, member.rows), left
    return Judgement(Status.DIFFERS, name, "名称与台账不同", stretch, member.rows), left


def _remains(name: str, left: str) -> str:
    """The stretch of a text that a changed name still shows in; empty where too little of it is there."""
    best, best_size = "", 0
    for piece in left.split(_HOLE):
        blocks = [b for b in SequenceMatcher(None, name, piece, autojunk=False).get_matching_blocks() if b.size > 1]
        size = sum(b.size for b in blocks)
        if blocks and size > best_size:
            best, best_size = _widened(piece, blocks[0].b, blocks[-1].b + blocks[-1].size), size
    return best if best_size >= _KNOWN_AGAIN * len(name) else ""


def _widened(piece: str, start: int, end: int) -> str:
    """A stretch of text, out to the signs around it that part the members of a list; without 等2项 at its end."""
    while start and piece[start - 1] not in "、；，。：“”（）":
        start -= 1
    while end < len(piece) and piece[end] not in "、；，。：“”（）":
        end += 1
    return re.sub("等(?:[0-9一二三四五六七八九十两]|项目|工作|任务).*", "", piece[start:end])


def _extra(listing: Listing, left: str, basis: Basis) -> Iterator[Judgement]:
    """Names that were put before, between or behind the members, and are none.

    In a list with another sign than 、 (a comma parts clauses too) only names of ledger rows are taken for such.
    """
    sign = listing.sign
    names = {plain(row.text): n for n, row in enumerate(basis.rows)}
    own = "|".join(plain(m.text) for m in listing.members)
    words = f"([^{sign}，；。：“”{_HOLE}]+)"
    pattern = f"(?:(?<={_HOLE})|(?<={_HOLE}”)){sign}“?{words}|{words}”?{sign}(?=“?{_HOLE})"
    for match in re.finditer(pattern, left):
        words = match[1] or match[2]
        name = bare(words)
        sure = sign == "、" or name in names
        if len(name) > 1 and sure and name not in own and not words.startswith("等"):
            row = names.get(name)
            why = f"多了“{words}”" + ("，它不在这一类" if row is not None else "，台账的这一类里没有它")
            should = "、".join(m.text for m in listing.members)
            yield Judgement(Status.DIFFERS, should, why, words, () if row is None else (row,))

"""What the words of two rows say of their being one item: task, name, numerals, places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tongbao.matching import numerals
from tongbao.matching.belief import Link
from tongbao.matching.evidence import Sign
from tongbao.matching.face import Face
from tongbao.matching.likeness import same_numerals, stretches
from tongbao.matching.wording import Wording

# The signs in words that take long to find, in the order in which they are looked for.
BEGUN = "first", "close", "known_head", "known_text"
TOLD_APART = (
    *("head_replaced", "head_words", "head_thing", "head_rare", "ordinal_replaced", "ordinal_more"),
    *("year_replaced", "year_more", "numerals_more", "amounts"),
)
NAMED = "name", "name_rare", "name_once", "name_missing", "name_replaced", "known_name"


class Comparing:
    """The signs in the words of two rows that take long to find; they are the same in both looks."""

    def __init__(self, words: Wording) -> None:
        self.words = words
        self._heads = [Counter(face.clauses[:1] for face in side.values()) for side in (words.priors, words.currents)]
        self._compared: dict[Link, list[Sign]] = {}

    def signs(self, i: int, j: int) -> Iterator[Iterable[Sign]]:
        """The signs that take long to find, in two groups: `BEGUN`, and `TOLD_APART` with `NAMED`."""
        yield self._begun(i, j)
        yield self._told_apart(i, j)

    def _begun(self, i: int, j: int) -> Iterator[Sign]:
        """The signs in how far the words of two rows, and what they begin with, are the same."""
        a, b = self.words.priors[i], self.words.currents[j]
        if a.core == b.core:
            yield "first", 1.0
            yield "close", 1.0
            return
        found, alike = self.words.overlap(i, j), self.words.alike.get(i, {}).get(j, 0.0)
        if a.clauses[:1] == b.clauses[:1] != ():
            yield "first", 1.0
            yield "close", alike
        else:
            yield "first", max(found.heads, min(found.kept, found.had))
            yield "close", max(0.0, 1 - 5 * (1 - max(found.kept, found.had))) * alike
            yield "known_head", found.known_head
        yield "known_text", found.known_text

    def _told_apart(self, i: int, j: int) -> Sequence[Sign]:
        """The signs in numerals, names and other words with which two rows begin."""
        found = self._compared.get((i, j))
        if found is None:
            found = self._compared[i, j] = [sign for sign in self._compare(i, j) if sign[1]]
        return found

    def _compare(self, i: int, j: int) -> Iterator[Sign]:
        a, b = self.words.priors[i], self.words.currents[j]
        begins_alike = a.clauses[:1] == b.clauses[:1] != ()
        if a.core != b.core:
            if not begins_alike:
                found = self.words.overlap(i, j)
                yield from _beginnings(a, b, 1 - max(found.kept, found.had))
            yield from _numerals(a, b)
        if begins_alike:
            yield "head_rare", 1 / max(heads[a.clauses[:1]] for heads in self._heads)
        if self.are_named(i, j):
            yield from self._named(a, b)

    def are_named(self, i: int, j: int) -> bool:
        """Have both rows a name?"""
        return bool(self.words.priors[i].core[0] and self.words.currents[j].core[0])

    def _named(self, a: Face, b: Face) -> Iterator[Sign]:
        if a.core[0] == b.core[0]:
            held = [names[a.core[0]] for names in self.words.names]
            yield "name", 1.0
            yield "name_rare", 1 / max(held)
            yield "name_once", float(held == [1, 1])
        else:
            yield "name", self.words.rarity.alike(a.called, b.called)
            yield "name_missing", self.words.name_missing(a, b)
            yield "name_replaced", float(numerals.exchanged(stretches(a.core[0], b.core[0])) > 1)
            yield "known_name", self.words.exchanged(a.called, b.called)


def _beginnings(a: Face, b: Face, replaced: float) -> Iterator[Sign]:
    """How much of the first clauses is put otherwise; a character here and there that one of them lacks is a slip."""
    one, two = (face.clauses[0] if face.clauses else "" for face in (a, b))
    short = min(len(one), len(two))
    # One may go on where the other ends (、 for ，), or begin with more: compared are the whole, and as far as both go.
    ways = [list(stretches(one, two)), list(stretches(one[:short], two[:short]))]
    if not any(map(_only_more, ways)):
        yield "head_replaced", replaced
        words = min(map(numerals.exchanged, ways))
        yield "head_words", float(words > 1)
        yield "head_thing", float(words > 2)


def _title(row: Face) -> str:
    """Name and first clause."""
    return "|".join((row.core[0], *row.clauses[:1]))


def _only_more(way: Sequence[tuple[bool, str, str]]) -> bool:
    """Has one text what the other has, and more, but for a character?"""
    less, more = 0, 0
    for same, gone, come in way:
        if not same:
            if gone and come:
                return False
            less, more = less + len(gone), more + len(come)
    return min(less, more) <= 1


def _numerals(a: Face, b: Face) -> Iterator[Sign]:
    if same_numerals(a, b):
        return
    one, two = a.numerals, b.numerals
    if a.head_numerals != b.head_numerals and numerals.slipped(stretches(*map(_title, (a, b)))):
        yield "numerals_more", 1.0
        one, two = a.rest_numerals, b.rest_numerals
    else:
        # What a clause that was added or left out holds is of that clause.
        yield "ordinal_more", float(numerals.more(a.head_numerals.ordinals, b.head_numerals.ordinals))
        yield "year_more", float(numerals.more(a.head_numerals.years, b.head_numerals.years))
        yield (
            "numerals_more",
            float(numerals.more(one.ordinals, two.ordinals) or numerals.more(one.years, two.years)),
        )
    replaced = numerals.replaced(one.ordinals, two.ordinals) or numerals.replaced(one.sides, two.sides)
    yield "ordinal_replaced", float(replaced)
    yield "year_replaced", float(numerals.replaced(one.years, two.years))
    yield "amounts", float(numerals.replaced(one.amounts, two.amounts))

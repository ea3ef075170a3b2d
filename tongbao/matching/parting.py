"""Items that were split or merged, found among the rows that are left when the pairs are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.matching.deciding import Judge
from tongbao.matching.face import Face
from tongbao.matching.likeness import lacking, of_clauses, share_units, stands_in
from tongbao.matching.numerals import replaced
from tongbao.matching.wording import Wording

# Shares of the words of a text, weighed by how telling they are. They come with a prototype measured on simulated
# months: two parts that together hold so much of the old text, and so much more than the better one by itself;
_TOGETHER, _MORE_THAN_ONE = 0.7, 0.12
# so much of the new part is of it;
_OF_IT = 0.6
# and so little of what it begins with is of other items;
_FOREIGN = 0.15
# a part that stands in the old text, while the row that went on has lost it;
_STANDS, _LOST = 0.85, 0.5
# a new row whose first clause is one that the item has lost: to the letter or but for a slip, or in other words;
_SLIP, _CLAUSE = 0.8, 0.5
# looked for in all rows where these are few, else in those of like words and in neighbours;
_FEW = 40_000
# The word with which a name ends, and that a part of the project may have behind its own.
_KIND = re.compile("(?:建设)?(?:项目|工程)$")
# a text that stands in another one; a row that may be a part: what it has of the old text, what the other has lost.
_HELD, _SOME, _LESS = 0.9, 0.4, 0.1
# So many values of a further column for each unit make it one that tells items of a unit apart (set by feel).
_VALUES_A_UNIT = 2


@dataclass(frozen=True, slots=True)
class Part:
    """`new` may be a part of `whole`, which `other` carries on; `sure` enough to be assumed, or to be asked about."""

    whole: int
    other: int
    new: int
    sure: bool


def parts(judge: Judge, pairs: Mapping[int, int], new: Sequence[int]) -> Iterator[Part]:
    """The current rows without a partner that are parts of items which have one."""
    owner = {j: i for i, j in pairs.items()}
    words = judge.wording
    few = len(pairs) * len(new) <= _FEW
    shorter = [i for i, k in pairs.items() if _lost(words.priors[i], words.currents[k])] if few else []
    for j in new:
        beside = [owner[k] for k in (j - 1, j + 1) if k in owner]
        found = [
            Part(i, pairs[i], j, sure)
            for i in dict.fromkeys([*judge.to[j], *beside, *shorter])
            if i in pairs and not judge.board.ruled_out(i, j)
            if (sure := _is_part(judge, i, pairs[i], j)) is not None
        ]
        if found:
            yield max(found, key=lambda part: _nearness(judge, part))


def _nearness(judge: Judge, part: Part) -> tuple[bool, bool, bool, float]:
    """How near a part is to what it may be of: of two items that lost one clause it is of the one with its units."""
    whole, new = judge.wording.priors[part.whole], judge.wording.currents[part.new]
    beside = abs(part.other - part.new) == 1
    return part.sure, whole.units == new.units, beside, judge.odds.get((part.whole, part.new), 0.0)


def _is_part(judge: Judge, i: int, k: int, j: int) -> bool | None:
    """Is a new row part of an item: True for certain enough, False where a person has to say, None where it is not."""
    words = judge.wording
    a, b, c = words.priors[i], words.currents[k], words.currents[j]
    if a.core == b.core:
        return _is_the_same_again(words, a, b, c) if c.core == a.core else None
    if _are_counted_off(a, b, c) and (share_units(a, c) or share_units(b, c)):
        return False
    named = _of_one_name(a, c) or _of_one_name(b, c)
    if (named or _is_named_after(a, c)) and (share_units(a, c) or share_units(b, c)):
        begun = _begins_with_what_was_lost(a, b, c)
        if begun >= _SLIP:
            return named or _is_named_after(a, b)
        if begun >= _CLAUSE:
            return False
    if not _of_one_name(a, c) or not share_units(a, c):
        return None
    held = words.rarity.held
    other = held(a.marks, b.marks)
    if 1 - other < _LESS:
        return None
    alone, both, known = held(a.marks, c.marks), held(a.marks, c.marks | b.marks), held(c.marks, a.marks)
    if not _speaks_of_another(words, a, c):
        beside = abs(j - k) == 1
        if beside and known >= _OF_IT and both >= _TOGETHER and both - max(alone, other) >= _MORE_THAN_ONE:
            return True
        if known >= _STANDS and held(c.marks, b.marks) <= _LOST:
            return True
        if known >= _SOME and (beside or a.called):
            return False
    return False if a.called and abs(j - k) == 1 and words.names_once(a, b) else None


def _lost(a: Face, b: Face) -> list[str]:
    """The clauses of a prior row that the current one has no more, not even in like words, however it is divided."""
    gone, come = lacking(a, b), lacking(b, a)
    now = "".join(b.clauses)
    return [
        clause
        for clause in gone
        if not any(of_clauses(clause, other) >= _CLAUSE for other in come) and stands_in(clause, now) < _SLIP
    ]


def _begins_with_what_was_lost(a: Face, b: Face, c: Face) -> float:
    """How like the first clause of a new row, or its beginning, is to a clause that an item has lost."""
    first = c.clauses[0] if c.clauses else ""
    begun = (of_clauses(clause, it) for clause in _lost(a, b) for it in (first, first[: len(clause)]))
    return max(begun, default=0.0) if first else 0.0


def _of_one_name(a: Face, c: Face) -> bool:
    return a.core[0] == c.core[0]


def _is_named_after(a: Face, c: Face) -> bool:
    """Does a row bear the name of an item, and more: 滨河路改造项目东段, or 滨河路改造东段项目?"""
    name = _KIND.sub("", a.core[0])
    return bool(name) and name in c.core[0]


def _are_counted_off(a: Face, b: Face, c: Face) -> bool:
    """Have both rows what an item is called, and each a number that it had not: 东段 and 西段, 一期 and 二期?"""
    was, one, two = a.head_numerals, b.head_numerals, c.head_numerals
    phases = _are_added(was.ordinals, one.ordinals, two.ordinals) and _kinds(one.ordinals) == _kinds(two.ordinals)
    counted = phases or _are_added(was.sides, one.sides, two.sides)
    return counted and all(_stands_apart_in(*texts) for texts in zip(_heading(a), _heading(c), strict=True))


def _are_added(then: Counter[str], one: Counter[str], two: Counter[str]) -> bool:
    """Are numbers added to those that were, here others than there?"""
    return then < one and then < two and one != two


def _kinds(numbers: Iterable[str]) -> set[str]:
    """What is counted off: 段, 期, 标."""
    return {number[-1] for number in numbers}


def _heading(face: Face) -> tuple[str, str]:
    return _KIND.sub("", face.core[0]), _KIND.sub("", face.clauses[0] if face.clauses else "")


def _stands_apart_in(words: str, others: str) -> bool:
    """Do the characters of words all stand in others in their order, with others between them perhaps?"""
    letters = iter(others)
    return all(letter in letters for letter in words)


def _is_the_same_again(words: Wording, a: Face, b: Face, c: Face) -> bool | None:
    """May a new row of the very words of an item that goes on be a part of it? A person has to say of equal units."""
    if _deals_out(a, b, c):
        return True
    if _is_told_apart(words, a, b, c):
        return None
    return False if a.units == b.units == c.units and words.rivals.are_more(a) else None


def _is_told_apart(words: Wording, a: Face, b: Face, c: Face) -> bool:
    """Does a further column say that a new row of the same words is of another enterprise, village or site?

    It must be one that tells rows of one unit apart: people in charge go with their units and tell nothing.
    """
    kept = (name for name, value in a.particulars.items() if value and value == b.particulars.get(name))
    return any(
        c.particulars.get(name, value := a.particulars[name]) != value and _divides(words, name) for name in kept
    )


def _divides(words: Wording, name: str) -> bool:
    """Has a column more values than there are units to have them?"""
    held = {(row.units, value) for row in words.sample if (value := row.particulars.get(name))}
    return len(held) >= _VALUES_A_UNIT * len({units for units, _ in held})


def _speaks_of_another(words: Wording, a: Face, c: Face) -> bool:
    """Does a row begin with another thing than the item ever spoke of, or with another number?"""
    one, two = a.numerals, c.numerals
    other = replaced(one.ordinals, two.ordinals) or replaced(one.years, two.years) or replaced(one.sides, two.sides)
    return other or words.foreign(a, c) > _FOREIGN


def dealt_out(judge: Judge, i: int, options: Sequence[int]) -> bool:
    """Are the two rows that a prior row may be its text once for each part of its units?"""
    a, rows = judge.wording.priors[i], [judge.wording.currents[j] for j in options]
    return len(rows) == 2 and all(row.core == a.core for row in rows) and _deals_out(a, *rows)


def _deals_out(whole: Face, one: Face, two: Face) -> bool:
    """Do two rows of one text share out the units of an item?"""
    both = one.units | two.units
    return one.units < whole.units and two.units < whole.units and not one.units & two.units and both == whole.units


def wholes(
    words: Wording, owner: Mapping[int, int], i: int, options: Sequence[int], lost: Sequence[int]
) -> Iterator[int]:
    """The current rows into which a prior row was merged: they hold its text, and more than their own item had.

    Or they have no item of their own, and are made of such texts alone. `owner`: whose partner a current row is;
    `lost`: the prior rows without one.
    """
    a = words.priors[i]
    for k in options:
        if k not in owner:
            if _is_made_of(words, i, words.currents[k], lost):
                yield k
            continue
        b, own = words.currents[k], words.priors[owner[k]]
        if own.core == b.core:
            if a.core == b.core and a.units < b.units and own.units < b.units:
                yield k
        elif words.rarity.held(a.marks, b.marks) >= _HELD and _took_in(words, i, own, b, lost):
            yield k


def _is_made_of(words: Wording, i: int, b: Face, lost: Sequence[int]) -> bool:
    """Does a row that carries on no item hold the texts of several, none of them all of it, and little else?"""
    a, held = words.priors[i], words.rarity.held
    if held(a.marks, b.marks) < _HELD or held(b.marks, a.marks) >= _TOGETHER:
        return False
    inside = {face.core: face.marks for n in lost if held((face := words.priors[n]).marks, b.marks) >= _HELD}
    # Several rows of one text are not several texts: which of them it is, is another question.
    return len(inside) > 1 and held(b.marks, frozenset().union(*inside.values())) >= _TOGETHER


def _took_in(words: Wording, i: int, own: Face, b: Face, lost: Sequence[int]) -> bool:
    """Is what a row has more than its own item had that of another item, or of several, their numerals too?"""
    a, held = words.priors[i], words.rarity.held
    if not a.units <= b.units and any(words.priors[n].core == a.core for n in lost if n != i):
        return False  # it is the other one of these words
    more = b.marks - own.marks
    others = [face.marks - a.marks for n in lost if n != i and held((face := words.priors[n]).marks, b.marks) >= _HELD]
    if others and held(a.marks, more) >= _LOST:
        more -= frozenset().union(*others)
    gone = a.numerals.ordinals - b.numerals.ordinals or a.numerals.years - b.numerals.years
    return bool(more) and not gone and held(more, a.marks) >= _LOST

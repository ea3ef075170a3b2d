"""All that speaks for and against two rows being one item, weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tongbao.matching.belief import HOPELESS, Link
from tongbao.matching.weights import WEIGHTS

# This share of the words that say what an item is about makes it another one, if other rows have the new words too.
_EXCHANGED = 0.25
# Of an item that was over less is enough: that it left is no loss, and a new one may be like it.
_ELSEWHERE = 0.1
# This share of the first clause kept is the same beginning, with a slip or a synonym.
ALIKE = 0.75
# So much speaks against a row that lacks an 编号 where nearly all others kept theirs.
_KEPT_BY_OTHERS = -1.5
# This share of the first clause put otherwise may be another thing: more than a slip, less than a hand's synonym.
_REPLACED = 0.15
# Rows less alike than this, in all their words, are one item by their place alone.
_STRANGE = 0.3


Sign = tuple[str, float]
# Signs that take long to find, group by group.
Later = Iterator[Iterable[Sign]]


def most_of(names: Iterable[str]) -> float:
    """The most that these signs, none of them more than 1, can add to the odds."""
    return sum(max(0.0, WEIGHTS[name]) for name in names)


class Evidence:
    """The signs of one pair by name, and the logarithm of the odds that follow from them.

    Most pairs that come into question are hopeless by what is found at once: the rest is looked at when asked for.
    """

    __slots__ = ("_later", "_most", "_odds", "_placed", "_seen")

    def __init__(
        self, signs: dict[str, float], odds: float, placed: float, later: Later, most: Sequence[float]
    ) -> None:
        """`odds`: what these signs make; `placed`: what those of them do that tell where the rows stand.

        `most`: the most that the signs to come can add, before each group of them.
        """
        self._seen, self._odds, self._placed = signs, odds, placed
        self._later: Later | None = later
        self._most = most

    @property
    def ceiling(self) -> float:
        """The most that the odds can be; exact where the pair is not hopeless."""
        return self._odds if self._later is None else self._odds + self._most[0]

    @property
    def is_hopeless(self) -> bool:
        """Is the pair neither likely nor a rival to others, whatever the signs that were not looked at?"""
        ceiling = self.ceiling
        return ceiling <= HOPELESS and ceiling - self._placed <= 0

    def look_closer(self) -> None:
        """Looks at all signs, unless the pair turns out to be hopeless."""
        while self._later is not None and not self.is_hopeless:
            self._look_at_more(self._later)

    def _look_at_more(self, later: Later) -> None:
        for name, sign in next(later):
            if sign:
                self._seen[name] = sign
                self._odds += WEIGHTS[name] * sign
        self._most = self._most[1:]
        if not self._most:
            self._later = None

    @property
    def signs(self) -> Mapping[str, float]:
        """All signs."""
        while self._later is not None:
            self._look_at_more(self._later)
        return self._seen

    @property
    def odds(self) -> float:
        """The logarithm of the odds."""
        while self._later is not None:
            self._look_at_more(self._later)
        return self._odds

    @property
    def odds_without_place(self) -> float:
        """The signs that say what a row is, without where it stands."""
        return self.odds - self._placed

    @property
    def odds_as_rival(self) -> float:
        """The same, 0 where they speak against the pair: no rival is weaker than none."""
        return 0.0 if self._later is not None else max(0.0, self._odds - self._placed)

    def odds_of(self, *names: str) -> float:
        """What these signs add to the odds."""
        return sum(WEIGHTS[name] * self.signs.get(name, 0.0) for name in names)

    @property
    def is_named(self) -> bool:
        """Have both rows a name?"""
        return "name" in self.signs or "name_missing" in self.signs

    @property
    def is_another(self) -> bool:
        """Is a phase, a year, a name or what the item is about replaced by another one?"""
        of = self.signs.get
        # Where rows have names, these say what an item is about, and the task begins with what is to be done.
        exchanged = of("known_name" if self.is_named else "known_head", 0) > _EXCHANGED
        # A row without 编号, other words in the place of the item's: new, where the others kept theirs.
        unnumbered = self.begins_otherwise and of("id", 0) < _KEPT_BY_OTHERS
        thing = of("head_thing") and of("kept_progress", 0) <= 0 and not of("name_once")
        numeral = of("ordinal_replaced") or of("year_replaced")
        return bool(numeral or of("name_replaced") or exchanged or unnumbered or thing)

    @property
    def begins_otherwise(self) -> bool:
        """Are words put for others in what the two begin with, be these words of other rows or of none?"""
        return self.signs.get("head_replaced", 0) > _REPLACED or bool(self.signs.get("head_words"))

    @property
    def is_strange(self) -> bool:
        """Have the two hardly a word in common?"""
        return max(self.signs.get(name, 0) for name in ("first", "whole", "name")) < _STRANGE

    @property
    def is_elsewhere(self) -> bool:
        """Is a place or thing put for another one that other rows have too, or hardly a word of the beginning kept?"""
        of = self.signs.get
        if self.is_named:
            return self.is_another
        return self.is_another or of("known_head", 0) > _ELSEWHERE or (self.begins_otherwise and of("first", 0) < 0.5)

    @property
    def is_alike(self) -> bool:
        """Do the two begin alike, with the same numerals, and go on mostly alike?"""
        return self.signs.get("first", 0) >= ALIKE and not self.begins_otherwise and not self.is_changed

    @property
    def is_changed(self) -> bool:
        """Do the words leave room for another item: more or other numerals, other names, another beginning?"""
        of = self.signs.get
        numerals = any(of(name) for name in ("numerals_more", "amounts"))
        exchanged = any(of(name, 0) > 0.05 for name in ("known_head", "known_text", "known_name"))
        less = of("first", 1) < 0.6 or of("whole", 1) < 0.7 or of("name_missing", 0) > 0.2
        return bool(self.is_another or numerals or exchanged or less)


class Odds(Mapping[Link, float]):
    """The odds of all pairs; those of hopeless ones are found when asked for."""

    def __init__(self, evidence: Mapping[Link, Evidence]) -> None:
        self._evidence = evidence

    def __getitem__(self, link: Link) -> float:
        return self._evidence[link].odds

    def __iter__(self) -> Iterator[Link]:
        return iter(self._evidence)

    def __len__(self) -> int:
        return len(self._evidence)

    def hopeful(self) -> dict[Link, float]:
        """Those of the pairs that are not hopeless."""
        return {link: found.odds for link, found in self._evidence.items() if found.ceiling > HOPELESS}

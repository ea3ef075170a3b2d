"""Pairs that might as well have exchanged their partners: who decides between two ways that count otherwise?

Of rows under one task and one unit it may hang on nothing but where they stand which is which. While all count alike
nobody minds; where one way prints another figure than the other, a person has to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from tongbao.matching.belief import Link, Odds
from tongbao.matching.face import Face
from tongbao.matching.outlook import Outlook

# Two ways are balanced where one has so little more for it than the other, as odds: less than twelve to one. A common
# word in what both report makes so much (in simulated months three of four such ways were the wrong one). The belief in
# single pairs does not tell it: of two rows with two partners that nothing tells apart it settles on one way.
_BALANCED = 2.5


def balanced(outlook: Outlook, pairs: Mapping[int, int]) -> set[int]:
    """The prior rows that might as well have each other's partners, where other figures would follow."""
    owner = {j: i for i, j in pairs.items()}
    found: set[int] = set()
    for i, j in pairs.items():
        for other in outlook.of[i]:
            k = owner.get(other, i)
            if k > i and (k, j) in outlook.odds and _is_balanced(outlook, (i, j), (k, other)):
                found |= {i, k}
    return found


def _is_balanced(outlook: Outlook, one: Link, two: Link) -> bool:
    """Count two pairs otherwise if they exchange their partners, and is there hardly more for this than for that?

    That an item is taken up again while another like it is finished never hangs on where the rows stand.
    """
    now, other = (one, two), ((one[0], two[1]), (two[0], one[1]))
    if _figures(outlook, now) == _figures(outlook, other):
        return False
    ahead = _ahead({link: outlook.odds[link] for link in (*now, *other)}, now, other)
    if any(_is_reopened(outlook, link) for link in now) and not any(_is_reopened(outlook, link) for link in other):
        placeless = {link: outlook.evidence[link].odds_without_place for link in (*now, *other)}
        ahead = min(ahead, _ahead(placeless, now, other))
    return ahead < _BALANCED


def _ahead(odds: Odds, now: Iterable[Link], other: Iterable[Link]) -> float:
    return sum(odds[link] for link in now) - sum(odds[link] for link in other)


def _figures(outlook: Outlook, links: Iterable[Link]) -> Counter[Hashable]:
    """What a circular counts of these pairs."""
    return Counter(_counted(*_faces(outlook, link)) for link in links)


def _counted(a: Face, b: Face) -> Hashable:
    lasting = a.row.is_lagging and b.row.is_lagging
    return a.row.is_open, b.row.is_open, a.row.withdrawn, b.row.withdrawn, lasting


def _is_reopened(outlook: Outlook, link: Link) -> bool:
    a, b = _faces(outlook, link)
    return not a.row.is_open and b.row.is_open


def _faces(outlook: Outlook, link: Link) -> tuple[Face, Face]:
    return outlook.wording.priors[link[0]], outlook.wording.currents[link[1]]

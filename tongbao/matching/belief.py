"""From the odds of single pairs to the belief in them, each row having one partner at most; and the best pairing.

The belief in a pair is the share of all pairings, each weighed by its odds, that hold it. It is found by passing
messages between rows until they stand still: exact where the rows form no ring, near enough where they do.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from math import exp

Link = tuple[int, int]
Odds = Mapping[Link, float]

# Messages are passed on as they are for the first rounds, which is enough where no ring is, then only by half.
_PLAIN, _ROUNDS, _STILL = 8, 60, 1e-3
# Pairs with less odds are believed not at all: a thousandth, and no row has a hundred candidates.
HOPELESS = -7.0
# Odds beyond this are certainty; exp of more would only cost digits.
_SURE = 30.0


def beliefs(odds: Odds) -> dict[Link, float]:
    """How far to believe in each pair (0 to 1), from the logarithms of its odds."""
    found = dict.fromkeys(odds, 0.0)
    weight = {link: exp(max(-_SURE, min(_SURE, value))) for link, value in odds.items() if value > HOPELESS}
    for block in blocks(weight):
        if len(block) == 1:
            found[block[0]] = weight[block[0]] / (1 + weight[block[0]])
        else:
            found |= _believed({link: weight[link] for link in block})
    return found


def _believed(weight: Mapping[Link, float]) -> dict[Link, float]:
    of: dict[int, list[Link]] = defaultdict(list)
    to: dict[int, list[Link]] = defaultdict(list)
    for link in weight:
        of[link[0]].append(link)
        to[link[1]].append(link)
    there, back = dict.fromkeys(weight, 1.0), dict.fromkeys(weight, 1.0)
    for number in range(_ROUNDS):
        kept = 0.0 if number < _PLAIN else 0.5
        change = max(_pass(weight, of, there, back, kept), _pass(weight, to, back, there, kept))
        if change < _STILL:
            break
    return {link: (w := weight[link] * there[link] * back[link]) / (1 + w) for link in weight}


def _pass(
    weight: Mapping[Link, float],
    rows: Mapping[int, list[Link]],
    out: dict[Link, float],
    into: Mapping[Link, float],
    kept: float,
) -> float:
    """How free each row is for each partner, seen from what all others ask of it. Gives the greatest change."""
    change = 0.0
    for links in rows.values():
        asked = [weight[link] * into[link] for link in links]
        total = 1.0 + sum(asked)
        for link, own in zip(links, asked, strict=True):
            rest = total - own
            if rest < 1e-9 * total:  # what is left of a difference of two great numbers is noise
                rest = 1.0 + sum(other for other, one in zip(asked, links, strict=True) if one != link)
            before, now = out[link], 1 / rest
            out[link] = kept * before + (1 - kept) * now
            change = max(change, abs(now - before) / max(now, before))
    return change


def blocks(odds: Odds) -> Iterator[list[Link]]:
    """The pairs, in groups that have no row in common."""
    of: dict[int, list[Link]] = defaultdict(list)
    to: dict[int, list[Link]] = defaultdict(list)
    for link in odds:
        of[link[0]].append(link)
        to[link[1]].append(link)
    seen: set[Link] = set()
    for start in odds:
        if len(of[start[0]]) == len(to[start[1]]) == 1:
            yield [start]
            continue
        if start in seen:
            continue
        seen.add(start)
        block, waiting = [], deque([start])
        while waiting:
            link = waiting.popleft()
            block.append(link)
            for other in (*of[link[0]], *to[link[1]]):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        yield block


def best_pairing(odds: Odds) -> dict[int, int]:
    """The one-to-one pairing with the greatest sum of odds, of pairs more likely than not."""
    likely = {link: value for link, value in odds.items() if value > 0}
    found: dict[int, int] = {}
    for block in blocks(likely):
        if len(block) == 1:
            found.update(block)
        else:
            found |= _paired({link: likely[link] for link in block})
    return found


def _paired(odds: Odds) -> dict[int, int]:
    """The best pairing of one block: row by row, along the path that adds most (Bellman and Ford)."""
    options: dict[int, list[int]] = defaultdict(list)
    for i, j in odds:
        options[i].append(j)
    taken: dict[int, int] = {}
    partner: dict[int, int] = {}
    for start in options:
        _augment(start, odds, options, taken, partner)
    return partner


def _augment(
    start: int, odds: Odds, options: Mapping[int, list[int]], taken: dict[int, int], partner: dict[int, int]
) -> None:
    """Takes one more row in, moving others to other partners, or leaving one out, where that is better in all."""
    gain: dict[int, float] = {start: 0.0}
    came: dict[int, tuple[int, int]] = {}
    waiting = deque([start])
    best, end = 0.0, (start, -1)
    while waiting:
        i = waiting.popleft()
        if gain[i] > best + 1e-9:
            best, end = gain[i], (i, -1)  # the row whose partner was taken stays without one
        for j in options[i]:
            if partner.get(i) == j:
                continue
            now = gain[i] + odds[i, j]
            k = taken.get(j)
            if k is None:
                if now > best + 1e-9:
                    best, end = now, (i, j)
            elif now - odds[k, j] > gain.get(k, float("-inf")) + 1e-9:
                gain[k] = now - odds[k, j]
                came[k] = (i, j)
                waiting.append(k)
    _walk_back(end, start, came, taken, partner)


def _walk_back(
    end: tuple[int, int],
    start: int,
    came: Mapping[int, tuple[int, int]],
    taken: dict[int, int],
    partner: dict[int, int],
) -> None:
    i, j = end
    steps = [(i, j)]
    while i != start:
        i, j = came[i]
        steps.append((i, j))
    for i, _ in steps:
        partner.pop(i, None)
    for i, j in steps:
        if j >= 0:
            taken[j], partner[i] = i, j

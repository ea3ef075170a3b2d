"""Items that were over last period: that one left is no loss, that it counts as new is a wrong figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from tongbao.matching.belief import Link
from tongbao.matching.evidence import ALIKE
from tongbao.matching.outlook import Outlook
from tongbao.matching.weights import NONE, PLACING

# The odds, whatever its state, of a row that is all but certain to be an item that was over; of one that begins alike,
# with nothing put for anything else, less is enough.
_TWIN, _ALIKE = 3.0, 0.0
# An equal number tells so much, as odds, where numbers are kept; finished rows are kept in the ledger more often than
# not where the state tells no less.
_SAME_NUMBER, _STAYS = 1.0, -0.7
# So much of the first clause kept is no other thing by itself; of two rows that are over and begin so a person says
# which it is, unless this speaks against them, whatever their state.
_REWORDED, _UNLIKELY = 0.6, -1.0


def in_both(outlook: Outlook, kept: Collection[int], taken: Collection[int]) -> Iterator[Link]:
    """Rows without a partner that were over and are, alike but for units or place: nobody finishes a thing twice."""
    words = outlook.wording
    found = [
        (i, j)
        for i, face in words.priors.items()
        if i not in kept and not face.row.is_open
        for j in outlook.of[i]
        if j not in taken and not words.currents[j].row.is_open and _is_one_but_for_units(outlook, i, j)
    ]
    before, now = Counter(i for i, _ in found), Counter(j for _, j in found)
    return ((i, j) for i, j in found if before[i] == now[j] == 1)


def _is_one_but_for_units(outlook: Outlook, i: int, j: int) -> bool:
    found, ids = outlook.evidence[i, j], {outlook.wording.priors[i].row.id, outlook.wording.currents[j].row.id} - {""}
    return found.is_alike and len(ids) < 2 and found.odds - found.odds_of("state", "units", *PLACING) > 0


def has_twin(outlook: Outlook, i: int, taken: Collection[int]) -> bool:
    """Is a row that is over so like one of now without a partner that an item may count twice?

    That it left is no loss: so nothing is asked where no row of now is all but certain to be it.
    """
    return any(
        _is_over_again(outlook, i, j)
        or (not is_another_thing(outlook, i, j) and not outlook.evidence[i, j].is_strange and _may_be_it(outlook, i, j))
        for j in outlook.of[i]
        if j not in taken
    )


def _is_over_again(outlook: Outlook, i: int, j: int) -> bool:
    """Is a row that is over now one that was, reworded, more likely than not, or but a little reworded?

    It would count as new and as newly completed; nobody adds a row to a ledger when it is over, save now and then.
    """
    found = outlook.evidence[i, j]
    first = found.signs.get("first", 0)
    if outlook.wording.currents[j].row.is_open or found.is_another or first < _REWORDED:
        return False
    little = (first >= ALIKE or not found.begins_otherwise) and not found.signs.get("numerals_more")
    return outlook.belief[i, j] > 0.5 or (little and found.odds - found.odds_of("state") > _UNLIKELY)


def is_another_thing(outlook: Outlook, i: int, j: int) -> bool:
    """Is a row about another place or thing than one that was over, and nothing kept that speaks for it?"""
    found, a, b = outlook.evidence[i, j], outlook.wording.priors[i], outlook.wording.currents[j]
    if found.is_another or not found.is_elsewhere:
        return found.is_another
    of = found.signs.get
    one_id = a.row.id != "" and a.row.id == b.row.id
    stays = b.row.done and of("state", 0) > _STAYS
    kept = one_id or stays or of("number", 0) > _SAME_NUMBER or outlook.doubts.carries_on(a, b)
    return not kept and not outlook.doubts.is_habit(a, b)


def _may_be_it(outlook: Outlook, i: int, j: int) -> bool:
    """Is a row more likely than not the one that was over, or would it be, beginning alike, but for its state?"""
    found, belief = outlook.evidence[i, j], outlook.belief[i, j]
    if found.begins_otherwise:
        return belief > 0.5
    return belief >= NONE or found.odds - found.odds_of("state") > (_ALIKE if found.is_alike else _TWIN)

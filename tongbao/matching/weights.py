"""How much each sign tells whether two rows are one item: the one table, and the limits of what follows from it.

A sign is a number (mostly 0 to 1, or the logarithm of odds); its weight times the number is added up for a pair of rows
to the logarithm of the odds that they are one item. The weights come from `python -m tests.support.fitting`.
"""

from __future__ import annotations

from collections.abc import Mapping

WEIGHTS: Mapping[str, float] = {
    # Before anything is seen: of the rows that come into question few are the one.
    "alone": -5.33,
    # How much more alike than the next best of either row (-0.5 to 0.5): the most telling of all. A hand that rewrites
    # every task makes all of them less alike, but no other row more.
    "lead": 4.99,
    "best": 1.77,
    # Task and name in the same words, fillers and signs aside, in one row of each ledger only; in several rows.
    "equal_once": 4.3,
    "equal": 0.0,
    "first": 4.77,
    "whole": 0.23,
    # Both at once: no sibling begins alike and goes on alike.
    "close": 0.98,
    "head_replaced": -1.0,
    "head_thing": 0.0,
    "head_words": 0.0,  # whole words put for others there; it is told of
    "head_rare": 0.56,
    "name": 1.29,
    "name_rare": 1.1,
    "name_once": 2.3,
    "name_missing": -8.9,
    "name_replaced": -1.02,
    # Another phase, section, school: another item, unless nothing else comes into question.
    "ordinal_replaced": -3.8,
    "ordinal_more": -1.8,
    "year_replaced": -5.4,
    "year_more": -3.3,
    "numerals_more": 0.0,  # in a clause that came or went; it is told of
    "amounts": -0.82,
    # A place or thing that other rows have too is written for another one that other rows have too.
    "known_head": -1.64,
    "known_text": -4.7,
    "known_name": -6.4,
    "id": 1.0,
    # Columns: logarithms of odds that these two ledgers teach by themselves; 1 would be evidence that hangs on nothing.
    "units": 0.57,
    "stable": 0.6,
    "deadline": 0.6,
    "section": 0.28,
    "number": 0.9,
    "kept_progress": 0.91,
    "order": 1.23,
    "rank": 0.35,
    "state": 1.24,
    "open": 0.47,
    "progress_lead": 2.9,
    "progress": 0.48,
    # Of several rows of one task, what each is about: words in its progress that no other row has.
    "subject": 8.0,
}
# Signs that say where a row stands, not what it is: they may decide, but never unsaid.
PLACING = ("order", "rank", "number")

# Above the first a pair goes unsaid, above the second it counts and is told of, below it a person is asked. Below the
# third a row without a partner is taken to have none.
SURE, ASSUMED, NONE = 0.995, 0.7, 0.3
# Where no other row comes into question this is enough: it is this one or none, and a person is told of it.
ONLY_ONE = 0.45
# A pair that begins with other words is assumed only above this: a near twin may stand in the place of a row that went.
BEGINS_OTHERWISE = 0.9
# A pair believed so far teaches what the columns and the hands of these ledgers tell.
LIKELY = 0.97
# A pair goes unsaid only if it is ahead of others so far, as odds, without the signs of `PLACING`.
CLEAR = 2.2
# An item that was over and is worked on again, in other words, is assumed only above this.
REOPENED = 0.8
# And above this where nothing is put for anything else, and no other row comes into question.
REOPENED_ALIKE = 0.6

"""What a run assumed and what it leaves to a person, for the run record: so much that a page can show and answer it.

Each row comes with its place and what a person knows it by, each pair of rows with `why` (what agrees and what differs,
in Chinese), `likeness` (0 to 1) and `differs` (the words that differ, as positions). An answer names the prior row and
the current one by place, `id`, `section`, `text` and `units`, as a line of 对应关系.xlsx does.
"""

from __future__ import annotations

from collections.abc import Mapping

from tongbao.matching.asking import LOST, Offers, in_order
from tongbao.matching.explained import explained
from tongbao.matching.face import NAME
from tongbao.matching.marking import spans
from tongbao.matching.two_periods import Cause, Changes, Fate, How, Pair, Question
from tongbao.model import PROGRESS, Place, Row


def assumed(changes: Changes) -> list[dict[str, object]]:
    """The pairs that count though some doubt is left; `bond` says what the two are to each other."""
    return [
        {"prior": _known_by(pair.prior), **_told(pair, round(pair.score, 3)), "bond": pair.bond.name.lower()}
        for pair in changes.assumed
    ]


def questions(changes: Changes) -> list[dict[str, object]]:
    """What is left to a person, in the order in which it is asked; last the rows of which there is no trace.

    `candidates` are the rows that the matcher thinks of, `offered` those that the window shows, the likeliest first: a
    candidate with `partner` has one already, so that to choose it is to merge.
    """
    asked = _asked(changes)
    partners = _partners(changes)
    rows = (*changes.current.rows, *changes.current.closed)
    offers = Offers(asked, [row for row in rows if row.place not in partners])
    waiting = range(len(asked))
    return [_question(question, offers.of(n, waiting, ()), partners) for n, question in enumerate(asked)]


def _asked(changes: Changes) -> list[Question]:
    known = {question.row.place for question in changes.questions}
    lost = (o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED and o.row.place not in known)
    return [*in_order(changes.questions), *(Question(row, (), LOST, Cause.LOST) for row in lost)]


def _partners(changes: Changes) -> Mapping[Place, Row]:
    """The prior row of each current one that carries one on, is a part of it, or took it in."""
    into = {row.place: outcome.row for outcome in changes.outcomes for row in outcome.to}
    before = {outcome.row.place for outcome in changes.outcomes}
    return into | {place: row for place, row in changes.priors.items() if row.place in before}


def _question(question: Question, offered: list[tuple[Row, float]], partners: Mapping[Place, Row]) -> dict[str, object]:
    return {
        "prior": _known_by(question.row),
        "why": question.why,
        "cause": question.cause.name.lower(),
        "heading": str(question.cause),
        "candidates": [_candidate(question.row, row, score, partners) for row, score in question.candidates],
        "offered": [_candidate(question.row, row, score, partners) for row, score in offered],
    }


def _candidate(prior: Row, row: Row, score: float, partners: Mapping[Place, Row]) -> dict[str, object]:
    told = _told(Pair(prior, row, How.SIMILAR), round(score, 3))
    owner = partners.get(row.place)
    return told | ({"partner": _known_by(owner)} if owner else {})


def _told(pair: Pair, score: float) -> dict[str, object]:
    """The current row beside the prior one."""
    found = spans(pair.prior.text, pair.current.text)
    differs = {side: [list(span) for span in some] for side, some in zip(("prior", "current"), found, strict=True)}
    return {"current": _known_by(pair.current), "why": explained(pair), "likeness": score, "differs": differs}


def _known_by(row: Row) -> dict[str, object]:
    """A row with its place and what a person knows it by."""
    return {
        "file": row.place.file,
        "sheet": row.place.sheet,
        "row": row.place.row,
        "no": row.no,
        "id": row.id,
        "section": list(row.section),
        "name": row.get(NAME),
        "text": row.text,
        "units": list(row.units),
        "deadline": row.deadline.text,
        "status": row.label or row.typed,
        "progress": row.get(PROGRESS),
    }

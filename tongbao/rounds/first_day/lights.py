"""Red, yellow and green that no legend explains: what they mean by habit, and whether green is done or on track."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tongbao.config.kind_words import label_for
from tongbao.config.vocabulary import Proposal
from tongbao.model import DEADLINE, PROGRESS, TASK, Period, State
from tongbao.rounds.first_day.meaning import Understood
from tongbao.rounds.first_day.survey import TableSeen, same_column
from tongbao.words.deadlines import parse_deadline
from tongbao.words.endings import Ending, ending

HABIT = "表上没有说明，照习惯推定"
_HABIT = {"红": State.LAGGING, "黄": State.AT_RISK, "橙": State.AT_RISK}
_GREEN = "绿"
# So many of the green items' texts say that they are done, where green means done; of fewer nobody can tell.
_MOST = 0.7
# Days are only compared with each other: any year will do for those that name none.
_ANY_YEAR = Period("", date(2024, 1, 1), date(2024, 12, 31))


def by_habit(
    names: Sequence[str],
    understood: Understood,
    tables: Sequence[TableSeen],
    colour_of: Callable[[TableSeen, int], str],
) -> dict[str, str]:
    """The label of each colour by its name; nothing where there are other colours, no two, or no deadlines."""
    known = {*_HABIT, _GREEN}
    if understood.column(DEADLINE) is None or not set(names) <= known or _GREEN not in names or len(set(names)) < 2:
        return {}
    green = green_means([line for table in tables for line in _lines(table, understood, colour_of)])
    if green is None:
        return {}
    found = {name: Proposal(_HABIT.get(name, green), withdrawn=False, sure=False, why=HABIT) for name in names}
    labels = {name: label_for(understood.kind, proposal) for name, proposal in found.items()}
    return {name: label.name for name, label in labels.items() if label}


@dataclass(frozen=True, slots=True)
class LitLine:
    """The colour of a line, whether its progress says that it is done, and its deadline."""

    colour: str
    done: bool = False
    due: date | None = None


def _lines(table: TableSeen, understood: Understood, colour_of: Callable[[TableSeen, int], str]) -> Iterator[LitLine]:
    texts, tasks, days = (
        same.texts_by_row if (c := understood.column(name)) and (same := same_column(c, table)) else None
        for name in (PROGRESS, TASK, DEADLINE)
    )
    for n, row in enumerate(table.rows):
        text, of, day = (cells[n] if cells else "" for cells in (texts, tasks, days))
        due = parse_deadline(day, decided=None, period=_ANY_YEAR).last
        yield LitLine(colour_of(table, row), ending(text, of) is Ending.SAID, due)


def green_means(lines: Sequence[LitLine]) -> State | None:
    """Done where most progress texts of green items say so, on track where none does; None where nobody can tell.

    Nobody can where some do, or where a green item was due before the first red one: it would be red as well, were it
    not done.
    """
    green = [line for line in lines if line.colour == _GREEN]
    done = sum(line.done for line in green)
    if done:
        return State.DONE if done >= _MOST * len(green) else None
    red = min((line.due for line in lines if line.colour == "红" and line.due), default=None)
    early = red is not None and any(line.due is not None and line.due < red for line in green)
    return None if early else State.ON_TRACK

"""Red, yellow and green that no legend explains: what they mean by habit, and whether green is done or on track."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tongbao.config.kind_words import label_for
from tongbao.config.vocabulary import Proposal
from tongbao.excel.values import text_of
from tongbao.model import DEADLINE, PROGRESS, TASK, State
from tongbao.rounds.first_day.meaning import Understood
from tongbao.rounds.first_day.survey import TableSeen, same_column
from tongbao.words.endings import Ending, ending
from tongbao.words.text import one_line

HABIT = "表上没有说明，照习惯推定"
_HABIT = {"红": State.LAGGING, "黄": State.AT_RISK, "橙": State.AT_RISK}
_GREEN = "绿"
# So many of the green items' texts say that they are done, where green means done; of fewer nobody can tell.
_MOST = 0.7


def by_habit(
    names: Sequence[str],
    understood: Understood,
    tables: Sequence[TableSeen],
    is_green: Callable[[TableSeen, int], bool],
) -> dict[str, str]:
    """The label of each colour by its name; nothing where there are other colours, no two, or no deadlines."""
    known = {*_HABIT, _GREEN}
    if understood.column(DEADLINE) is None or not set(names) <= known or _GREEN not in names or len(set(names)) < 2:
        return {}
    green = green_means(understood, tables, is_green)
    if green is None:
        return {}
    found = {name: Proposal(_HABIT.get(name, green), withdrawn=False, sure=False, why=HABIT) for name in names}
    labels = {name: label_for(understood.kind, proposal) for name, proposal in found.items()}
    return {name: label.name for name, label in labels.items() if label}


def green_means(
    understood: Understood, tables: Sequence[TableSeen], is_green: Callable[[TableSeen, int], bool]
) -> State | None:
    """Done where most progress texts of green items say so, on track where none does; None where some do."""
    progress, task = understood.column(PROGRESS), understood.column(TASK)
    if progress is None or task is None:
        return State.ON_TRACK
    ended: list[bool] = []
    for table in tables:
        texts, tasks = same_column(progress, table), same_column(task, table)
        if texts is None or tasks is None:
            continue
        for row, text, of in zip(table.rows, texts.cells, tasks.cells, strict=False):
            if is_green(table, row):
                ended.append(ending(one_line(text_of(text)), one_line(text_of(of))) is Ending.SAID)
    if not any(ended):
        return State.ON_TRACK
    return State.DONE if sum(ended) >= _MOST * len(ended) else None

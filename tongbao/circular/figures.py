"""Counting: from the changes of two periods to every figure of the circular. Only this module imports pandas.

A figure is computed once, here, with the rows behind it; title, body, annex, screen and `figures.json` take it from
the same record. Amounts and shares stay exact until they are printed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from tongbao.circular.choices import Choice, Figure, Figures, Move, UnitLine
from tongbao.circular.printed_numbers import balanced, percent, rounded
from tongbao.config.kinds import AS_BEFORE, LATER, STANDARD, UNREPORTED, Count, Kind, Selection, counted_units
from tongbao.matching.two_periods import Changes, Pair
from tongbao.model import UNIT, Filling, Level, Problem, Row, State
from tongbao.words.text import key
from tongbao.words.units import Roster

if TYPE_CHECKING:
    import pandas as pd

STATE_FIGURES = {
    State.LAGGING: ("lagging", "滞后"),
    State.AT_RISK: ("at_risk", "预警"),
    State.ON_TRACK: ("on_track", "推进"),
    State.PARTIAL: ("partial", "部分完成"),
    State.SUSPENDED: ("suspended", "暂缓"),
    State.UNKNOWN: ("unknown", "待定"),
    State.UNREPORTED: ("unreported", UNREPORTED),
}
# Where items are counted, the least advanced row speaks for its item (docs/decisions.md, 4: it goes with its slowest
# row). The order of the states between lagging and done is set by feel: what asks for action comes before what goes on.
# The price: an item counts as suspended where one of its six rows is and the others go on.
_LEAST_ADVANCED = (
    State.LAGGING,
    State.AT_RISK,
    State.UNREPORTED,
    State.UNKNOWN,
    State.SUSPENDED,
    State.ON_TRACK,
    State.PARTIAL,
    State.DONE,
)


def tabulate(changes: Changes, kind: Kind, roster: Roster, opening: int = 0) -> tuple[Figures, list[Problem]]:
    """All figures that the kind may print, and a note where its classes do not add up.

    `opening`: the number of items that were closed before the first ledger on file.
    """
    table = _Tabulation(changes, kind)
    choices = standard = table.standard(opening)
    labels = {label.name: table.labelled(label.name) for label in kind.labels}
    # A class of its own in a period that has such rows, so that the printed classes still add up to the total.
    silent = {UNREPORTED: table.labelled(UNREPORTED)} if UNREPORTED not in labels and choices[UNREPORTED].rows else {}
    labels |= silent
    named = {**choices, **labels}
    for selection in (*kind.classes, *kind.lists):
        named[selection.name] = table.select(selection, named)
    own = [s.name for s in (*kind.classes, *kind.lists) if s.name not in STANDARD or s.name in LATER]
    choices = choices | {name: named[name] for name in own}
    classes = {s.name: named[s.name] for s in kind.classes if s.printed} or labels
    classes = classes | silent
    choices, labels, classes = (
        {name: table.measured(choice, named) for name, choice in some.items()} for some in (choices, labels, classes)
    )
    groups = {name: table.grouped(name, named) for name in kind.groups}
    figures = Figures(
        numbers=_numbers(changes, standard, table),
        choices=choices,
        labels=labels,
        classes=classes,
        groups=groups,
        shares=balanced({c.name: c.count for c in classes.values()}, choices["全部"].count, kind.shares),
        units=table.unit_table(roster, choices),
        moves=_moves(changes),
    )
    return figures, [*_partition_problems(figures, kind)]


class _Tabulation:
    """The counted rows of both periods, from which choices of rows are taken.

    pandas does groups and measures. It takes 0.38 s to load, half a small run, so kinds that have neither do without.
    """

    def __init__(self, changes: Changes, kind: Kind) -> None:
        self.changes = changes
        self.kind = kind
        current = changes.current
        self.newly = {row.place for row in changes.newly_completed}
        self.active = self._counted(changes.counted)
        self.known = _unique((*changes.counted, *current.rows, *current.closed))
        self.number = {row.place: i for i, row in enumerate(self.known)}

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The fields that the kind's measures add up, one line for each row."""
        import pandas as pd

        sums = sorted({m.sum for m in self.kind.measures if m.sum})
        return pd.DataFrame({name: [row.cells.get(name) for row in self.known] for name in sums}, dtype=object)

    def _counted(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows that stand for the counted units: all of them, or the least advanced one of each item."""
        if self.kind.count is Count.ROWS:
            return tuple(rows)
        items: dict[Hashable, Row] = {}
        for row in rows:
            known = items.get(self._item(row))
            if known is None or self._order(row) < self._order(known):
                items[self._item(row)] = row
        return tuple(items.values())

    def _item(self, row: Row) -> Hashable:
        """What one 序号 covers, also of rows that have left the working sheet."""
        return self.changes.items.get(row.place, row.item_key)

    def _order(self, row: Row) -> tuple[int, bool]:
        """How advanced a row is: done rows after all open ones (10 exceeds the number of states), newly done first."""
        return _LEAST_ADVANCED.index(row.state) + 10 * row.done, row.place not in self.newly

    def standard(self, opening: int) -> dict[str, Choice]:
        """The selections that every kind has, by name (`kinds.STANDARD`)."""
        changes, active = self.changes, self.active
        done = tuple(r for r in active if r.done)
        closed, newly = self._completed() if changes.prior else ((), ())
        finished = (*closed, *newly) if changes.prior else done
        undone = tuple(r for r in active if r.is_open)
        rows = {
            "全部": active,
            "前期完成": closed,
            "建账前完成": (),
            "新增完成": newly,
            "完成": finished,
            "在册完成": done,
            "未完成": undone,
            **{name: tuple(r for r in undone if r.state is state) for state, (_, name) in STATE_FIGURES.items()},
            AS_BEFORE: tuple(r for r in undone if r.filling not in (Filling.REPORTED, Filling.UNFILLED)),
            "新增": self._counted(changes.added),
            "重新办理": tuple(p.current for p in changes.reopened),
            "撤销": changes.withdrawn,
            "上期滞后": self._lagged_before(),
        }
        with_opening = ("全部", "前期完成", "建账前完成", "完成")
        return {
            name: Choice(name, rows[name], rule, opening if name in with_opening else 0)
            for name, rule in STANDARD.items()
        }

    def _completed(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """What was completed before, and what is newly completed. An item is completed when its last row is."""
        changes = self.changes
        if self.kind.count is Count.ROWS:
            return changes.closed_before, changes.newly_completed
        unfinished = {self._item(r) for r in self.active if r.is_open}
        newly = tuple(r for r in self._counted(changes.newly_completed) if self._item(r) not in unfinished)
        later = unfinished | {self._item(r) for r in newly}
        return tuple(r for r in self._counted(changes.closed_before) if self._item(r) not in later), newly

    def _lagged_before(self) -> tuple[Row, ...]:
        return _unique(r for o in self.changes.outcomes if o.row.is_lagging for r in o.to)

    def labelled(self, label: str) -> Choice:
        """The rows of one status word."""
        return Choice(label, tuple(r for r in self.active if r.label == label), f"状态为“{label}”的事项")

    def select(self, selection: Selection, known: Mapping[str, Choice]) -> Choice:
        """A class or list of the kind, made of choices in `known`: labels, standard ones, and those named before it."""
        rows = _unique(r for name in selection.of for r in known[name].rows)
        if selection.within:
            inside = {r.place for name in selection.within for r in known[name].rows}
            rows = tuple(r for r in rows if r.place in inside)
        if selection.without:
            outside = {r.place for name in selection.without for r in known[name].rows}
            rows = tuple(r for r in rows if r.place not in outside)
        for name, values in selection.where.items():
            wanted = {key(value) for value in values}
            rows = tuple(r for r in rows if key(r.get(name)) in wanted)
        if selection.sort:
            rows = _sorted(rows, selection.sort)
        narrowed = selection.where or selection.within or selection.without
        constant = 0 if narrowed else sum(known[name].constant for name in selection.of)
        kept = rows[: selection.take] if selection.take else rows
        return Choice(selection.name, kept, _rule_of(selection), constant)

    def grouped(self, name: str, named: Mapping[str, Choice]) -> dict[str, Choice]:
        """The rows of the ledger by the values of one field, in order of first appearance; empty ones left out."""
        import pandas as pd

        values = pd.Series([row.get(name) for row in self.active], dtype=object)
        return {
            str(value): self.measured(
                Choice(str(value), tuple(self.active[i] for i in rows), f"“{name}”为“{value}”的事项"), named
            )
            for value, rows in values.groupby(values, sort=False).groups.items()
            if value
        }

    def measured(self, choice: Choice, named: Mapping[str, Choice]) -> Choice:
        """The choice with the kind's measures over its rows."""
        if not self.kind.measures:
            return choice
        part = self.frame.iloc[[self.number[r.place] for r in choice.rows if r.place in self.number]]
        measures: dict[str, Decimal | None] = {}
        for measure in self.kind.measures:
            if measure.sum:
                given = part[measure.sum].dropna()
                measures[measure.name] = Decimal(given.sum()) if len(given) else None
            elif measure.ratio:
                above, below = (self._amount(n, choice, measures, named) for n in measure.ratio)
                measures[measure.name] = rounded(Fraction(above) * 100 / Fraction(below), measure) if below else None
        return replace(choice, measures=measures)

    def _amount(
        self, name: str, choice: Choice, measures: Mapping[str, Decimal | None], named: Mapping[str, Choice]
    ) -> Decimal:
        """A measure of the choice by its name, or how many of its rows are in the selection or label of that name."""
        if name in measures:
            return measures[name] or Decimal(0)
        inside = {r.place for r in named[name].rows}
        return Decimal(sum(r.place in inside for r in choice.rows))

    def unit_table(self, roster: Roster, choices: Mapping[str, Choice]) -> tuple[UnitLine, ...]:
        """A line for each unit in roster order, ranked by completion rate; equal rates share a rank."""
        found: dict[str, list[Row]] = {}
        for row in _unique((*self.changes.counted, *choices["新增完成"].rows)):
            for unit in counted_units(row, self.kind.units.joint):
                found.setdefault(unit, []).append(row)
        # Where items are counted, an item stands for a unit by the least advanced of the rows that are the unit's own.
        rows_of = {unit: self._counted(rows) for unit, rows in found.items()}
        rates = {unit: Fraction(sum(r.done for r in rows), len(rows)) for unit, rows in rows_of.items()}
        ranked = sorted(rates.values(), reverse=True)
        return tuple(
            self._unit_line(unit, rows_of[unit], rates[unit], ranked.index(rates[unit]) + 1)
            for unit in sorted(rows_of, key=roster.order)
        )

    def _unit_line(self, unit: str, rows: tuple[Row, ...], rate: Fraction, rank: int) -> UnitLine:
        return UnitLine(
            unit=unit,
            assigned=Choice(unit, rows, f"{unit}承担的事项"),
            done=Choice(unit, tuple(r for r in rows if r.done), f"{unit}已完成的事项"),
            newly_completed=Choice(unit, tuple(r for r in rows if r.place in self.newly), f"{unit}新增完成的事项"),
            lagging=Choice(unit, tuple(r for r in rows if r.is_lagging), f"{unit}滞后的事项"),
            rate=percent(rate.numerator, rate.denominator, self.kind.shares),
            rank=rank,
        )


def _numbers(changes: Changes, choices: Mapping[str, Choice], table: _Tabulation) -> dict[str, Figure]:
    """The figures by the ids of `figures.json`; `newly_completed` only where there is a prior ledger."""
    total = Choice("总数", (*choices["完成"].rows, *choices["未完成"].rows), "完成加未完成", choices["完成"].constant)
    names = {"closed_before": "前期完成", "newly_completed": "新增完成", "completed": "完成", "open": "未完成"}
    names |= dict(STATE_FIGURES.values())
    names |= {"added": "新增", "reopened": "重新办理", "withdrawn": "撤销"}
    if changes.prior is None:
        del names["newly_completed"]
    numbers = {"total": _figure("total", total)} | {id_: _figure(id_, choices[name]) for id_, name in names.items()}
    rows = changes.counted
    items = tuple({changes.items.get(r.place, r.item_key): r for r in rows}.values())
    units = dict.fromkeys(unit for row in rows for unit in counted_units(row, table.kind.units.joint))
    lost = tuple(o.row for o in changes.outcomes if o.fate.value == "unaccounted")
    numbers["items"] = Figure("items", "大项数", len(items), "统计口径之内的序号数", items)
    numbers["rows"] = Figure("rows", "分项数", len(rows), "统计口径之内带状态的行数", tuple(rows))
    numbers["units"] = Figure(
        "units", "单位数", len(units), f"统计口径之内“{table.kind.units.field or UNIT}”里不同的单位数"
    )
    numbers["dropped"] = Figure("dropped", "去向不明", len(lost), "上期有、本期没有交代的行", lost)
    return numbers


def _rule_of(selection: Selection) -> str:
    """Which rows a class or list of the kind takes, in Chinese."""
    conditions = [f"“{name}”为" + "或".join(values) for name, values in selection.where.items()]
    conditions += ["属于" + "、".join(selection.within)] if selection.within else []
    conditions += ["不属于" + "、".join(selection.without)] if selection.without else []
    taken = f"，取前{selection.take}项" if selection.take else ""
    return "、".join(selection.of) + ("中" + "且".join(conditions) + "的" if conditions else "") + taken


def _figure(id_: str, choice: Choice) -> Figure:
    return Figure(id_, choice.name, choice.count, choice.rule, choice.rows, choice.constant)


def _unique(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple({row.place: row for row in rows}.values())


def _sorted(rows: Sequence[Row], order: str) -> tuple[Row, ...]:
    """The rows by a field (`-`: falling), numbers by their value; rows without a number last, ties as in the ledger."""
    name, down = order.lstrip("-"), order.startswith("-")
    having = [r for r in rows if isinstance(r.cells.get(name), Decimal)]
    if not having:
        return tuple(sorted(rows, key=lambda r: r.get(name), reverse=down))
    having.sort(key=lambda r: Decimal(str(r.cells[name])), reverse=down)
    return (*having, *(r for r in rows if not isinstance(r.cells.get(name), Decimal)))


def _moves(changes: Changes) -> tuple[Move, ...]:
    """The changes of labels. To send nothing is none, nor is to be heard of again: no state is known then."""
    moved: dict[tuple[str, str], list[Pair]] = {}
    for pair in changes.pairs:
        silent = State.UNREPORTED in (pair.prior.state, pair.current.state)
        if pair.prior.label != pair.current.label and not silent:
            moved.setdefault((pair.prior.label, pair.current.label), []).append(pair)
    return tuple(Move(before, after, tuple(pairs)) for (before, after), pairs in moved.items())


def _partition_problems(figures: Figures, kind: Kind) -> Iterable[Problem]:
    """A note where the printed classes do not add up to the total: offices nest classes or leave some unprinted.

    Classes made of labels lack what was closed before the first ledger; that is no fault of theirs.
    """
    unknown = any(not row.label for row in figures.choices["全部"].rows)  # told of as rows without a status
    if unknown or not any(s.printed for s in kind.classes):
        return
    total, parts = figures.choices["全部"].count, sum(c.count for c in figures.classes.values())
    if parts not in (total, total - figures.choices["全部"].constant):
        names = "、".join(f"{c.name}{c.count}" for c in figures.classes.values())
        message = f"印出的各类（{names}）相加为{parts}，与全部{total}不等"
        fix = "若各类本来就有包含或不印的，可不管；否则核对 kind.yaml 的 classes 和台账的状态列"
        yield Problem(Level.NOTE, "classes", message, fix)

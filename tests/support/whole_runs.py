"""What the whole run made of a month: from two workbooks to figures.json, compared with the truth.

A month is right without a question, right after questions that were needed, stopped needlessly, wrong without a word,
or refused because the program could not read what an office wrote.
"""

from __future__ import annotations

import contextlib
import io
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zlib import crc32

from tests.support.folders import TEMPLATES
from tests.support.judged import NEEDED, RIGHT, SILENT, STOP
from tests.support.months import GENERATORS, Habits, habits, month
from tests.support.office import Office
from tests.support.simulator import Step
from tests.support.whole_months import KINDS, Facts, Layout, Writer, facts_of, later, layout
from tongbao.config.kind_file import load_kind
from tongbao.excel import sheets
from tongbao.matching.answers import HEADER, Mark, Verdict
from tongbao.matching.kept_answers import keep_answers
from tongbao.model import ANSWERS_FILE, Row, State

REFUSED = "refused"
NAMED = ("meeting-decisions", "key-projects")
VERDICTS = (RIGHT, NEEDED, STOP, SILENT, REFUSED)
NAME, TITLE = "月报", "关于重点工作办理情况的通报"
# What stops a month until it is answered; a total that fell goes along with rows that are gone.
ASKING = {"undecided", "unaccounted", "total_fell_unexplained"}
# The list of a kind that holds what lagged last month and lags still.
STILL_LAGGING = {
    "annual-tasks": "仍然滞后的",
    "key-projects": "仍未达序时",
    "rectification": "上期滞后仍滞后",
    "standing-meeting": "仍然缓慢的",
    "work-report": "上期滞后仍滞后",
}


@dataclass
class Month:
    """A month of an office: what happened, how it is laid out, by which kind its circular is made."""

    step: Step
    how: Habits
    kind: str
    layouts: tuple[Layout, Layout]
    facts: tuple[list[Facts], list[Facts]]
    rng: random.Random


@dataclass
class Told:
    """The verdict, and why: errors that are no questions, figures that differ (true, found), rows asked in vain."""

    verdict: str
    ordinary: bool
    errors: list[str] = field(default_factory=list)
    differ: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    asked: list[Row] = field(default_factory=list)


def made(generator: str, seed: int, **given: Any) -> Month:
    """The month of that number; its step is that of the trials of the matcher, or the next that can be told apart."""
    rng = random.Random(crc32(f"{generator} {seed}".encode()))
    how = habits(rng, **given)
    step = month(GENERATORS[generator](rng), how, rng)
    step = _with_merged_tasks(step)
    if _has_doubles(step):
        return made(generator, seed + 1000, **given)
    rng = random.Random(crc32(f"{generator} {seed} layout".encode()))
    drawn = layout(rng)
    kind = KINDS[generator][seed % len(KINDS[generator])]
    if any(row.get("名称") for row in step.prior.rows) and kind not in NAMED:
        kind = NAMED[0]  # an office whose tasks go by names of projects has a circular that knows them
    if kind == "key-projects":
        step = _with_named_parts(step)
    return Month(step, how, kind, (drawn, later(drawn, rng)), facts_of(step, rng), rng)


def _with_merged_tasks(step: Step) -> Step:
    """The month with one wording for all sub-rows of a task: who rewrites a merged cell rewrites it for all of them."""
    rows = [*step.current.rows, *step.current.closed]
    worded: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for i, j in sorted(step.truth.pairs.items()):
        before = step.prior.rows[i]
        task = (before.no, before.text, before.section)
        rows[j] = replace(rows[j], text=worded.setdefault(task, rows[j].text)) if before.no else rows[j]
    count = len(step.current.rows)
    return replace(step, current=replace(step.current, rows=tuple(rows[:count]), closed=tuple(rows[count:])))


def _with_named_parts(step: Step) -> Step:
    """The month with names of their own for the parts of a project: in a list of projects the name is all there is."""
    rows = [*step.current.rows, *step.current.closed]
    for parts in step.truth.split.values():
        for j, part in zip(parts, ("东段", "西段"), strict=False):
            rows[j] = replace(rows[j], cells={**rows[j].cells, "名称": f"{rows[j].get('名称')}{part}"})
    count = len(step.current.rows)
    return replace(step, current=replace(step.current, rows=tuple(rows[:count]), closed=tuple(rows[count:])))


def _has_doubles(step: Step) -> bool:
    """Came two new rows that nobody could tell apart, one of them finished?"""
    rows = (*step.current.rows, *step.current.closed)
    new = {(rows[j].text, rows[j].get("名称"), rows[j].units, rows[j].done) for j in step.truth.added}
    return any((*alike, not done) in new for *alike, done in new)


def examined(one: Month) -> Told:
    """The run of a month, judged."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        return _Trial(one, Path(folder)).told()


class _Trial:
    """One month of one office in a folder of its own."""

    def __init__(self, one: Month, folder: Path) -> None:
        self.one, self.step = one, one.step
        kind = load_kind(TEMPLATES, one.kind)
        writer = Writer(kind, one.layouts[0], one.rng, one.step, one.how.numbers)
        self.office = Office(folder, writer.settings(NAME, TITLE))
        self.ledgers = folder / "input" / NAME
        self.ledgers.mkdir(parents=True)
        title = "云溪县重点工作台账（2022年{}月）"
        prior, current = self.step.prior.rows, self.step.current
        data, self.priors = writer.book(title.format(1), prior, (), one.facts[0], {})
        (self.ledgers / "台账2022-01.xlsx").write_bytes(data)
        writer.drawn = one.layouts[1]
        before = {j: prior[i] for j, i in _origins(self.step).items()}
        data, self.currents = writer.book(title.format(2), current.rows, current.closed, one.facts[1], before)
        (self.ledgers / "台账2022-02.xlsx").write_bytes(data)

    def told(self) -> Told:
        record, ordinary, asked = self._run(), self.one.how.ordinary, list[int]()
        # An answer may lead to another question, which the clerk answers too; none is asked twice.
        while stopped := self._stopped(record, asked):
            if isinstance(stopped, Told):
                return stopped
            options = self._options()
            if needless := [i for i in stopped if not self._is_needed(i, options.get(i, set()))]:
                return Told(STOP, ordinary, asked=[self.step.prior.rows[i] for i in needless])
            asked += stopped
            self._answer(record, asked)
            record = self._run()
        differ = self._differ(record)
        return Told(SILENT if differ else NEEDED if asked else RIGHT, ordinary, differ=differ)

    def _stopped(self, record: Mapping[str, Any], asked: Sequence[int]) -> Told | list[int]:
        """The prior rows that a run asks about, but for those answered; where it cannot go on, the verdict."""
        errors = [p for p in record["problems"] if p["level"] == "error"]
        if others := [p for p in errors if p["code"] not in ASKING]:
            told = [f"{p['code']} {p['cell']}: {p['message'][:120]}" for p in others]
            return Told(REFUSED, self.one.how.ordinary, told)
        found = (self._prior(p["sheet"], p["cell"]) for p in errors)
        return [i for i in dict.fromkeys(found) if i is not None and i not in asked]

    def _run(self) -> Mapping[str, Any]:
        self.office.run("-p", "2022-02")
        return self.office.record("2022-02", NAME)

    # Questions ---------------------------------------------------------------------------------

    def _prior(self, sheet: str, cell: str) -> int | None:
        row = int("".join(filter(str.isdecimal, cell)) or 0)
        return next((i for i, place in self.priors.items() if place == (sheet, row)), None)

    def _options(self) -> dict[int, set[int]]:
        """The candidates of the questions, as 对应关系.xlsx lists them."""
        book, _ = sheets.open_book(self.ledgers / ANSWERS_FILE)
        assert book is not None
        head, *lines = book.sheets[0].texts()
        found: dict[int, set[int]] = {}
        for line in lines:
            cells = dict(zip(head, line, strict=False))
            i = next((i for i, place in self.priors.items() if "{}!{}".format(*place) == cells["上期行"]), None)
            j = next((j for j, place in self.currents.items() if "{}!{}".format(*place) == cells["本期行"]), None)
            if i is not None and j is not None:
                found.setdefault(i, set()).add(j)
        return found

    def _is_needed(self, i: int, options: set[int]) -> bool:
        """Did the row truly vanish, or may a new row beside it be a part of it?"""
        row, truth = self.step.prior.rows[i], self.step.truth
        if i not in truth.pairs:
            return row.is_open or i in truth.split or i in truth.merged
        rows = (*self.step.current.rows, *self.step.current.closed)
        if rows[truth.pairs[i]].text == row.text or truth.pairs[i] not in options:
            return False
        beside = (rows[j] for j in options & truth.added)
        return any(set(r.units) & set(row.units) and r.get("名称") == row.get("名称") for r in beside)

    def _answer(self, record: Mapping[str, Any], rows: list[int]) -> None:
        """The clerk answers each question by the truth, naming the lines."""
        periods = [record["prior"]["label"], record["period"]["label"]]
        lines = [
            [*periods, *Mark("{}!{}".format(*self.priors[i])).cells, *self._mark(j).cells, "", str(verdict), reason]
            for i in dict.fromkeys(rows)
            for verdict, j, reason in self._truth(i)
        ]
        keep_answers(self.ledgers, [list(HEADER), *lines])

    def _mark(self, j: int | None) -> Mark:
        return Mark() if j is None else Mark("{}!{}".format(*self.currents[j]))

    def _truth(self, i: int) -> Iterator[tuple[Verdict, int | None, str]]:
        truth = self.step.truth
        if i in truth.pairs:
            yield Verdict.SAME, truth.pairs[i], ""
        elif i in truth.merged:
            yield Verdict.MERGED, truth.merged[i], ""
        elif i in truth.split:
            yield from ((Verdict.SPLIT, j, "") for j in truth.split[i])
        else:
            yield Verdict.WITHDRAWN, None, "不再办理"

    # Figures -----------------------------------------------------------------------------------

    def _differ(self, record: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        if not record["issued"]:
            codes = [p["code"] for p in record["problems"] if p["level"] == "error"]
            return {"issued": (True, codes)}
        found = dict(record["figures"])
        still = STILL_LAGGING.get(self.one.kind)
        if still and not self.step.truth.merged:
            found["lasting"] = record["selections"][still]["count"]
        if self.one.kind == "key-projects":
            found["计划投资"] = Decimal(record["measures"]["计划投资"])
        true = true_figures(self.step, self.one.layouts[0].opening, self.one.facts)
        return {id_: (value, found[id_]) for id_, value in true.items() if id_ in found and found[id_] != value}


def true_figures(step: Step, opening: int, facts: tuple[list[Facts], list[Facts]]) -> dict[str, Any]:
    """The figures that the truth gives, counted from the rows alone."""
    prior, truth = step.prior.rows, step.truth
    rows = (*step.current.rows, *step.current.closed)
    origin = _origins(step)
    was_done = {j: prior[i].done for j, i in origin.items()}
    carried = set(origin.values())
    left = [i for i, row in enumerate(prior) if row.done and i not in carried]
    before = [j for j, row in enumerate(rows) if row.done and was_done.get(j)]
    newly = [j for j, row in enumerate(rows) if row.done and not was_done.get(j)]
    going_on = [j for j, row in enumerate(rows) if not row.done]
    lagging = [j for j in going_on if rows[j].state is State.LAGGING]
    plan = sum((facts[1][j].plan for j in range(len(rows))), Decimal()) + sum(
        (facts[0][i].plan for i in left), Decimal()
    )
    return {
        "total": opening + len(rows) + len(left),
        "closed_before": opening + len(before) + len(left),
        "newly_completed": len(newly),
        "open": len(going_on),
        "added": len(truth.added),
        "reopened": sum(bool(was_done.get(j)) for j in going_on),
        "lagging": len(lagging),
        "lasting": sum(
            j in origin and prior[origin[j]].state is State.LAGGING and not prior[origin[j]].done for j in lagging
        ),
        "withdrawn": sum(row.is_open for i, row in enumerate(prior) if i in truth.dropped),
        "dropped": 0,
        "计划投资": plan,
    }


def _origins(step: Step) -> dict[int, int]:
    """The prior row of each current one; of several that became one, one that was open."""
    found = {j: i for i, j in step.truth.pairs.items()} | {j: i for i, parts in step.truth.split.items() for j in parts}
    for i, j in sorted(step.truth.merged.items(), key=lambda m: step.prior.rows[m[0]].done):
        found.setdefault(j, i)
    return found

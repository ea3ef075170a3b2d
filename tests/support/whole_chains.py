"""Eight months of an office through the whole run: each ledger filled in by hand, or in the one that `next` prepared."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.chains import labelled
from tests.support.drawing import saved
from tests.support.folders import TEMPLATES
from tests.support.months import GENERATORS, habits, month
from tests.support.office import Office, command
from tests.support.simulator import Step, ledger_of
from tests.support.simulator import Truth as Nothing
from tests.support.whole_months import Facts, Layout, Writer, fact
from tongbao.config.kind_file import load_kind
from tongbao.matching.answers import HEADER, Mark, Verdict
from tongbao.matching.kept_answers import keep_answers
from tongbao.model import TASK, Row, State

NAME = "月报"
PLAIN = Layout(
    titles=1, headings="merged", header_rows=1, blank_first=False, blank_between=False, broken=False, wrapped=True,
    legend="", sheet="台账", extra_sheets=False, total_row=False, repeated_header=False, closed_sheet="销号",
    closed_is_short=False, merged_people=False, own_words=False, own_headers=False, leaves_empty=False, restarted=False,
    numbers_as_text=False, roster=True, opening=0,
)  # fmt: skip


def token(number: int) -> str:
    return f"2024-{number:02d}"


@dataclass
class Item:
    """An item: the row that says what it is now, its facts, the months in which it came and was finished."""

    row: Row
    facts: Facts
    came: int
    done: int = 0


@dataclass
class Truth:
    """Of a month: what was finished before, what in it, what goes on, what came."""

    items: list[Item] = field(default_factory=list)

    def figures(self, number: int) -> dict[str, int]:
        """By the ids of figures.json."""
        here = [item for item in self.items if item.came <= number]
        before = [item for item in here if item.done and item.done < number]
        now = [item for item in here if item.done == number]
        return {
            "total": len(here),
            "closed_before": len(before),
            "newly_completed": len(now),
            "completed": len(before) + len(now),
            "open": len(here) - len(before) - len(now),
            "lagging": sum(item.row.is_lagging for item in here if not item.done or item.done > number),
            "added": sum(item.came == number for item in here),
            "reopened": 0,
            "dropped": 0,
        }


class OfficeOfYear:
    """An office whose ledgers are made month by month. `prepared`: by `next`; else typed, with finished rows left out."""

    def __init__(self, folder: Path, kind_id: str, generator: str, seed: int, *, prepared: bool) -> None:
        self.rng = random.Random(f"{kind_id} {generator} {seed}")
        self.prepared, self.truth = prepared, Truth()
        self.kind = load_kind(TEMPLATES, kind_id)
        first = labelled(GENERATORS[generator](self.rng), 1)
        self.writer = Writer(self.kind, PLAIN, self.rng, Step(first, first, Nothing(), ""), "kept")
        # In one step: what waits for acceptance would stand in the prepared ledger a month longer.
        self.writer.words[State.DONE] = [one.name for one in self.kind.labels if one.state is State.DONE]
        self.office = Office(folder, self.writer.settings(NAME, "关于重点工作办理情况的通报"))
        self.ledgers = folder / "input" / NAME
        self.ledgers.mkdir(parents=True)
        self.answers: list[list[str]] = []
        self.standing = [Item(row, fact(self.rng), 1, int(row.done)) for row in first.rows]
        self.truth.items += self.standing
        self.used = {self._words(row) for row in first.rows}
        self.lines = self._type(1)

    def months(self, count: int = 8) -> Iterator[int]:
        """The months from the second on, each when its ledger has been filled in."""
        for number in range(2, count + 1):
            before, lines = [item for item in self.standing if not item.done], self.lines
            self._live(number, before)
            if self.prepared:
                assert command(self.office, "next", "-p", token(number)) == 0
                self.lines = self._fill_in(number, len(before))
            else:
                self.lines = self._type(number)
            self.before = {id(item): lines[id(item)] for item in before}
            yield number

    def run(self, number: int) -> Mapping[str, Any]:
        """The figures.json of the month; what the program asks is answered by the truth."""
        if self.office.run("-p", token(number)) != 0:
            record = self.office.record(token(number), NAME)
            asked = {
                (p["sheet"], int("".join(filter(str.isdecimal, p["cell"]))))
                for p in record["problems"]
                if p["level"] == "error" and p["cell"]
            }
            for known, line in self.before.items():
                if line in asked:
                    periods = [record["prior"]["label"], record["period"]["label"]]
                    marks = [*Mark("{}!{}".format(*line)).cells, *Mark("{}!{}".format(*self.lines[known])).cells]
                    self.answers.append([*periods, *marks, "", str(Verdict.SAME), ""])
            keep_answers(self.ledgers, [list(HEADER), *self.answers])
            self.office.run("-p", token(number))
        return self.office.record(token(number), NAME)

    def _words(self, row: Row) -> tuple[object, ...]:
        """What a ledger of this kind tells an item by."""
        named = any(column.field == "名称" for column in self.kind.columns) or self.kind.id == "key-projects"
        return row.text, row.get("名称") if named else "", row.units

    # What happens ------------------------------------------------------------------------------

    def _live(self, number: int, before: list[Item]) -> None:
        """What goes on is as another hand writes it a month later; what is finished stays so; some items come."""
        ledger = ledger_of([item.row for item in before], date(2024, number, 28).isoformat())
        how = replace(
            habits(self.rng, ids="", ordinary=True, numbers="kept"), finished="kept", shuffled=False, pasted=False
        )
        step = month(ledger, how, self.rng)
        origin = {j: before[i] for i, j in step.truth.pairs.items()}
        self.standing = []
        for j, row in enumerate(step.current.rows):
            item = origin.get(j)
            if item is None:
                if self._words(row) in self.used:
                    continue  # nobody could tell it from the item that had these words before
                item = Item(row, fact(self.rng), number)
                self.truth.items.append(item)
            self.used.add(self._words(row))
            item.row, item.done = row, number if row.done else 0
            self.standing.append(item)
        new = [item for item in self.standing if item.came == number]
        self.standing = [*(item for item in self.standing if item.came < number), *new]

    # The workbooks -----------------------------------------------------------------------------

    def _path(self, number: int) -> Path:
        return self.ledgers / f"台账{token(number)}.xlsx"

    def _type(self, number: int) -> dict[int, tuple[str, int]]:
        rows, facts = [item.row for item in self.standing], [item.facts for item in self.standing]
        data, places = self.writer.book(f"云溪县重点工作台账（2024年{number}月）", rows, (), facts, {})
        self._path(number).write_bytes(data)
        return {id(item): places[n] for n, item in enumerate(self.standing)}

    def _fill_in(self, number: int, going_on: int) -> dict[int, tuple[str, int]]:
        """In the prepared ledger each row that goes on is written over, and what came is written below."""
        book: Workbook = load_workbook(self._path(number))
        sheet = book[PLAIN.sheet]
        column = self._columns(sheet)
        lines = self._lines(sheet, column[TASK])
        assert len(lines) == going_on
        lines += range(lines[-1] + 1, lines[-1] + 1 + len(self.standing) - going_on)
        for item, line in zip(self.standing, lines, strict=True):
            for one in self.writer.columns:
                if one.field in column and (item.came == number or one.field != "序号"):
                    value = self.writer.typed(
                        one, item.row, str(self.truth.items.index(item) + 1), item.facts, empty=False
                    )
                    sheet.cell(line, column[one.field]).value = value
            for header, said in self.writer.own.items():
                sheet.cell(line, column[header]).value = said(item.row)
        self._path(number).write_bytes(saved(book))
        return {id(item): (sheet.title, line) for item, line in zip(self.standing, lines, strict=True)}

    def _columns(self, sheet: Worksheet) -> dict[str, int]:
        top = self._top(sheet)
        named = {str(cell.value): cell.column for cell in sheet[top] if cell.value}
        found = {name: named[header] for name, header in self.writer.headers.items() if header in named}
        return found | {header: named[header] for header in self.writer.own}

    def _top(self, sheet: Worksheet) -> int:
        header = self.writer.headers[TASK]
        return next(r for r in range(1, 9) if any(cell.value == header for cell in sheet[r]))

    def _lines(self, sheet: Worksheet, column: int) -> list[int]:
        below = range(self._top(sheet) + 1, sheet.max_row + 1)
        return [r for r in below if sheet.cell(r, column).value]

"""An office through an invented year: its ledgers as workbooks of a kind, filled in by habit, and the runs of its months."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.support.office import Office, command
from tests.support.year import DONE, GONE, LATE, OPEN, UNITS, Item, Year
from tongbao.config.kinds import ColumnType, Kind
from tongbao.matching.answers import HEADER
from tongbao.matching.kept_answers import keep_answers
from tongbao.model import DEADLINE, ID, NO, PROGRESS, REASON, TASK, State

NAME = "试"
# What a clerk fills in anew each month; all other cells of a row stay as they were.
CHANGING = (TASK, DEADLINE, PROGRESS, REASON)


def token(month: int) -> str:
    return f"2025-{month:02d}"


class Supervised:
    """One office: its year, its kind of circular, what it does with finished rows."""

    def __init__(self, folder: Path, kind: Kind, year: Year, habit: str) -> None:
        self.kind, self.year, self.habit = kind, year, habit
        self.office = Office(
            folder,
            f"office: {{name: 云溪县人民政府督查室}}\nunits: [{', '.join(UNITS)}]\n"
            f"reports:\n  - {{name: {NAME}, kind: {kind.id}, title: 关于示例事项办理情况的通报}}\n",
        )
        self.ledgers = folder / "input" / NAME
        self.ledgers.mkdir(parents=True)
        answers = year.given({month: f"2025年{month}月" for month in year.ledgers})
        lines = [[*a.periods, *a.prior.cells, *a.current.cells, "", str(a.verdict), a.reason] for a in answers]
        keep_answers(self.ledgers, [list(HEADER), *lines])
        self.words = {word: _label(kind, word) for word in (OPEN, LATE, DONE, GONE)}

    def run(self, month: int) -> tuple[Mapping[str, Any], str]:
        """The figures.json of a month and the text of its paper, before the annex."""
        assert self.office.run("-p", token(month)) == 0
        return self.office.record(token(month), NAME), self.office.paper(token(month), NAME).split("\n附件\n")[0]

    def fill_in(self, month: int) -> None:
        """The ledger of a month is made and filled in."""
        before = self.year.previous(month)
        if self.habit != "next" or before is None:
            self._path(month).write_bytes(self._typed(month))
        else:
            assert command(self.office, "next", "-p", token(month)) == 0
            self._carried_on(month, before)

    def put_right(self, month: int, right: Year) -> None:
        """In the ledger of a month the statuses that were wrong are corrected, long after it was made."""
        book = load_workbook(self._path(month))
        column, rows = self._rows(book["台账"])
        for item in right.items:
            if item.word(month) is not None and item.months[month].text in rows:
                cell = book["台账"].cell(rows[item.months[month].text], column[self.kind.status.field])
                cell.value = self.words[item.months[month].word]
        book.save(self._path(month))

    # The workbooks -----------------------------------------------------------------------------

    def _path(self, month: int) -> Path:
        return self.ledgers / f"台账{token(month)}.xlsx"

    def _headers(self) -> dict[str, str]:
        """Field → header, each in the first of its names that no other column has."""
        taken: dict[str, str] = {}
        for column in self.kind.columns:
            unwanted = (ColumnType.PEOPLE, *([] if column.field != ID or not self.year.answers else [column.type]))
            if column.type not in unwanted and column.field not in ("备注", "简称"):
                taken[column.field] = next(h for h in column.headers if h not in taken.values())
        return taken

    def _value(self, item: Item, name: str, month: int, number: int) -> Any:
        version = item.months[month]
        changing = {
            ID: version.id,
            NO: number,
            TASK: version.text,
            PROGRESS: version.progress,
            DEADLINE: _due(item, version.due),
            REASON: "政策调整" if version.word == GONE else None,
            self.kind.status.field: self.words[version.word],
        }
        return changing[name] if name in changing else fixed(item, name, self.kind)

    def _typed(self, month: int) -> bytes:
        book, head = Workbook(), self._headers()
        sheet = book.active
        assert sheet is not None
        sheet.title = "台账"
        sheet.append(list(head.values()))
        items, _ = self.year.standing(month, self.habit)
        groups = list(dict.fromkeys(item.group for item in items))
        for item in items:
            sheet.append([self._value(item, name, month, groups.index(item.group) + 1) for name in head])
        data = io.BytesIO()
        book.save(data)
        return data.getvalue()

    def _rows(self, sheet: Any) -> tuple[dict[str, int], dict[str, int]]:
        """The columns by field, and the rows by their task."""
        head = self._headers()
        top = next(row for row in sheet.iter_rows() if any(c.value == head[TASK] for c in row))
        named = {str(c.value): c.column for c in top if c.value}
        column = {name: named[header] for name, header in head.items() if header in named}
        below = range(top[0].row + 1, sheet.max_row + 1)
        return column, {str(text): r for r in below if (text := sheet.cell(r, column[TASK]).value)}

    def _carried_on(self, month: int, before: int) -> None:
        """The ledger that `next` prepared, filled in by hand: lost rows deleted, new and reopened ones written below."""
        book = load_workbook(self._path(month))
        sheet = book["台账"]
        here = {i.months[before].text: i for i in self.year.items if before in i.months and month in i.months}
        for row in sorted((r for text, r in self._rows(sheet)[1].items() if text not in here), reverse=True):
            sheet.delete_rows(row)
        column, rows = self._rows(sheet)
        standing = {id(here[text]): row for text, row in rows.items()}
        numbers = {here[text].group: sheet.cell(row, column[NO]).value for text, row in rows.items()}
        last = max([*rows.values(), 1])
        for item in self.year.standing(month, "delete")[0]:
            new = id(item) not in standing
            last += new
            number = numbers.setdefault(item.group, max([0, *(int(n) for n in numbers.values())]) + 1)
            for name in column if new else [n for n in (*CHANGING, self.kind.status.field) if n in column]:
                at = standing.get(id(item), last)
                sheet.cell(at, column[name]).value = self._value(item, name, month, int(number))
        if "销号" in book.sheetnames:
            closed = self._rows(book["销号"])[1]
            again = [r for text, r in closed.items() if text in here and here[text].word(month) not in (DONE, GONE)]
            for row in sorted(again, reverse=True):
                book["销号"].delete_rows(row)
        book.save(self._path(month))


def fixed(item: Item, name: str, kind: Kind) -> Any:
    """What stands in a column that does not change: units, amounts, the section or group of the item."""
    column = next(column for column in kind.columns if column.field == name)
    if column.type is ColumnType.UNITS:
        return item.unit
    if column.type is ColumnType.AMOUNT:
        return item.number + 0.5
    grouped = name in (*kind.groups, *kind.sections) and name != REASON
    return f"第{'一二三'[(item.group - 1) // 12]}类" if grouped else None


def _due(item: Item, month: int) -> str | None:
    """Every third item has several deadlines in its cell."""
    if not month:
        return None
    due = f"2025年{month}月底前" if month <= 12 else f"2026年{month - 12}月底前"
    return due if item.number % 3 else f"2025年2月底前完成招标，{due}完工"


def _label(kind: Kind, word: str) -> str:
    state = {OPEN: State.ON_TRACK, LATE: State.LAGGING, DONE: State.DONE, GONE: State.SUSPENDED}[word]
    return next(one.name for one in kind.labels if one.state is state and one.withdrawn is (word == GONE))


def sentences(paper: str) -> list[list[str]]:
    """The lines of a paper, each cut at its signs: new rows stand elsewhere in a sheet that `next` prepared, so that
    names and lines may come in another order; and what 第n项 cites is the number in the sheet."""
    cited = r"第[\d、]+项|\d+(?=\.)|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、"
    return sorted(sorted(re.split("[、，；。：（）]", line)) for line in re.sub(cited, "", paper).splitlines())


def months(one: Supervised, checked: tuple[int, ...]) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    """The year of an office: month, figures.json and paper of each month that is checked."""
    for month in one.year.ledgers:
        one.fill_in(month)
        if month in checked:
            yield month, *one.run(month)

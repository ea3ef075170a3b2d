"""Months of `months` as the workbooks of an office: laid out by its habits, with settings of its own.

What a month is about comes from `months`; here it is put on paper. Layouts have what real ones have: titles, blank
columns, headers of two rows, line breaks within names and words, headings merged over the width or written in a column,
one task merged over its sub-rows, legends and totals under the table, a sheet 销号 with fewer columns, statuses left
empty by habit, words of the office's own. An office keeps its layout, and changes a little of it from month to month.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.drawing import saved
from tests.support.months import BODIES, RENAMED
from tests.support.simulator import UNITS, Step
from tongbao.config.kinds import Column, ColumnType, Kind
from tongbao.model import DEADLINE, ID, NO, PROGRESS, TASK, Row, State

# The kinds that an office with months of a generator may make its circulars by.
KINDS = {
    "office": ("annual-tasks", "rectification", "standing-meeting"),
    "project": ("key-projects", "meeting-decisions"),
    "plain": ("rectification", "meeting-decisions", "standing-meeting"),
    "meetings": ("meeting-decisions",),
    "year_tasks": ("annual-tasks",),
    "work_report": ("work-report",),
}
# Words that no kind knows, as an office may write them in its settings.
OWN_WORDS = {State.DONE: "办妥", State.ON_TRACK: "稳步进行", State.LAGGING: "需再加力"}
OWN_HEADERS = {PROGRESS: "本月情况说明", TASK: "任务摘要"}
PLAN, SPENT, TOTAL = "年度计划投资", "累计完成投资", "总投资"


@dataclass(frozen=True)
class Layout:
    """How an office draws its ledger."""

    titles: int  # rows above the header
    headings: str  # merged, single (one cell of the row), column
    header_rows: int
    blank_first: bool
    blank_between: bool
    broken: bool  # line breaks within cells
    wrapped: bool
    legend: str
    sheet: str
    extra_sheets: bool
    total_row: bool
    repeated_header: bool
    closed_sheet: str
    closed_is_short: bool
    merged_people: bool
    own_words: bool
    own_headers: bool
    leaves_empty: bool  # the status of what goes on as it should
    restarted: bool  # numbers begin anew under each heading
    numbers_as_text: bool
    roster: bool
    opening: int


def layout(rng: random.Random) -> Layout:
    """The habits of an office."""
    return Layout(
        titles=rng.choice([0, 1, 1, 2]),
        headings=rng.choice(["merged", "merged", "single", "column"]),
        header_rows=rng.choice([1, 1, 2]),
        blank_first=rng.random() < 0.15,
        blank_between=rng.random() < 0.15,
        broken=rng.random() < 0.4,
        wrapped=rng.random() < 0.6,
        legend=rng.choice(
            ["", "", "注：本表由各牵头单位按月填报，逾期未报的予以通报。", "填表人：周小川    审核人：何立本"]
        ),
        sheet=rng.choice(["台账", "Sheet1", "台账（正式）", "总表"]),
        extra_sheets=rng.random() < 0.25,
        total_row=rng.random() < 0.2,
        repeated_header=rng.random() < 0.15,
        closed_sheet=rng.choice(["销号", "已销号", "销号台账"]),
        closed_is_short=rng.random() < 0.5,
        merged_people=rng.random() < 0.3,
        own_words=rng.random() < 0.25,
        own_headers=rng.random() < 0.2,
        leaves_empty=rng.random() < 0.2,
        restarted=rng.random() < 0.4,
        numbers_as_text=rng.random() < 0.3,
        roster=rng.random() < 0.5,
        opening=rng.choice([0, 0, 7]),
    )


def later(drawn: Layout, rng: random.Random) -> Layout:
    """The same office a month later: something of its layout may have changed."""
    changes: list[dict[str, Any]] = [
        {},
        {},
        {"titles": rng.choice([0, 1, 2])},
        {"blank_between": not drawn.blank_between},
        {"header_rows": 3 - drawn.header_rows},
        {"sheet": rng.choice(["台账", "2月"])},
        {"broken": not drawn.broken},
        {"legend": "说明：1.进展情况填写至月底。2.已办结的移入销号表。"},
        {"numbers_as_text": not drawn.numbers_as_text},
        {"extra_sheets": True},
    ]
    return replace(drawn, **rng.choice(changes))


# ---------------------------------------------------------------------------------------------- what stands in the rows


@dataclass(frozen=True)
class Facts:
    """What a ledger of projects says of an item beside its task."""

    level: str
    nature: str
    plan: Decimal
    spent: Decimal


def facts_of(step: Step, rng: random.Random) -> tuple[list[Facts], list[Facts]]:
    """The facts of the rows of both ledgers: an item keeps its own, parts share them, what was merged adds them up."""
    prior = [fact(rng) for _ in step.prior.rows]
    rows = (*step.current.rows, *step.current.closed)
    now: dict[int, Facts] = {j: fact(rng) for j in range(len(rows))}
    for i, j in step.truth.pairs.items():
        now[j] = replace(prior[i], spent=prior[i].spent + Decimal(rng.randint(0, 9)) / 10)
    for i, parts in step.truth.split.items():
        shares = [prior[i].plan / 2, prior[i].plan - prior[i].plan / 2]
        for share, j in zip(shares, parts, strict=True):
            now[j] = replace(prior[i], plan=share, spent=prior[i].spent / 2)
    for j in set(step.truth.merged.values()):
        whole = [prior[i] for i, k in step.truth.merged.items() if k == j]
        now[j] = replace(
            whole[0], plan=sum((f.plan for f in whole), Decimal()), spent=sum((f.spent for f in whole), Decimal())
        )
    return prior, [now[j] for j in range(len(rows))]


def fact(rng: random.Random) -> Facts:
    level = rng.choice(["省重点", "市重点", "县重点", "县重点", "县重点"])
    return Facts(
        level, rng.choice(["在建", "在建", "前期"]), Decimal(rng.randint(5, 99)) / 10, Decimal(rng.randint(0, 40)) / 10
    )


class Writer:
    """Writes the ledgers of one office. `places` tell afterwards in which line (sheet, row) each row stands."""

    def __init__(self, kind: Kind, drawn: Layout, rng: random.Random, step: Step, how_numbered: str) -> None:
        self.kind, self.drawn, self.rng, self.numbered = kind, drawn, rng, how_numbered
        self.left_empty = True  # of the ledger of last month, as soon as it is written: did it have empty statuses?
        self.all = (*step.prior.rows, *step.current.rows, *step.current.closed)
        self.columns = self._columns()
        self.headers = self._headers()
        self.own = self._own()
        self.words = {state: self._word(state) for state in OWN_WORDS}

    # What the office has -----------------------------------------------------------------------

    def _columns(self) -> list[Column]:
        """The columns that the ledgers of this office have."""
        samples = [self._value(column.field, row, None) for column in self.kind.columns for row in self.all[:1]]
        assert len(samples) == len(self.kind.columns)
        return [c for c in self.kind.columns if c.required or any(self._value(c.field, row, None) for row in self.all)]

    def _own(self) -> dict[str, Callable[[Row], str]]:
        """Columns that the kind does not know, by their headers."""
        declared = {column.field for column in self.kind.columns}
        found: dict[str, Callable[[Row], str]] = {}
        if self.kind.id == "key-projects":
            found["建设内容"] = lambda row: row.text
        if not declared & {"类别", "大类"} and any("类别" in row.others for row in self.all):
            found["任务性质"] = lambda row: row.others.get("类别", "")
        return found

    def _headers(self) -> dict[str, str]:
        """Field → header: one of the names that the kind knows and no other column of this ledger has."""
        taken: dict[str, str] = {}
        first = {c.headers[0] for c in self.columns}
        for column in self.columns:
            free = [h for h in column.headers if h not in taken.values() and (h == column.headers[0] or h not in first)]
            known = [h for h in free if not any(h in o.headers for o in self.kind.columns if o is not column)]
            taken[column.field] = self.rng.choice([free[0], *(known or free)])
            if self.drawn.own_headers and column.field in OWN_HEADERS:
                taken[column.field] = OWN_HEADERS[column.field]
        return taken

    def _word(self, state: State) -> list[str]:
        """The words that this office writes for a state."""
        if self.drawn.own_words:
            return [OWN_WORDS[state]]
        labels = [one for one in self.kind.labels if one.state is state and not one.withdrawn]
        if state is State.DONE and self.rng.random() < 0.3:
            labels += [one for one in self.kind.labels if one.counts_as_done]
        return [self.rng.choice([one.name, one.name, *one.words]) for one in labels]

    def settings(self, name: str, title: str) -> str:
        """The config.yaml of this office."""
        lines = ["office: {name: 云溪县人民政府督查室}"]
        if self.drawn.roster:
            names = dict.fromkeys([*BODIES, *RENAMED.values(), *UNITS, *UNITS.values()])
            lines.append(f"units: [{', '.join(names)}]")
        lines += ["reports:", f"  - name: {name}", f"    kind: {self.kind.id}", f"    title: {title}"]
        if self.drawn.opening:
            lines.append(f"    opening: {{closed: {self.drawn.opening}}}")
        if self.drawn.own_words:
            known = {state: next(o.name for o in self.kind.labels if o.state is state) for state in OWN_WORDS}
            lines.append("    labels: {" + ", ".join(f"{known[s]}: [{word}]" for s, word in OWN_WORDS.items()) + "}")
        if self.drawn.own_headers:
            own = {c.field: OWN_HEADERS[c.field] for c in self.columns if c.field in OWN_HEADERS}
            lines.append("    columns: {" + ", ".join(f"{name}: [{header}]" for name, header in own.items()) + "}")
        return "\n".join(lines) + "\n"

    # The workbook ------------------------------------------------------------------------------

    def book(
        self, title: str, rows: Sequence[Row], closed: Sequence[Row], facts: Sequence[Facts], before: Mapping[int, Row]
    ) -> tuple[bytes, dict[int, tuple[str, int]]]:
        """A workbook, and where its rows stand: those of the sheet 销号 after those of the ledger.

        `before`: the row of last month by the number of the one that carries it on.
        """
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = self.drawn.sheet
        places: dict[int, tuple[str, int]] = {}
        empty: dict[int, bool] = {}
        table = _Table(self, sheet, self.columns)
        top = table.begin(title)
        numbers = self._numbers(rows)
        section: tuple[str, ...] = ()
        for n, row in enumerate(rows):
            if self.drawn.headings != "column" or not self._sections():
                section = table.headings(section, row.section)
            if self.drawn.repeated_header and n and n % 25 == 0:
                table.header()
            places[n] = (sheet.title, table.at)
            empty[n] = self._is_empty(row, before.get(n))
            table.line(row, numbers[n], facts[n], empty[n])
        self.left_empty = any(empty.values())
        table.merge_shared(rows, [places[n][1] for n in range(len(rows))])
        table.finish(len(rows), top)
        if closed:
            places |= self._closed(book, rows, closed, facts)
        if self.drawn.extra_sheets:
            book.create_sheet("填报说明").append(["本表每月25日前报送。"])
            book.create_sheet("Sheet9")
        return saved(book), places

    def _closed(
        self, book: Workbook, rows: Sequence[Row], closed: Sequence[Row], facts: Sequence[Facts]
    ) -> dict[int, tuple[str, int]]:
        sheet = book.create_sheet(self.drawn.closed_sheet)
        people = (ColumnType.PEOPLE, ColumnType.DEADLINE)
        short = (
            [c for c in self.columns if c.required or c.type not in people]
            if self.drawn.closed_is_short
            else self.columns
        )
        table = _Table(self, sheet, short)
        table.header()
        places = {}
        for n, row in enumerate(closed, len(rows)):
            places[n] = (sheet.title, table.at)
            table.line(row, row.no, facts[n], empty=False)
        return places

    def _sections(self) -> bool:
        """Has the kind a column for the headings?"""
        return any(c.field in self.kind.sections for c in self.kind.columns)

    def _numbers(self, rows: Sequence[Row]) -> list[str]:
        """The numbers as the office writes them: rows of one task share theirs."""
        if self.numbered != "renumbered":
            return [row.no for row in rows]
        found: list[str] = []
        count = 0
        for n, row in enumerate(rows):
            if n and self.drawn.restarted and row.section != rows[n - 1].section:
                count = 0
            count += not (n and count and self.shares(rows[n - 1], row))
            found.append(str(count))
        return found

    def shares(self, one: Row, other: Row) -> bool:
        """Do two neighbouring rows stand under one merged task?"""
        return self._fills(TASK) and (one.text, one.section) == (other.text, other.section)

    def _fills(self, field: str) -> bool:
        return any(c.field == field and c.fill for c in self.kind.columns)

    def _is_empty(self, row: Row, before: Row | None) -> bool:
        """Is the status left empty? Not where an empty one would say nothing new, or that a day has passed.

        Nor where last month's ledger had none: nobody could know then that it is a habit, and not a row left out.
        """
        default = any(one.default for one in self.kind.labels)
        news = before is None or row.get(PROGRESS) != before.get(PROGRESS) or before.state is State.ON_TRACK
        return (
            self.drawn.leaves_empty
            and self.left_empty
            and default
            and row.state is State.ON_TRACK
            and news
            and not self._has_day(row)
        )

    def _has_day(self, row: Row) -> bool:
        """May the day be past by which the row was due: has it one, or was it decided in an earlier year?"""
        of_last_year = any("2021年" in heading for heading in row.section)
        return row.get("时限") not in ("", "长期") and (of_last_year or row.get("时限") != "年底前")

    def _value(self, field: str, row: Row, facts: Facts | None) -> Any:
        """What a row has for a field of the kind, before it is typed."""
        people = str(row.get("分管领导") or "")
        kept = {
            ID: row.id,
            NO: row.no,
            TASK: row.get("名称") if self.kind.id == "key-projects" else row.text,
            "名称": row.get("名称"),
            "领导": people,
            "责任人": row.get("责任人"),
            "责任单位": row.units,
            "承办单位": (row.get("承办单位"),) if row.get("承办单位") else row.units,
            DEADLINE: row.get("时限"),
            PROGRESS: row.get(PROGRESS),
            "大类": row.others.get("类别"),
            "类别": row.others.get("类别"),
            TOTAL: row.others.get(TOTAL),
            "措施": row.text if self.kind.id == "key-projects" else None,
            "级别": facts.level if facts else "x",
            "建设性质": facts.nature if facts else "x",
            PLAN: facts.plan if facts else "x",
            SPENT: facts.spent if facts else "x",
        }
        if field in self.kind.sections and self.drawn.headings == "column":
            return row.section[-1] if row.section and field == self.kind.sections[-1] else None
        return kept.get(field)

    def typed(self, column: Column, row: Row, number: str, facts: Facts, empty: bool) -> Any:
        """What the clerk types."""
        value = self._value(column.field, row, facts)
        if column.field == NO:
            return number if self.drawn.numbers_as_text or not number.isdecimal() else int(number)
        if column.type is ColumnType.STATUS:
            word = "" if empty else self.rng.choice(self.words[State.DONE if row.done else row.state])
            return self._broken(word) if len(word) > 4 else word or None
        if column.type is ColumnType.UNITS:
            return ("\n" if self.drawn.broken else "、").join(value or ())
        if column.type is ColumnType.AMOUNT:
            return None if value is None else float(value) / 10000 if column.field == TOTAL else float(value)
        if column.field in (TASK, "名称") and self.drawn.broken:
            return self._broken(str(value or ""))
        return value or None

    def _broken(self, words: str) -> str:
        """Words in a narrow column, broken by hand."""
        if not self.drawn.broken or len(words) < 5 or self.rng.random() < 0.6:
            return words
        at = self.rng.randint(2, len(words) - 2)
        inside_number = words[at - 1].isdecimal() and words[at].isdecimal()
        return words if inside_number else f"{words[:at]}\n{words[at:]}"


class _Table:
    """One sheet while it is drawn; `at` is the next free row."""

    def __init__(self, writer: Writer, sheet: Worksheet, columns: Sequence[Column]) -> None:
        self.writer, self.sheet, self.at = writer, sheet, 1
        drawn = writer.drawn
        shift = 2 if drawn.blank_first else 1
        gap = len(columns) // 2 if drawn.blank_between else len(columns)
        self.column = {c.field: n + shift + (n >= gap) for n, c in enumerate(columns)}
        self.columns = columns
        self.own = {header: max(self.column.values()) + n for n, header in enumerate(writer.own, 1)}
        self.last = max(self.column.values()) + len(self.own)

    @property
    def first(self) -> int:
        return min(self.column.values())

    def begin(self, title: str) -> int:
        """The titles and the header; gives the first row below."""
        for words in [title, "填报单位：云溪县人民政府督查室"][: self.writer.drawn.titles]:
            self.across(words)
        if self.writer.drawn.header_rows == 2:
            self.two_row_header()
        else:
            self.header()
        return self.at

    def across(self, words: str, *, merged: bool = True) -> None:
        self.sheet.cell(self.at, self.first, words)
        if merged:
            self.sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=self.first, end_column=self.last)
        self.at += 1

    def names(self) -> dict[int, str]:
        named = {self.column[c.field]: self.writer.headers[c.field] for c in self.columns}
        named = {c: h[:2] + "\n" + h[2:] if self.writer.drawn.broken and len(h) == 4 else h for c, h in named.items()}
        return named | {column: header for header, column in self.own.items()}

    def header(self) -> None:
        for column, name in self.names().items():
            self.sheet.cell(self.at, column, name)
        self.at += 1

    def two_row_header(self) -> None:
        """Two neighbouring columns under one name; the others are merged over both rows."""
        names = self.names()
        fields = [c.field for c in self.columns]
        pair = next(((a, b) for a, b in pairwise(fields) if self._grouped(a, b)), None)
        for column, name in names.items():
            below = bool(pair) and column in (self.column[pair[0]], self.column[pair[1]]) if pair else False
            self.sheet.cell(self.at + below, column, name)
            if not below:
                self.sheet.merge_cells(start_row=self.at, end_row=self.at + 1, start_column=column, end_column=column)
        if pair:
            left, right = self.column[pair[0]], self.column[pair[1]]
            self.sheet.cell(self.at, left, "责任落实")
            self.sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=left, end_column=right)
        self.at += 2

    def _grouped(self, a: str, b: str) -> bool:
        kinds = {c.field: c.type for c in self.columns}
        wanted = (ColumnType.PEOPLE, ColumnType.UNITS)
        return kinds[a] in wanted and kinds[b] in wanted and self.column[b] == self.column[a] + 1

    def headings(self, before: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
        """A row for each heading that begins here."""
        same = 0
        while same < min(len(before), len(now)) and before[same] == now[same]:
            same += 1
        for words in now[same:]:
            self.across(words, merged=self.writer.drawn.headings != "single")
        return now

    def line(self, row: Row, number: str, facts: Facts, empty: bool) -> None:
        for column in self.columns:
            cell = self.sheet.cell(self.at, self.column[column.field])
            cell.value = self.writer.typed(column, row, number, facts, empty)
            if self.writer.drawn.wrapped:
                cell.alignment = Alignment(wrap_text=True, vertical="center")
        for header, at in self.own.items():
            self.sheet.cell(self.at, at, self.writer.own[header](row) or None)
        self.at += 1

    def merge_shared(self, rows: Sequence[Row], lines: Sequence[int]) -> None:
        """Number and task of sub-rows become one cell, and where it is the habit the leaders that follow each other."""
        fields = [c for c in self.columns if c.fill and c.field in (NO, TASK)]
        groups = _runs(rows, lines, self.writer.shares)
        for column in fields:
            for first, last in groups:
                self._merge(column.field, first, last)
        if self.writer.drawn.merged_people:
            for column in (c for c in self.columns if c.fill and c.type is ColumnType.PEOPLE):
                same = _runs(
                    rows, lines, lambda a, b: a.get("分管领导") == b.get("分管领导") and a.section == b.section
                )
                for first, last in same if column.field == "领导" else ():
                    self._merge(column.field, first, last)

    def _merge(self, field: str, first: int, last: int) -> None:
        column = self.column[field]
        for row in range(first + 1, last + 1):
            self.sheet.cell(row, column).value = None
        self.sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)

    def finish(self, count: int, top: int) -> None:
        drawn = self.writer.drawn
        if drawn.total_row:
            self.sheet.cell(self.at, self.first, "合计")
            self.sheet.cell(self.at, self.column[TASK] if self.column[TASK] > self.first else self.last, f"{count}项")
            self.at += 1
        if drawn.legend:
            self.across(drawn.legend)
        self.sheet.freeze_panes = f"A{top}"


def _runs(rows: Sequence[Row], lines: Sequence[int], same: Any) -> list[tuple[int, int]]:
    """First and last line of the rows that follow each other and are the same, where they are more than one."""
    marks, mark = [], 0
    for n in range(len(rows)):
        mark += not (n and lines[n] == lines[n - 1] + 1 and same(rows[n - 1], rows[n]))
        marks.append(mark)
    groups = [[lines[n] for n in group] for _, group in groupby(range(len(rows)), marks.__getitem__)]
    return [(group[0], group[-1]) for group in groups if len(group) > 1]

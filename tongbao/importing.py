"""Bringing an old circular, or a ledger of another layout, in as a ledger of ours.

The table goes through the same reading as every ledger, so the same rules find the same problems. The ledger that is
written is read back: what it says must be what was read on the way in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tongbao import annex, headers, ledger, sheets
from tongbao import paper as papers
from tongbao.annex import Grid, Part
from tongbao.claims import Segment, read_claims
from tongbao.deliver import write_whole
from tongbao.foreign import understood
from tongbao.grid import Book, Sheet, text_of
from tongbao.importbook import finished, ranges
from tongbao.intake import Job, ledgers_in, roster_of
from tongbao.kinds import Kind
from tongbao.model import ID, Label, Ledger, Level, Period, Place, Problem, Refusal, Row, State
from tongbao.newbook import SHEET, new_ledger
from tongbao.paper import Paper
from tongbao.periods import cell_date, parse_period
from tongbao.story import BODY
from tongbao.succession import assign_ids
from tongbao.text import key, one_line
from tongbao.units import Roster

_CLOSED = ("销号", "办结")
_COUNTED = {"项", "件", "个"}
_NEWLY = "新增"
_TITLE = re.compile(r"^.{4,60}(?:台账|一览表|情况表|清单)(?:[（(].*[）)])?$")


@dataclass(frozen=True, slots=True)
class Imported:
    """A ledger that was brought in, where it lies, what to say about it on the screen, and its problems."""

    path: Path
    told: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """The file to bring in: its tables, and for a Word file its text."""

    file: str
    grids: tuple[Grid, ...]
    paper: Paper | None = None
    epoch1904: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """The tables of a source that fit a report, and the fields that were told by their content."""

    job: Job
    kind: Kind
    parts: tuple[Part, ...]
    guessed: Mapping[str, str] = field(default_factory=dict)


def bring_in(file: Path, jobs: Sequence[Job]) -> Imported:
    """Writes the first ledger of the report that the file fits, under a new name beside its ledgers.

    Raises Refusal where the file cannot be read, fits no report (or several), says no period, or where a ledger of
    that period is there already.
    """
    source = _open(file)
    found = _fitting(source, jobs)
    period, told_by = _period(source, found)
    target = _target(found.job, period)
    roster, problems = roster_of(found.job.settings)
    sheet, doubts = annex.assembled(found.parts, found.kind)
    read, said = _read(found, Book(file.name, (sheet,), source.epoch1904), period, roster)
    if read is None:
        raise Refusal(*said)
    made = _make(found, read, sheet, period, roster, target.name)
    everything = [
        *problems,
        *_left_out(source, found),
        *map(made.moved, (*doubts, *_whole_lines(said, sheet))),
        *made.differences(),
    ]
    claims = list(_claims(source.paper, read, found.kind)) if source.paper else []
    everything += [claim.problem(made.file) for claim in claims if not claim.holds]
    write_whole(target, made.finished(everything, f"由“{file.name}”导入，{period.label}"))
    told = [f"期次：{period.label}（{told_by}；不对的用 -p 写明）", *_mapping(found), *_counts(read)]
    if agreed := [claim.said for claim in claims if claim.holds]:
        told.append("与原文正文核对相符：" + "、".join(dict.fromkeys(agreed)))
    return Imported(target, tuple(told), tuple(everything))


# ---------------------------------------------------------------------------------------------- the source


def _open(file: Path) -> _Source:
    """A Word file by its tables, anything else as a workbook. Raises Refusal where it cannot be read."""
    if file.suffix.lower() == ".docx" and file.is_file():
        paper, problems = papers.read(file.read_bytes(), file.name)
        if paper is None:
            raise Refusal(*problems)
        if not paper.tables:
            fix = "请指定带附件台账的通报；附件是单独一个文件的，请指定那个文件"
            raise Refusal(Problem(Level.ERROR, "no_table", "这份文件里没有表格", fix, Place(file.name)))
        return _Source(file.name, tuple(annex.grids(paper)), paper)
    book, problems = sheets.open_book(file)
    if book is None:
        raise Refusal(*problems)
    shown = tuple(Grid(sheet) for sheet in book.sheets if not sheet.hidden and any(map(any, sheet.cells)))
    return _Source(file.name, shown, epoch1904=book.epoch1904)


def _fitting(source: _Source, jobs: Sequence[Job]) -> _Found:
    """The report whose kind understands most columns of the source. Raises Refusal where none does, or several do."""
    found = [it for job in jobs if (it := _tables(source, job))]
    if not found:
        raise Refusal(_nothing_fits(source, jobs))
    known = {it.job.report.name: len(it.parts[0].layout.columns) if it.parts[0].layout else 0 for it in found}
    best = [it for it in found if known[it.job.report.name] == max(known.values())]
    if len(best) > 1:
        names = "、".join(it.job.report.name for it in best)
        message = f"不能断定 {source.file} 是哪份通报的台账"
        raise Refusal(Problem(Level.ERROR, "use", message, f"用 -r 指明，可选：{names}"))
    return best[0]


def _tables(source: _Source, job: Job) -> _Found | None:
    """The tables that fit a report, by their headers or else by their content; None where none does."""
    period = job.period or parse_period(source.file) or Period("", date.min, date.min)
    for grid in sorted(source.grids, key=lambda g: not _fits(g.sheet, job.kind)):
        kind, guessed = understood(grid.sheet, job.kind, period)
        if _fits(grid.sheet, kind):
            parts = annex.taken(source.grids, kind)
            return _Found(job, kind, tuple(parts if source.paper else _one_sheet(parts, job)), guessed)
    return None


def _fits(sheet: Sheet, kind: Kind) -> bool:
    layout = headers.find(sheet, kind)
    return layout is not None and not layout.missing


def _one_sheet(parts: Sequence[Part], job: Job) -> list[Part]:
    """Of a workbook one sheet is brought in: that of the settings, else the only one with items still open."""
    named = [part for part in parts if part.grid.sheet.name == job.report.sheet]
    open_ones = [part for part in parts if not any(word in part.grid.sheet.name for word in _CLOSED)]
    chosen = named or open_ones or list(parts)
    if len(chosen) > 1:
        names = "、".join(f"“{part.grid.sheet.name}”" for part in chosen)
        fix = f"请在 config.yaml 的“{job.report.name}”下写明 sheet: 工作表名"
        raise Refusal(Problem(Level.ERROR, "several_sheets", f"有{len(chosen)}张工作表都像台账：{names}", fix))
    return chosen


def _nothing_fits(source: _Source, jobs: Sequence[Job]) -> Problem:
    """What the reader says of the tables, by the kind of the first report."""
    book = Book(source.file, tuple(grid.sheet for grid in source.grids))
    day = Period("", date.min, date.min)
    _, problems = ledger.read(book, jobs[0].kind, day, as_of=day.last, roster=None)
    said = next((p for p in problems if p.level is Level.ERROR), None)
    fix = "请在 config.yaml 这份通报下用 columns: 写明，如 columns: {事项: [表里的表头]}"
    if said is None:
        return Problem(Level.ERROR, "no_header", "没有看得懂的台账表格", fix, Place(source.file))
    return replace(said, fix=f"{said.fix}；{fix}" if said.fix else fix)


def _left_out(source: _Source, found: _Found) -> Iterator[Problem]:
    """The tables that were not brought in, and whether several were put together."""
    used = [part.grid for part in found.parts]
    if len(used) > 1:
        message = f"{used[0].sheet.name}至{used[-1].sheet.name}共{len(used)}张接成了一张表"
        yield Problem(Level.NOTE, "tables_joined", message, "请核对接缝处有没有漏行")
    for grid in source.grids:
        if grid not in used:
            first = one_line(" ".join(text_of(v) for row in grid.sheet.cells[:1] for v in row))[:20]
            message = f"{grid.sheet.name}（{grid.title or first}）不像这份通报的台账，没有导入"
            fix = (
                "已销号的项数请写进 config.yaml 的 opening.closed" if not source.paper else "里面有台账事项的请手工补入"
            )
            level = Level.NOTE if source.paper else Level.WARNING
            yield Problem(level, "table_left_out", message, fix, value=first)


# ---------------------------------------------------------------------------------------------- the period


def _period(source: _Source, found: _Found) -> tuple[Period, str]:
    """The period and where it was found: as asked, in the file's name, the table's title, the circular's date.

    A title that names only a year says of which year the tasks are, not of which period.
    """
    if found.job.period:
        return found.job.period, "-p 所写"
    title = found.parts[0].grid.title or _first_line(found.parts[0])
    said = [("取自文件名", source.file), ("取自表格标题", title), *_dated(source.paper)]
    periods = [(period, where) for where, text in said if (period := parse_period(text))]
    shorter = [it for it in periods if (it[0].last - it[0].first).days < 360]
    if not (shorter or periods):
        fix = "用 -p 写明，如 -p 2022-02 或 -p 2022-02-07"
        raise Refusal(Problem(Level.ERROR, "no_period", "看不出是哪一期的台账", fix, Place(source.file)))
    return (shorter or periods)[0]


def _first_line(part: Part) -> str:
    above = part.grid.sheet.cells[: part.layout.top - 1] if part.layout else ()
    return one_line(" ".join(text_of(value) for row in above for value in row))


def _dated(paper: Paper | None) -> Iterator[tuple[str, str]]:
    """Other titles of tables, lines that are nothing but a date (the last is that of signing), lines that end so."""
    texts = [one_line(p.text) for p in paper.paragraphs if p.where == BODY and not p.table] if paper else []
    yield from (("取自附件标题", text) for text in texts if _TITLE.search(text))
    alone = [text for text in texts if cell_date(text)]
    ending = [text for text in texts if len(text) < 50 and cell_date(text.split()[-1] if text.split() else "")]
    yield from (("取自落款日期", text) for text in reversed(alone))
    yield from (("取自文中日期", text.split()[-1]) for text in ending)


def _target(job: Job, period: Period) -> Path:
    """Where the ledger goes. Raises Refusal where a ledger of that period is there."""
    folder = job.report.input
    there = ledgers_in(folder)[0] if folder.is_dir() else []
    same = [found.path.name for found in there if found.period.last == period.last]
    name = f"{job.report.name}台账{period.token}.xlsx"
    if parse_period(name) != period:
        name = f"台账{period.token}.xlsx"
    if same or (folder / name).exists():
        message = f"{folder.name} 里已有{period.label}的台账“{same[0] if same else name}”，没有覆盖，也没有另写一本"
        raise Refusal(Problem(Level.ERROR, "use", message, "请先把它移走；期次不对的，用 -p 写明"))
    return folder / name


# ---------------------------------------------------------------------------------------------- the ledger


@dataclass(frozen=True, slots=True)
class _Made:
    """The new workbook beside what it was made from: the rows of both, in the same order.

    `lines` leads from a line of the old table to the row of the new one.
    """

    file: str
    data: bytes
    old: Ledger
    new: Ledger
    lines: Mapping[int, Row]

    def moved(self, problem: Problem) -> Problem:
        """The problem at the cell of the new ledger that says what the old one said there."""
        row = self.lines.get(problem.place.row)
        if row is None:
            return replace(problem, place=Place(self.file, SHEET))
        names = {header.column: name for name, header in self.old.tables[0].headers.items()}
        header = self.new.tables[0].headers.get(names.get(problem.place.column, ""))
        place = Place(self.file, SHEET, row.place.row, header.column if header else 0)
        return replace(problem, place=place, item=problem.item or row.item)

    def differences(self) -> Iterator[Problem]:
        """Rows that do not read as they did on the way in: none, or the import is wrong."""
        before, after = ([_said(row) for row in rows.rows] for rows in (self.old, self.new))
        if before != after:
            odd = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
            item = self.old.rows[odd].item if self.old.rows else ""
            message = f"写成台账后读到{len(after)}行，原文是{len(before)}行，从这一项起不一致"
            yield Problem(
                Level.ERROR, "import_differs", message, "请对照原文逐项核对", Place(self.file, SHEET), "", item
            )

    def finished(self, doubts: Sequence[Problem], told: str) -> bytes:
        """The workbook with the merged cells of the old one and the sheet of doubts."""
        columns = {name: header.column for name, header in self.new.tables[0].headers.items()}
        pairs = zip(self.old.rows, self.new.rows, strict=False)
        merged = [(b.place.row, a.merged) for a, b in pairs]
        return finished(self.data, SHEET, ranges(merged, columns), doubts, told)


def _said(row: Row) -> tuple[object, ...]:
    return (row.no, row.text, row.units, row.label, row.done, row.deadline.last)


def _read(found: _Found, book: Book, period: Period, roster: Roster | None) -> tuple[Ledger | None, list[Problem]]:
    as_of = found.job.report.as_of.get(period.token, period.last)
    return ledger.read(book, found.kind, period, as_of=as_of, roster=roster)


def _make(found: _Found, read: Ledger, sheet: Sheet, period: Period, roster: Roster | None, name: str) -> _Made:
    """The new workbook in the layout of the kind, and what a reader finds in it."""
    ids, _ = assign_ids(read, _used_ids(found.job, roster))
    columns = read.tables[0].headers
    kind = replace(
        found.job.kind,
        columns=tuple(c for c in found.job.kind.columns if c.field not in found.kind.sections or c.field in columns),
        sections=found.kind.sections or ("标题",) * max((len(row.section) for row in read.rows), default=0),
    )
    rows = [_complete(row, ids[row.place], sheet, read, kind) for row in read.rows]
    units = [unit.name for unit in roster.units] if roster else sorted({u for row in read.rows for u in row.units})
    title = found.job.report.annex_title or found.parts[0].grid.title or f"{found.job.report.name}台账"
    data = new_ledger(kind, title, units, rows)
    book, problems = sheets.parse(data, name)
    assert book is not None, problems
    new, problems = ledger.read(book, found.job.kind, period, as_of=read.as_of, roster=roster, sheet=SHEET)
    assert new is not None, problems
    lines = {a.place.row: b for a, b in zip(read.rows, new.rows, strict=False)}
    return _Made(name, data, read, new, lines)


def _used_ids(job: Job, roster: Roster | None) -> set[str]:
    """The ids of all ledgers on file, which are never given again."""
    there = ledgers_in(job.report.input)[0] if job.report.input.is_dir() else []
    read = (ledger.read_file(f.path, job.kind, f.period, as_of=f.period.last, roster=roster)[0] for f in there)
    return {row.id for one in read if one for row in (*one.rows, *one.closed) if row.id}


def _complete(row: Row, id: str, sheet: Sheet, read: Ledger, kind: Kind) -> Row:
    """The row with its id and the words of cells that could not be read, its other columns under their own names."""
    columns = read.tables[0].headers
    unread = {
        name: text
        for name, value in row.cells.items()
        if value is None and (text := text_of(sheet.value(row.place.row, columns[name].column)).strip())
    }
    taken = {key(c.headers[0]) for c in kind.columns} | {key(c.field) for c in kind.columns}
    others = {f"{name}（原表）" if key(name) in taken else name: text for name, text in row.others.items()}
    return replace(row, id=id, cells={**row.cells, **unread, ID: id}, others=others)


def _whole_lines(problems: Iterable[Problem], sheet: Sheet) -> Iterator[Problem]:
    """The problems; lines that became no item are told with all that stands in them."""
    for problem in problems:
        if problem.code == "line_doubt" and problem.place.row:
            texts = [one_line(text_of(value)) for value in sheet.cells[problem.place.row - 1]]
            message = f"{problem.message}，没有导入"
            problem = replace(problem, message=message, value="|".join(filter(None, texts)), fix="请对照原文手工补入")
        yield problem


# ---------------------------------------------------------------------------------------------- what to tell


def _mapping(found: _Found) -> Iterator[str]:
    """Which header was taken for which field, what is kept beside, and how to change it."""
    layout = found.parts[0].layout
    assert layout is not None
    taken = [f"{layout.texts[column]} → {name}" for name, column in layout.columns.items()]
    yield "表头 → 字段：" + "；".join(taken)
    if others := [layout.texts[column] for column in layout.others]:
        yield "照原样保留的列：" + "、".join(others)
    if found.guessed:
        by_content = "、".join(f"“{header}”→{name}" for name, header in found.guessed.items())
        yield f"其中按内容推断的：{by_content}"
        own = ", ".join(f"{name}: [{header}]" for name, header in found.guessed.items())
        yield f"不对的，在 config.yaml 的“{found.job.report.name}”下写明，如 columns: {{{own}}}"


def _counts(read: Ledger) -> Iterator[str]:
    numbers = {(row.section, row.no) if row.no else row.place for row in read.rows}
    headings = len(dict.fromkeys(row.section for row in read.rows if row.section))
    labels = Counter(row.label for row in read.rows)
    parts = "，".join(f"{label}{count}" for label, count in labels.items())
    under = f"，分在{headings}个标题下" if headings else ""
    yield f"共{len(read.rows)}行（{len(numbers)}个序号）{under}：{parts}"


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a paragraph of the circular says of one status word, and how many rows were brought in."""

    said: str
    paragraph: int
    holds: bool
    count: int

    def problem(self, file: str) -> Problem:
        message = f"原文第{self.paragraph + 1}段说“{self.said}”，导入的是{self.count}"
        place = Place(file, SHEET)
        return Problem(Level.WARNING, "claim_differs", message, "请核对有没有漏行或错行", place, value=self.said)


def _claims(paper: Paper, read: Ledger, kind: Kind) -> Iterator[_Claim]:
    """What the text outside of tables says of single words: 需加快推进2项. Of done items only the new ones count."""
    inside = {p.index for p in paper.paragraphs if p.table or p.where != BODY}
    for number, sentences in enumerate(read_claims(paper).sentences):
        for segment in (s for one in sentences for s in one.segments if number not in inside):
            counts = [q for q in segment.quantities if q.unit in _COUNTED and not q.rough and not q.each]
            label = _label_in(segment, kind) if len(counts) == 1 else None
            if label:
                done = label.counts_as_done or label.state is State.DONE
                count = sum(row.done if done else row.label == label.name for row in read.rows)
                said = f"{_NEWLY + '完成' if done else label.name}{counts[0].shown}"
                yield _Claim(said, number, counts[0].value == count, count)


def _label_in(segment: Segment, kind: Kind) -> Label | None:
    """The label whose longest word stands in the segment; for a done one it must be said to be new."""
    text = key(segment.text)
    words = {key(word): label for label in kind.labels for word in (label.name, *label.words) if key(word) in text}
    if not words:
        return None
    label = words[max(words, key=len)]
    done = label.counts_as_done or label.state is State.DONE
    return label if not done or _NEWLY in text else None

"""`import`: an old circular, or a ledger of another layout, becomes a ledger of ours.

The table is read as every ledger is, so the same rules find the same problems. The ledger that is written is read
back, and must say what was read in the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tongbao.config.kinds import Kind, Label
from tongbao.config.office import ALL_SHEETS
from tongbao.excel import sheets
from tongbao.excel.grid import Book, Sheet
from tongbao.excel.values import text_of
from tongbao.ledger.asked import Job
from tongbao.ledger.ids import ids_in
from tongbao.ledger.intake import ledgers_for, roster_of, used_ids
from tongbao.ledger.read import read_book
from tongbao.model import ID, Header, Ledger, Level, Period, Place, Problem, Refusal, Row
from tongbao.outside.deliver import write_whole
from tongbao.outside.file_names import file_name
from tongbao.outside.files import is_there
from tongbao.proof.text.sentences import Segment, read_claims
from tongbao.rounds.bring_in.joined_pages import assembled
from tongbao.rounds.bring_in.source import Fitting, Source, fitting, left_out, not_read, open_source, period_of
from tongbao.rounds.bring_in.workbook import finished, ranges
from tongbao.rounds.ids import assign_ids
from tongbao.rounds.new_ledger.workbook import new_ledger, sheet_names
from tongbao.word.document import Paper
from tongbao.word.package import BODY
from tongbao.words.periods import parse_period
from tongbao.words.text import key, one_line
from tongbao.words.units import Roster

# The units in which circulars count items; a number of anything else (3公里) is not compared with the rows.
_COUNTED = {"项", "件", "个"}
_NEWLY = "新增"


@dataclass(frozen=True, slots=True)
class Imported:
    """The path of a ledger that was imported, what to say about it on the screen, and its problems."""

    path: Path
    told: tuple[str, ...]
    problems: tuple[Problem, ...]


def bring_in(file: Path, jobs: Sequence[Job]) -> Imported:
    """Writes a ledger of the report that the file fits, as a new file in the folder of its ledgers.

    Raises Refusal where the file cannot be read, fits no report or several, names no period, or where a ledger of
    that period is there already.
    """
    source = open_source(file)
    found = fitting(source, jobs)
    period, told_by = period_of(source, found)
    target = _target(found.job, period)
    roster, problems = roster_of(found.job.settings)
    pages, doubts = _pages(source, found)
    doubts += not_read(source.paper) if source.paper else ()
    read, said = _read(found, Book(file.name, tuple(pages), source.epoch1904), period, roster)
    if read is None:
        raise Refusal(*said)
    own = ids_in(source.whole, found.job.kind) if source.whole else set[str]()
    made = _make(found, read, pages, roster, target.name, own)
    everything = [
        *problems,
        *source.notes,
        *left_out(source, found),
        *made.guesses(found.guessed),
        *map(made.moved, (*doubts, *_whole_lines(said, pages))),
        *made.differences(),
    ]
    claims = _claims(source.paper, read, found.kind) if source.paper else []
    everything += [claim.problem(made.place) for claim in claims if not claim.holds]
    write_whole(target, made.finished(everything, f"由“{file.name}”导入，{period.label}"))
    told = [f"期次：{period.label}（{told_by}；不对的用 -p 写明）", *_mapping(found), *_counts(read)]
    if agreed := "、".join(claim.said for claim in claims if claim.holds):
        told.append(f"与原文正文核对相符：{agreed}")
    return Imported(target, tuple(told), tuple(everything))


# ---------------------------------------------------------------------------------------------- the ledger


def _target(job: Job, period: Period) -> Path:
    """The path of the new ledger. Raises Refusal where a ledger of that period is there."""
    folder = job.report.input
    there = ledgers_for(replace(job, ledger=None, period=None))[0]
    same = [found.path.name for found in there if found.period.last == period.last]
    name = f"{file_name(job.report.name)}台账{period.token}.xlsx"
    if parse_period(name) != period:
        name = f"台账{period.token}.xlsx"
    if same or is_there(folder / name):
        message = f"{folder.name} 里已有{period.label}的台账“{same[0] if same else name}”，没有覆盖，也没有另写一本"
        raise Refusal(Problem(Level.ERROR, "use", message, "请先把它移走；期次不对的，用 -p 写明"))
    return folder / name


@dataclass(frozen=True, slots=True)
class _Made:
    """The new workbook and the ledger that was read in the source: the rows of both are in the same order.

    `lines` gives for a line of the source (sheet and row) the row of the new ledger.
    """

    file: str
    data: bytes
    old: Ledger
    new: Ledger
    lines: Mapping[tuple[str, int], Row]

    @property
    def place(self) -> Place:
        """The sheet of the new ledger."""
        return Place(self.file, self.new.tables[0].sheet)

    def moved(self, problem: Problem) -> Problem:
        """The problem with its place in the new ledger: the cell of the same field and row, else the sheet."""
        row = self.lines.get((problem.place.sheet, problem.place.row))
        if row is None:
            return replace(problem, place=self.place)
        headers = _headers(self.old, problem.place.sheet)
        names = {header.column: name for name, header in headers.items()}
        header = self.new.tables[0].headers.get(names.get(problem.place.column, ""))
        place = row.place.at(header.column if header else 0)
        return replace(problem, place=place, item=problem.item or row.item)

    def guesses(self, guessed: Mapping[str, str]) -> Iterator[Problem]:
        """A warning for each column that was recognised by its content."""
        table = self.new.tables[0]
        for name, header in guessed.items():
            if name not in table.headers:
                continue
            place = Place(self.file, table.sheet, table.header_row, table.headers[name].column)
            message = f"“{header}”一列按内容当作“{name}”"
            fix = f"不对的，在 config.yaml 里写明 columns: {{{name}: [表里的表头]}}，再导入一次"
            yield Problem(Level.WARNING, "column_guessed", message, fix, place=place, value=header)

    def differences(self) -> Iterator[Problem]:
        """An error where the new ledger does not read as the source did; a warning for items that became one."""
        before, after = ([_said(row) for row in rows.rows] for rows in (self.old, self.new))
        if before != after:
            odd = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
            item = self.old.rows[odd].item if self.old.rows else ""
            message = f"写成台账后读到{len(after)}行，原文是{len(before)}行，从这一项起不一致"
            yield Problem(
                Level.ERROR, "import_differs", message, "请对照原文逐项核对", place=self.place, header="", item=item
            )
        known: dict[Hashable, Row] = {}
        for a, b in zip(self.old.rows, self.new.rows, strict=False):
            first = known.setdefault(b.item_key, a)
            if first.item_key != a.item_key:
                message = f"与“{first.place.sheet}”的第{first.no}项序号相同，接成一张表后会当作同一项"
                yield Problem(
                    Level.WARNING,
                    "items_met",
                    message,
                    "请重编序号",
                    place=b.place,
                    header="序号",
                    item=b.item,
                    value=b.no,
                )

    def finished(self, doubts: Sequence[Problem], told: str) -> bytes:
        """The bytes of the workbook, with the merged cells of the source and the sheet of doubts."""
        columns = {name: header.column for name, header in self.new.tables[0].headers.items()}
        pairs = zip(self.old.rows, self.new.rows, strict=False)
        merged = [(b.place.row, a.merged) for a, b in pairs]
        return finished(self.data, self.place.sheet, ranges(merged, columns), doubts, told)


def _said(row: Row) -> tuple[object, ...]:
    return (row.section, row.no, row.text, row.units, row.label, row.done, row.deadline.last)


def _pages(source: Source, found: Fitting) -> tuple[list[Sheet], list[Problem]]:
    """The tables as sheets, and the doubts of joining them; only those of a circular are joined, into one sheet."""
    annexes = [found.parts] if source.paper else [[part] for part in found.parts]
    pages = [assembled(parts, found.kind) for parts in annexes]
    return [sheet for sheet, _ in pages], [doubt for _, doubts in pages for doubt in doubts]


def _read(found: Fitting, book: Book, period: Period, roster: Roster | None) -> tuple[Ledger | None, list[Problem]]:
    as_of = found.job.report.as_of.get(period.token, period.last)
    wanted = book.sheets[0].name if len(book.sheets) == 1 else ALL_SHEETS[0]
    return read_book(book, found.kind, period, as_of=as_of, roster=roster, sheet=wanted)


def _headers(read: Ledger, sheet: str) -> Mapping[str, Header]:
    """The headers of one sheet of a ledger, by field."""
    return next((table.headers for table in read.tables if table.sheet == sheet), {})


def _make(
    found: Fitting, read: Ledger, pages: Sequence[Sheet], roster: Roster | None, name: str, own: set[str]
) -> _Made:
    """The new workbook in the layout of the kind, and the ledger that is read back from it.

    `own` are the ids in all sheets of the source: they are not given again any more than those on file.
    """
    used, unread = used_ids(found.job)
    if unread:
        raise Refusal(*unread)
    ids, _ = assign_ids(read, used | own)
    columns = {field for table in read.tables for field in table.headers}
    plain = found.job.kind.worded or found.job.kind  # what is written says in words how its rows stand
    kind = replace(
        plain,
        columns=tuple(c for c in plain.columns if c.field not in found.kind.sections or c.field in columns),
        sections=found.kind.sections or ("标题",) * max((len(row.section) for row in read.rows), default=0),
    )
    sheets_of = {page.name: page for page in pages}
    rows = [_complete(row, ids[row.place], sheets_of[row.place.sheet], read, kind) for row in read.rows]
    units = [unit.name for unit in roster.units] if roster else read.units
    title = found.job.report.annex_title or found.parts[0].grid.title or f"{found.job.report.name}台账"
    names = sheet_names(found.job.report, kind, read.period)
    data = new_ledger(kind, title, units, rows, names)
    book, problems = sheets.parse(data, name)
    assert book is not None, problems
    new, problems = read_book(book, found.job.kind, read.period, as_of=read.as_of, roster=roster, sheet=names[0])
    assert new is not None, problems
    lines = {(a.place.sheet, a.place.row): b for a, b in zip(read.rows, new.rows, strict=False)}
    return _Made(name, data, read, new, lines)


def _complete(row: Row, id: str, sheet: Sheet, read: Ledger, kind: Kind) -> Row:
    """The row with its id, the words of cells that could not be read, and its other columns under free names."""
    columns = _headers(read, row.place.sheet)
    unread = {
        name: text
        for name, value in row.cells.items()
        if value is None and (text := text_of(sheet.value(row.place.row, columns[name].column)).strip())
    }
    taken = {key(header) for c in kind.columns for header in c.headers[:1]} | {key(c.field) for c in kind.columns}
    others = {f"{name}（原表）" if key(name) in taken else name: text for name, text in row.others.items()}
    said = {kind.status.field: row.typed or row.label} if not columns.get(kind.status.field) and row.label else {}
    return replace(row, id=id, cells={**row.cells, **unread, **said, ID: id}, others=others)


def _whole_lines(problems: Iterable[Problem], pages: Sequence[Sheet]) -> Iterator[Problem]:
    """The problems; one of a line that became no item gets all texts of that line, to be put in by hand."""
    sheets_of = {page.name: page for page in pages}
    for problem in problems:
        if problem.code == "line_doubt" and problem.place.row:
            texts = [one_line(text_of(value)) for value in sheets_of[problem.place.sheet].cells[problem.place.row - 1]]
            message = f"{problem.message}，没有导入"
            problem = replace(problem, message=message, value="|".join(filter(None, texts)), fix="请对照原文手工补入")
        yield problem


# ---------------------------------------------------------------------------------------------- what to tell


def _mapping(found: Fitting) -> Iterator[str]:
    """Lines for the screen: which header was taken for which field, which columns are kept, how to change that."""
    layout = found.parts[0].layout
    assert layout is not None
    taken = [f"{layout.texts[column]} → {name}" for name, column in layout.columns.items()]
    yield "表头 → 字段：" + "；".join(taken)
    if others := [layout.texts[column] for column in layout.others]:
        yield "照原样保留的列：" + "、".join(others)
    if found.guessed:
        own = ", ".join(f"{name}: [{header}]" for name, header in found.guessed.items())
        yield f"按内容推断的，不对时在 config.yaml 的“{found.job.report.name}”下改正：columns: {{{own}}}"


def _counts(read: Ledger) -> Iterator[str]:
    """A line for the screen: how many rows, items and headings, and how many rows of each label."""
    numbers = {row.item_key for row in read.rows}
    headings = len(dict.fromkeys(row.section for row in read.rows if row.section))
    labels = Counter(row.label for row in read.rows)
    parts = "，".join(f"{label}{count}" for label, count in labels.items()) or "没有事项"
    under = f"，分在{headings}个标题下" if headings else ""
    yield f"共{len(read.rows)}行（{len(numbers)}个序号）{under}：{parts}"


@dataclass(frozen=True, slots=True)
class _Claim:
    """The number that a paragraph (0-based) of the circular gives for a status word, and the count of imported rows."""

    said: str
    paragraph: int
    holds: bool
    count: int

    def problem(self, place: Place) -> Problem:
        message = f"原文第{self.paragraph + 1}段说“{self.said}”，导入的是{self.count}"
        return Problem(Level.WARNING, "claim_differs", message, "请核对有没有漏行或错行", place=place, value=self.said)


def _claims(paper: Paper, read: Ledger, kind: Kind) -> list[_Claim]:
    """The numbers that the text outside of tables gives for status words (需加快推进2项); of done items only new ones.

    A word may be counted again for a part of the rows, so of its claims one that holds is kept, else the first.
    """
    found: dict[str, _Claim] = {}
    for number, segment in _segments(paper):
        counts = [q for q in segment.quantities if q.unit in _COUNTED and not q.rough and not q.each]
        label = _label_in(segment, kind) if len(counts) == 1 else None
        if label:
            name = f"{_NEWLY}完成" if label.is_done else label.name
            count = sum(row.done if label.is_done else row.label == label.name for row in read.rows)
            holds = counts[0].value == count
            if name not in found or (holds and not found[name].holds):
                found[name] = _Claim(f"{name}{counts[0].text}", number, holds, count)
    return list(found.values())


def _segments(paper: Paper) -> Iterator[tuple[int, Segment]]:
    """The segments of the sentences outside of tables, each with the number (0-based) of its paragraph."""
    for paragraph, sentences in zip(paper.paragraphs, read_claims(paper).sentences, strict=True):
        if paragraph.where == BODY and not paragraph.table:
            yield from ((paragraph.index, segment) for sentence in sentences for segment in sentence.segments)


def _label_in(segment: Segment, kind: Kind) -> Label | None:
    """The label whose word, the longest of all, stands in the segment; one of done items only beside 新增."""
    text = key(segment.text)
    words = {key(word): label for label in kind.labels for word in (label.name, *label.words) if key(word) in text}
    if not words:
        return None
    label = words[max(words, key=len)]
    return label if not label.is_done or _NEWLY in text else None

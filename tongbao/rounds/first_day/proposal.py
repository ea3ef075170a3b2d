"""What setup proposes for an office's ledgers: one record, from which config.yaml is written and the report is run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tongbao.config.kind_words import sure_label
from tongbao.config.kinds import UNUSED, Kind
from tongbao.excel.grid import Book
from tongbao.excel.values import text_of
from tongbao.ledger.headers import Layout, find
from tongbao.ledger.labels import Labels
from tongbao.ledger.table_problems import may_be
from tongbao.model import STATUS, TASK, Level, Period, Place, Problem
from tongbao.rounds.first_day.answers import About, Answers, Question
from tongbao.rounds.first_day.choosing import Choice
from tongbao.rounds.first_day.claims import SAID, all_listed, is_state, says_state
from tongbao.rounds.first_day.issues import Issues
from tongbao.rounds.first_day.labelling import judged, legend_words
from tongbao.rounds.first_day.meaning import Understood, outdated, understand
from tongbao.rounds.first_day.parts import Parts
from tongbao.rounds.first_day.sources import Source, Where, Word
from tongbao.rounds.first_day.survey import ColumnSeen, TableSeen, same_column
from tongbao.rounds.first_day.ways import Of, Way
from tongbao.words.text import key, one_line


@dataclass(frozen=True, slots=True)
class LedgerSeen:
    """A ledger that was given: its file, its tables, its period, or the period of each of its sheets."""

    path: Path
    data: bytes
    book: Book
    parts: Parts
    period: Period | None = None
    told_by: str = ""
    months: Mapping[str, Period] = field(default_factory=dict)

    @property
    def periods(self) -> list[Period]:
        """The periods in it."""
        return list(self.months.values()) or ([self.period] if self.period else [])

    @property
    def last(self) -> Period | None:
        """The newest period in it."""
        return max(self.periods, key=lambda p: p.last, default=None)

    @property
    def newest(self) -> TableSeen:
        """The table of its newest period; of several parts the one with most lines."""
        if self.months:
            return max(self.parts.tables, key=lambda t: self.months[t.name].last)
        return max(self.parts.tables, key=lambda t: len(t.rows))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A report as setup proposes it. `columns` and `labels` are what config.yaml says beside the kind's own words.

    `questions`: what a person may say; `doubts`: what is wrong and no answer mends. `signed`: who signs stands in the
    settings already.
    """

    name: str
    title: str
    office: str
    choice: Choice
    ledgers: tuple[LedgerSeen, ...]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str = ""
    by_sheets: bool = False
    wording: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    closed: int = 0
    ways: tuple[Way, ...] = ()
    issues: Issues = field(default_factory=Issues)
    told: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    doubts: tuple[Problem, ...] = ()
    signed: bool = False

    @property
    def undecided(self) -> tuple[Problem, ...]:
        """What nobody has said yet and has to be known; with it nothing is written."""
        return (*self.doubts, *(q.problem for q in self.questions if q.problem))

    @property
    def bears(self) -> Issues:
        """What a run asks for before it prints it; nothing where a person wants none of it."""
        wanted = any(way.of is Of.ISSUING and not way.usual for way in self.ways)
        return self.issues if wanted else Issues()

    @property
    def kind(self) -> Kind:
        """The kind of circular."""
        return self.choice.kind

    @property
    def source(self) -> Source:
        """Where the state of an item stands."""
        return self.choice.source


def undecided(message: str, fix: str, place: Place | None = None) -> Problem:
    """One thing that setup cannot know."""
    return Problem(Level.ERROR, "setup_undecided", f"不能确定：{message}", fix, place=place or Place())


# ---------------------------------------------------------------------------------------------- columns


def own_columns(choice: Choice, tables: Sequence[TableSeen], answers: Answers) -> dict[str, tuple[str, ...]]:
    """The headers that config.yaml must name, by field: those that the kind would not read, or read otherwise; under
    `UNUSED` those that it would read, or ask about, and that are not read."""
    named: dict[str, list[str]] = {}
    for table in tables:
        understood = _like(choice, table, answers)
        layout = find(table.sheet, choice.kind)
        read = layout.columns if layout and (layout.top, layout.bottom) == (table.top, table.bottom) else {}
        for name, meaning in understood.fields.items():
            column, where = meaning.column, choice.source.where
            if name == STATUS and where not in (Where.WORDS, Where.SECTIONS):
                continue
            if name == STATUS and choice.source.column:  # a table of few rows may look otherwise on its own
                column = same_column(choice.source.column, table) or column
            named_always = name == STATUS and where is Where.SECTIONS
            if named_always or read.get(name) != column.number:
                named.setdefault(name, []).append(_header(column, table))
        for header in _left_unused(choice, table, understood, layout):
            named.setdefault(UNUSED, []).append(header)
    return {name: tuple(dict.fromkeys(headers)) for name, headers in named.items()}


def _left_unused(choice: Choice, table: TableSeen, understood: Understood, layout: Layout | None) -> Iterator[str]:
    """The headers of columns that nothing is read from, though a run would take them for a field or ask about them."""
    claimed = layout.claimed if layout else set()
    absent = [c for c in choice.kind.columns if c.headers and c.field not in understood.fields]
    read = {key(text) for it in understood.fields.values() for text in (it.column.parts[-1], it.column.header)}
    read |= {key(header) for header in choice.source.headers}
    for column in understood.others:
        header = _header(column, table)
        near = any(may_be(column.header, one, choice.kind) for one in absent)
        if (column.number in claimed or near) and key(header) not in read and column != choice.source.column:
            yield header


def _like(choice: Choice, table: TableSeen, answers: Answers) -> Understood:
    """The columns of a table as they were understood in the newest one, by their headers; else on their own."""
    if table.sheet is choice.understood.table.sheet:
        return choice.understood
    asked = {key(header) for header, _ in choice.source.columns}
    without = [c.number for c in table.columns if key(c.parts[-1]) in asked]
    return understand(table, choice.kind, answers, without)


def _header(column: ColumnSeen, table: TableSeen) -> str:
    """The header by which a column is known: its own where no other has it, else with its group header."""
    last = column.parts[-1]
    alone = sum(key(c.parts[-1]) == key(last) for c in table.columns) == 1
    return last if alone else column.header


# ---------------------------------------------------------------------------------------------- labels


def own_labels(choice: Choice, tables: Sequence[TableSeen]) -> dict[str, tuple[str, ...]]:
    """The words that config.yaml must name, by label: those that the kind would not count so."""
    known = Labels(choice.kind)
    found: dict[str, list[str]] = {}
    if choice.source.where in (Where.FILLS, Where.FONTS):
        return {}  # its words are colours, which `status_from` names
    for word in choice.source.words:
        label, findings = known.named(word.text)
        label = label or sure_label(choice.kind, word.text)
        guessed = any(it.level is Level.WARNING for it in findings)  # a tick: what it means has been seen and settled
        if word.label and (label is None or label.name != word.label or guessed):
            found.setdefault(word.label, []).append(word.text)
    for text, name in legend_words(choice.source, tables, choice.kind):
        if (label := known.named(text)[0]) is None or label.name != name:
            found.setdefault(name, []).append(text)
    return {name: tuple(words) for name, words in found.items()}


# ---------------------------------------------------------------------------------------------- what is not known


def open_points(choice: Choice, ledgers: Sequence[LedgerSeen]) -> Iterator[Question]:
    """What nobody can know from the ledgers alone."""
    yield from (_period(ledger) for ledger in ledgers if ledger.last is None)
    if TASK in choice.understood.missing:
        yield _column(choice, TASK, "哪一栏是事项")
    if choice.source.where is Where.NOWHERE:
        yield _column(choice, STATUS, "哪一栏是状态")
    elif choice.source.where is Where.DEADLINE:
        yield from _passed_over(choice)
    yield from (_word(choice, word) for word in choice.source.undecided)
    yield from _rivals(choice)


def _period(ledger: LedgerSeen) -> Question:
    name = ledger.path.name
    what = f"“{name}”是哪一期的台账"
    problem = undecided(what, "文件名里写明期次，如“台账2025年3月.xlsx”，再运行 setup", Place(name))
    return Question(About.PERIOD, name, f"{what}？（如 2025-03）", problem=problem)


def _column(choice: Choice, name: str, what: str) -> Question:
    headers = tuple(c.header for c in choice.understood.table.columns)
    problem = undecided(f"{what}（现有：{'、'.join(headers)}）", "改一下那一栏的表头，如“事项”“状态”，再运行 setup")
    return Question(About.FIELD, name, f"{what}？", headers, problem)


def _word(choice: Choice, word: Word) -> Question:
    labels = sorted(choice.kind.labels, key=lambda label: label.name != word.likely)
    names = tuple(label.name for label in labels)
    shown = (
        f"{word.why.partition('：')[0]}（{word.text}）"
        if choice.source.where in (Where.FILLS, Where.FONTS)
        else f"“{word.text}”"
    )
    likely = f"，可能是{word.likely}" if word.likely else ""
    what = f"状态{shown}（{word.count}格{likely}）算哪一种"
    problem = undecided(what, f"在台账里改成：{'、'.join(names)} 之一，再运行 setup", _place(choice, word.text))
    return Question(About.WORD, word.text, f"{what}？", names, problem)


def _rivals(choice: Choice) -> Iterator[Question]:
    """Another column of status words that calls other items done: which of the two holds, a person says."""
    column, kind = choice.source.column, choice.kind
    meaning = choice.understood.fields.get(kind.status.field)
    if choice.source.where is not Where.WORDS or column is None or (meaning and meaning.why == SAID):
        return
    older = {c.number for c in outdated(choice.understood.table, kind)}
    for other in choice.understood.table.columns:
        if other.number in (column.number, *older) or not (says_state(other, kind) and is_state(other, kind)):
            continue
        named = kind.vocabulary.known(other.parts[-1])
        if named and STATUS not in named:  # a stage (所处阶段) may stand for a state, and is none beside one
            continue
        ends = {
            word.text for word in judged(Counter(other.said), kind, other.header, [], Answers()) if _ends(word, kind)
        }
        if ends and _done(other, ends) != _done(column, {w.text for w in choice.source.words if _ends(w, kind)}):
            headers = (column.header, other.header)
            what = f"状态看“{headers[0]}”还是“{headers[1]}”，两栏里办结的事项不一样"
            yield Question(
                About.FIELD, STATUS, f"{what}？", headers, undecided(what, "改成一致，或只留一栏，再运行 setup")
            )


def _ends(word: Word, kind: Kind) -> bool:
    return any(label.name == word.label and label.is_done for label in kind.labels)


def _done(column: ColumnSeen, words: Collection[str]) -> list[bool]:
    known = set(map(key, words))
    return [key(one_line(text_of(cell))) in known for cell in column.cells]


def _passed_over(choice: Choice) -> Iterator[Question]:
    """A column that by its header must be the state, and holds no words of it: the deadline does not replace it."""
    vocabulary = choice.kind.vocabulary
    for column in choice.understood.table.columns:
        known = vocabulary.known(column.parts[-1]) or vocabulary.known(column.header)
        if column.evidence and (known == (STATUS,) or all_listed(column, choice.kind)):
            samples = "、".join(f"“{text[:12]}”" for text in dict.fromkeys(column.said[:3]))
            yield _column(choice, STATUS, f"“{column.header}”一栏（{samples}）不像状态，状态在哪一栏")


def _place(choice: Choice, word: str) -> Place:
    """The first cell of the newest table that holds a status word."""
    column, table = choice.source.column, choice.understood.table
    if column is None:
        return Place()
    texts = (key(str(cell)) for cell in column.cells)
    row = next((row for row, text in zip(table.rows, texts, strict=False) if text == key(word)), 0)
    return Place("", table.name, row, column.number)

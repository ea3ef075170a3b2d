"""The reader of Word files: the text in order with the place of every paragraph, the tables, the page set-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tongbao.model import Level, Place, Problem
from tongbao.outside.archive import Archive
from tongbao.word.numbering import Labeller
from tongbao.word.package import BODY, TOO_LARGE, Element, UnreadableError, W, open_package, parse_part
from tongbao.word.sight import Sight
from tongbao.word.story import grid, pieces, span, story
from tongbao.word.styles import styles_of
from tongbao.word.unread import Found, Unread, found_in, left_behind
from tongbao.words.text import shortened

# ---------------------------------------------------------------------------------------------- records


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `index` counts from 0; `label` is the number that Word draws before it, which is not in `text`.

    In a table, `table`, `row` and `column` count from 1, else they are 0.
    """

    index: int
    text: str
    where: str = BODY
    style: str = ""
    label: str = ""
    table: int = 0
    row: int = 0
    column: int = 0

    @property
    def place(self) -> str:
        """Where it stands, as a clerk would say it: 第3段, 表1第2行第4列, 页眉."""
        if self.table:
            return f"表{self.table}第{self.row}行第{self.column}列"
        return self.where if self.where != BODY else f"第{self.index + 1}段"


class Stretch(NamedTuple):
    """Some characters of a paragraph (its index, first, end); start and end are equal where only a place is meant."""

    paragraph: int
    start: int = 0
    end: int = 0

    def touches(self, other: Stretch) -> bool:
        """Whether the two have a character, or an end, in common."""
        return self.paragraph == other.paragraph and self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Cell:
    """A grid cell. A merged cell stands at each place that it covers; `origin` is its first (row, column), from 1."""

    text: str
    origin: tuple[int, int]
    paragraphs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid of cells, merged cells expanded; rows may differ in length where the file's do."""

    number: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The page set-up of one section: attributes of the XML by name, lengths in twips.

    `restarts` says that its page numbers begin anew.
    """

    page: dict[str, str] = field(default_factory=dict)
    margins: dict[str, str] = field(default_factory=dict)
    grid: dict[str, str] = field(default_factory=dict)
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """The text of a Word file. `insertions` and `deletions` count the tracked changes that are not accepted yet.

    `unread` is what stands in it and was not read, or may be seen otherwise on paper; `comments` are not its text.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    insertions: int = 0
    deletions: int = 0
    unread: tuple[Unread, ...] = ()
    comments: int = 0


# ---------------------------------------------------------------------------------------------- reading

# The code of the problem that the file is a table.
TABLE = "paper-is-table"


def read(data: bytes, name: str) -> tuple[Paper | None, list[Problem]]:
    """The paper, or None and the problem that says why these bytes cannot be read. `name` is shown, not looked at."""
    try:
        with open_package(data) as package:
            return _Reader(package, name).paper(), []
    except (MemoryError, RecursionError):
        return None, [Problem(Level.ERROR, "paper-unreadable", *TOO_LARGE, place=Place(name))]
    except UnreadableError as why:
        code = TABLE if why.table else "paper-unreadable"
        return None, [Problem(Level.ERROR, code, str(why), why.fix, place=Place(name))]


class _Reader:
    """Reads one package: first all paragraphs, then the tables, whose cells name their paragraphs."""

    def __init__(self, package: Archive, name: str) -> None:
        self.package, self.name = package, name
        self.sight = Sight(package)
        self.styles = styles_of(self.sight.styles)
        numbering = parse_part(package, self.sight.related.get("numbering", "word/numbering.xml"))
        self.labeller = Labeller(numbering, self.styles)
        self.paragraphs: list[Paragraph] = []
        self.unread: list[Unread] = []
        self._by_cell: dict[Element, list[int]] = {}

    def paper(self) -> Paper:
        tables: tuple[Table, ...] = ()
        sections: tuple[Section, ...] = ()
        insertions = deletions = 0
        for _, root, where in self.sight.parts():
            grids = self._paragraphs(root, where)
            insertions += sum(1 for _ in root.iter(W + "ins", W + "moveTo"))
            deletions += sum(1 for _ in root.iter(W + "del", W + "moveFrom"))
            if where == BODY:
                tables = tuple(Table(number, self._expand(grid)) for number, grid in grids.items())
                sections = _sections(root)
        comments = parse_part(self.package, self.sight.related.get("comments", ""))
        noted = sum(1 for _ in comments.iter(W + "comment")) if comments is not None else 0
        return Paper(
            self.name, tuple(self.paragraphs), tables, sections, insertions, deletions, tuple(self.unread), noted
        )

    def _paragraphs(self, root: Element, where: str) -> dict[int, Element]:
        """Adds the paragraphs of a part, and what is not read of it; gives its tables by number."""
        met: set[Element] = set()
        grids: dict[int, Element] = {}
        for spot in story(root, self.sight, where):
            index = len(self.paragraphs)
            found = [piece for element in spot.elements for piece in pieces(element, self.sight)]
            met.update((*spot.elements, *(element for element, _ in found)))
            text, first = "".join(t for _, t in found), spot.elements[0]
            style, label = (
                ("", "") if self.sight.is_foreign(first) else (self._style(first), self.labeller.label(first))
            )
            self.paragraphs.append(Paragraph(index, text, spot.where, style, label, spot.table, spot.row, spot.column))
            if spot.cell is not None:
                self._by_cell.setdefault(spot.cell, []).append(index)
            if spot.grid is not None:
                grids.setdefault(spot.table, spot.grid)
            self.unread += (self._unread(index, it) for it in found_in(spot, self.sight, text))
        for element in left_behind(root, met, self.sight):
            words = shortened((element.text or "").strip(), 20)
            self.unread.append(Unread("没有读到的字", True, max(len(self.paragraphs) - 1, 0), where, "", words, words))
        return grids

    def _unread(self, index: int, found: Found) -> Unread:
        """With its place, and the text around it: that of its paragraph, or the nearest text above."""
        kind, lost, detail, mark = found
        above = (self.paragraphs[n].text.strip() for n in range(index, max(index - 4, -1), -1))
        near = shortened(" ".join(next(filter(None, above), "").split()), 12)
        return Unread(kind, lost, index, self.paragraphs[index].place, near, detail, mark)

    def _style(self, paragraph: Element) -> str:
        """The name of the paragraph's style, empty where it has none."""
        mark = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.styles.get(mark.get(W + "val", "") if mark is not None else "")
        return style.name if style else ""

    def _expand(self, table: Element) -> tuple[tuple[Cell, ...], ...]:
        """The rows of a table, merged cells standing at every place that they cover."""
        above: dict[int, Cell] = {}
        rows = []
        for r, row in enumerate(grid(table), 1):
            cells: list[Cell] = []
            for element, column in row:
                cell = above.get(column) if _continues(element) else None
                cell = cell or self._cell(element, (r, column))
                for c in range(column, column + span(element)):
                    above[c] = cell
                    cells.append(cell)
            rows.append(tuple(cells))
        return tuple(rows)

    def _cell(self, element: Element, origin: tuple[int, int]) -> Cell:
        indices = self._by_cell.get(element, [])
        text = "\n".join(self.paragraphs[i].text for i in indices)
        return Cell(text.strip(), origin, tuple(indices))


def _continues(cell: Element) -> bool:
    """Whether this is a lower part of a vertically merged cell."""
    mark = cell.find(f"{W}tcPr/{W}vMerge")
    return mark is not None and mark.get(W + "val", "continue") != "restart"


# ---------------------------------------------------------------------------------------------- sections


def _sections(root: Element) -> tuple[Section, ...]:
    """The sections in order."""
    return tuple(map(_section, root.iter(W + "sectPr")))


def _section(element: Element) -> Section:
    numbering = element.find(W + "pgNumType")
    return Section(
        _attributes(element.find(W + "pgSz")),
        _attributes(element.find(W + "pgMar")),
        _attributes(element.find(W + "docGrid")),
        numbering is not None and numbering.get(W + "start") is not None,
    )


def _attributes(element: Element | None) -> dict[str, str]:
    return {} if element is None else {str(k).rpartition("}")[2]: str(v) for k, v in element.attrib.items()}

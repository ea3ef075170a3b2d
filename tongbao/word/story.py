"""The one way through the XML of a Word file, on which all that read or write it agree.

Text is what a reader would see after accepting all tracked changes: insertions count; deletions, hidden text and
what is struck out do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tongbao.word.lettering import Lettering
from tongbao.word.package import BODY, BOX, MC, Element, M, UnreadableError, W, open_package
from tongbao.word.sight import Sight, chosen
from tongbao.words.signs import UNKNOWN, seen


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph and where it stands. It has several elements where the marks between them are deleted.

    In a table, `table`, `row` and `column` count from 1, else they are 0; `grid` is the table and `cell` the cell of
    it. `host` is the paragraph, or what stands by itself, at which a comment goes: none may stand in a text box or in
    the text of another file.
    """

    elements: tuple[Element, ...]
    where: str = BODY
    table: int = 0
    row: int = 0
    column: int = 0
    grid: Element | None = None
    cell: Element | None = None
    host: Element | None = None


# Elements around paragraphs, rows and cells that a reader does not see (ECMA-376 part 1, 17.5 and 17.13; part 3).
_TRANSPARENT = {W + t for t in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
# Elements inside paragraphs whose text is not part of the line: properties, deletions, field codes, text boxes (which
# come after the paragraph), and the small writing of a 拼音.
_UNREAD = {W + t for t in ("pPr", "rPr", "sdtPr", "del", "moveFrom", "instrText", "delText", "txbxContent", "rt")}
_UNREAD |= {W + "rubyPr"}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_MATHS = {M + "oMath", M + "oMathPara"}
# What stands by itself among paragraphs. What cannot be read of it is told in its place.
_LINES = {W + "p", W + "subDoc", *_MATHS}
_CONTAINERS = {W + "body", W + "footnote", W + "endnote"}
_DEEPEST = 3  # documents within documents; more are told as unread
_MOST_COLUMNS = 63  # of a table in Word

# ---------------------------------------------------------------------------------------------- a line


def pieces(paragraph: Element, sight: Sight) -> Iterator[tuple[Element, str]]:
    """(element, text) of all that carries visible text in a paragraph, in order; page and column breaks have none."""
    last, above = "", False
    for element, text in _inside_line(paragraph, paragraph, sight, Lettering()):
        # 10⁴ is no 104, and 50² (a note stands at 50) no 502: the digits of a number all stand on the line.
        if text and (last.isdecimal() or above) and text[0].isdecimal() and _is_raised(element, paragraph, sight):
            if not above:
                yield element.getparent(), "^"  # type: ignore[misc]
            above = True
        elif text:
            above = False
        yield element, text
        last = text[-1:] or last


def _is_raised(element: Element, line: Element, sight: Sight) -> bool:
    run = element.getparent()
    return run is not None and run.tag == W + "r" and sight.run(run, line).raised


def text_of(spot: Spot, sight: Sight) -> str:
    """The visible text of a paragraph."""
    return "".join(text for element in spot.elements for _, text in pieces(element, sight))


def _inside_line(parent: Element, line: Element, sight: Sight, look: Lettering) -> Iterator[tuple[Element, str]]:
    for child in parent:
        tag = child.tag
        if tag == W + "r":
            lettering = sight.run(child, line)
            if lettering.counts:
                yield from _inside_line(child, line, sight, lettering)
        elif child in sight.covered or tag in _UNREAD:
            continue
        elif tag == W + "t" or tag == M + "t":
            yield child, look.shown(child.text or "")
        elif tag in _SIGNS:
            yield child, "" if child.get(W + "type") in {"page", "column"} else _SIGNS[tag]
        elif tag == W + "sym":
            yield child, sign_of(child)
        elif tag == MC + "AlternateContent":
            form = chosen(child)
            if form is not None:
                yield from _inside_line(form, line, sight, look)
        elif isinstance(tag, str):
            yield from _other(child, line, sight, look)


def _other(child: Element, line: Element, sight: Sight, look: Lettering) -> Iterator[tuple[Element, str]]:
    """What fields, controls and formulas show, and whatever stands around a text."""
    if child.tag in {W + "fldChar", W + "fldSimple", W + "sdt"} and (instead := sight.instead(child)):
        yield child, instead
    elif child.tag == M + "r":
        if sight.run(child, line).counts:
            yield from _inside_line(child, line, sight, look)
    elif child.tag in _FORMULAS:
        yield from _formula(child, line, sight, look)
    else:
        yield from _inside_line(child, line, sight, look)


def sign_of(element: Element) -> str:
    """The character that a `sym` shows; the sign of an unread one where that cannot be told."""
    try:
        return seen(int(element.get(W + "char", ""), 16), element.get(W + "font", ""))
    except ValueError:
        return UNKNOWN


# How formulas are written in one line: what stands before, between and after the parts that they have.
_FORMULAS = {M + "f": ("", "/", ""), M + "sSup": ("", "^", ""), M + "rad": ("√", "", ""), M + "d": ("(", ",", ")")}
_PARTS = {M + t for t in ("num", "den", "e", "sup", "sub", "fName")}


def _formula(element: Element, line: Element, sight: Sight, look: Lettering) -> Iterator[tuple[Element, str]]:
    before, between, after = _FORMULAS[element.tag]
    inner = [e for e in element if e.tag in _PARTS]
    yield element, before
    for number, part in enumerate(inner):
        if number and between:
            yield part, between
        found = list(_inside_line(part, line, sight, look))
        # 3/5, but (a+b)/5: a sum above a stroke would be read as another one without its brackets.
        whole = not between or between == "," or "".join(t for _, t in found).replace(".", "").isalnum()
        yield from found if whole else [(part, "("), *found, (part, ")")]
    yield element, after


# ---------------------------------------------------------------------------------------------- the whole


def blocks(container: Element) -> Iterator[Element]:
    """The paragraphs, tables and borrowed files directly inside a container; content controls are looked into."""
    for child in container:
        if child.tag in _LINES or child.tag in {W + "tbl", W + "altChunk"}:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from blocks(child)
        elif child.tag == MC + "AlternateContent" and (form := chosen(child)) is not None:
            yield from blocks(form)


def story(root: Element, sight: Sight, where: str = BODY) -> Iterator[Spot]:
    """Every paragraph of a part in reading order; those of a text box follow the paragraph that holds the box."""
    walk = _Walk(sight)
    for container in [child for child in root if child.tag in _CONTAINERS] or [root]:
        yield from walk.through(container, Spot((), where))


class _Walk:
    """One walk through a part, which numbers its tables."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._tables = 0

    def through(self, container: Element, at: Spot) -> Iterator[Spot]:
        """The paragraphs of one container; `at` is where the container itself stands."""
        waiting: tuple[Element, ...] = ()
        last: Element | None = None
        for block in blocks(container):
            if block.tag not in _LINES:
                yield from self._joined(waiting, at)
                waiting = ()
                table = block.tag == W + "tbl"
                yield from self._table(block, at) if table else self._borrowed(block, at, last)
                continue
            last, waiting = block, (*waiting, block)
            if not self._sight.mark_is_gone(block):
                yield from self._joined(waiting, at)
                waiting = ()
        yield from self._joined(waiting, at)

    def _joined(self, elements: tuple[Element, ...], at: Spot) -> Iterator[Spot]:
        """The paragraph that these elements are together, without those that show nothing; then its text boxes."""
        if not elements:
            return
        shown = tuple(e for e in elements[:-1] if any(text for _, text in pieces(e, self._sight)))
        first = elements[0]
        host = at.host if at.host is not None or first.tag == W + "p" else _neighbour(first)
        yield replace(at, elements=(*shown, elements[-1]), host=host)
        for element in elements:
            for box in element.iter(W + "txbxContent"):
                if own(box, element) and not is_gone(box, element):
                    holder = element if at.host is None else at.host
                    yield from self.through(box, Spot((), BOX, cell=at.cell, host=holder))

    def _table(self, table: Element, at: Spot) -> Iterator[Spot]:
        if at.table:  # a table inside a cell is read as text of that cell
            for row in grid(table):
                for cell, _ in row:
                    yield from self.through(cell, at)
            return
        self._tables += 1
        number = self._tables
        for r, row in enumerate(grid(table), 1):
            for cell, column in row:
                spot = replace(at, table=number, row=r, column=column, grid=table, cell=cell)
                yield from self.through(cell, spot)

    def _borrowed(self, element: Element, at: Spot, before: Element | None) -> Iterator[Spot]:
        """The paragraphs of a file that is shown here; an empty one where it cannot be read."""
        host = at.host if at.host is not None else before if before is not None else _neighbour(element)
        chunk = self._sight.chunk(element)
        if chunk.body is None and chunk.docx and chunk.depth < _DEEPEST:
            chunk.body = _opened(chunk.docx, self._sight, chunk.depth + 1)
        if chunk.body is None:
            yield replace(at, elements=(element,), host=host)
        else:
            self._sight.borrowed(chunk.body, chunk.what)
            yield from self.through(chunk.body, replace(at, host=host))


def _neighbour(element: Element) -> Element:
    """A paragraph beside what is none itself; the thing itself where there is none."""
    near = (*element.itersiblings(W + "p", preceding=True), *element.itersiblings(W + "p"))
    return next(iter(near), element)


def own(element: Element, paragraph: Element) -> bool:
    """Whether something belongs to this paragraph itself, not to one in a text box that it holds."""
    return next((a for a in element.iterancestors() if a is paragraph or a.tag == W + "p"), paragraph) is paragraph


def is_gone(element: Element, top: Element | None = None) -> bool:
    """Whether something below `top` is deleted, or is a form of something that is shown in another form."""
    below = element
    for above in element.iterancestors():
        if above.tag in {W + "del", W + "moveFrom"}:
            return True
        if above.tag == MC + "AlternateContent" and chosen(above) is not below:
            return True
        if above is top:
            return False
        below = above
    return False


def grid(table: Element) -> list[list[tuple[Element, int]]]:
    """The rows of a table, each with (cell, its first grid column from 1); deleted rows and cells are left out."""
    rows = []
    for row in _parts_of(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        before = row.find(f"{W}trPr/{W}gridBefore")
        column, cells = 1 + (int(before.get(W + "val", "0")) if before is not None else 0), []
        for cell in _parts_of(row, "tc"):
            if cell.find(f"{W}tcPr/{W}cellDel") is None:
                cells.append((cell, column))
                column += span(cell)
        rows.append(cells)
    return rows


def span(cell: Element) -> int:
    """How many grid columns a cell covers."""
    mark = cell.find(f"{W}tcPr/{W}gridSpan")
    return min(max(1, int(mark.get(W + "val", "1"))), _MOST_COLUMNS) if mark is not None else 1


def _parts_of(container: Element, name: str) -> Iterator[Element]:
    for child in container:
        if child.tag == W + name:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _parts_of(child, name)


# ---------------------------------------------------------------------------------------------- a document inside


def _opened(data: bytes, sight: Sight, depth: int) -> Element | None:
    """The body of a Word file that is shown in another one; None where it cannot be read."""
    try:
        package = open_package(data)
        if not sight.room.takes(sum(info.file_size for info in package.filelist if info.filename.endswith(".xml"))):
            return None
        inner = Sight(package, depth, sight.room)
        root = next(inner.parts())[1]
    except UnreadableError:
        return None
    sight.adopt(inner, root)
    return root.find(W + "body")

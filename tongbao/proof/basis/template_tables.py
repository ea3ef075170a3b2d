"""The tables of a template, worked out from the same values: what a circular prints in them, without opening it.

The rows of a loop are streamed into the file, so that ten thousand of them cost little; here their text is made once
more, for the later proof. A cell that does more than print values is not understood; its text is then None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongbao.model import Row
from tongbao.proof.basis.kept import Line, PrintedTable
from tongbao.word.document import Paper, Table

_TAG = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_STATEMENT = re.compile(r"\{%.*?%\}")
_MERGE = re.compile(r"\{% 纵并 \S+ %\}")
_LOOP = re.compile(r"\{%tr for (\S+) in (.+?) %\}")
# A condition on rows leaves out some of them, so the table is given up; the one on section titles is understood.
_ROW_CONDITION = re.compile(r"\{%tr (?:if|elif) (?!\S+\.分节 %)")
# Names whose values change from row to row while the template is rendered.
_STATEFUL = {"层次", "loop"}
ANNEX = "附件.行"

Filters = Mapping[str, Callable[..., object]]
Say = Callable[[Mapping[str, object]], tuple[str | None, str]]


class _Unknown(Exception):
    """An expression that is more than names, fields and filters without arguments."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Works out the text of a template's cells from the values that the template was given.

    `printed` tells whether a text is in the circular, `number` gives the number of a ledger row in the basis.
    """

    context: Mapping[str, object]
    filters: Filters
    printed: Callable[[str], bool]
    number: Callable[[Row], int]

    def tables(self, template: Paper) -> Iterator[PrintedTable]:
        """Every table with a loop of rows that can be worked out; the annex is known by the list that it loops over."""
        for table in template.tables:
            rows = [[cell.text for cell in row] for row in table.rows]
            begins = next((n for n, row in enumerate(rows) if _LOOP.search(row[0])), None)
            if begins and (spoken := self._table(rows, begins)) is not None:
                yield spoken

    def plain_cells(self, template: Paper) -> Iterator[str]:
        """The cells outside loops that print values only, such as the print row (版记)."""
        for table in template.tables:
            yield from self._plain_cells(table)

    # ------------------------------------------------------------------------------------------ tables

    def _table(self, rows: Sequence[Sequence[str]], begins: int) -> PrintedTable | None:
        loop = _LOOP.search(rows[begins][0])
        assert loop is not None
        name, listed = loop.groups()
        body = rows[begins + 1 :]
        spoken = [row for row in body if any(_TAG.search(cell) for cell in row)]
        if not spoken or any(_ROW_CONDITION.search(row[0]) for row in body):
            return None
        cells = [self._cell(cell, name) for cell in max(spoken, key=lambda row: len(set(row)))]
        headers = _headers(rows[:begins])
        if listed != ANNEX and not self.printed(headers[0].split("\n")[-1]):
            return None
        try:
            items = self._value(listed, {})
        except _Unknown:
            return None
        lines = tuple(self._lines(items if isinstance(items, Iterable) else (), cells, name))
        return PrintedTable(headers, lines, listed == ANNEX, getattr(items, "own", False)) if lines else None

    def _lines(self, items: Iterable[object], cells: Sequence[Say], name: str) -> Iterator[Line]:
        """The titles of sections, and the items; those of the annex are the rows that it lists, in their order."""
        place, listed = 0, getattr(items, "listed", ())
        for item in items:
            if isinstance(item, dict) and item.get("分节"):
                yield Line((str(item["分节"]),), title=True)
                continue
            said = [say({name: item}) for say in cells]
            keys = tuple(key for _, key in said)
            row = getattr(item, "row", None)
            row = listed[place] if isinstance(item, dict) and place < len(listed) else row
            number = self.number(row) if isinstance(row, Row) else place if isinstance(item, dict) else None
            yield Line(tuple(text for text, _ in said), number, keys if any(keys) else ())
            place += 1

    def _cell(self, cell: str, name: str) -> Say:
        """What gives a cell's text for an item: a plain field is looked up at once, which is fast; else tag by tag."""
        plain = _MERGE.sub("", cell).strip()
        tag = _TAG.fullmatch(plain)
        field = tag[1].removeprefix(f"{name}.") if tag else ""
        if tag and re.fullmatch(r"\w+", field):
            return lambda scope: self._field(scope[name], field)
        return lambda scope: self._spoken(plain, scope)

    def _field(self, item: object, field: str) -> tuple[str | None, str]:
        if isinstance(item, dict):
            return str(item.get(field, "")), ""
        try:
            return _said(item[field])  # type: ignore[index]
        except (KeyError, TypeError, _Unknown):
            return None, ""

    def _spoken(self, cell: str, scope: Mapping[str, object]) -> tuple[str | None, str]:
        """The text of a cell and the key of its first traced value; None where it is not understood."""
        if _STATEMENT.search(cell):
            return None, ""
        try:
            values = [_said(self._value(tag, scope)) for tag in _TAG.findall(cell)]
        except _Unknown:
            return None, ""
        words = iter(text for text, _ in values)
        return _TAG.sub(lambda _: next(words), cell), next((key for _, key in values if key), "")

    # ------------------------------------------------------------------------------------------ values

    def _plain_cells(self, table: Table) -> Iterator[str]:
        inside = False
        for row in table.rows:
            inside = inside or bool(_LOOP.search(row[0].text))
            for cell in dict.fromkeys(c.text for c in row) if not inside else ():
                if _TAG.search(cell):
                    bare = _STATEMENT.sub("", cell)
                    text, _ = self._spoken(bare, {})
                    tags = [self._spoken(tag[0], {})[0] for tag in _TAG.finditer(bare)]
                    if text and all(tags):
                        yield text

    def _value(self, expression: str, scope: Mapping[str, object]) -> object:
        """What `name.field|filter` stands for. Raises `_Unknown`."""
        path, *filters = (part.strip() for part in expression.split("|"))
        root, *fields = path.split(".")
        found = scope.get(root, None if root in _STATEFUL else self.context.get(root))
        try:
            for field in fields:
                found = found[field]  # type: ignore[index]
            for name in filters:
                found = self.filters[name](found)
        except Exception as error:  # a filter with arguments, a field that this value has not: any of Python's errors
            raise _Unknown from error
        if found is None:
            raise _Unknown
        return found


def _headers(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The headers of the columns: the texts of all rows of the header, a line each, without a title over its width."""
    stacked = [row for row in rows[:-1] if len(set(row)) > 1 and len(row) == len(rows[-1])]
    return tuple("\n".join(dict.fromkeys(filter(None, texts))) for texts in zip(*stacked, rows[-1], strict=True))


def _said(value: object) -> tuple[str, str]:
    """A value as the page prints it, and the key by which it was traced."""
    if not isinstance(value, str | int):
        raise _Unknown
    text = int.__repr__(value) if isinstance(value, int) else str.__str__(value)
    return text, str(getattr(value, "key", ""))

"""Tables of another layout: a column whose header does not say what it means is recognised by its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import mean

from tongbao.config.kind_file import adapted
from tongbao.config.kinds import ColumnType, Kind
from tongbao.excel.grid import Sheet
from tongbao.excel.values import Cell, holds, text_of
from tongbao.ledger import headers
from tongbao.ledger.labels import Labels
from tongbao.model import DEADLINE, NO, PROGRESS, TASK, DeadlineKind, Period
from tongbao.words.deadlines import parse_deadline
from tongbao.words.periods import cell_date
from tongbao.words.text import one_line
from tongbao.words.unitnames import looks_complete, parts

# The share of a column's values that must look like the field, so that a few slips do not hide it: three statuses of
# five make a status column, two do not. A column that the header calls the status is doubted where less than 1 - 0.6 of
# its values are statuses (one of five, not two). Set by feel; every column found this way is listed as a doubt.
_MOST = 0.6
# Characters of a status word or the name of a unit (a deadline may have twice as many), and of a header: what is longer
# is a sentence. 云溪县住房和城乡建设局机关服务中心 is too long for a unit here.
_LONGEST_WORD, _LONGEST_HEADER = 15, 20
# Characters that tasks and progress have on average, or a column of names would be taken for them. It costs: tasks such
# as 修复东门桥 (5) are not recognised, and a column of addresses of 12 is taken for the progress where there is no
# other.
_SHORTEST_TASK, _SHORTEST_PROGRESS = 6, 10
_NO_DAY = {DeadlineKind.UNREAD, DeadlineKind.EMPTY}

Fits = Callable[[Cell], bool]


def understood(sheet: Sheet, kind: Kind, period: Period) -> tuple[Kind, Mapping[str, str]]:
    """The kind with the headers of columns that were recognised by their content, and these headers by field.

    Only fields that no header gives are looked for, and the status where its column holds hardly a word of the kind.
    """
    columns = _Columns(sheet, kind)
    found: dict[str, int] = {}
    for name, fits in _tests(columns, kind, period):
        if column := columns.best(fits, set(found.values())):
            found[name] = column
    found |= columns.texts_for(kind, set(found.values()))
    guessed = {name: columns.headers[column] for name, column in found.items()}
    return adapted(kind, {}, {name: (header,) for name, header in guessed.items()}), guessed


def _tests(columns: _Columns, kind: Kind, period: Period) -> Iterator[tuple[str, Fits]]:
    """The fields to look for, each with the test that its values pass."""
    labels = Labels(kind)

    def is_status(value: Cell) -> bool:
        text = one_line(text_of(value))
        return len(text) <= _LONGEST_WORD and labels.named(text)[0] is not None

    def is_deadline(value: Cell) -> bool:
        if not isinstance(value, str):
            return cell_date(value) is not None
        text = one_line(value)
        return len(text) <= 2 * _LONGEST_WORD and parse_deadline(text, decided=None, period=period).kind not in _NO_DAY

    status = kind.status.field
    if columns.share(columns.known.get(status, 0), is_status) < 1 - _MOST:
        yield status, is_status
    if kind.column(DEADLINE) and DEADLINE not in columns.known:
        yield DEADLINE, is_deadline
    if not any(c.type is ColumnType.UNITS and c.field in columns.known for c in kind.columns):
        yield kind.units.field, _are_units
    if kind.column(NO) and NO not in columns.known:
        yield NO, lambda value: text_of(value).strip().rstrip(".、．").isdigit()


def _are_units(value: Cell) -> bool:
    names = [fragment for part in parts(text_of(value)) for fragment in part]
    return bool(names) and all(len(name) <= _LONGEST_WORD and looks_complete(name) for name in names)


class _Columns:
    """The columns of a sheet: their headers, the fields that the kind knows among them, the values below."""

    def __init__(self, sheet: Sheet, kind: Kind) -> None:
        layout = headers.find(sheet, kind)
        top = layout.bottom if layout else _header_row(sheet)
        self.known: Mapping[str, int] = layout.columns if layout else {}
        self.headers = layout.texts if layout else _texts(sheet, top)
        below = [row for row in sheet.cells[top:] if sum(map(holds, row)) > 1]
        self._values = {c: [row[c - 1] for row in below if c <= len(row) and holds(row[c - 1])] for c in self.headers}

    def share(self, column: int, fits: Fits) -> float:
        """The share (0 to 1) of a column's values that fit; 1 for an empty column, 0 where there is no such column."""
        values = self._values.get(column)
        if values is None:
            return 0
        return mean(map(fits, values)) if values else 1

    def best(self, fits: Fits, taken: set[int]) -> int:
        """The free column that fits best, the left one of equals; 0 where none fits well enough."""
        shares = {c: self.share(c, fits) for c in self._free(taken) if self._values[c]}
        best = max(shares, key=lambda c: (shares[c], -c), default=0)
        return best if best and shares[best] >= _MOST else 0

    def texts_for(self, kind: Kind, taken: set[int]) -> dict[str, int]:
        """The columns of task and progress: of those left the two with the longest texts; the left one is the task."""
        lengths = {c: mean(len(text_of(v)) for v in self._values[c]) for c in self._free(taken) if self._values[c]}
        longest = sorted(lengths, key=lambda c: -lengths[c])
        wanted = [name for name in (TASK, PROGRESS) if kind.column(name) and name not in self.known]
        chosen = sorted(longest[: len(wanted)])
        shortest = {TASK: _SHORTEST_TASK, PROGRESS: _SHORTEST_PROGRESS}
        return {name: c for name, c in zip(wanted, chosen, strict=False) if lengths[c] >= shortest[name]}

    def _free(self, taken: set[int]) -> list[int]:
        return [c for c in self.headers if c not in taken and c not in self.known.values()]


def _header_row(sheet: Sheet) -> int:
    """The row, among the first ten, with the most header-like cells; the first of equals, 0 for an empty sheet."""
    rows: Sequence[Sequence[Cell]] = sheet.cells[: headers.SEARCHED_ROWS]
    counts = [sum(_is_header(v) for v in row) for row in rows]
    return counts.index(max(counts)) + 1 if counts else 0


def _is_header(value: Cell) -> bool:
    """Is this a short text and no number?"""
    return isinstance(value, str) and holds(value) and len(value) <= _LONGEST_HEADER and not value.strip().isdigit()


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    if not row:
        return {}
    return {c: one_line(text_of(v)) for c, v in enumerate(sheet.cells[row - 1], 1) if _is_header(v)}

"""What a circular was made from, kept beside it so that it can be proved after people have edited it: 核稿依据.json.

The file is plain JSON (format 1). Rows of ledgers are held once and named by their number; runs of them are written as
first and last. A later format may add keys: what is not known here is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

FILE = "核稿依据.json"
# A draft has its own: the basis of the paper that was issued goes on proving that one.
DRAFT_FILE = "核稿依据（草稿）.json"
FORMAT = 1
_TITLE, _NO_ROW = -1, -2  # format 1 writes these in place of a row's number


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger that the run read: its name, its path from the folder of the circular, the checksum of its bytes."""

    file: str
    path: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A ledger row behind a figure, as a remark names it: file, sheet, row there, number and text of the item."""

    file: str
    sheet: str
    row: int
    no: str
    text: str


@dataclass(frozen=True, slots=True)
class Member:
    """One name of a printed list, with the ledger rows that it stands for."""

    text: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A traced value: as printed, its rule in words, the rows behind it; `members` where it is a list.

    `constant` is the part of a count that no row stands for: what was closed before the first ledger on file.
    """

    value: str
    rule: str = ""
    rows: tuple[int, ...] = ()
    constant: int = 0
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """A stretch of a printed paragraph that is the text of a ledger cell; `name` where it names the row."""

    start: int
    end: int
    row: int
    name: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as the run printed it, with its traced values (start, end, key) and the cells that it repeats."""

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()
    origins: tuple[Origin, ...] = ()


class Line(NamedTuple):  # not a dataclass: there may be ten thousand of them
    """A line of a printed table: its cells, and the number of its ledger row (None where it is not of one row).

    A cell is None where it is not known what the template printed; `keys` are those of traced cells, empty for others.
    `title`: it is the title of a section and has one cell.
    """

    cells: tuple[str | None, ...]
    row: int | None = None
    keys: tuple[str, ...] = ()
    title: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed: its header and its lines. The annex is the one that repeats the ledger row by row.

    `ordered`: its columns stand as in the ledger, so that their order is a statement too.
    """

    headers: tuple[str, ...]
    lines: tuple[Line, ...]
    annex: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a printed circular is proved by. `units` and `labels` have each name first, then its other spellings."""

    circular: str
    sha256: str = ""
    title: str = ""
    report: str = ""
    period: str = ""
    prior: str = ""
    ledgers: tuple[LedgerFile, ...] = ()
    rows: tuple[LedgerRow, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    paragraphs: tuple[Printed, ...] = ()
    units: tuple[tuple[str, ...], ...] = ()
    dates: tuple[str, ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    tables: tuple[PrintedTable, ...] = ()

    @property
    def statuses(self) -> tuple[str, ...]:
        """The names of labels and classes."""
        return tuple(names[0] for names in self.labels)


class UnreadableBasisError(Exception):
    """The file is no basis, or of a format that this version does not know; the message says it in Chinese."""


# ---------------------------------------------------------------------------------------------- writing


def to_json(basis: Basis, version: str) -> bytes:
    """The bytes of the file."""
    files = list(dict.fromkeys((r.file, r.sheet) for r in basis.rows))
    number = {sheet: n for n, sheet in enumerate(files)}
    content = {
        "format": FORMAT,
        "version": version,
        "circular": {"name": basis.circular, "sha256": basis.sha256},
        "title": basis.title,
        "report": basis.report,
        "period": basis.period,
        "prior": basis.prior,
        "ledgers": [{"file": f.file, "path": f.path, "sha256": f.sha256} for f in basis.ledgers],
        "sheets": files,
        "rows": [(number[r.file, r.sheet], r.row, r.no, r.text) for r in basis.rows],
        "sources": {key: _source(source) for key, source in basis.sources.items()},
        "paragraphs": [_printed(p) for p in basis.paragraphs],
        "units": basis.units,
        "dates": basis.dates,
        "labels": basis.labels,
        "tables": [_table(table) for table in basis.tables],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _source(source: Source) -> dict[str, object]:
    plain: dict[str, object] = {"value": source.value, "rule": source.rule, "rows": _runs(source.rows)}
    if source.constant:
        plain["constant"] = source.constant
    if source.members:
        plain["members"] = [(m.text, _runs(m.rows)) for m in source.members]
    return plain


def _printed(printed: Printed) -> dict[str, object]:
    plain: dict[str, object] = {"text": printed.text}
    if printed.spans:
        plain["spans"] = printed.spans
    if printed.origins:
        plain["cells"] = [(o.start, o.end, o.row, int(o.name)) for o in printed.origins]
    return plain


def _table(table: PrintedTable) -> dict[str, object]:
    lines = [tuple(_line(line)) for line in table.lines]
    ordered = {"ordered": True} if table.ordered else {}
    return {"headers": table.headers, "lines": lines, "annex": table.annex, **ordered}


def _line(line: Line) -> Iterator[object]:
    yield _TITLE if line.title else _NO_ROW if line.row is None else line.row
    yield line.cells
    if line.keys:
        yield line.keys


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """`0 1 2 7` → (0, 2), (7, 7); the order is kept."""
    runs = (list(run) for _, run in groupby(enumerate(numbers), lambda at: at[1] - at[0]))
    return [(run[0][1], run[-1][1]) for run in runs]


# ---------------------------------------------------------------------------------------------- reading


def read_basis(data: bytes) -> Basis:
    """The basis of a file's bytes. Raises `UnreadableBasisError` with what is wrong."""
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or not isinstance(content.get("format"), int):
            raise UnreadableBasisError("不是核稿依据")
        if content["format"] > FORMAT:
            raise UnreadableBasisError("是更新版本的程序写的，请用新版本核稿")
        return _basis(content)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise UnreadableBasisError("已损坏，请重新生成一次通报") from error


def _basis(content: Mapping[str, Any]) -> Basis:
    sheets = content["sheets"]
    return Basis(
        circular=content["circular"]["name"],
        sha256=content["circular"]["sha256"],
        title=content["title"],
        report=content["report"],
        period=content["period"],
        prior=content["prior"],
        ledgers=tuple(LedgerFile(f["file"], f["path"], f["sha256"]) for f in content["ledgers"]),
        rows=tuple(LedgerRow(sheets[n][0], sheets[n][1], row, no, text) for n, row, no, text in content["rows"]),
        sources={key: _read_source(source) for key, source in content["sources"].items()},
        paragraphs=tuple(map(_read_printed, content["paragraphs"])),
        units=tuple(tuple(names) for names in content["units"]),
        dates=tuple(content["dates"]),
        labels=tuple(tuple(words) for words in content["labels"]),
        tables=tuple(map(_read_table, content["tables"])),
    )


def _read_source(plain: Mapping[str, Any]) -> Source:
    members = tuple(Member(text, tuple(_numbers(rows))) for text, rows in plain.get("members", ()))
    return Source(plain["value"], plain["rule"], tuple(_numbers(plain["rows"])), plain.get("constant", 0), members)


def _read_printed(plain: Mapping[str, Any]) -> Printed:
    origins = tuple(Origin(start, end, row, bool(name)) for start, end, row, name in plain.get("cells", ()))
    return Printed(plain["text"], tuple((s, e, key) for s, e, key in plain.get("spans", ())), origins)


def _read_table(plain: Mapping[str, Any]) -> PrintedTable:
    lines = tuple(_read_line(*line) for line in plain["lines"])
    return PrintedTable(tuple(plain["headers"]), lines, plain["annex"], plain.get("ordered", False))


def _read_line(number: int, cells: Iterable[str | None], keys: Iterable[str] = ()) -> Line:
    row = None if number in (_TITLE, _NO_ROW) else number
    return Line(tuple(cells), row, tuple(keys), title=number == _TITLE)


def _numbers(runs: Iterable[Sequence[int]]) -> Iterator[int]:
    for first, last in runs:
        yield from range(first, last + 1)

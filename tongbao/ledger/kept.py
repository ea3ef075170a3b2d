"""What the ledgers on file hold, kept from run to run, so that an earlier one that has not changed is not read again.

One file a ledger, in a folder of its own beside the circulars (`output/<report>/.底账`), which may be deleted, damaged
or unwritable at any time. Each says what it was made from: the program, the kind, the roster, the sheet asked for, and
the file with its checksum. Where any of these is another, the ledger is read anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from tongbao.excel import sheets
from tongbao.excel.grid import Book
from tongbao.ledger.asked import Job
from tongbao.ledger.copies import without_copies
from tongbao.ledger.month_books import closed_until
from tongbao.ledger.on_file import Found
from tongbao.ledger.read import parsed, read_book, read_data
from tongbao.ledger.sheet_periods import month_view
from tongbao.model import Ledger, Level, Period, Place, Problem, Row
from tongbao.outside.files import UnreadableFile
from tongbao.outside.program import program_digest
from tongbao.outside.records import Codec, spelt
from tongbao.outside.shelf import Label, Shelf
from tongbao.words.unitnames import home_of
from tongbao.words.units import Roster

# No sort of ledger and no period: its name tells none, and begins with a dot, as what people need not look at.
FOLDER = ".底账"
EXPLANATION = (
    "说明.txt",
    "这里放的是程序读过的各期台账的内容，下次运行不必重读。\r\n"
    "可以随时整个删去，通报不受影响，只是下一次运行慢一些。请不要改里面的文件；改过的，程序不用。\r\n",
)
# Where a ledger is read, and two are linked: whatever changes there, nothing kept is used any more.
ROOMS = ("model", "words", "outside", "config", "excel", "ledger", "matching")


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a ledger: itself, and its errors, which stop the circular of any later period too."""

    ledger: Ledger
    errors: tuple[Problem, ...]


@cache
def _codec() -> Codec[Held]:
    return Codec(Held)


class Kept:
    """The ledgers of one report, as read or as kept. `changed`: a warning for each older one that is not as it was."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._home = home_of(job.settings.office.name)
        self.shelf = Shelf(job.report.output / FOLDER, EXPLANATION)
        self.changed: list[Problem] = []
        self._books: dict[str, tuple[Book | None, list[Problem]]] = {}
        self._labels: list[tuple[Ledger, Label]] = []

    def newest(self, one: Found, roster: Roster | None) -> tuple[Ledger | None, list[Problem]]:
        """The ledger of the newest period with all its problems, read from its file whatever is kept: it is at work."""
        data, problems = sheets.bytes_of(one.path)
        if data is None:
            return None, problems
        read, said = self._read(data, one, roster)
        label, there = self._label(data, one, roster), self.shelf.get(_name(one.period))
        if read and not _fits(label, there):
            self._put(one, label, Held(read, tuple(errors(said))))
        return read, said

    def older(self, one: Found, roster: Roster | None) -> tuple[Ledger | None, list[Problem]]:
        """The ledger of an earlier period with its errors: what is kept of it, else as its file is now."""
        data, problems = sheets.bytes_of(one.path)
        if data is None:
            return None, problems
        label, there = self._label(data, one, roster), self.shelf.get(_name(one.period))
        held = _codec().decode(there[1]) if there and _fits(label, there) else None
        if held is None:
            read, said = self._read(data, one, roster)
            if read is None:
                return None, errors(said)
            held = Held(read, tuple(errors(said)))
            self._put(one, label, held)
            if there and _differs(held.ledger, label, *there):
                self.changed.append(_changed(one))
        self._labels.append((held.ledger, label))
        return held.ledger, list(held.errors)

    def label_of(self, ledger: Ledger) -> Label:
        """What this very ledger was made from; empty where it is none of those read here, or nobody knows."""
        return next((label for known, label in self._labels if known is ledger), {})

    def save(self, found: Sequence[Found]) -> None:
        """Keeps what was read of the ledgers on file up to the newest. What is kept of others before it, goes.

        For the end of a run: what is told in `changed` is told again until its paper is written.
        """
        days = {one.period.last.isoformat() for one in found}
        self.shelf.save(lambda name: _is_ours(name) and name[:10] < max(days) and name[:10] not in days)

    def _read(self, data: bytes, one: Found, roster: Roster | None) -> tuple[Ledger | None, list[Problem]]:
        read, said = self._of_month(data, one, roster) if one.sheet else self._of_file(data, one, roster)
        if read is None:
            return None, said
        read, doubled = without_copies(read)
        return read, said + doubled

    def _of_file(self, data: bytes, one: Found, roster: Roster | None) -> tuple[Ledger | None, list[Problem]]:
        kind, sheet, name = self._job.kind, self._job.report.sheet, one.path.name
        as_of = self._as_of(one)
        return read_data(data, name, kind, one.period, as_of=as_of, roster=roster, sheet=sheet, home=self._home)

    def _of_month(self, data: bytes, one: Found, roster: Roster | None) -> tuple[Ledger | None, list[Problem]]:
        """One sheet of a book of months, which is opened once for all of them."""
        digest, kind = hashlib.sha256(data).hexdigest(), self._job.kind
        if digest not in self._books:
            self._books[digest] = parsed(data, one.path.name, kind)
        book, problems = self._books[digest]
        if book is None:
            return None, problems
        as_of = self._as_of(one)
        view, sheet = month_view(book, one.sheet), one.sheet
        read, said = read_book(view, kind, one.period, as_of=as_of, roster=roster, sheet=sheet, home=self._home)
        return closed_until(read) if read else None, [*problems, *said]

    def _as_of(self, one: Found) -> date:
        return self._job.report.as_of.get(one.period.token, one.period.last)

    def _label(self, data: bytes, one: Found, roster: Roster | None) -> Label:
        """What the ledger is made from; empty where the program cannot tell which one it is."""
        try:
            program = program_digest(ROOMS)
        except (UnreadableFile, OSError):
            return {}
        kind = replace(self._job.kind, folder=Path())  # where the office lies is nothing to the reader
        settings = spelt((kind, roster, self._job.report.sheet, self._home))
        return {
            "program": program,
            "report": self._job.report.name,
            "settings": hashlib.sha256(settings.encode()).hexdigest(),
            "file": one.path.name,
            "sheet": one.sheet,
            "period": repr(one.period),
            "as_of": self._as_of(one).isoformat(),
            "sha256": hashlib.sha256(data).hexdigest(),
        }

    def _put(self, one: Found, label: Label, held: Held) -> None:
        if label and (text := _codec().encode(held)):
            self.shelf.put(_name(one.period), label, text)


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """The problems of the level error, which stop a circular."""
    return [p for p in problems if p.level is Level.ERROR]


# ---------------------------------------------------------------------------------------------- names, changes


def _name(period: Period) -> str:
    """The name under which a ledger is kept: there is one for each day on which a period ends."""
    return f"{period.last.isoformat()}.json"


def _is_ours(name: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d[\w-]*\.json", name) is not None


def _fits(label: Label, there: tuple[Label, bytes] | None) -> bool:
    """Is what is there made from the same?"""
    return bool(label) and there is not None and there[0] == label


def _differs(now: Ledger, label: Label, kept: Label, text: bytes) -> bool:
    """Does a ledger hold something else than when it was kept? One only saved again, or renamed, does not.

    Where program or settings are others too, what was kept says nothing of the rows, and the checksum decides.
    """
    if any(kept.get(part) != label.get(part) for part in ("report", "period")):  # of another ledger altogether
        return False
    if kept.get("sha256") == label.get("sha256"):
        return False
    # A book of months gets another name with every sheet that is added.
    of_file = ("sheet",) if label.get("sheet") else ("file",)
    comparable = all(kept.get(part) == label.get(part) for part in ("program", "settings", "as_of", *of_file))
    before = _codec().decode(text) if comparable else None
    return before is None or _nameless(before.ledger) != _nameless(now)


def _nameless(ledger: Ledger) -> Ledger:
    """What a ledger says, in whatever file it stands."""
    rows, closed, again = (tuple(map(_placeless, some)) for some in (ledger.rows, ledger.closed, ledger.taken_up))
    return replace(ledger, file="", sha256="", rows=rows, closed=closed, taken_up=again)


def _placeless(row: Row) -> Row:
    pictures = tuple(picture._replace(place=picture.place._replace(file="")) for picture in row.pictures)
    return replace(row, place=row.place._replace(file=""), pictures=pictures)


def _changed(one: Found) -> Problem:
    name = one.name if one.sheet else f"“{one.name}”"
    message = f"{name}在上次生成之后改过，已重新读取；以前各期的数以改后的为准"
    fix = "核对改动是否有意；已经印发的通报不会跟着改"
    return Problem(Level.WARNING, "earlier_changed", message, fix, place=Place(one.path.name))

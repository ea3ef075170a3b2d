"""What a command works on: the ledgers of a report, read with the office's roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.config.office import Periods, Settings
from tongbao.excel import sheets
from tongbao.excel.grid import Book
from tongbao.ledger import month_books, on_file
from tongbao.ledger.asked import Job
from tongbao.ledger.choice import shown
from tongbao.ledger.copies import CLOSED_BUT_OPEN, parted
from tongbao.ledger.empty_tables import finished_before
from tongbao.ledger.ids import ids_in
from tongbao.ledger.kept import Kept, errors
from tongbao.ledger.on_file import Found, workbooks_in
from tongbao.ledger.read import parsed
from tongbao.ledger.rosters import UNFIT, elsewhere
from tongbao.model import Ledger, Level, Place, Problem
from tongbao.outside.files import content
from tongbao.words.unitnames import home_of
from tongbao.words.units import Roster


def ledgers_for(job: Job) -> tuple[list[Found], list[Problem]]:
    """The ledgers of a job up to its period, oldest first: files, or sheets of books; and what was found odd."""
    by_sheet = job.report.periods is Periods.SHEETS
    return month_books.ledgers_in_books(job) if by_sheet else on_file.ledgers_for(job)


def roster_of(settings: Settings) -> tuple[Roster | None, list[Problem]]:
    """The roster of the settings; None where the office keeps none, and one is learned from each ledger."""
    home = home_of(settings.office.name)
    if settings.units:
        return Roster.from_names(settings.units).at_home(home), []
    if settings.units_file is None:
        return None, []
    book, problems = sheets.needed_book(settings.units_file)
    if book is None:
        return None, problems
    roster, more = Roster.from_rows(shown(book)[0].texts() if shown(book) else ())
    if place := elsewhere(roster, home):
        return None, [*problems, *more, _of_another(place, home, settings.units_file.name)]
    return roster.at_home(home), [*problems, *more]


def _of_another(place: str, home: str, file: str) -> Problem:
    message = f"单位名册里写的是{place}的单位，不是{home}的，没有用它，单位名称照台账所写"
    fix = "把 config.yaml 里 units 一行的名册换成本单位的，或删去这一行"
    return Problem(Level.WARNING, UNFIT, message, fix, place=Place(file))


def read_all(
    found: Sequence[Found], job: Job, kept: Kept | None = None
) -> tuple[list[Ledger], Roster | None, list[Problem]]:
    """All ledgers in the order of `found`, oldest first, the office's roster (or None), and all problems.

    No ledgers where that of this period or the last one cannot be read. Of the older ledgers only errors are told:
    their warnings were seen when they were the newest. `kept` knows afterwards which ledgers these are.
    """
    kept = kept or Kept(job)
    roster, problems = roster_of(job.settings)
    ledgers: list[Ledger] = []
    for one in found:
        read, said = kept.newest(one, roster) if one is found[-1] else kept.older(one, roster)
        if read and ledgers:
            read, apart = parted(read, ledgers[-1])
            said = [p for p in said if not (p.code == CLOSED_BUT_OPEN and p.place in apart)]
        problems += said
        ledgers += [read] if read else []
        if one is found[-1] and any(p.code == UNFIT for p in said):
            roster = None
        if read is None and one in found[-2:]:
            return [], roster, problems
    return ledgers, roster, finished_before(ledgers, problems)


# ---------------------------------------------------------------------------------------------- between two circulars


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest ledger of a report as file, bytes, grids and as read; the office's roster, None where it keeps none.

    `used` are the ids of all ledgers on file; `before` are those ledgers but the newest, oldest first. `sheet` is the
    sheet that it is, where each period is a sheet.
    """

    path: Path
    data: bytes
    book: Book
    ledger: Ledger
    roster: Roster | None
    used: frozenset[str]
    before: tuple[Ledger, ...] = ()
    sheet: str = ""


def newest_ledger(job: Job) -> tuple[Newest | None, list[Problem]]:
    """The newest ledger of a report, from which `next` and `split` go on; None where an error stands in the way."""
    found, problems = ledgers_for(job)
    ledgers, roster, said = read_all(found, job) if not errors(problems) else ([], None, [])
    problems += said
    if not ledgers or errors(problems):
        return None, problems
    used, unread = used_ids(job)
    path = found[-1].path
    data = content(path)
    book, damaged = parsed(data, path.name, job.kind)
    if book is None or unread:
        return None, [*problems, *damaged, *unread]
    return Newest(path, data, book, ledgers[-1], roster, used, tuple(ledgers[:-1]), found[-1].sheet), problems


def used_ids(job: Job) -> tuple[frozenset[str], list[Problem]]:
    """The ids of all ledgers on file, which are never given again, and an error for each file that cannot be read.

    All workbooks of the folder count, whatever their period, and every sheet of each.
    """
    opened = [(path, *sheets.open_book(path)) for path in workbooks_in(job.report.input)]
    problems = [_ids_unknown(path, said) for path, book, said in opened if book is None]
    return frozenset(id for _, book, _ in opened if book for id in ids_in(book, job.kind)), problems


def _ids_unknown(path: Path, said: Sequence[Problem]) -> Problem:
    why = said[0].message if said else "打不开"
    message = f"“{path.name}”读不了（{why}），不知道里面用过哪些编号"
    return Problem(
        Level.ERROR, "ids_unknown", message, "请先处理好这个文件，或把它移出台账文件夹", place=Place(path.name)
    )

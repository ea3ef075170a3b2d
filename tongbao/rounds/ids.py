"""Ids for the rows of a ledger: each row keeps its own, and a number once used is never given again."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping

from tongbao.config.kinds import Kind
from tongbao.ledger.ids import OURS
from tongbao.model import ID, Ledger, Level, Place, Problem, Row, Table
from tongbao.words.text import key


def assign_ids(
    ledger: Ledger, used: Collection[str] = (), lent: Mapping[Place, str] | None = None
) -> tuple[dict[Place, str], list[Problem]]:
    """The id of every row by its place, and a warning for each id that stands in several rows.

    A row keeps its own id unless a row above it has the same. New ids are `2022-017`, with `-b`, `-c` for the further
    parts of an item. `used` are the ids of all ledgers on file; none of them is given again. `lent` are ids under which
    rows were sent out before they had their own.
    """
    ids, problems = _own_ids(ledger)
    taken, lent = {*ids.values(), *(row.id for row in ledger.closed if row.id)}, lent or {}
    for place, id in lent.items():
        if place not in ids and id not in taken:
            taken.add(id)
            ids[place] = id
    numbers = _Numbers(ledger.period.last.year, taken | {*used, *lent.values()})
    for item in items(ledger.rows):
        base = next((ids[row.place] for row in item if row.place in ids), "")
        for row in item:
            if row.place not in ids:
                ids[row.place] = numbers.part_of(base) if base else numbers.fresh()
            base = base or ids[row.place]
    return ids, problems


def id_header(kind: Kind, table: Table) -> str:
    """The header of a new column of ids: 编号, or another name for it where the office calls something else so."""
    taken = {key(header.text) for header in (*table.headers.values(), *table.others)}
    column = kind.column(ID)
    return next((name for name in (ID, *(column.headers if column else ())) if key(name) not in taken), ID)


def _own_ids(ledger: Ledger) -> tuple[dict[Place, str], list[Problem]]:
    """The ids that rows bear themselves, of rows with the same one the first; a warning for each of the others."""
    ids: dict[Place, str] = {}
    problems: list[Problem] = []
    taken = {row.id for row in ledger.closed if row.id}
    for row in ledger.rows:
        if row.id and row.id in taken:
            problems.append(_copied(ledger, row))
        elif row.id:
            taken.add(row.id)
            ids[row.place] = row.id
    return ids, problems


class _Numbers:
    """Hands out ids of one year that are not in `taken`."""

    def __init__(self, year: int, taken: set[str]) -> None:
        self.year = year
        self.taken = taken
        matches = filter(None, map(OURS.fullmatch, taken))
        self.last = max((int(m[2]) for m in matches if int(m[1]) == year), default=0)

    def fresh(self) -> str:
        self.last += 1
        self.taken.add(f"{self.year}-{self.last:03d}")
        return f"{self.year}-{self.last:03d}"

    def part_of(self, base: str) -> str:
        match = OURS.fullmatch(base)
        stem = f"{match[1]}-{match[2]}" if match else base
        letters = (_letters(n) for n in range(1, len(self.taken) + 2))
        found = next(id for letter in letters if (id := f"{stem}-{letter}") not in self.taken)
        self.taken.add(found)
        return found


def _letters(number: int) -> str:
    """The letters of the n-th further part of an item: 1 → b, 25 → z, 26 → aa; the first part has none."""
    head, tail = divmod(number, 26)
    return ("" if not head else chr(96 + head)) + chr(97 + tail)


def _copied(ledger: Ledger, row: Row) -> Problem:
    message = f"编号 {row.id} 上面已有一行在用，多半是复制行时带下来的；下期台账里给这一行换了新编号"
    fix = "两行都是要办的事项时不用管；是重复的请删去一行"
    return Problem(
        Level.WARNING,
        "id_copied",
        message,
        fix,
        place=ledger.place(row, ID),
        header=ID,
        item=row.item,
        value=row.id,
    )


def items(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows in groups, one for what one 序号 covers (`Row.item_key`)."""
    found: dict[Hashable, list[Row]] = {}
    for row in rows:
        found.setdefault(row.item_key, []).append(row)
    return list(found.values())

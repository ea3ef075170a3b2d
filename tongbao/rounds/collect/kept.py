"""What the program keeps of a round: which sheets went out to whom, and which texts its merges have written.

Both are files for the program beside what the clerk sees. Without them the round goes on: the sheets that lie in 分发
hold their own copies, and a text that nobody remembers counts as the office's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tongbao.excel import sheets
from tongbao.model import Ledger, Place
from tongbao.outside.files import content_if_there, named
from tongbao.rounds.collect.sent import Copy, copy_of, hidden_copy
from tongbao.words.text import key

SENT_RECORD, WRITTEN_RECORD = ".分发记录.json", ".汇总记录.json"


@dataclass(frozen=True, slots=True)
class SentOut:
    """The sheets that went out: the copy of each, and the name of its file, by unit."""

    copies: Mapping[str, Copy] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def sent_record(lines: Mapping[str, Sequence[Sequence[str]]], files: Mapping[str, str]) -> bytes:
    """The record of a round of sending: by unit the name of its file and the lines of its hidden copy."""
    return _packed({"sheets": {unit: {"file": files[unit], "lines": lines[unit]} for unit in lines}})


def sent_out(folder: Path, fields: Mapping[str, str]) -> SentOut:
    """What was sent: from the record, else (sent by an earlier version) from the sheets that lie in the folder."""
    found = {
        str(one["file"]): copy
        for one in _unpacked(folder / SENT_RECORD).get("sheets", {}).values()
        if (copy := copy_of(one["lines"], fields))
    }
    if not found:
        files = named(folder, "*.xlsx")
        opened = [(file.name, sheets.open_book(file)[0]) for file in files if not file.name.startswith(("~$", "."))]
        found = {name: copy for name, book in opened if book and (copy := copy_of(hidden_copy(book), fields))}
    return SentOut({c.stamp.unit: c for c in found.values()}, {c.stamp.unit: name for name, c in found.items()})


Written = dict[str, list[str]]


def written_record(
    earlier: Written, writes: Mapping[Place, str], ids: Mapping[Place, str], ledger: Ledger, made: Mapping[str, str]
) -> bytes:
    """The record of all texts that merges have written, by id and header, with those of this merge; `made` are the
    checksums of the ledgers that merges made."""
    texts = {name: list(found) for name, found in earlier.items()}
    for name, places in _names(ledger, ids).items():
        for place in places:
            if place in writes and writes[place] not in texts.setdefault(name, []):
                texts[name].append(writes[place])
    return _packed({"texts": {name: found for name, found in texts.items() if found}, "made": made})


def written_before(folder: Path) -> Written:
    """The texts that earlier merges wrote, by id and header; none where there is no record."""
    texts = _unpacked(folder / WRITTEN_RECORD).get("texts", {})
    return {str(name): [str(text) for text in found] for name, found in texts.items()}


def made_before(folder: Path) -> dict[str, str]:
    """The checksums of the ledgers that earlier merges made, each with its period."""
    return {str(digest): str(period) for digest, period in _unpacked(folder / WRITTEN_RECORD).get("made", {}).items()}


def by_place(written: Written, ids: Mapping[Place, str], ledger: Ledger) -> dict[Place, tuple[str, ...]]:
    """The texts that earlier merges wrote, by cell of the ledger as it is now."""
    named = {name: places for name, places in _names(ledger, ids).items() if name in written}
    return {place: tuple(written[name]) for name, places in named.items() for place in places}


def _names(ledger: Ledger, ids: Mapping[Place, str]) -> dict[str, list[Place]]:
    """The cells of all rows by the id of the row and the header of the column, which outlast rows put in between."""
    columns = {t.sheet: (*t.headers.values(), *t.others) for t in ledger.tables if not t.closed}
    found: dict[str, list[Place]] = {}
    for row in ledger.rows:
        for header in columns[row.place.sheet]:
            found.setdefault(f"{ids[row.place]}｜{key(header.text)}", []).append(row.place.at(header.column))
    return found


def _packed(what: Mapping[str, object]) -> bytes:
    return json.dumps({"format": 1, **what}, ensure_ascii=False, indent=1).encode()


def _unpacked(path: Path) -> dict[str, dict[str, Any]]:
    """A record; nothing where it is missing or was damaged. Raises UnreadableFile: it is written anew, and must not
    lose what is there only because somebody else reads it just now."""
    try:
        read = json.loads(content_if_there(path) or b"")
        return {name: value for name, value in read.items() if isinstance(value, dict)}
    except (ValueError, AttributeError):
        return {}

"""Beside the papers of a report: under which date and numbers each period was issued, so that each is asked once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tongbao.outside.deliver import write_whole
from tongbao.outside.files import UnreadableFile, content_if_there

FILE = "成文信息.json"


@dataclass(frozen=True, slots=True)
class Issued:
    """What is known of one period: its last day, the fields by name, and which of them nobody was there to confirm."""

    last: date
    fields: Mapping[str, str] = field(default_factory=dict)
    assumed: frozenset[str] = frozenset()


def issued_before(folder: Path) -> dict[str, Issued]:
    """What was kept in the output folder of a report, by the token of the period; nothing where it cannot be read."""
    try:
        periods = json.loads(content_if_there(folder / FILE) or b"{}").get("periods", {})
        return {str(token): _read(entry) for token, entry in periods.items()}
    except (ValueError, KeyError, TypeError, AttributeError, UnreadableFile):
        return {}


def keep_issued(folder: Path, known: Mapping[str, Issued]) -> None:
    """Keeps what is known of all periods. Raises Refusal."""
    periods = {
        token: {"last": one.last.isoformat(), "fields": dict(one.fields), "assumed": sorted(one.assumed)}
        for token, one in sorted(known.items(), key=lambda pair: pair[1].last)
    }
    data = json.dumps({"format": 1, "periods": periods}, ensure_ascii=False, indent=1)
    write_whole(folder / FILE, f"{data}\n".encode())


def _read(entry: Mapping[str, object]) -> Issued:
    fields, assumed = entry["fields"], entry.get("assumed", [])
    if not isinstance(fields, dict) or not isinstance(assumed, list):
        raise TypeError(type(fields))
    texts = {str(name): str(value) for name, value in fields.items()}
    return Issued(date.fromisoformat(str(entry["last"])), texts, frozenset(map(str, assumed)))

"""`figures.json`: what a run counted, for programs and tests, with the checksums of its inputs.

Format 2 is that of kinds whose figures count less than all items on file (see `Base`), format 1 that of the others.

`assumed` and `questions`: see `left_to_people`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import tongbao
from tongbao.circular.choices import Choice, Figures
from tongbao.circular.left_to_people import assumed, questions
from tongbao.circular.printed_numbers import measure_text
from tongbao.config.kinds import Base, Kind
from tongbao.matching.two_periods import Changes
from tongbao.model import Ledger, Problem, Row

_LISTS = {"newly_completed": "新增完成", "lagging": "滞后", "at_risk": "预警", "added": "新增"}
_NAMED = ("figures", "labels", "classes", "measures", "groups", "lists", "selections")
_NOTHING_COUNTED: Mapping[str, object] = {**{part: {} for part in _NAMED}, "units": []}


def figures_json(
    *,
    report: str,
    kind: Kind,
    changes: Changes | None,
    figures: Figures | None,
    problems: Sequence[Problem],
    outputs: Mapping[str, str],
    template_sha256: str = "",
    issued: bool = True,
    draft: bool = False,
) -> bytes:
    """The bytes of the file. Without figures (the ledger could not be read) it holds problems but nothing counted.

    `issued`: the run wrote a paper that may be mailed; `draft`: it wrote one that may not.
    """
    current, prior = (changes.current, changes.prior) if changes else (None, None)
    content: dict[str, object] = {
        "format": 1 if kind.base is Base.ALL else 2,
        "base": kind.base.value,
        "issued": issued,
        "draft": draft,
        "report": report,
        "kind": kind.id,
        "period": _period(current),
        "prior": _period(prior),
        "sheets": [_sheets(ledger) for ledger in (prior, current) if ledger],
        **(_counted(figures, kind) if figures else _NOTHING_COUNTED),
        "assumed": assumed(changes) if changes else [],
        "questions": questions(changes) if changes else [],
        "problems": [problem_json(p) for p in problems],
        "outputs": dict(outputs),
        "inputs": {ledger.file: ledger.sha256 for ledger in (current, prior) if ledger},
        "template": template_sha256,
        "version": tongbao.__version__,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _counted(figures: Figures, kind: Kind) -> dict[str, object]:
    return {
        "figures": {id_: _plain(f.value) for id_, f in figures.numbers.items()},
        "labels": {name: _label(c, figures, kind) for name, c in figures.labels.items()},
        "classes": {name: _label(c, figures, kind) for name, c in figures.classes.items()},
        "measures": _measures(figures.choices["全部"], kind),
        "groups": _groups(figures, kind),
        "lists": _lists(figures, kind),
        "selections": _selections(figures, kind),
        "units": _units(figures),
    }


def problem_json(problem: Problem) -> dict[str, str]:
    """A problem with its place, as texts by English keys."""
    return {
        "level": problem.level.value,
        "code": problem.code,
        "file": problem.place.file,
        "sheet": problem.place.sheet,
        "cell": problem.place.cell,
        "header": problem.header,
        "item": problem.item,
        "value": problem.value,
        "message": problem.message,
        "fix": problem.fix,
    }


def _period(ledger: Ledger | None) -> dict[str, str] | None:
    return None if ledger is None else {"label": ledger.period.label, "last": ledger.as_of.isoformat()}


def _sheets(ledger: Ledger) -> list[str]:
    """The sheets in which a ledger has rows: where there are several, a row is told by its sheet too."""
    return list(dict.fromkeys(row.place.sheet for row in (*ledger.rows, *ledger.closed)))


def _plain(value: int | Decimal | str) -> int | str:
    return value if isinstance(value, int) else str(value)


def _label(choice: Choice, figures: Figures, kind: Kind) -> dict[str, object]:
    return {"count": choice.count, "share": figures.share(choice, kind.shares)}


def _measures(choice: Choice, kind: Kind) -> dict[str, str]:
    return {m.name: measure_text(choice.measures[m.name], m) for m in kind.measures if m.name in choice.measures}


def _groups(figures: Figures, kind: Kind) -> dict[str, object]:
    return {
        name: {
            value: {"count": c.count, "labels": _labels_of(c.rows), "measures": _measures(c, kind)}
            for value, c in values.items()
        }
        for name, values in figures.groups.items()
    }


def _labels_of(rows: Iterable[Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.label] = counts.get(row.label, 0) + 1
    return counts


def _lists(figures: Figures, kind: Kind) -> dict[str, object]:
    named = {**_LISTS, **{s.name: s.name for s in kind.lists}}
    return {id_: [_row(r) for r in figures.choices[name].rows] for id_, name in named.items()}


def _row(row: Row) -> dict[str, object]:
    return {"no": row.no, "text": row.text, "file": row.place.file, "sheet": row.place.sheet, "row": row.place.row}


def _selections(figures: Figures, kind: Kind) -> dict[str, object]:
    chosen = {s.name: figures.choices[s.name] for s in kind.lists}
    return {name: {**_label(c, figures, kind), "measures": _measures(c, kind)} for name, c in chosen.items()}


def _units(figures: Figures) -> list[dict[str, object]]:
    return [
        {
            "unit": line.unit,
            "assigned": line.assigned.count,
            "done": line.done.count,
            "newly_completed": line.newly_completed.count,
            "lagging": line.lagging.count,
            "rate": line.rate,
            "rank": line.rank,
        }
        for line in figures.units
    ]

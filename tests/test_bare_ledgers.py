"""Every kind with ledgers in which something is missing: no sentence of a circular may show that it is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from tests.support.folders import TEMPLATES
from tests.support.office import Office
from tests.support.trials import ALL
from tongbao.config.kind_file import kind_names, load_kind
from tongbao.config.kinds import Column, ColumnType, Kind, Label
from tongbao.model import NO, TASK, UNIT, State
from tongbao.words.text import chinese_number

WRONG = re.compile(
    r"(?<![\d.])0(?:大?项|个|家|亿元)|。。|[：；，、（]。|[，、；：][，；、]|（\s*）|“\s*”|：$|第项|^[，。；、]"
    r"|[（(][、，；]|[、，；][）)]|中。|None|nan|\{\{|\}\}"
)
INTRODUCES = re.compile(r"(?:如下|事项)：$")
VALUES = {
    ColumnType.AMOUNT: "#2.5",
    ColumnType.NUMBER: "#3",
    ColumnType.INTEGER: "#3",
    ColumnType.PERCENT: "50%",
    ColumnType.UNITS: "县财政局、县水利局",
    ColumnType.PEOPLE: "林一山",
    ColumnType.DEADLINE: "",
}
Pick = Callable[[Kind], Sequence[Label]]


def of(*states: State) -> Pick:
    """The labels of some states, two rows of each."""
    return lambda kind: [it for it in kind.labels if it.state in states and not it.withdrawn for _ in range(2)]


def one(*states: State) -> Pick:
    """A single row."""
    return lambda kind: of(*states)(kind)[:1]


def table(kind: Kind, labels: Sequence[Label], *, sparse: bool, without: Sequence[str] = ()) -> str:
    """A ledger drawn from the kind's own columns: all of them filled, or only what it cannot do without."""
    columns = [c for c in kind.columns if c.field not in without]
    columns = [c for c in columns if not sparse or c.required or c.field in (NO, *kind.sections)]
    head = "| " + " | ".join(c.headers[0] for c in columns) + " |\n"
    rows = [
        "| " + " | ".join(cell(kind, c, n, label, sparse=sparse) for c in columns) + " |\n"
        for n, label in enumerate(labels, 1)
    ]
    return head + "".join(rows)


def cell(kind: Kind, column: Column, number: int, label: Label, *, sparse: bool) -> str:
    if column.type is ColumnType.STATUS:
        return label.name
    if column.field == TASK:
        return f"修建第{chinese_number(number)}座桥"
    if column.field == NO:
        return f"#{number}"
    if column.field in kind.sections:
        return f"第{chinese_number(1 + number // 3)}次{column.field}"
    return (
        "" if sparse else VALUES.get(column.type, f"{column.field}{number}" if column.field == "编号" else "正在办理。")
    )


SCENES: dict[str, tuple[Pick | None, Pick]] = {
    "first period": (None, of(*State)),
    "one row": (None, one(State.ON_TRACK)),
    "all done": (None, of(State.DONE)),
    "nothing lags": (None, of(State.DONE, State.ON_TRACK)),
    "all lag": (None, of(State.LAGGING)),
    "one lags": (None, one(State.LAGGING)),
    "one suspended": (None, lambda kind: one(State.SUSPENDED)(kind) or one(State.ON_TRACK)(kind)),
    "nothing changed": (of(*State), of(*State)),
    "recovered": (lambda kind: [one(State.LAGGING)(kind)[0]] * 4, lambda kind: [one(State.DONE)(kind)[0]] * 4),
    "fell behind": (lambda kind: [one(State.ON_TRACK)(kind)[0]] * 4, lambda kind: [one(State.LAGGING)(kind)[0]] * 4),
    "still behind": (lambda kind: [one(State.LAGGING)(kind)[0]] * 2, lambda kind: [one(State.LAGGING)(kind)[0]] * 3),
}


# Every kind, scene and sort of ledger with `dev.py trials`; else each scene of each kind with one sort in turn.
CASES = [
    (name, scene, sparse)
    for n, (name, scene) in enumerate(product(kind_names(TEMPLATES), SCENES))
    for sparse in (False, True)
    if ALL or sparse == bool(n % 2)
]


@pytest.mark.parametrize(("name", "scene", "sparse"), CASES)
def test_the_text_reads_as_written_by_hand(tmp_path, name, scene, sparse):
    kind = load_kind(TEMPLATES, name)
    prior, current = SCENES[scene]
    text = made(tmp_path, kind, prior and prior(kind), current(kind), sparse=sparse)
    assert not faults(text)


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_units_and_headings_may_be_missing(tmp_path, name):
    kind = load_kind(TEMPLATES, name)
    without = (UNIT, kind.units.field, *(s for s in kind.sections))
    text = made(tmp_path, kind, None, of(State.LAGGING, State.ON_TRACK)(kind), sparse=True, without=without)
    assert not faults(text)


@pytest.mark.parametrize("name", [n for n in kind_names(TEMPLATES) if len(load_kind(TEMPLATES, n).sections) > 1])
def test_one_level_of_headings_loses_no_item(tmp_path, name):
    kind = load_kind(TEMPLATES, name)
    labels = of(State.LAGGING, State.ON_TRACK)(kind)
    text = made(tmp_path, kind, None, labels, sparse=True, without=kind.sections[1:])
    assert not faults(text)
    assert all(f"修建第{chinese_number(n)}座桥" in text for n in range(1, len(labels) + 1))


def made(folder: Path, kind: Kind, prior: Sequence[Label] | None, current: Sequence[Label], **drawn: Any):
    """The text of the circular before its annex."""
    office = Office(
        folder,
        f"office: {{name: 云溪县人民政府督查室}}\nreports:\n  - {{name: 甲, kind: {kind.id}, title: 关于甲的通报}}\n",
    )
    if prior:
        office.ledger("2022-01", table(kind, prior, **drawn), report="甲", head="")
    office.ledger("2022-02", table(kind, current, **drawn), report="甲", head="")
    assert office.run() == 0
    return office.paper("2022-02", "甲").partition("\n附件\n")[0]


def faults(text: str) -> list[str]:
    """What no hand would have written, and headings out of step."""
    lines = text.split("\n")
    found = [line for line in lines if WRONG.search(line) and not INTRODUCES.search(line)]
    found += [line for line, after in pairwise(lines) if line.endswith("如下：") and len(after) < 6]
    heads = [m[1] for line in lines if (m := re.match(r"([一二三四五六七八九十]+)、", line))]
    wanted = [chinese_number(n) for n in range(1, len(heads) + 1)]
    return found + ([] if heads == wanted and len(heads) != 1 else ["headings: " + "、".join(heads)])

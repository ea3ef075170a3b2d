"""Working sheets with just their header: a mistake, or what is left where all is finished."""

from __future__ import annotations

import pytest

from tests.support.builders import codes, read
from tests.support.drawing import xlsx
from tongbao.ledger.empty_tables import finished_before
from tongbao.model import Ledger, Level, Problem

HEAD = "| 序号 | 事项 | 备注 |"
ONE, DONE = f"{HEAD}\n| 1 | 修桥。 | |", f"{HEAD}\n| 1 | 修桥。 | 完成 |"


def told(*tables: str, names: tuple[str, ...] = ("台账", "销号"), sheet: str = "") -> list[tuple[str, str]]:
    found, problems = read(xlsx(*tables, names=names), sheet=sheet)
    assert found is not None
    return [(p.code, p.level.value) for p in problems if p.code in ("no_items", "nothing_left")]


@pytest.mark.parametrize(
    ("tables", "names", "sheet", "expected"),
    [
        ([HEAD], ("台账",), "", [("no_items", "error")]),
        ([HEAD, DONE], ("台账", "销号"), "", [("nothing_left", "note")]),
        ([HEAD, HEAD], ("台账", "销号"), "", [("no_items", "error")]),
        ([ONE, HEAD], ("台账", "销号"), "", []),
        ([ONE, HEAD], ("城区", "乡镇"), "全部", [("nothing_left", "note")]),
        ([HEAD, HEAD], ("城区", "乡镇"), "全部", [("no_items", "error"), ("no_items", "error")]),
        ([HEAD, HEAD, DONE], ("城区", "乡镇", "销号"), "全部", [("nothing_left", "note"), ("nothing_left", "note")]),
    ],
)
def test_an_empty_working_sheet(tables, names, sheet, expected):
    assert told(*tables, names=names, sheet=sheet) == expected


def ledgers(*tables: str) -> tuple[list[Ledger], list[Problem]]:
    """Ledgers of neighbouring months, and all that was said of them."""
    found, problems = [], []
    for month, table in enumerate(tables, 1):
        one, said = read(table, label=f"2022-{month:02d}-28")
        assert one is not None
        found.append(one)
        problems += [p for p in said if p.level is Level.ERROR]
    return found, problems


@pytest.mark.parametrize(
    ("tables", "left"),
    [
        ((DONE, HEAD), ["nothing_left"]),
        ((DONE, HEAD, HEAD), ["nothing_left", "nothing_left"]),
        ((DONE, HEAD, ONE), ["nothing_left"]),
        ((ONE, HEAD), ["no_items"]),
        ((HEAD,), ["no_items"]),
        ((HEAD, ONE), ["no_items"]),
        ((ONE, HEAD, HEAD), ["no_items", "nothing_left"]),
    ],
)
def test_an_empty_ledger_after_one_with_nothing_open_is_no_mistake(tables, left):
    assert codes(finished_before(*ledgers(*tables))) == left

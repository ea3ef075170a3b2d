"""What is kept of a run for the later proof: every printed list with its members, and the rows of each."""

from __future__ import annotations

import pytest

from tests.support.office import Office
from tongbao.proof.basis.kept import FILE, Basis, read_basis

ROW = "| {no} | {name} | {unit} | {task} | {unit} | 2022年1月30日 | {said} | {status} | {short} |\n"


def kept(folder, *rows: dict[str, str]) -> Basis:
    """The basis of a circular on these rows, which were all open in the period before."""
    office = Office(folder)
    for period, status in (("2022-01-19", ""), ("2022-02-07", "完成")):
        drawn = [
            {"status": status, "said": f"{period}办理情况", "unit": "县财政局", "name": "项目", **row} for row in rows
        ]
        office.ledger(period, "".join(ROW.format(no=n, **row) for n, row in enumerate(drawn, 1)))
    assert office.run() == 0
    return read_basis((office.output("2022-02-07") / FILE).read_bytes())


def members(basis: Basis, name: str) -> list[tuple[str, list[str]]]:
    """The members of the first list that is traced under this name: as printed, the numbers of their rows."""
    source = next(s for key, s in basis.sources.items() if name in key and s.members)
    return [(m.text, [basis.rows[n].no for n in m.rows]) for m in source.members]


def task(short: str, unit: str = "县财政局") -> dict[str, str]:
    return {"task": f"{short}按期完成", "short": short, "unit": unit}


def test_every_name_of_a_list_leads_to_its_row(tmp_path):
    basis = kept(tmp_path, task("清水河治理"), task("学府路东延"))
    assert members(basis, "新增完成|") == [("清水河治理", ["1"]), ("学府路东延", ["2"])]


@pytest.mark.parametrize("short", ["道路、桥梁整治", "“三供一业”；移交", "供水（一期、二期）"])
def test_a_name_may_hold_the_marks_that_lists_are_joined_by(tmp_path, short):
    basis = kept(tmp_path, task(short), task("学府路东延"), task("园区道路"))
    assert members(basis, "新增完成|") == [(short, ["1"]), ("学府路东延", ["2"]), ("园区道路", ["3"])]


def test_two_items_of_one_name_with_a_mark_in_it_are_told_apart_and_lead_to_their_rows(tmp_path):
    first, second = task("道路、桥梁整治"), task("道路、桥梁整治") | {"task": "另一段道路、桥梁整治完工"}
    assert members(kept(tmp_path, first, second), "新增完成|") == [
        ("道路、桥梁整治（第1项）", ["1"]),
        ("道路、桥梁整治（第2项）", ["2"]),
    ]

"""Whose roster it is: that of another county serves nobody else, and never renames a unit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.folders import ROOT
from tests.support.office import Office, command, text_of
from tongbao.ledger.rosters import elsewhere, fits
from tongbao.words.units import Roster

HEAD = "| 序号 | 交办事项 | 责任单位 | 完成时限 | 完成情况 | 状态 |\n"
CONFIG = """
office: {{name: {name}}}
{units}
reports: [{{name: 决策事项, kind: meeting-decisions, title: 关于决策事项办理情况的通报}}]
"""
OWN = ["县卫健局", "县水利局", "城关镇", "石桥镇", "县教体局", "县住建局", "县发改局"]


def sheet(*cells: str) -> str:
    return "\n".join(f"| {n} | 办好第{n}件事 | {cell} | | 正在办理第{n}件。 | |" for n, cell in enumerate(cells, 1))


def office(folder: Path, name: str, units: str, *cells: str) -> Office:
    made = Office(folder, CONFIG.format(name=name, units=units))
    made.ledger("2025-03", sheet(*cells), head=HEAD)
    return made


def printed(made: Office) -> str:
    """All text of the circular, tables too."""
    name = made.record("2025-03")["outputs"]["circular"]
    return re.sub(r"\s", "", text_of(made.output("2025-03") / name))


@pytest.mark.parametrize("name", ["松岭县人民政府督查室", "云溪县人民政府督查室"])
def test_the_roster_of_the_sample_never_renames_the_units_of_another_office(tmp_path, capsys, name):
    shutil.copy(ROOT / "units.xlsx", tmp_path)
    made = office(tmp_path, name, "units: units.xlsx", *OWN)
    assert made.run() == 0
    assert all(unit in printed(made) for unit in OWN)
    assert capsys.readouterr().out.count("单位名称照台账所写") == 1


def test_an_office_without_a_roster_uses_none(tmp_path):
    shutil.copy(ROOT / "units.xlsx", tmp_path)
    made = office(tmp_path, "云溪县人民政府督查室", "", *OWN)
    assert made.run() == 0
    assert all(unit in printed(made) for unit in OWN)


def test_a_short_list_that_an_office_keeps_is_used():
    roster = Roster.from_names(["水利局", "财政局"]).at_home("松岭县")
    assert fits(roster, ["县卫健委\n县水利局", "城关镇\n县水利局", "松岭化工", "石桥镇", "县民政局"])


def test_towns_tell_counties_apart():
    roster = Roster.from_names(["财政局", "水利局", "望云镇", "清源镇", "双河镇"])
    assert fits(roster, ["财政局、望云镇", "石桥镇"])
    assert fits(roster, ["财政局、石桥镇"])
    assert not fits(roster, ["财政局、城关镇", "石桥镇"])


@pytest.mark.parametrize(
    ("home", "place"), [("松岭县", "云溪县"), ("云溪县", ""), ("", ""), ("县", ""), ("临河市", ""), ("云溪区", "")]
)
def test_the_place_of_a_roster(home, place):
    assert elsewhere(Roster.from_names(["财政局", "云溪县水务投资有限公司", "云溪县国资公司"]), home) == place


def test_a_sheet_without_the_counting_column_counts_by_its_other_one(tmp_path, capsys):
    made = office(tmp_path, "松岭县人民政府督查室", "", "县水利局", "县教体局")
    assert made.run() == 0
    assert made.record("2025-03")["figures"]["units"] == 2
    assert "没有“承办单位”一列，单位按“责任单位”一列计" in capsys.readouterr().out


TYPED = ["县卫健委", "县水利局", "城关镇", "松岭化工", "县住房和城乡建设局", "县相关产业发展中心", "各乡镇"]
SEPARATORS = ["、", "，", "；", "/", "⏎", " ", "和", "；配合："]


# A run takes half a second: no search for the smallest case.
@settings(max_examples=8, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_typed_is_printed_and_sent(tmp_path_factory, data):
    listed = data.draw(st.lists(st.sampled_from(TYPED[:-1]), unique=True))
    cells = []
    for _ in range(4):
        names = data.draw(st.lists(st.sampled_from(TYPED), min_size=1, max_size=4, unique=True))
        cells.append(names[0] + "".join(data.draw(st.sampled_from(SEPARATORS)) + name for name in names[1:]))
    units = f"units: [{'、'.join(listed).replace('、', ', ')}]" if listed else ""
    made = office(tmp_path_factory.mktemp("office"), "松岭县人民政府督查室", units, *cells)
    assert made.run() == 0
    typed = {name for name in TYPED for cell in cells if name in cell}
    assert all(name in printed(made) for name in typed)
    command(made, "split")
    sheets = "".join(p.name for p in (made.output("2025-03") / "分发").iterdir())
    assert all(name in sheets for name in typed - {"各乡镇"})


def test_those_that_nobody_can_list_are_told_of_by_split(tmp_path, capsys):
    made = office(tmp_path, "松岭县人民政府督查室", "", "县水利局及各乡镇", "县教体局等有关部门", "县教体局")
    command(made, "split")
    assert "各乡镇（第1项）、有关部门（第2项）" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("home", "place"), [("白塔区", "云溪县"), ("白塔市", "云溪县"), ("白塔旗", "云溪县"), ("云溪区", "")]
)
def test_a_roster_of_another_level_is_of_another_office(home, place):
    names = ["县水利局", "县财政局", "县教育局", "云溪县水务投资有限公司", "云溪县国资公司"]
    assert elsewhere(Roster.from_names(names), home) == place

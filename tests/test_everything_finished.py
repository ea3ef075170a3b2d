"""A period in which nothing is left open still has its circular, for every kind and in every way to get there.

The papers are kept as golden texts, to be read as an editor would (`pytest --update` writes them anew).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.support.finished import FORMS, KINDS, MONTHS, ledger, office, run_through
from tests.support.office import command
from tests.support.trials import ALL

# Total, newly completed (None in a first period), open: the same for every kind.
FIGURES = {
    "首期全部办结": (3, None, 0),
    "次期全部办结": (3, 2, 0),
    "全部移入销号": (3, 2, 0),
    "首期即全在销号": (3, None, 0),
    "上月全部办结后结转": (3, 0, 0),
    "首期全部办结后结转": (3, 0, 0),
    "上月全在销号后结转": (3, 0, 0),
    "上月全部办结后删去": (3, 0, 0),
    "只剩一项正常": (3, 1, 1),
    "只剩一项滞后": (3, 1, 1),
    "结转后只剩一项": (3, 0, 1),
    "结转后一项未报送": (3, 0, 2),
    "结转后都未报送": (3, 0, 2),
    "首期三项都未报送": (3, 0, 3),
    "全部撤销": (0, 0, 0),
    "首期全部撤销": (0, None, 0),
    "办结一项其余撤销": (1, 0, 0),
}
# What no circular says: of nothing, after nothing, about nobody.
_EMPTY = re.compile(r"(?<!\d)0[项个家]|[，；：、]。|，，|[（(][）)]|[是为]：?$")
_URGING = re.compile("加压|摆上重要位置|查明原因|倒排时间|补欠|追赶|过筛子")
_HEADING = re.compile(r"[一二三四五六]、|（[一二三四五六]）")


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_papers_say(tmp_path, golden, kind):
    said = []
    for form in FORMS:
        (tmp_path / form).mkdir()
        made, month, status = run_through(tmp_path / form, kind, form)
        assert status == 0
        figures = made.record(month, "试")["figures"]
        assert (figures["total"], figures.get("newly_completed"), figures["open"]) == FIGURES[form], form
        assert list(oddities(made.paper(month, "试"), figures["open"])) == [], form
        paper = made.output(month, "试") / made.record(month, "试")["outputs"]["circular"]
        assert command(made, "check", str(paper)) == 0, form
        said.append(f"【{form}】\n{made.paper(month, '试')}\n")
    golden(f"everything_finished/{kind}.txt", "\n".join(said))


def oddities(paper: str, left: int) -> Iterator[str]:
    """The lines that an editor would strike out."""
    body, _, annex = paper.partition("\n附件\n")
    lines = body.splitlines()
    yield from (line for line in lines if _EMPTY.search(line))
    yield from (a for a, b in pairwise(lines) if _HEADING.match(a) and _same_level(a, b))
    if ("附件：事项台账" in lines) != bool(annex):
        yield "a note without an annex, or an annex without its note"
    if not left:
        yield from (line for line in lines if _URGING.search(line))


def _same_level(heading: str, following: str) -> bool:
    """Is what follows a heading another one of its level, so that the first has no body?"""
    return _HEADING.match(following) is not None and heading[0] != "（" and following[0] != "（"


@pytest.mark.parametrize("form", FORMS if ALL else ["全部移入销号", "全部撤销"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_says_the_same(tmp_path, kind, form):
    (tmp_path / "稿").mkdir()
    (tmp_path / "文").mkdir()
    drafted, month, status = run_through(tmp_path / "稿", kind, form, "--draft")
    issued, _, _ = run_through(tmp_path / "文", kind, form)
    assert status == 0
    assert drafted.paper(month, "试") == issued.paper(month, "试")


@pytest.mark.parametrize("kind", KINDS)
def test_items_closed_before_the_first_ledger_are_in_the_total_and_the_parts_add_up(tmp_path, kind):
    made, month, status = run_through(tmp_path, kind, "只剩一项滞后", more=", opening: {closed: 5}")
    assert status == 0
    record = made.record(month, "试")
    assert record["figures"]["total"] == 8
    assert "classes" not in [p["code"] for p in record["problems"]]
    first = re.search(r"(\d+)(?=项|个)(?!个\d)", _counting(made.paper(month, "试")))
    assert first is not None
    assert first[1] == "8"
    assert command(made, "check", str(made.output(month, "试") / record["outputs"]["circular"])) == 0


def _counting(paper: str) -> str:
    """The paper from the sentence on that says how many there are."""
    found = re.search(r"(?:累计交办|共|^)(?:安排省市县三级重点项目|督查)?\d+[项个].*", paper, re.MULTILINE)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("kind", KINDS)
def test_after_an_empty_period_new_items_are_counted_on(tmp_path, kind):
    """All finished in August, rows deleted in September, new items in October: the year goes on."""
    made = office(tmp_path, kind)
    folder = tmp_path / "input" / "试"
    folder.mkdir(parents=True)
    for month, states in zip(MONTHS, (("done", "done", "-"), ("-", "-", "-"), ("-", "-", "open")), strict=True):
        (folder / f"台账{month}.xlsx").write_bytes(ledger(kind, states))
    assert made.run("-p", MONTHS[2]) == 0
    figures = made.record(MONTHS[2], "试")["figures"]
    assert (figures["total"], figures["completed"], figures["added"]) == (3, 2, 1)


@pytest.mark.parametrize("states", [("open", "done", "done"), ("late", "late", "late")])
def test_a_blank_ledger_after_open_items_is_one_mistake(tmp_path, states, capsys):
    made = office(tmp_path, "meeting-decisions")
    folder = tmp_path / "input" / "试"
    folder.mkdir(parents=True)
    (folder / "台账2022-08.xlsx").write_bytes(ledger("meeting-decisions", states))
    (folder / "台账2022-09.xlsx").write_bytes(ledger("meeting-decisions", ("-", "-", "-")))
    assert made.run() == 1
    assert "表头下面没有事项" in capsys.readouterr().out
    assert not list(made.output("2022-09", "试").glob("*.docx"))

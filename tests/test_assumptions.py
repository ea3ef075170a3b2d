"""What the program assumes without asking, as the clerk meets it: told on the screen, shown in 核对表, overruled by a word."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.office import Office
from tongbao.model import ANSWERS_FILE

OTHERS = [
    ("县教育局", "扩建白塔镇中心小学，年底前投入使用", ""),
    ("县民政局", "建设县养老服务中心", ""),
    ("县商务局", "培育电商企业", ""),
    ("县文旅局", "筹办农民丰收节", ""),
]
Line = tuple[str, str, str]


def table(lines: list[Line], month: str) -> str:
    """A ledger: unit, task and status of each line."""
    rows = [
        f"| {n} | | {unit} | {task}。 | {unit} | | {month}召开调度会，正在办理。 | {status} | 简称{n} |"
        for n, (unit, task, status) in enumerate(lines, 1)
    ]
    return "\n".join(["| 会议事项 |", *rows])


WHOLE = "修建环镇公路；改造农贸市场停车场"
# What stood, what stands, the rows of 对应关系.xlsx (prior, current line) that are denied, and how the figures change.
CASES: dict[str, tuple[list[Line], list[Line], str, Mapping[str, int], Mapping[str, int]]] = {
    "pair": (
        [("县财政局", "争取专项债券8.9亿元", "")],
        [("县财政局", "争取专项债券89亿元", "")],
        "3→3",
        {"added": 0, "total": 60},
        {"added": 1, "withdrawn": 1, "total": 60},
    ),
    "unit": (
        [("县水利局", "整治云水河河道，清淤3公里", "")],
        [("县交通局", "整治云水河河道，清淤3公里", "")],
        "3→3",
        {"added": 0, "total": 60},
        {"added": 1, "withdrawn": 1, "total": 60},
    ),
    "split": (
        [("县住建局", WHOLE, "")],
        [("县住建局", "修建环镇公路", ""), ("县住建局", "改造农贸市场停车场", "")],
        "3→4",
        {"added": 0, "total": 61},
        {"added": 1, "total": 61},
    ),
    "merged": (
        [("县住建局", "修建环镇公路，全长8公里，年底前通车", ""), ("县住建局", "改造农贸市场停车场", "")],
        [("县住建局", "修建环镇公路，全长8公里，年底前通车；改造农贸市场停车场", "")],
        "4→3",
        {"added": 0, "withdrawn": 0, "total": 60},
        {"added": 0, "withdrawn": 1, "total": 60},
    ),
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def book_of(office: Office) -> Path:
    return office.folder / "input" / "决策事项" / ANSWERS_FILE


def lines_of(office: Office) -> dict[str, dict[str, str]]:
    """The lines of 对应关系.xlsx by the rows they speak of: 3→4."""
    head, *lines = load_workbook(book_of(office)).worksheets[0].values
    told = [dict(zip(map(str, head), (str(cell or "") for cell in line), strict=True)) for line in lines]
    return {f"{one['上期行'].partition('!')[2]}→{one['本期行'].partition('!')[2]}": one for one in told}


def reply(office: Office, **words: str) -> None:
    """The clerk types into the column 答复 (and 理由), by the rows of the line: `_3_4="不是"`."""
    whole = load_workbook(book_of(office))
    page = whole.worksheets[0]
    head = {str(cell.value): number for number, cell in enumerate(page[1])}
    for cells in page.iter_rows(min_row=2):
        place = [str(cells[head[name]].value or "").partition("!")[2] for name in ("上期行", "本期行")]
        word = words.get("_" + "_".join(place))
        if word:
            cells[head["答复"]].value, _, cells[head["理由"]].value = word.partition(" ")
    whole.save(book_of(office))


def months(office: Office, before: list[Line], now: list[Line]) -> None:
    office.ledger("2022-01-19", table([*before, *OTHERS], "1月"))
    office.ledger("2022-02-07", table([*now, *OTHERS], "2月"))


def figures(office: Office, names: Mapping[str, int]) -> dict[str, int]:
    found = office.record("2022-02-07")["figures"]
    return {name: found[name] for name in names}


@pytest.mark.parametrize("sort", CASES)
def test_one_word_overrules_what_was_assumed_and_the_figures_change(office, capsys, sort):
    before, now, denied, first, then = CASES[sort]
    months(office, before, now)
    assert office.run() == 0
    assert figures(office, first) == first
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "由程序认定" in line]
    assert "核对表" in told
    assert "“不是”" in told
    assert denied in lines_of(office)
    reply(office, **{"_" + denied.replace("→", "_"): "不是"})
    if "withdrawn" in then:
        assert office.run() == 1  # what became of the row of last period is asked now
        row = denied.partition("→")[0]
        reply(office, **{f"_{row}_": "撤销 不再办理"})
    assert office.run() == 0
    assert figures(office, then) == then
    assert office.run() == 0
    assert figures(office, then) == then


@pytest.mark.parametrize("sort", CASES)
@pytest.mark.parametrize("word", ["是", "对"])
def test_what_was_confirmed_is_told_no_more_and_the_figures_stay(office, sort, word):
    before, now, confirmed, first, _ = CASES[sort]
    months(office, before, now)
    assert office.run() == 0
    reply(office, **{"_" + confirmed.replace("→", "_"): word})
    assert office.run() == 0
    assert figures(office, first) == first
    still = {f"{one['prior']['row']}→{one['current']['row']}" for one in office.record("2022-02-07")["assumed"]}
    # Whoever says of one part that it is one has said it of both; that the row was rewritten is another matter.
    assert still == ({"3→3"} if sort == "merged" else set())


def test_a_finished_item_that_left_and_a_new_row_like_it_are_one_where_the_clerk_says_so(office, capsys):
    months(office, [("县水利局", "整治云水河河道，清淤3公里", "完成")], [])
    office.ledger(
        "2022-02-07", table([*OTHERS, ("县水利局", "进一步整治云水河河道，清淤3公里，按月报送进展", "")], "2月")
    )
    office.run()
    said = capsys.readouterr().out
    assert "3→7" in lines_of(office), said
    assert figures(office, {"added": 1, "reopened": 0, "total": 61}) == {"added": 1, "reopened": 0, "total": 61}
    reply(office, _3_7="是")
    assert office.run() == 0
    assert figures(office, {"added": 0, "reopened": 1, "total": 60}) == {"added": 0, "reopened": 1, "total": 60}

"""Rows that nobody filled in, as the clerk meets them: no paper, a list by unit, and the decision on file."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.finished import KINDS, MONTHS, ledger
from tests.support.finished import office as drawn_office
from tests.support.folders import TEMPLATES
from tests.support.office import Office, command, sample_office
from tongbao.config.kind_file import kind_names
from tongbao.outside import screen

JANUARY = """
| 1 | 金石水库加固 | 县水利局 | 完成大坝安全鉴定。 | 青石镇 | | 正在编制鉴定报告。 | 正常推进 | 大坝安全鉴定 |
| 2 | 小区改造 | 县财政局 | 落实配套资金。 | 县财政局 | | 已列入预算草案。 | 需加快推进 | 配套资金落实 |
| 3 | 小区改造 | 县财政局 | 完成施工招标。 | 县财政局 | | 招标文件已经审定。 | 正常推进 | 施工招标 |
"""
FEBRUARY = """
| 1 | 金石水库加固 | 县水利局 | 完成大坝安全鉴定。 | 青石镇 | | 鉴定报告已经报批。 | 正常推进 | 大坝安全鉴定 |
| 2 | 小区改造 | 县财政局 | 落实配套资金。 | 县财政局 | | | | 配套资金落实 |
| 3 | 小区改造 | 县财政局 | 完成施工招标。 | 县财政局 | | | | 施工招标 |
"""


@pytest.fixture
def office(tmp_path) -> Office:
    made = Office(tmp_path)
    made.ledger("2022-01", JANUARY)
    made.ledger("2022-02", FEBRUARY)
    return made


def file_of(office: Office):
    return office.folder / "input" / "决策事项" / "未填报.xlsx"


def decide(office: Office, *words: str) -> None:
    book = load_workbook(file_of(office))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[2] if cell.value == "处理")
    for row, word in enumerate(words, 3):
        sheet.cell(row, column).value = word
    book.save(file_of(office))


def numbers(office: Office, period: str = "2022-02") -> dict[str, int]:
    figures = office.record(period)["figures"]
    return {name: figures[name] for name in ("total", "lagging", "on_track", "unreported")}


def test_there_is_no_paper_and_the_units_come_first(office, capsys):
    assert office.run() == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    first = lines[next(n for n, line in enumerate(lines) if line.startswith("必改")) + 1]
    assert "县财政局有2项没有填报本期情况" in first
    assert not list(office.output("2022-02").glob("*.docx"))


def test_the_file_takes_the_decision_row_by_row(office):
    office.run()
    decide(office, "照上期", "未报送")
    assert office.run() == 0
    assert numbers(office) == {"total": 58, "lagging": 1, "on_track": 1, "unreported": 1}
    told = [
        [cell.value for cell in row][6:] for row in load_workbook(file_of(office)).worksheets[0].iter_rows(min_row=3)
    ]
    assert told == [
        ["没有填报", "需加快推进", "已列入预算草案。", "照上期"],
        ["没有填报", "正常推进", "招标文件已经审定。", "未报送"],
    ]
    before = file_of(office).read_bytes()
    assert office.run() == 0
    assert file_of(office).read_bytes() == before


def test_what_counts_as_before_has_its_status_in_the_annex_too(office):
    office.run("--unfilled", "照上期")
    assert office.paper("2022-02").split("\n附件\n")[1].count("需加快推进") == 1


def test_a_file_that_cannot_be_read_is_not_written_over(office, capsys):
    office.run()
    file_of(office).write_bytes(b"damaged")
    assert office.run() == 1
    assert file_of(office).read_bytes() == b"damaged"


def test_a_word_that_is_no_decision(office, capsys):
    office.run()
    decide(office, "算了", "未报送")
    assert office.run() == 1
    assert "处理“算了”看不懂" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("word", "then"),
    [
        ("照上期", {"total": 58, "lagging": 1, "on_track": 2, "unreported": 0}),
        ("未报送", {"total": 58, "lagging": 0, "on_track": 1, "unreported": 2}),
    ],
)
def test_the_option_decides_for_all_and_the_file_remembers(office, word, then):
    assert office.run("--unfilled", word) == 0
    assert numbers(office) == then
    assert office.run() == 0
    assert numbers(office) == then


def test_the_console_asks_once(office, monkeypatch):
    asked: list[tuple[str, list[str]]] = []

    def answer(_: object, question: str, choices: list[str]) -> int:
        asked.append((question, choices))
        return 2

    monkeypatch.setattr(screen.Stages, "ask", answer)
    assert office.run() == 0
    assert numbers(office)["unreported"] == 2
    assert office.run() == 0
    ((question, choices),) = asked
    assert question == "本期有2项没有填报或没有填状态（县财政局）。怎么办？"
    assert choices[0] == "先不出通报，去补填"


def test_what_is_filled_in_later_leaves_the_list(office):
    office.run("--unfilled", "未报送")
    office.ledger("2022-02", FEBRUARY.replace("| | | 施工招标", "| 已开标。 | 完成 | 施工招标"))
    assert office.run() == 0
    assert numbers(office) == {"total": 58, "lagging": 0, "on_track": 1, "unreported": 1}
    assert load_workbook(file_of(office)).worksheets[0].max_row == 3


def test_a_month_that_was_not_reported_is_no_news_in_the_next(office):
    """Unreported in February, on track in March: nothing has caught up, nothing became worse."""
    office.run("--unfilled", "未报送")
    march = JANUARY.replace("正在编制鉴定报告。", "已批复。").replace("已列入预算草案。", "资金已经拨付。")
    office.ledger("2022-03", march.replace("招标文件已经审定。", "已签合同。").replace("需加快推进", "正常推进"))
    assert office.run() == 0
    assert numbers(office, "2022-03") == {"total": 58, "lagging": 0, "on_track": 3, "unreported": 0}
    assert office.record("2022-03")["figures"]["dropped"] == 0


def test_a_file_without_its_header(office, capsys):
    office.run()
    book = Workbook()
    book.worksheets[0].append(["甲", "乙"])
    book.save(file_of(office))
    assert office.run() == 1
    assert "未填报.xlsx，第1行]缺少列：期次、责任单位" in capsys.readouterr().out


@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_what_next_prepared_and_nobody_filled_in_gives_no_paper(tmp_path, kind, capsys):
    office, _ = sample_office(tmp_path, kind)
    folder = tmp_path / "input" / kind
    folder.mkdir(parents=True)
    for sample in (TEMPLATES / kind / "sample").glob("*.xlsx"):
        (folder / sample.name).write_bytes(sample.read_bytes())
    text = office.config.read_text(encoding="utf-8")
    office.config.write_text(text.replace(str(TEMPLATES / kind / "sample"), str(folder)), encoding="utf-8")
    assert command(office, "next", "-p", "2026-12-31") == 0
    capsys.readouterr()
    assert office.run() == 1
    told = capsys.readouterr().out
    line = told.split("必改", 1)[1].splitlines()[1]
    assert re.search("项没有填报本期情况|整本台账还没有填报本期情况，共\\d+项：.+\\d项、", line)
    assert not list((tmp_path / "output" / kind / "2026-12-31").glob("*.docx"))
    assert office.run("--unfilled", "未报送") == 0
    figures = office.record("2026-12-31", kind)["figures"]
    assert figures["unreported"] + figures["suspended"] == figures["open"] > 0


# Words with which the shipped papers say that all is well, or has become better.
_PRAISE = re.compile(
    "全部评价|均?达到或超过序时进度。|均按会议|其余|均为“|推进较快|承担的任务全部|已赶上|已摆脱|转为正常"
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("states", "arguments"),
    [
        ((("open", "open", "open"), ("open", "open", "open")), ()),
        ((("late", "open", "open"), "next"), ("--unfilled", "照上期")),
        ((("late", "open", "open"), "next"), ("--unfilled", "未报送")),
    ],
    ids=["copied", "as before", "not reported"],
)
def test_no_sentence_of_praise_rests_on_silence(tmp_path, kind, states, arguments):
    made = drawn_office(tmp_path, kind)
    folder = tmp_path / "input" / "试"
    folder.mkdir(parents=True)
    for month, state in zip(MONTHS, states, strict=False):
        if state == "next":
            assert command(made, "next") == 0
        else:
            (folder / f"台账{month}.xlsx").write_bytes(ledger(kind, list(state)))
    assert made.run("-p", MONTHS[1], *arguments) == 0
    found = [line for line in made.paper(MONTHS[1], "试").splitlines() if _PRAISE.search(line)]
    assert [line for line in found if "个项目达到或超过序时进度" not in line] == []

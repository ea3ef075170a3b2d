"""对应关系.xlsx as version 0.1.0 wrote it and a clerk filled it in: it holds, and gives way to nobody unasked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.office import Office
from tests.support.talking import console
from tongbao.matching.decisions_aside import ASIDE_FILE
from tongbao.model import ANSWERS_FILE

HEAD = "上期 本期 上期行 上期编号 上期分类 上期事项 上期责任单位 本期行 本期编号 本期分类 本期事项 本期责任单位 疑问 答复 理由"
BEFORE = [
    ("县财政局", "完成水库大坝安全鉴定（2022年）"),
    ("县财政局", "建设标准厂房（一期）"),
    ("青石镇", "修建环镇公路，改造农贸市场停车场"),
    ("县财政局", "编制低空经济发展方案"),
    ("青石镇", "打造云溪古镇夜间消费街区"),
]
NOW = [
    ("县财政局", "完成水库大坝安全鉴定（2023年）"),
    ("县财政局", "建设标准厂房（二期）"),
    ("青石镇", "修建环镇公路"),
    ("青石镇", "改造农贸市场停车场"),
    ("县财政局", "印发低空经济三年行动方案，建设起降点"),
]
OTHERS = [("青石镇", "扩建白塔镇中心小学"), ("青石镇", "建设县养老服务中心"), ("县财政局", "培育电商企业")]
# The lines of that version: prior row, current row, what was asked, what the clerk replied, and why. A row that was
# found nowhere has a line of its own, in which the clerk typed the number of the row as it stands in the margin.
FILLED = [
    (3, "台账!3", "数字不同（2022→2023），相似93%", "同一项", ""),
    (4, "台账!4", "数字不同（1→2），相似88%", "不是同一项", ""),
    (4, "", "本期台账里没有找到：并入请填本期行，撤销请写理由", "撤销", "改建二期"),
    (5, "台账!6", "像是拆成了几项，相似75%", "拆分", ""),
    (5, "台账!5", "像是拆成了几项，相似57%", "拆分", ""),
    (6, "台账!7", "文字改动较大，相似44%", "不是同一项", ""),
    (6, "", "本期台账里没有找到：并入请填本期行，撤销请写理由", "撤销", "省里统一编制"),
    (7, "3", "本期台账里没有找到：并入请填本期行，撤销请写理由", "并入", ""),
]
# What version 0.1.0 itself counted with these answers.
FIGURES = {"total": 63, "closed_before": 55, "newly_completed": 0, "open": 8, "added": 2, "withdrawn": 2}


def table(lines: Sequence[tuple[str, str]], month: str) -> str:
    rows = [
        f"| {n} | | {unit} | {task}。 | {unit} | | {month}召开调度会，正在办理。 | | 简称{n} |"
        for n, (unit, task) in enumerate(lines, 1)
    ]
    return "\n".join(["| 会议事项 |", *rows])


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path)
    made.ledger("2022-01-19", table([*BEFORE, *OTHERS], "1月"))
    made.ledger("2022-02-07", table([*NOW, *OTHERS], "2月"))
    return made


def filled_in(office: Office, lines: Sequence[tuple[int, str, str, str, str]] = FILLED) -> Path:
    """The workbook of that version, with the replies."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "对应关系"
    page.append(HEAD.split())
    for prior, now, asked, reply, reason in lines:
        unit, text = BEFORE[prior - 3]
        place = now.partition("!")[2]
        other = ("会议事项", f"{NOW[int(place) - 3][1]}。", NOW[int(place) - 3][0]) if place else ("", "", "")
        periods = ("2022年1月19日", "2022年2月7日")
        before = (f"台账!{prior}", "", "会议事项", f"{text}。", unit)
        page.append([*periods, *before, now, "", *other, asked, reply, reason])
    path = office.folder / "input" / "决策事项" / ANSWERS_FILE
    book.save(path)
    return path


def replies(path: Path) -> list[tuple[str, ...]]:
    head, *lines = load_workbook(path).worksheets[0].values
    column = {name: number for number, name in enumerate(head)}
    return sorted(
        tuple(str(line[column[name]] or "") for name in ("上期行", "本期行", "答复", "理由"))
        for line in lines
        if line[column["答复"]]
    )


def counted(office: Office) -> dict[str, int]:
    found = office.record("2022-02-07")["figures"]
    return {name: found[name] for name in FIGURES}


def test_the_answers_of_that_version_hold_to_the_last_one(office):
    filled_in(office)
    assert office.run() == 0
    assert counted(office) == FIGURES
    record = office.record("2022-02-07")
    assert record["assumed"] == record["questions"] == []
    codes = [p["code"] for p in record["problems"]]
    assert "answer_unused" not in codes
    assert office.run() == 0
    assert counted(office) == FIGURES


def test_they_stand_in_the_workbook_of_this_version_as_they_were_given(office):
    path = filled_in(office, FILLED[:-1])
    assert office.run() == 1  # the last one is open, so the workbook is written anew
    told = replies(path)
    assert [line[2:] for line in told] == [(reply, why) for *_, reply, why in sorted(FILLED[:-1])]
    with console("并入 行3"):
        assert office.run() == 0
    assert counted(office) == FIGURES
    assert ("台账!7", "台账!3", "并入", "") in replies(path)


def test_what_was_not_answered_then_is_asked_now(office, capsys):
    filled_in(office, [(*line[:3], "", "") if line[0] == 3 else line for line in FILLED])
    with console("1"):
        assert office.run() == 0
    assert "1/1　上期第1项（第3行）" in capsys.readouterr().out
    assert counted(office) == FIGURES


@pytest.mark.parametrize(("choice", "withdrawn"), [("1", 2), ("2", 1)])
def test_where_the_screen_says_otherwise_the_clerk_is_asked(office, capsys, choice, withdrawn):
    path = filled_in(office, [line for line in FILLED if line[0] != 4])
    mark = path.with_name(f"~${ANSWERS_FILE}")
    mark.touch()
    with console("行4"):
        assert office.run() == 0  # 建设标准厂房 is the same item, says the screen
    assert counted(office)["withdrawn"] == 1
    filled_in(office)  # and a copy of the workbook, filled in at another desk, that it was withdrawn
    capsys.readouterr()
    assert office.run() == 1
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "不一样" in line]
    assert ANSWERS_FILE in told
    assert ASIDE_FILE in told
    mark.unlink()
    with console(choice):
        assert office.run() == 0
    assert counted(office)["withdrawn"] == withdrawn

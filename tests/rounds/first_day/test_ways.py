"""The annex, what counts as one, the base: proposed with a reason, changed by number, written only where unusual."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.docx_maker import docx, table
from tests.support.first_days import LAYOUTS, Layout
from tests.support.first_talk import Talk, annex, figures, line_of, lines, report, set_up
from tests.support.folders import TEMPLATES
from tongbao.config.kinds import Base, Count
from tongbao.config.office import OwnAnnex

PRINTED = Layout(
    {
        f"督查事项台账2025年{n}月.xlsx": {
            "台账": f"""
            | 序号 | 督查事项 | 责任单位 | 完成时限 | 进展情况 | 办理状态 |
            | 1 | 维修县城路灯二百盏 | 县住建局 | 2025年9月 | {a} | 正在办理 |
            | 2 | 排查校园周边隐患 | 县公安局 | 2025年8月 | 排查完毕 | 已办结 |
            """
        }
        for n, a in {6: "维修五十盏", 7: "维修一百盏"}.items()
    },
    {},
)
# Two tasks in parts, each part with its own unit and state; the number is merged over them.
PARTED = Layout(
    {
        f"督办2025年{n}月.xlsx": {
            "台账": f"""
            | 序号 | 督办事项 | 分解任务 | 责任单位 | 完成时限 | 目前进展 | 办理状态 |
            | 1 | 老旧小区改造 | 完成施工招标 | 县住建局 | 2025年9月 | {a} | {b} |
            | ^ | ^ | 落实配套资金 | 县财政局 | 2025年9月 | 资金到位 | 已办结 |
            | 2 | 建设养老服务站 | 完成选址公示 | 县民政局 | 2025年8月 | 公示结束 | 已办结 |
            | ^ | ^ | 完成装修并开放 | 青石镇 | 2025年12月 | 正在装修 | 正在办理 |
            """
        }
        for n, (a, b) in {6: ("编制文件", "正在办理"), 7: ("招标完成", "已办结")}.items()
    },
    {},
)


def test_an_annex_of_other_headers_is_the_ledgers_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up(tmp_path, *LAYOUTS["三栏打勾"].write(tmp_path / "桌面")) == 0
    assert report(tmp_path).annex == OwnAnnex()
    assert annex(tmp_path)[:2] == [
        ["序号", "任务内容", "责任部门", "完成时限", "最新进展", "完成情况"],
        ["^", "^", "^", "^", "^", "已完成", "推进中", "滞后"],
    ]
    assert "附件：照台账自己的栏印（台账的栏与这种通报平常印的不同）" in capsys.readouterr().out


def test_a_ledger_with_the_headers_that_the_kind_prints_says_nothing(tmp_path: Path) -> None:
    assert set_up(tmp_path, *PRINTED.write(tmp_path / "桌面")) == 0
    assert report(tmp_path).annex is None
    assert "annex" not in (tmp_path / "config.yaml").read_text(encoding="utf-8")


def test_a_kind_without_an_annex_gets_none(tmp_path: Path) -> None:
    assert set_up(tmp_path, TEMPLATES / "key-projects" / "sample") == 0
    assert report(tmp_path).annex is None


def test_the_annex_of_the_kind_is_chosen_by_number_and_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = LAYOUTS["带备份表"].write(tmp_path / "桌面")
    Talk(["", "0"]).does("setup", "-c", tmp_path / "看.yaml", *paths)
    number = line_of("附件：", capsys.readouterr().out)
    config = tmp_path / "config.yaml"
    assert Talk(["", number, "2", ""]).does("setup", "-c", config, *paths) == 0
    assert annex(tmp_path)[0] == ["序号", "督查事项", "责任单位", "完成时限", "进展情况", "办理状态"]
    written = config.read_bytes()
    assert set_up(tmp_path, *paths) == 0
    assert config.read_bytes() == written


def test_what_counts_as_one_is_told_with_the_numbers_and_can_be_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = PARTED.write(tmp_path / "桌面")
    assert set_up(tmp_path / "行", *paths) == 0
    shown = capsys.readouterr().out
    assert "项数：一行算一项（有2个序号、4行，有的序号下有几行）" in shown
    assert (figures(tmp_path / "行")["total"], figures(tmp_path / "行")["completed"]) == (4, 3)
    talk = Talk(["", line_of("项数：", shown), "2", ""])
    assert talk.does("setup", "-c", tmp_path / "项" / "config.yaml", *paths) == 0
    assert report(tmp_path / "项").count is Count.ITEMS
    assert (figures(tmp_path / "项")["total"], figures(tmp_path / "项")["completed"]) == (2, 1)


def test_a_ledger_of_one_line_for_each_number_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up(tmp_path, *PRINTED.write(tmp_path / "桌面")) == 0
    assert "项数：一行算一项（一个序号一行，两种算法一样）" in capsys.readouterr().out
    assert "count" not in (tmp_path / "config.yaml").read_text(encoding="utf-8")


def test_the_base_is_a_line_and_can_be_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = PRINTED.write(tmp_path / "桌面")
    Talk(["", "0"]).does("setup", "-c", tmp_path / "看.yaml", *paths)
    shown = capsys.readouterr().out
    assert "统计：从第一本台账算起，办结的一直计入（督查事项平常这样算）" in shown
    talk = Talk(["", line_of("统计：", shown), "3", ""])
    assert talk.does("setup", "-c", tmp_path / "config.yaml", *paths) == 0
    assert report(tmp_path).base is Base.SHEET


# ---------------------------------------------------------------------------------------------- the last circular

HEAD = ("督查通报", "第8期", "云溪县政府督查室　　2025年7月4日")
TITLED = "关于2025年6月督办事项办理情况的通报"
TEXT = ("各乡镇人民政府，县直各单位：", "截至6月30日，督办事项共2项，已办结1项，正在办理1项。")


def paper(folder: Path, name: str, *parts: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(docx(*parts))
    return path


def test_the_columns_of_the_last_annex_are_printed_in_their_order(tmp_path: Path) -> None:
    rows = [["序号", "责任单位", "督办事项", "进展情况", "办理状态", "督办领导"], ["1", "a", "b", "c", "d", "e"]]
    given = [*LAYOUTS["状态词各家各样，文件名没有年份"].write(tmp_path / "桌面")]
    given += [paper(tmp_path / "桌面", "3月通报.docx", TITLED, *TEXT, table(rows), "云溪县督查室", "2025年4月3日")]
    assert set_up(tmp_path, *given) == 0
    assert report(tmp_path).annex == OwnAnnex(("序号", "牵头单位", "督办事项", "目前进展", "办理状态"))
    assert annex(tmp_path)[0] == ["序号", "牵头单位", "督办事项", "目前进展", "办理状态"]


def test_a_last_annex_of_the_kinds_columns_is_that_of_the_kind(tmp_path: Path) -> None:
    rows = [["序号", "督查事项", "责任单位", "完成时限", "进展情况", "办理状态"], list("123456")]
    given = LAYOUTS["带备份表"].write(tmp_path / "桌面")
    given += [paper(tmp_path / "桌面", "3月通报.docx", TITLED, *TEXT, table(rows), "云溪县督查室", "2025年4月3日")]
    assert set_up(tmp_path, *given) == 0
    assert report(tmp_path).annex is None


def test_a_last_annex_of_all_columns_is_the_ledgers_own_whatever_the_kind_prints(tmp_path: Path) -> None:
    rows = [["序号", "督查事项", "责任单位", "完成时限", "进展情况", "办理状态"], list("123456")]
    given = PRINTED.write(tmp_path / "桌面")
    given += [
        paper(tmp_path / "桌面", "6月通报.docx", TITLED, *TEXT, table(rows[:1] * 2), "云溪县督查室", "2025年7月3日")
    ]
    assert set_up(tmp_path, *given) == 0
    assert report(tmp_path).annex is None
    units = [["单位", "总数", "办结"], ["县住建局", "1", "0"]]
    other = [paper(tmp_path / "桌面二", "6月.docx", TITLED, *TEXT, table(units), "云溪县督查室", "2025年7月3日")]
    assert set_up(tmp_path / "二", *PRINTED.write(tmp_path / "桌面二"), *other) == 0
    assert report(tmp_path / "二").annex is None


def test_issue_and_date_follow_those_of_the_last_circular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = [*PRINTED.write(tmp_path / "桌面"), paper(tmp_path / "桌面", "6月通报.docx", *HEAD, TITLED, *TEXT)]
    assert set_up(tmp_path, *given) == 0
    made = lines(tmp_path)
    assert made[:2] == ["督查通报", "第9期"]
    assert "2025年8月4日" in made[2]
    said = capsys.readouterr().out
    assert "日期文号：每期问一次，照上期提出（上期：期号第8期、成文日期2025年7月4日，是期末后4天）" in said
    assert "没有人可问，照上一期推定" in said


def test_number_and_signer_follow_too_and_are_asked_of_a_person(tmp_path: Path) -> None:
    head = ("云溪县人民政府办公室文件", "云政督〔2025〕11号　　签发人：王某某")
    last = paper(tmp_path / "桌面", "6月通报.docx", *head, TITLED, *TEXT, "云溪县政府督查室", "2025年7月4日")
    talk = Talk(["", "", "2025-08-06", ""])
    paths = PRINTED.write(tmp_path / "桌面")
    assert talk.does("setup", "-c", tmp_path / "config.yaml", *paths, last) == 0
    assert [asked[:4] for asked in talk.asked] == ["直接回车", "发文字号", "成文日期", "签发人（"]
    assert "云政督〔2025〕12号" in lines(tmp_path)
    assert any("签发人：王某某" in line for line in lines(tmp_path))
    assert "2025年8月6日" in lines(tmp_path)
    again = Talk([])
    assert again.does("-c", tmp_path / "config.yaml") == 0


def test_issue_and_number_are_both_taken_over_and_both_counted_on(tmp_path: Path) -> None:
    head = ("督查通报", "第8期", "云政督〔2025〕11号")
    last = paper(tmp_path / "桌面", "6月通报.docx", *head, TITLED, *TEXT, "云溪县政府督查室", "2025年7月4日")
    assert set_up(tmp_path, *PRINTED.write(tmp_path / "桌面"), last) == 0
    assert {"督查通报", "第9期", "云政督〔2025〕12号"} <= set(lines(tmp_path))


def test_the_circular_of_the_newest_period_gives_its_own_numbers_again(tmp_path: Path) -> None:
    title = TITLED.replace("6月", "7月")
    last = paper(
        tmp_path / "桌面", "7月通报.docx", "督查通报", "第9期", title, "现通报如下。", "云溪县督查室", "2025年8月2日"
    )
    assert Talk([""]).does("setup", "-c", tmp_path / "config.yaml", *PRINTED.write(tmp_path / "桌面"), last) == 0
    assert "第9期" in lines(tmp_path)


def test_who_wants_no_numbers_says_so_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = [*PRINTED.write(tmp_path / "桌面"), paper(tmp_path / "桌面", "6月通报.docx", *HEAD, TITLED, *TEXT)]
    Talk(["", "0"]).does("setup", "-c", tmp_path / "看.yaml", *given)
    number = line_of("日期文号：", capsys.readouterr().out)
    assert Talk(["", number, "2", ""]).does("setup", "-c", tmp_path / "config.yaml", *given) == 0
    assert "masthead" not in (tmp_path / "config.yaml").read_text(encoding="utf-8")
    assert not list((tmp_path / "output").rglob("成文信息.json"))


def test_two_circulars_teach_both_numbers(tmp_path: Path) -> None:
    given = [*PRINTED.write(tmp_path / "桌面"), paper(tmp_path / "桌面", "6月通报.docx", *HEAD, TITLED, *TEXT)]
    may = [
        it.replace("6月", "5月").replace("7月4日", "6月3日").replace("第8期", "第7期") for it in (*HEAD, TITLED, *TEXT)
    ]
    given.append(paper(tmp_path / "桌面", "5月通报.docx", *may))
    assert set_up(tmp_path, *given) == 0
    (kept,) = (tmp_path / "output").rglob("成文信息.json")
    known = json.loads(kept.read_text(encoding="utf-8"))["periods"]
    assert {token: one["fields"]["issue"] for token, one in known.items()} == {
        "2025-05": "第7期",
        "2025-06": "第8期",
        "2025-07": "第9期",
    }

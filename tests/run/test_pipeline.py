"""The main job: ledgers in, a circular out; what a run says and what status it ends with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.support.folders import ROOT
from tests.support.office import CONFIG, FEBRUARY, JANUARY, Office, text_of
from tongbao.proof.against_standard import check_layout
from tongbao.run import cli
from tongbao.word.document import read


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def two_periods(office: Office) -> Office:
    office.ledger("2022-01-19", JANUARY)
    office.ledger("2022-02-07", FEBRUARY)
    return office


def test_two_ledgers_in_one_circular_out(two_periods, capsys):
    assert two_periods.run() == 0
    figures = two_periods.record("2022-02-07")["figures"]
    assert {k: figures[k] for k in ("total", "closed_before", "newly_completed", "completed", "open", "lagging")} == {
        "total": 58, "closed_before": 55, "newly_completed": 1, "completed": 56, "open": 2, "lagging": 1,
    }  # fmt: skip
    paper = two_periods.paper("2022-02-07")
    assert "新增完成的1项是：老旧小区二期招标工作。" in paper
    assert "需加快推进的1项是：水库大坝安全鉴定工作。" in paper
    assert "县住房和城乡建设局" in paper
    screen = capsys.readouterr().out
    assert "总数58，前期完成55，新增完成1，滞后1，推进1" in screen
    assert "关于调度会决策事项办理情况的通报.docx" in screen


def test_figures_lead_to_their_rows(two_periods):
    two_periods.run()
    lists = two_periods.record("2022-02-07")["lists"]
    assert [(r["no"], r["sheet"], r["row"]) for r in lists["lagging"]] == [("1", "台账", 3)]
    assert [(r["no"], r["row"]) for r in lists["newly_completed"]] == [("2", 4)]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        (
            "关于2022年上半年县自然资源和规划局牵头事项办理情况的通报",
            "关于2022年上半年县自然资源和规划局/牵头事项办理情况的通报",
        ),
        (
            "关于云溪县住房和城乡建设局及云溪县自然资源和规划局决策事项办理情况的通报",
            "关于云溪县住房和城乡建设局/及云溪县自然资源和规划局/决策事项办理情况的通报",
        ),
        (
            "云溪县人民政府督查室关于县发展和改革局青石镇决策事项办理情况的通报",
            "云溪县人民政府督查室关于县发展和改革局/青石镇决策事项办理情况的通报",
        ),
    ],
)
def test_no_row_of_the_title_ends_inside_the_name_of_a_unit(tmp_path, title, printed):
    office = Office(tmp_path, CONFIG.replace("关于调度会决策事项办理情况的通报", title))
    office.ledger("2022-02-07", FEBRUARY)
    assert office.run() == 0
    assert printed in office.paper("2022-02-07").splitlines()
    file = office.output("2022-02-07") / office.record("2022-02-07")["outputs"]["circular"]
    paper, _ = read(file.read_bytes(), file.name)
    assert paper
    assert [d for d in check_layout(file.read_bytes(), paper) if d.clause == "7.3.1"] == []


def test_the_first_period_speaks_of_no_earlier_one(office):
    office.ledger("2022-02-07", FEBRUARY)
    assert office.run() == 0
    record = office.record("2022-02-07")
    assert record["prior"] is None
    assert "newly_completed" not in record["figures"]
    assert "新增完成" not in office.paper("2022-02-07")


def test_a_row_that_vanished_stops_the_circular(office, capsys):
    office.ledger("2022-01-19", JANUARY)
    office.ledger("2022-02-07", "\n".join(FEBRUARY.strip().splitlines()[:-2]))
    assert office.run() == 1
    assert not list(office.output("2022-02-07").glob("*通报.docx"))
    lost = [p for p in office.record("2022-02-07")["problems"] if p["level"] == "error"]
    places = {(p["file"], p["cell"]) for p in lost if p["code"] == "unaccounted"}
    assert places == {("台账2022-01-19.xlsx", "4"), ("台账2022-01-19.xlsx", "5")}
    assert [p["message"][:11] for p in lost if p["code"] == "total_fell_unexplained"] == ["总数上期58、本期56"]
    assert "没有出通报" in capsys.readouterr().out


def test_a_draft_says_so_on_every_page(office):
    office.ledger("2022-01-19", JANUARY)
    office.ledger("2022-02-07", "\n".join(FEBRUARY.strip().splitlines()[:-2]))
    assert office.run("--draft") == 1
    (draft,) = office.output("2022-02-07").glob("*草稿*.docx")
    assert "草稿" in headers_of(draft)


def headers_of(path: Path) -> str:
    from zipfile import ZipFile

    with ZipFile(path) as package:
        heads = [package.read(n).decode() for n in package.namelist() if n.startswith("word/header")]
    assert heads
    assert all("草稿" in head for head in heads)
    return "".join(heads)


def test_inputs_stay_as_they_are(two_periods):
    files = sorted(two_periods.folder.glob("input/*/*.xlsx"))
    before = [hashlib.sha256(f.read_bytes()).hexdigest() for f in files]
    two_periods.run()
    assert [hashlib.sha256(f.read_bytes()).hexdigest() for f in files] == before
    assert sorted(two_periods.folder.glob("input/*/*")) == files


def test_equal_input_gives_equal_bytes(two_periods, tmp_path):
    two_periods.run()
    (paper,) = two_periods.output("2022-02-07").glob("*通报.docx")
    first = paper.read_bytes()
    paper.unlink()
    two_periods.run()
    assert paper.read_bytes() == first


def test_an_edited_circular_is_kept(two_periods, capsys):
    two_periods.run()
    (paper,) = two_periods.output("2022-02-07").glob("*通报.docx")
    paper.write_bytes(paper.read_bytes() + b" ")
    two_periods.ledger("2022-02-07", FEBRUARY.replace("仍在修改", "还在修改"))
    assert two_periods.run() == 0
    assert paper.read_bytes().endswith(b" ")
    assert two_periods.record("2022-02-07")["outputs"]["circular"] == "关于调度会决策事项办理情况的通报（2）.docx"
    assert "没有覆盖" in capsys.readouterr().out


def test_an_earlier_period_is_made_from_the_ledgers_up_to_it(two_periods):
    assert two_periods.run("-p", "2022-01-19") == 0
    assert two_periods.record("2022-01-19")["prior"] is None
    assert not two_periods.output("2022-02-07").exists()


def test_one_given_ledger(two_periods):
    given = two_periods.folder / "input/决策事项/台账2022-01-19.xlsx"
    assert two_periods.run(str(given)) == 0
    assert two_periods.record("2022-01-19")["period"] == {"label": "2022年1月19日", "last": "2022-01-19"}


def test_a_given_ledger_of_another_folder_finds_its_report(two_periods, tmp_path):
    elsewhere = tmp_path / "桌面" / "台账 2022年3月1日.xlsx"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes((two_periods.folder / "input/决策事项/台账2022-02-07.xlsx").read_bytes())
    assert two_periods.run(str(elsewhere)) == 0
    assert two_periods.record("2022-03-01")["figures"]["rows"] == 3


TWO_REPORTS = CONFIG + "  - {name: 另一份, kind: meeting-decisions, title: 关于另一份的通报}\n"


def test_one_report_that_fails_does_not_keep_the_others(tmp_path):
    office = Office(tmp_path, TWO_REPORTS)
    office.ledger("2022-02-07", FEBRUARY, "另一份")
    assert office.run() == 1
    assert office.paper("2022-02-07", "另一份")
    assert office.run("-r", "另一份") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-r", "决策事项项"], "配置里没有名为“决策事项项”的通报。怎么办：是不是“决策事项”？"),
        (["-p", "下个月"], "看不懂期次“下个月”"),
        (["没有的台账.xlsx"], "没有这个文件"),
        (["--darft"], "看不懂这条命令"),
    ],
)
def test_mistakes_of_use(two_periods, capsys, arguments, said):
    assert two_periods.run(*arguments) == 2
    assert said in capsys.readouterr().out


def test_the_annex_holds_the_whole_ledger(two_periods):
    two_periods.run()
    annex = two_periods.paper("2022-02-07").split("备注\n")[1]
    assert "2022年1月5日第一次会议决策事项\n1\n金石水库加固" in annex
    assert annex.count("老旧小区改造") == 1, "a merged name is printed once"
    assert "2022年1月30日" in annex


# ---------------------------------------------------------------------------------------------- finding ledgers


def test_no_ledger_at_all(office, capsys):
    assert office.run() == 1
    assert "没有台账文件夹" in capsys.readouterr().out


def test_two_ledgers_for_one_period(two_periods, capsys):
    (two_periods.folder / "input/决策事项/台账2022年2月7日.xlsx").write_bytes(b"")
    assert two_periods.run() == 1
    assert "同一期有2本台账：台账2022-02-07.xlsx、台账2022年2月7日.xlsx" in capsys.readouterr().out


def test_a_name_without_a_period(office, capsys):
    office.ledger("（终稿）", FEBRUARY)
    assert office.run() == 1
    assert "文件名“台账（终稿）.xlsx”里没有期次" in capsys.readouterr().out


def test_a_ledger_that_is_still_open_is_told(two_periods, capsys):
    (two_periods.folder / "input/决策事项/~$台账2022-02-07.xlsx").write_bytes(b"")
    assert two_periods.run() == 0
    assert "“台账2022-02-07.xlsx”正在 Excel 或 WPS 中打开" in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- the sample office


def test_the_sample_office(tmp_path):
    config = (ROOT / "config.yaml").read_text(encoding="utf-8")
    office = Office(tmp_path, config.replace("units: units.xlsx", f"units: '{ROOT / 'units.xlsx'}'"))
    (tmp_path / "input").symlink_to(ROOT / "input")
    name = "重点项目调度会决策事项"
    assert office.run("-r", name) == 0
    figures = office.record("2022-02-07", name)["figures"]
    wanted = {
        "total": 92, "closed_before": 55, "newly_completed": 5, "completed": 60, "open": 32, "lagging": 2,
        "at_risk": 0, "on_track": 30, "suspended": 0, "unknown": 0, "items": 37, "rows": 37, "added": 0, "reopened": 0,
        "withdrawn": 0, "dropped": 0,
    }  # fmt: skip
    assert {k: figures[k] for k in wanted} == wanted


# ---------------------------------------------------------------------------------------------- our own faults


def test_a_fault_of_ours_is_one_line_and_a_log(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(cli, "HOME", tmp_path)
    monkeypatch.setattr(cli, "_dispatch", lambda arguments: 1 / 0)
    assert cli.main([]) == 3
    said = capsys.readouterr().out
    assert "Traceback" not in said
    (log,) = (tmp_path / "运行日志").iterdir()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8-sig")


def test_text_of_reads_what_a_reader_sees(two_periods):
    two_periods.run()
    (paper,) = two_periods.output("2022-02-07").glob("*通报.docx")
    assert text_of(paper).count("云溪县人民政府督查室") >= 1

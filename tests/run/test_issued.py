"""The record agrees with the paper that was issued, whatever is tried later; and what is said of another base."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.blocks import package, paragraph
from tests.support.office import CONFIG, FEBRUARY, JANUARY, Office, command
from tongbao.run import cli

PAPER = "关于调度会决策事项办理情况的通报.docx"
BROKEN = "\n".join(FEBRUARY.strip().splitlines()[:-2])  # two rows are gone
PERIOD = "2022-02-07"


@pytest.fixture
def issued(tmp_path: Path) -> Office:
    """An office whose paper of February is issued."""
    office = Office(tmp_path)
    office.ledger("2022-01-19", JANUARY)
    office.ledger(PERIOD, FEBRUARY)
    assert office.run() == 0
    return office


def files(office: Office) -> dict[str, str]:
    """The checksums of the paper, of its reconciliation and of its basis. The list of problems is of the last run."""
    names = (PAPER, "核对表.xlsx", "核稿依据.json")
    return {name: hashlib.sha256((office.output(PERIOD) / name).read_bytes()).hexdigest() for name in names}


@pytest.mark.parametrize("broken", [BROKEN, "| 甲 |", ""], ids=["rows are gone", "no table", "no ledger"])
def test_a_run_without_a_paper_leaves_paper_basis_and_figures(issued, broken, capsys):
    before, record = files(issued), issued.record(PERIOD)
    path = issued.ledger(PERIOD, broken) if broken != "" else issued.folder / "input/决策事项" / f"台账{PERIOD}.xlsx"
    if broken == "":
        path.write_bytes(b"")
    assert issued.run() == 1
    after = issued.record(PERIOD)
    attempt = after.pop("attempt")
    assert after == record
    assert after["outputs"]["circular"] == PAPER
    assert after["figures"]["total"] == 58
    assert attempt["issued"] is False
    assert any(p["level"] == "error" for p in attempt["problems"])
    assert files(issued) == before
    said = capsys.readouterr().out
    assert f"本次没有出通报；已出的“{PAPER}”" in said
    assert "以前生成的" not in said
    assert command(issued, "check", str(issued.output(PERIOD) / PAPER)) == 0


def test_a_draft_leaves_them_too_and_has_a_basis_of_its_own(issued):
    record = issued.record(PERIOD)
    before = files(issued)
    issued.ledger(PERIOD, FEBRUARY.replace("仍在修改", "还在修改").replace("| 3 |", "| 3a |"))
    assert issued.run("--draft") == 0
    after = issued.record(PERIOD)
    attempt = after.pop("attempt")
    assert after == record
    assert (attempt["issued"], attempt["draft"]) == (False, True)
    assert files(issued) == before
    folder = issued.output(PERIOD)
    assert command(issued, "check", str(folder / PAPER)) == 0
    assert command(issued, "check", str(folder / attempt["outputs"]["circular"])) == 0


def test_once_mended_the_new_figures_stand_alone(issued):
    issued.ledger(PERIOD, BROKEN)
    assert issued.run() == 1
    assert issued.run("--draft") == 1
    issued.ledger(PERIOD, FEBRUARY.replace("中标结果已经公示。 | 完成", "中标结果正在公示。 | 正常推进"))
    assert issued.run() == 0
    record = issued.record(PERIOD)
    assert "attempt" not in record
    assert (record["issued"], record["figures"]["newly_completed"]) == (True, 0)
    assert command(issued, "check", str(issued.output(PERIOD) / record["outputs"]["circular"])) == 0


def test_where_nothing_was_issued_the_record_says_so(tmp_path):
    office = Office(tmp_path)
    office.ledger("2022-01-19", JANUARY)
    office.ledger(PERIOD, BROKEN)
    assert office.run() == 1
    record = office.record(PERIOD)
    assert (record["issued"], "attempt" in record, "circular" in record["outputs"]) == (False, False, False)


# ---------------------------------------------------------------------------------------------- another base


def as_old_version(office: Office, period: str, **figures: int) -> None:
    """Rewrites the record of a period as version 0.1.0 left it, which knew no base, with its figures; so its paper."""
    if "total" in figures:
        print_total(office, period, figures["total"])
    path = office.output(period) / "figures.json"
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name in ("base", "issued", "draft"):
        record.pop(name)
    path.write_text(json.dumps({**record, "figures": {**record["figures"], **figures}}), encoding="utf-8")


def print_total(office: Office, period: str, total: int) -> None:
    """Lets the paper of a period have printed this total."""
    path = office.output(period) / "核稿依据.json"
    basis = json.loads(path.read_text(encoding="utf-8"))
    basis["sources"]["总数"]["value"] = str(total)
    path.write_text(json.dumps(basis), encoding="utf-8")


MARCH = FEBRUARY.replace("仍在修改", "已经报批").replace("正在申请拨付", "已经拨付一半")


def test_a_figure_of_the_last_paper_that_another_base_changed_is_told_once(issued, capsys):
    as_old_version(issued, PERIOD, total=56, completed=54)
    issued.ledger("2022-03-01", MARCH)
    capsys.readouterr()
    assert issued.run() == 0
    said = capsys.readouterr().out
    assert "上期（2022年2月7日）通报的是总数56、完成54，按现在的口径应为总数58、完成56" in said
    assert said.count("按现在的口径") == 1
    issued.ledger("2022-04-01", MARCH.replace("一半", "七成").replace("已经报批", "已获批复"))
    assert issued.run() == 0
    assert "按现在的口径" not in capsys.readouterr().out


def test_what_the_last_paper_printed_as_its_total_is_compared_whatever_its_record_says(issued, capsys):
    as_old_version(issued, PERIOD)
    print_total(issued, PERIOD, 57)
    issued.ledger("2022-03-01", MARCH)
    assert issued.run() == 0
    assert "通报的是总数57，按现在的口径应为总数58" in capsys.readouterr().out


@pytest.mark.parametrize("kept", [b"", b"{", b'{"format": 9}'])
def test_without_a_basis_that_can_be_read_the_record_speaks(issued, kept, capsys):
    as_old_version(issued, PERIOD, total=56)
    (issued.output(PERIOD) / "核稿依据.json").write_bytes(kept)
    issued.ledger("2022-03-01", MARCH)
    assert issued.run() == 0
    assert "通报的是总数56，按现在的口径应为总数58" in capsys.readouterr().out


@pytest.mark.parametrize("figures", [{}, {"newly_completed": 9}])
def test_a_last_paper_with_the_same_totals_needs_no_word(issued, figures, capsys):
    as_old_version(issued, PERIOD, **figures)
    issued.ledger("2022-03-01", MARCH)
    assert issued.run() == 0
    assert "按现在的口径" not in capsys.readouterr().out


# ---------------------------------------------------------------------------------------------- another total


def with_template(office: Office, monkeypatch: pytest.MonkeyPatch, sentence: str) -> None:
    """Gives the office a template of its own that says just this sentence."""
    shipped = cli.HOME / "templates" / "meeting-decisions" / "kind.yaml"
    own = office.folder / "templates" / "meeting-decisions"
    own.mkdir(parents=True)
    (own / "kind.yaml").write_bytes(shipped.read_bytes())
    (own / "circular.docx").write_bytes(package(paragraph("公文标题", "{{ 标题 }}"), paragraph("公文正文", sentence)))
    monkeypatch.setattr(cli, "HOME", office.folder)


@pytest.mark.parametrize(("name", "status"), [("总数", 0), ("全部.数", 0), ("分项数", 1), ("全部.大项数", 1)])
def test_a_template_that_prints_another_total_issues_no_paper(tmp_path, monkeypatch, name, status, capsys):
    office = Office(tmp_path, CONFIG)
    office.ledger(PERIOD, FEBRUARY)
    with_template(office, monkeypatch, f"截至{{{{ 截至 }}}}，累计交办{{{{ {name} }}}}项。")
    assert office.run() == status
    said = capsys.readouterr().out
    assert ("“截至2022年2月7日，累计交办3项。”一句把3当作总数，按统计口径总数是58" in said) == bool(status)
    assert bool(list(office.output(PERIOD).glob("*.docx"))) != bool(status)


def test_a_draft_shows_the_wrong_total(tmp_path, monkeypatch):
    office = Office(tmp_path, CONFIG)
    office.ledger(PERIOD, FEBRUARY)
    with_template(office, monkeypatch, "累计交办{{ 分项数 }}项。")
    assert office.run("--draft") == 1
    assert "累计交办3项" in office.paper(PERIOD)

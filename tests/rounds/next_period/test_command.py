"""`next` and `new` as the clerk uses them: a run on the carried ledger accounts for every row."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.folders import TEMPLATES
from tests.support.office import FEBRUARY, JANUARY, Office, command, sample_office
from tongbao.config.kind_file import kind_names
from tongbao.excel.sheets import open_book


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.ledger("2022-01-19", JANUARY)
    office.ledger("2022-02-07", FEBRUARY)
    return office


def test_the_next_ledger_run_without_an_edit(office):
    before = {f: f.read_bytes() for f in office.folder.glob("input/*/*")}
    assert command(office, "next", "-p", "2022-03-01") == 0
    assert {f: f.read_bytes() for f in before} == before
    assert office.run("--unfilled", "照上期") == 0
    figures = office.record("2022-03-01")["figures"]
    assert (figures["closed_before"], figures["newly_completed"], figures["open"], figures["dropped"]) == (56, 0, 2, 0)


def test_a_day_cannot_tell_what_follows_it(office, capsys):
    assert command(office, "next") == 2
    assert "用 -p 写明下一期" in capsys.readouterr().out


def test_a_period_that_is_over(office, capsys):
    assert command(office, "next", "-p", "2022-02-01") == 2
    assert "2022年2月1日不在最新一期（2022年2月7日）之后" in capsys.readouterr().out


def test_nothing_is_overwritten(office, capsys):
    command(office, "next", "-p", "2022-03-01")
    (made,) = office.folder.glob("input/*/*2022-03-01*")
    made.rename(made.with_name("移走.xlsx"))
    made.write_bytes(b"mine")
    (made.parent / "移走.xlsx").unlink()
    made.rename(made.with_name("台账2022-03-01.xlsx"))
    assert command(office, "next", "-p", "2022-03-01") != 0
    assert (made.parent / "台账2022-03-01.xlsx").read_bytes() == b"mine"


def test_a_ledger_that_nobody_filled_in_is_not_carried_on(office, capsys):
    command(office, "next", "-p", "2022-03-01")
    assert command(office, "next", "-p", "2022-04-01") == 2
    assert "“台账2022-03-01.xlsx”还没有填写进展" in capsys.readouterr().out


@pytest.mark.parametrize("kind", kind_names(TEMPLATES))
def test_every_kind_is_carried_on(tmp_path, kind):
    office, _ = sample_office(tmp_path, kind)
    folder = tmp_path / "input" / kind
    folder.mkdir(parents=True)
    for ledger in (TEMPLATES / kind / "sample").glob("*.xlsx"):
        (folder / ledger.name).write_bytes(ledger.read_bytes())
    text = office.config.read_text(encoding="utf-8")
    office.config.write_text(text.replace(str(TEMPLATES / kind / "sample"), str(folder)), encoding="utf-8")
    office.run()
    before = sorted((tmp_path / "output" / kind).iterdir())
    open_then = office.record(before[-1].name, kind)["figures"]["open"]
    assert command(office, "next", "-p", "2026-12-31") == 0
    assert office.run("--unfilled", "照上期") == 0
    figures = office.record("2026-12-31", kind)["figures"]
    assert (figures["newly_completed"], figures["dropped"], figures["added"]) == (0, 0, 0)
    assert figures["open"] == open_then


def test_an_empty_ledger_of_a_kind(tmp_path, capsys):
    office = Office(tmp_path)
    assert command(office, "new", "meeting-decisions", "-p", "2022-03") == 0
    (made,) = tmp_path.glob("input/决策事项/*2022-03*.xlsx")
    book, problems = open_book(made)
    assert not problems
    assert book is not None
    assert "填表说明" in [s.name for s in book.sheets]
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    assert command(office, "new", "meeting-decisions", "-p", "2022-03") == 2
    assert hashlib.sha256(made.read_bytes()).hexdigest() == digest


def test_an_empty_ledger_is_of_this_month_unless_told(tmp_path):
    office = Office(tmp_path)
    assert command(office, "new", "annual-tasks") == 0
    assert list(tmp_path.glob(f"input/年度重点工作任务/*{datetime.now():%Y-%m}.xlsx"))


def test_new_wants_a_kind(tmp_path, capsys):
    assert command(Office(tmp_path), "new") == 2
    assert command(Office(tmp_path), "new", "meeting-decision") == 2
    assert "是不是“meeting-decisions”？" in capsys.readouterr().out

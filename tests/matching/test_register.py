"""The register: every item on file with what counts for it, by each base, whatever became of its row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from tests.support.builders import meetings
from tests.support.drawing import xlsx
from tongbao.config.kinds import Base, Kind, Label
from tongbao.excel import sheets
from tongbao.ledger.read import read_book
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.register import based, counts_opening, plan_year
from tongbao.matching.two_periods import Changes
from tongbao.model import Ledger, State
from tongbao.words.periods import parse_period

HEAD = "| 编号 | 序号 | 交办事项 | 承办单位 | 完成情况 | 备注 |\n"
WATER = "| 2024-001 | 1 | 新建云溪县第二水厂 | 县财政局 | {} | {} |\n"
RIVER = "| 2024-002 | 2 | 整治白塔河河道 | 县水利局 | {} | {} |\n"
CLOSED = "| 编号 | 交办事项 | 备注 | 销号期次 |\n| 2024-001 | 新建云溪县第二水厂 | 完成 | {} |"


def ledger(when: str, *tables: str, by: Kind | None = None) -> Ledger:
    names = ["台账", "销号"][: len(tables)]
    book, _ = sheets.parse(xlsx(*tables, names=names), f"台账{when}.xlsx")
    span = parse_period(when)
    assert book
    assert span
    found, _ = read_book(book, by or meetings(), span, as_of=span.last, roster=None)
    assert found
    return found


def year(*ledgers: Ledger) -> Changes:
    links = [match(a, b)[0] for a, b in pairwise(ledgers)]
    prior = ledgers[-2] if len(ledgers) > 1 else None
    return compare(ledgers[-1], prior, links[-1] if links else None, ledgers[:-1], links[:-1])[0]


def counted(changes: Changes, base: Base = Base.YEAR, first: date = date(2024, 1, 1)) -> list[tuple[str, str, str]]:
    return [(r.text[:4], r.label, r.get("承办单位")) for r in based(changes, base, first).counted]


JANUARY = ledger("2024-01", HEAD + WATER.format("建成", "完成") + RIVER.format("在办", "正常推进"))
KEPT = ledger("2024-02", HEAD + WATER.format("建成", "完成") + RIVER.format("在办", "正常推进"))
DELETED = ledger("2024-02", HEAD + RIVER.format("在办", "正常推进"))
MOVED = ledger("2024-02", HEAD + RIVER.format("在办", "正常推进"), CLOSED.format("2024年1月"))


@pytest.mark.parametrize("now", [KEPT, DELETED, MOVED], ids=["kept", "deleted", "moved to 销号"])
def test_a_finished_item_counts_with_its_unit_wherever_its_row_went(now):
    assert counted(year(JANUARY, now)) == [("新建云溪", "完成", "县财政局"), ("整治白塔", "正常推进", "县水利局")]
    assert counted(year(JANUARY, now), Base.ALL) == counted(year(JANUARY, now))


@pytest.mark.parametrize(("now", "rows"), [(KEPT, 2), (DELETED, 1), (MOVED, 1)])
def test_by_the_sheet_the_rows_of_the_sheet_count(now, rows):
    assert len(counted(year(JANUARY, now), Base.SHEET)) == rows


@pytest.mark.parametrize("now", [KEPT, DELETED, MOVED], ids=["kept", "deleted", "moved to 销号"])
def test_in_a_new_plan_year_what_was_closed_in_the_old_one_is_gone(now):
    changes = year(JANUARY, now)
    assert counted(changes, first=date(2024, 2, 1)) == [("整治白塔", "正常推进", "县水利局")]
    assert based(changes, Base.YEAR, date(2024, 2, 1)).closed_before == ()
    assert len(based(changes, Base.YEAR, date(2024, 1, 1)).closed_before) == 1


@pytest.mark.parametrize(("written", "rows"), [("2023年12月", 1), ("2024年1月", 2), ("", 2)])
def test_in_the_first_ledger_the_sheet_of_closed_items_says_when(written, rows):
    first = ledger("2024-02", HEAD + RIVER.format("在办", "正常推进"), CLOSED.format(written))
    assert len(counted(year(first))) == rows


def test_an_item_that_is_open_again_counts_as_open():
    again = ledger("2024-02", HEAD + WATER.format("返工", "正常推进") + RIVER.format("在办", "正常推进"))
    assert counted(year(JANUARY, again))[0] == ("新建云溪", "正常推进", "县财政局")


def test_the_plan_year_begins_where_the_office_says():
    march, may = ledger("2024-03", HEAD + WATER).period, ledger("2024-05", HEAD + WATER).period
    assert plan_year(march) == date(2024, 1, 1)
    assert plan_year(march, date(2023, 4, 1)) == date(2023, 4, 1)
    assert plan_year(may, date(2023, 4, 1)) == date(2024, 4, 1)


def test_what_was_closed_before_the_first_ledger_counts_only_in_its_plan_year():
    assert counts_opening(Base.ALL, JANUARY, date(2025, 1, 1))
    assert counts_opening(Base.YEAR, JANUARY, date(2024, 1, 1))
    assert not counts_opening(Base.YEAR, JANUARY, date(2025, 1, 1))
    assert not counts_opening(Base.SHEET, JANUARY, date(2024, 1, 1))


def test_what_awaits_acceptance_over_the_turn_of_the_year_is_closed_in_the_year_of_its_acceptance():
    labels = (*meetings().labels, Label("待验收", State.PARTIAL, counts_as_done=True))
    by = replace(meetings(), labels=labels)
    river = RIVER.format("在办", "正常推进")
    awaiting = HEAD + WATER.format("建成", "待验收") + river
    december, january = ledger("2024-12", awaiting, by=by), ledger("2025-01", awaiting, by=by)
    accepted = ledger("2025-02", HEAD + river, CLOSED.format("2025年2月"), by=by)
    march = ledger("2025-03", HEAD + river, by=by)
    this_year = date(2025, 1, 1)
    assert [t for t, _, _ in counted(year(december, january), first=this_year)] == ["新建云溪", "整治白塔"]
    changes = based(year(december, january, accepted, march), Base.YEAR, this_year)
    assert [row.text[:4] for row in changes.closed_before] == ["新建云溪"]
    assert not based(year(december, january, accepted), Base.YEAR, this_year).newly_completed


def test_the_annex_lists_what_counts_and_no_rows_that_were_closed_in_an_earlier_year():
    river = RIVER.format("在办", "正常推进")
    done = HEAD + WATER.format("建成", "完成") + river
    changes = based(year(ledger("2024-12", done), ledger("2025-01", done)), Base.YEAR, date(2025, 1, 1))
    assert [row.text[:4] for row in changes.listed] == ["整治白塔"]
    assert [row.text[:4] for row in based(changes, Base.ALL, None).listed] == ["新建云溪", "整治白塔"]

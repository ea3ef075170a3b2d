"""What becomes of the rows of a ledger, and ids that are never given twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import codes, meetings
from tests.support.drawing import xlsx
from tongbao.excel import sheets
from tongbao.ledger.read import read_book
from tongbao.model import Ledger, Period, Place, Row
from tongbao.rounds.ids import assign_ids
from tongbao.rounds.next_period.naming import following
from tongbao.rounds.next_period.succession import Succession, succession
from tongbao.words.periods import parse_period

FEBRUARY = Period("2022年2月", date(2022, 2, 1), date(2022, 2, 28), "2022-02")


# ---------------------------------------------------------------------------------------------- ids


def ledger(*rows: tuple[str, str], closed: tuple[str, ...] = ()) -> Ledger:
    """Rows of (序号, 编号)."""
    made = [Row(Place("台账.xlsx", "台账", n), no, f"事项{n}", id=id) for n, (no, id) in enumerate(rows, 3)]
    gone = [Row(Place("台账.xlsx", "销号", n), "", f"旧事{n}", id=id) for n, id in enumerate(closed, 2)]
    return Ledger("台账.xlsx", FEBRUARY, FEBRUARY.last, tuple(made), tuple(gone))


def ids(found: Ledger, used: tuple[str, ...] = ()) -> list[str]:
    given_, _ = assign_ids(found, used)
    return [given_[row.place] for row in found.rows]


def test_parts_of_an_item_share_its_number() -> None:
    assert ids(ledger(("1", ""), ("2", ""), ("2", ""), ("2", ""), ("3", ""))) == [
        *("2022-001", "2022-002", "2022-002-b", "2022-002-c", "2022-003"),
    ]


def test_a_new_part_takes_the_next_letter() -> None:
    assert ids(ledger(("2", "2021-007"), ("2", "2021-007-b"), ("2", ""))) == ["2021-007", "2021-007-b", "2021-007-c"]


def test_more_parts_than_letters() -> None:
    found = ids(ledger(*[("1", "")] * 60))
    assert (found[25], found[26], found[59]) == ("2022-001-z", "2022-001-aa", "2022-001-bh")
    assert len(set(found)) == 60


def test_numbers_of_all_ledgers_on_file_and_of_closed_rows_are_taken() -> None:
    assert ids(ledger(("1", "2022-003"), ("2", ""), closed=("2022-005",)), ("2022-004", "2021-900")) == [
        *("2022-003", "2022-006"),
    ]


def test_an_id_that_was_copied_with_its_row_is_told_and_replaced() -> None:
    found = ledger(("1", "2022-003"), ("2", "2022-003"))
    given_, problems = assign_ids(found)
    assert list(given_.values()) == ["2022-003", "2022-004"]
    assert codes(problems) == ["id_copied"]
    assert problems[0].place.row == 4


def test_ids_of_the_office_are_kept() -> None:
    assert ids(ledger(("1", "督2022-甲3"), ("1", ""), ("2", ""))) == ["督2022-甲3", "督2022-甲3-b", "2022-001"]


@given(
    st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from(["", "2022-001", "2022-002", "2021-001", "甲"]))),
    st.sets(st.sampled_from(["2022-001", "2022-002-b", "2022-999", "2021-001-b"])),
)
def test_ids_are_unique_and_known_ones_stay(rows: list[tuple[str, str]], used: set[str]) -> None:
    found = ledger(*rows)
    result = ids(found, tuple(used))
    assert len(set(result)) == len(result)
    own = {row.id for row in found.rows if row.id}
    assert own <= set(result)
    assert not (set(result) - own) & used


# ---------------------------------------------------------------------------------------------- what is told


def plan(table: str, name: str = "台账2021-12.xlsx", to: str = "2022-01") -> tuple[Succession, list[str]]:
    book, _ = sheets.parse(xlsx(table), name)
    period, after = parse_period(name), parse_period(to)
    assert book
    assert period
    assert after
    found, _ = read_book(book, meetings(), period, as_of=period.last, roster=None)
    assert found
    result, problems = succession(book, found, meetings(), after)
    return result, codes(problems)


def test_a_deadline_without_a_year_is_told_before_the_year_turns() -> None:
    table = "| 序号 | 交办事项 | 责任单位 | 完成时限 | 备注 |\n| 1 | 修桥 | 县交通局 | 12月底前 | |\n"
    assert plan(table)[1] == ["deadline_yearless"]
    assert plan(table, "台账2021-11.xlsx", "2021-12")[1] == []


def test_all_deadlines_without_a_year_are_told_in_one_line() -> None:
    rows = "".join(f"| {n} | 修{n}号桥 | 县交通局 | {n}月底前 | |\n" for n in range(1, 9))
    assert plan("| 序号 | 交办事项 | 责任单位 | 完成时限 | 备注 |\n" + rows)[1] == ["deadline_yearless"]


def test_a_ledger_with_nothing_left_is_told() -> None:
    assert plan("| 序号 | 交办事项 | 责任单位 | 备注 |\n| 1 | 修桥 | 县交通局 | 完成 |\n")[1] == ["nothing_open"]


def test_the_rows_that_got_an_id_are_known() -> None:
    found, _ = plan("| 序号 | 交办事项 | 备注 | 编号 |\n| 1 | 修桥 | | 2020-001 |\n| 2 | 修路 | 完成 | |\n")
    assert [(c.row.text, c.id) for c in found.named] == [("修路", "2021-001")]


def test_a_row_of_several_lines_leaves_with_all_of_them() -> None:
    table = """
    | 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
    | 1    | 修桥     | 县交通局 | 完工     | 完成 |
    | ^    | ^        | 县财政局 | 已付款   | ^    |
    | 2    | 修路     | 县交通局 | 在建     |      |
    """
    found, _ = plan(table)
    assert found.parts[0].dropped == {2, 3}


def test_suspended_rows_keep_their_word_and_lagging_ones_are_asked() -> None:
    by = meetings()
    suspended = replace(by.labels[4], withdrawn=False)
    kind = replace(by, labels=(*by.labels[:4], suspended))
    table = "| 序号 | 交办事项 | 备注 |\n| 1 | 修桥 | 撤销 |\n| 2 | 修路 | 需加快推进 |\n| 3 | 修渠 | |\n"
    book, _ = sheets.parse(xlsx(table), "台账2022-02.xlsx")
    assert book
    found, _ = read_book(book, kind, FEBRUARY, as_of=FEBRUARY.last, roster=None)
    after = following(FEBRUARY)
    assert found
    assert after
    [part] = succession(book, found, kind, after)[0].parts
    assert [carried.asks for carried in part.kept] == [False, True, False]

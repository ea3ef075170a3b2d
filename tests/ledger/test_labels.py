"""Status words: a typed label wins, an empty cell is proposed a state, and what disagrees is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import codes, column, kind, ledger, meetings, read
from tongbao.config.kinds import ColumnType, Label
from tongbao.ledger.labels import Labels, Status
from tongbao.model import Deadline, Level, State
from tongbao.words.deadlines import parse_deadline

AS_OF = date(2022, 2, 7)
PAST, COMING = parse_deadline("2022年1月30日"), parse_deadline("2022年3月底前")


def judged(typed: str, deadline: Deadline = Deadline()) -> tuple[str, State, bool, list[str]]:
    """Label, state, done, and the codes of what is said."""
    status, findings = Labels(meetings()).judge(typed, deadline, AS_OF)
    return status.label, status.state, status.done, [f.code for f in findings]


@pytest.mark.parametrize(
    ("typed", "label", "state", "done"),
    [
        ("完成", "完成", State.DONE, True),
        ("已完成", "完成", State.DONE, True),
        ("办结。", "完成", State.DONE, True),
        ("视为\n完成", "视为完成", State.PARTIAL, True),
        (" 需 加快推进　", "需加快推进", State.LAGGING, False),
        ("按会议要求正常推进", "正常推进", State.ON_TRACK, False),
    ],
)
def test_a_typed_word_is_taken_for_its_label(typed: str, label: str, state: State, done: bool) -> None:
    assert judged(typed) == (label, state, done, [])


def test_words_behind_a_label_are_told() -> None:
    assert judged("完成，已于1月办结") == ("完成", State.DONE, True, ["status_remark"])


@pytest.mark.parametrize(
    ("deadline", "label", "said"),
    [
        (Deadline(), "正常推进", []),
        (COMING, "正常推进", []),
        (parse_deadline("长期坚持"), "正常推进", []),
        (PAST, "需加快推进", ["status_proposed"]),
    ],
)
def test_an_empty_cell_is_proposed_a_state_by_its_deadline(deadline: Deadline, label: str, said: list[str]) -> None:
    assert judged("", deadline)[0::3] == (label, said)


def test_the_last_day_itself_is_not_past() -> None:
    labels = Labels(meetings())
    deadline = parse_deadline("2022年2月7日")
    assert labels.judge("", deadline, AS_OF)[0].state is State.ON_TRACK
    assert labels.judge("", deadline, AS_OF + timedelta(days=1))[0].state is State.LAGGING


@pytest.mark.parametrize(
    ("typed", "deadline", "said"),
    [
        ("正常推进", PAST, ["overdue_on_track"]),
        ("正常推进", COMING, []),
        ("需加快推进", PAST, []),
        ("需加快推进", COMING, ["lagging_before_due"]),
        ("需加快推进", Deadline(), []),
        ("完成", PAST, []),
        ("视为完成", PAST, []),
        ("撤销", PAST, []),
    ],
)
def test_a_typed_label_wins_and_disagreement_with_the_dates_is_told(
    typed: str, deadline: Deadline, said: list[str]
) -> None:
    label, *_, found = judged(typed, deadline)
    assert (label, found) == (typed, said)


def test_an_unknown_word_is_an_error() -> None:
    status, (finding,) = Labels(meetings()).judge("以完成", Deadline(), AS_OF)
    assert status == Status("以完成", State.UNKNOWN)
    assert finding.level is Level.ERROR
    assert finding.message == "不认识的状态“以完成”"


def test_a_label_that_does_not_count_as_done_is_not_done() -> None:
    by = meetings()
    open_partial = replace(by, labels=tuple(replace(it, counts_as_done=False) for it in by.labels))
    status, _ = Labels(open_partial).judge("视为完成", Deadline(), AS_OF)
    assert (status.state, status.done) == (State.PARTIAL, False)


def test_a_withdrawn_row_is_not_done() -> None:
    row = ledger("| 序号 | 事项 | 备注 |\n| 1 | 修路 | 撤销 |").rows[0]
    assert (row.done, row.withdrawn, row.label) == (False, True, "撤销")


def test_without_a_default_the_first_label_on_track_is_proposed_else_unknown() -> None:
    columns = [column("序号"), column("事项"), column("状态", type=ColumnType.STATUS)]
    table = "| 序号 | 事项 | 状态 |\n| 1 | 修路 | |"
    plain = ledger(table, kind(columns, [Label("滞后", State.LAGGING), Label("正常", State.ON_TRACK)])).rows[0]
    bare = ledger(table, kind(columns, [Label("完成", State.DONE)])).rows[0]
    assert (plain.label, plain.state) == ("正常", State.ON_TRACK)
    assert (bare.label, bare.state) == ("", State.UNKNOWN)


def test_the_two_lagging_rows_are_those_past_their_deadline() -> None:
    found, problems = read(
        """
        | 序号 | 事项 | 时限 | 备注 |
        | 1 | 土地组卷 | 2022年⏎1月30日 | |
        | 2 | 规划调整 | 2022年1月底前 | 需加快推进 |
        | 3 | 选址 | 2022年⏎1月30日 | 视为⏎完成 |
        | 4 | 规划核实 | | |
        | 5 | 主体施工 | 2022年4月30日 | |
        """
    )
    assert found is not None
    assert [r.no for r in found.rows if r.state is State.LAGGING] == ["1", "2"]
    assert codes(problems) == ["status_proposed"]


@given(st.text(max_size=20))
def test_whatever_is_typed_has_one_state_and_unknown_words_are_errors(typed: str) -> None:
    status, findings = Labels(meetings()).judge(typed, Deadline(), AS_OF)
    assert (status.state is State.UNKNOWN) == any(f.code == "status_unknown" for f in findings)

"""Fates, history and the balance of two periods."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import codes
from tests.support.drawn import drawn
from tests.support.trials import tried
from tongbao.ledger.copies import without_copies
from tongbao.matching.answers import Answer, Verdict, answer
from tongbao.matching.balance import balance, identities
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.two_periods import Changes, Fate, Past
from tongbao.model import Ledger, Level, Problem, Row

MONTHS = [f"2022-{month:02}" for month in range(1, 13)]


def compared(*tables: str | Ledger, answers: tuple[Answer, ...] = ()) -> tuple[Changes, list[Problem]]:
    """The last of some months against the one before, with the history of all."""
    ledgers = [t if isinstance(t, Ledger) else drawn(t, month) for t, month in zip(tables, MONTHS, strict=False)]
    links = [match(before, now, answers)[0] for before, now in pairwise(ledgers)]
    if not links:
        return compare(ledgers[-1], None, None, ())
    return compare(ledgers[-1], ledgers[-2], links[-1], ledgers[:-1], links[:-1])


def texts(rows: tuple[Row, ...]) -> list[str]:
    return [row.text for row in rows]


def fates(changes: Changes) -> dict[str, Fate]:
    return {outcome.row.text: outcome.fate for outcome in changes.outcomes}


def sums(changes: Changes, opening: int = 0) -> dict[str, int]:
    """The balance by its names, noughts left out."""
    return {line.name: line.value for line in balance(changes, opening) if line.value}


BEFORE = """
事项 | 状态
修缮老城影剧院屋面 |
整治云水河河道 | 滞后
新建石桥镇卫生院 | 完成
硬化村组道路 | 滞后
"""


# ---------------------------------------------------------------------------------------------- fates


def test_every_prior_row_has_its_fate():
    changes, problems = compared(
        BEFORE,
        """
        事项 | 状态
        修缮老城影剧院屋面 | 完成
        整治云水河河道 | 滞后
        举办丰收节 |
        """,
    )
    assert fates(changes) == {
        "修缮老城影剧院屋面": Fate.NEWLY_COMPLETED,
        "整治云水河河道": Fate.CONTINUED,
        "新建石桥镇卫生院": Fate.CLOSED_BEFORE,
        "硬化村组道路": Fate.UNACCOUNTED,
    }
    assert texts(changes.newly_completed) == ["修缮老城影剧院屋面"]
    assert texts(changes.closed_before) == ["新建石桥镇卫生院"]
    assert texts(changes.added) == ["举办丰收节"]
    assert codes(problems) == ["unaccounted"]


def test_a_row_without_a_trace_is_shown_in_the_ledger_of_last_period_with_three_ways_out():
    _, problems = compared(BEFORE, "事项\n修缮老城影剧院屋面\n整治云水河河道")
    lost = problems[0]
    assert (lost.level, lost.place.file, lost.place.row) == (Level.ERROR, "2022-01.xlsx", 5)
    assert lost.item == "第4项 硬化村组道路"
    assert all(way in lost.fix for way in ("补回本期台账", "销号", "并入、拆分或撤销"))


def test_a_question_stands_in_for_a_missing_row():
    prior, current = "事项 | 状态\n建设标准化厂房（一期） | ", "事项\n建设标准化厂房（二期）"
    changes, problems = compared(prior, current)
    assert codes(problems) == ["undecided"]
    assert problems[0].place.file == "2022-01.xlsx"
    assert "2022-02.xlsx“台账”第2行“建设标准化厂房（二期）”" in problems[0].message
    assert "数字不同（1→2）" in problems[0].message
    assert fates(changes) == {"建设标准化厂房（一期）": Fate.UNACCOUNTED}


def test_an_item_moved_to_the_sheet_of_closed_items_is_newly_completed_once():
    current = "事项 | 状态\n整治云水河河道 | 滞后\n硬化村组道路 | 滞后\n销号\n修缮老城影剧院屋面 | 完成\n新建石桥镇卫生院 | 完成"
    changes, problems = compared(BEFORE, current)
    assert problems == []
    assert texts(changes.newly_completed) == ["修缮老城影剧院屋面"]
    assert texts(changes.closed_before) == ["新建石桥镇卫生院"]


def test_a_done_row_that_is_still_on_the_ledger_is_not_newly_completed_again():
    changes, _ = compared("事项 | 状态\n修桥 | 完成", "事项 | 状态\n修桥 | 完成")
    assert changes.newly_completed == ()
    assert texts(changes.closed_before) == ["修桥"]


def test_a_new_row_that_is_done_at_once_is_added_and_newly_completed():
    changes, _ = compared("事项\n修路", "事项 | 状态\n修路 |\n修桥 | 完成")
    assert texts(changes.added) == texts(changes.newly_completed) == ["修桥"]
    assert sums(changes) == {
        "上期未完成": 1,
        "本期新增": 1,
        "本期新增完成": 1,
        "本期未完成": 1,
        "累计事项": 2,
    }


def test_a_reopened_item_is_a_warning_that_names_both_places():
    changes, problems = compared("事项 | 状态\n修桥 | 完成", "事项 | 状态\n种树 |\n修桥 | 滞后")
    assert [(p.prior.text, p.current.text) for p in changes.reopened] == [("修桥", "修桥")]
    assert changes.closed_before == ()
    assert fates(changes) == {"修桥": Fate.CONTINUED}
    (problem,) = problems
    assert (problem.level, problem.code) == (Level.WARNING, "reopened")
    assert (problem.place.file, problem.place.row) == ("2022-02.xlsx", 3)
    assert "2022-01.xlsx“台账”第2行已完成" in problem.message


@pytest.mark.parametrize(
    "then", ["修桥 | 完成", "种树 |", "种树 |\n销号\n修桥 | 完成"], ids=["kept", "deleted", "moved"]
)
def test_what_a_reopened_item_was_is_known_wherever_its_row_went(then):
    changes, _ = compared("事项 | 状态\n修桥 | 完成", f"事项 | 状态\n{then}", "事项 | 状态\n修桥 | 滞后")
    assert [(p.prior.label, p.current.label) for p in changes.pairs if p.current.text == "修桥"] == [("完成", "滞后")]


def test_a_reopened_item_that_is_done_again_is_newly_completed_again():
    changes, _ = compared("事项 | 状态\n修桥 | 完成", "事项 | 状态\n修桥 | 滞后", "事项 | 状态\n修桥 | 完成")
    assert texts(changes.newly_completed) == ["修桥"]
    assert changes.closed_before == ()


@pytest.mark.parametrize("typed", ["改造城区路灯", "改造城区路灯。", "改造 城区路灯"])
def test_an_item_taken_up_again_beside_its_closed_row_counts_once(typed):
    """`next` moved the row to 销号; the clerk types it anew and leaves that row where it is."""
    before = drawn("事项 | 状态\n种树 |\n改造城区路灯 | 完成", MONTHS[0])
    now = drawn(f"编号 | 事项 | 状态\nA1 | 种树 |\n | {typed} | 滞后\n销号\nA2 | 改造城区路灯 | 完成", MONTHS[1])
    now, said = without_copies(now)
    changes, _ = compared(before, now)
    assert [p.code for p in said] == ["closed_but_open"]
    assert (len(changes.reopened), changes.added, changes.closed_before) == (1, (), ())


def test_a_new_row_in_almost_the_words_of_a_closed_item_is_pointed_out():
    tables = [
        "事项 | 状态\n种树 |\n改造城区路灯 | 完成",
        "事项 | 状态\n种树 |",
        "事项 | 状态\n种树 |\n改造提升城区路灯 | 滞后",
    ]
    changes, problems = compared(*[f"单位 | {t}".replace("\n", "\n县城管局 | ") for t in tables])
    assert texts(changes.added) == ["改造提升城区路灯"]
    (problem,) = [p for p in problems if p.code == "like_closed"]
    assert "“改造城区路灯”（2022-01.xlsx“台账”第3行，相似86%），按本期新增计" in problem.message


@pytest.mark.parametrize("other", ["改造乡镇路灯", "改造城区路灯二期", "硬化村组道路", "改造城区路灯2000盏"])
def test_another_task_is_not_taken_for_a_closed_one(other):
    tables = ["事项 | 状态\n种树 |\n改造城区路灯 | 完成", "事项 | 状态\n种树 |", f"事项 | 状态\n种树 |\n{other} | 滞后"]
    _, problems = compared(*[f"单位 | {t}".replace("\n", "\n县城管局 | ") for t in tables])
    assert "like_closed" not in [p.code for p in problems]


def test_an_item_withdrawn_by_an_answer_is_reopened_when_it_comes_back():
    ledgers = [
        drawn(f"事项 | 状态\n种树 |\n{row}", month)
        for row, month in zip(("修桥 |", "", "修桥 | 滞后"), MONTHS, strict=False)
    ]
    gone = answer(ledgers[0], ledgers[1], ledgers[0].rows[1], Verdict.WITHDRAWN, reason="规划调整")
    changes, problems = compared(*ledgers, answers=(gone,))
    assert (texts(tuple(p.current for p in changes.reopened)), changes.added) == (["修桥"], ())
    assert [p.code for p in problems] == ["reopened"]


def test_an_item_may_be_withdrawn_on_the_ledger_with_a_reason():
    prior, current = "事项\n修路\n修桥", "事项 | 状态 | 理由\n修路 | |\n修桥 | 撤销 | 规划调整"
    changes, problems = compared(prior, current)
    assert [(o.fate, o.reason) for o in changes.outcomes] == [(Fate.CONTINUED, ""), (Fate.WITHDRAWN, "规划调整")]
    assert texts(changes.withdrawn) == ["修桥"]
    assert problems == []


def test_withdrawn_without_a_reason_is_a_warning_once():
    current = "事项 | 状态\n修路 |\n修桥 | 撤销"
    assert codes(compared("事项\n修路\n修桥", current)[1]) == ["withdrawn_unexplained"]
    changes, problems = compared("事项\n修路\n修桥", current, current)
    assert problems == []
    assert changes.withdrawn == ()
    assert fates(changes)["修桥"] is Fate.WITHDRAWN


def test_a_withdrawn_item_that_is_taken_up_again_is_reopened():
    changes, problems = compared("事项 | 状态\n修桥 | 撤销", "事项\n修桥")
    assert len(changes.reopened) == 1
    assert changes.added == ()
    assert "已撤销" in problems[0].message


def test_an_item_that_was_done_stays_done_when_it_is_withdrawn_later():
    changes, _ = compared("事项 | 状态\n修桥 | 完成", "事项 | 状态 | 理由\n修桥 | 撤销 | 合并统计")
    assert texts(changes.closed_before) == ["修桥"]
    assert changes.withdrawn == ()


def test_answers_give_the_fates_that_no_ledger_tells():
    prior = drawn("事项\n完成东街雨污分流改造\n完成西街雨污分流改造\n举办春季招聘会\n修订防汛预案", MONTHS[0])
    current = drawn("事项\n完成老城雨污分流改造\n举办招聘会（城区）\n举办招聘会（乡镇）", MONTHS[1])

    def told(row: int, verdict: Verdict, to: int | None = None, reason: str = "") -> Answer:
        return answer(prior, current, prior.rows[row], verdict, None if to is None else current.rows[to], reason)

    changes, problems = compared(
        prior,
        current,
        answers=(
            told(0, Verdict.MERGED, 0),
            told(1, Verdict.MERGED, 0),
            told(2, Verdict.SPLIT, 1),
            told(2, Verdict.SPLIT, 2),
            told(3, Verdict.WITHDRAWN, reason="机构改革，职责划出"),
        ),
    )
    assert problems == []
    assert list(fates(changes).values()) == [Fate.MERGED, Fate.MERGED, Fate.SPLIT, Fate.WITHDRAWN]
    assert changes.outcomes[3].reason == "机构改革，职责划出"
    assert texts(changes.outcomes[2].to) == ["举办招聘会（城区）", "举办招聘会（乡镇）"]
    assert changes.added == ()
    assert sums(changes) == {
        "上期未完成": 4,
        "拆分增加": 1,
        "合并减少": 1,
        "撤销": 1,
        "本期未完成": 3,
        "累计事项": 3,
    }


def test_an_item_merged_into_one_that_was_done_leaves_the_open_ones():
    prior = drawn("事项 | 状态\n编制防汛预案 |\n清理河道水葫芦 | 完成", MONTHS[0])
    current = drawn("事项 | 状态\n清理河道水葫芦 | 完成", MONTHS[1])
    merged = answer(prior, current, prior.rows[0], Verdict.MERGED, current.rows[0])
    changes, _ = compared(prior, current, answers=(merged,))
    assert sums(changes) == {"上期未完成": 1, "合并减少": 1, "此前累计完成": 1, "累计事项": 1}


# ---------------------------------------------------------------------------------------------- all earlier ledgers


def test_what_was_done_in_any_earlier_ledger_counts_once_also_when_it_has_left():
    changes, _ = compared(
        "事项 | 状态\n修路 | 完成\n修桥 |\n种树 |",
        "事项 | 状态\n修桥 | 完成\n种树 |",
        "事项 | 状态\n修桥 | 完成\n种树 | 完成",
    )
    assert sorted(texts(changes.closed_before)) == ["修桥", "修路"]
    assert texts(changes.newly_completed) == ["种树"]
    assert sums(changes, opening=55)["此前累计完成"] == 57


def test_a_closed_item_whose_text_was_edited_later_counts_once():
    long = "修缮老城影剧院屋面并更换座椅"
    changes, _ = compared(f"事项 | 状态\n{long} | 完成", f"事项 | 状态\n进一步{long} | 完成", "事项\n种树")
    assert len(changes.closed_before) == 1


def test_a_done_row_that_comes_back_after_an_absence_is_not_newly_completed():
    changes, _ = compared("事项 | 状态\n修路 | 完成\n修桥 |", "事项\n修桥", "事项 | 状态\n修路 | 完成\n修桥 |")
    assert changes.newly_completed == ()
    assert changes.added == ()
    assert texts(changes.closed_before) == ["修路"]


def test_an_item_closed_two_ledgers_ago_that_comes_back_open_is_reopened():
    changes, problems = compared("事项 | 状态\n修路 | 完成\n修桥 |", "事项\n修桥", "事项\n修路\n修桥")
    assert [(p.prior.place.file, p.current.place.file) for p in changes.reopened] == [("2022-01.xlsx", "2022-03.xlsx")]
    assert changes.added == ()
    assert codes(problems) == ["reopened"]


def test_a_row_that_was_missing_in_the_last_ledger_is_pointed_out():
    changes, problems = compared("事项\n修路\n修桥", "事项\n修桥", "事项\n修路\n修桥")
    assert texts(changes.added) == ["修路"]
    assert codes(problems) == ["returned"]
    assert "2022-01.xlsx“台账”第2行" in problems[0].message


def test_closed_items_that_no_ledger_ever_showed_are_pointed_out():
    _, problems = compared("事项\n修桥", "事项 | 状态\n修桥 |\n销号\n修路 | 完成")
    assert codes(problems) == ["closed_unseen"]


def test_the_past_of_a_row_leads_through_all_earlier_ledgers():
    changes, _ = compared(
        "事项 | 状态 | 时限 | 进展\n修桥 | | 2022-03-31 | 已开工",
        "事项 | 状态 | 时限 | 进展\n修桥 | 滞后 | 2022-06-30 | 推进中\n种树 | | |",
        "事项 | 状态 | 时限 | 进展\n修桥 | 滞后 | 2022-06-30 | 推进中\n种树 | | |",
        "事项 | 状态 | 时限 | 进展\n修桥 | 滞后 | 2022-09-30 | 推进中\n种树 | | |\n修路 | 滞后 | |",
    )
    told = {row.text: changes.past[row.place] for row in changes.current.rows}
    assert told["修桥"].lagging_periods == 3
    assert told["修桥"].moved == 2
    assert told["修桥"].same_progress == 2
    assert (told["修路"].lagging_periods, told["修路"].moved) == (1, 0)


def test_lagging_is_counted_without_a_break():
    changes, _ = compared("事项 | 状态\n修桥 | 滞后", "事项\n修桥", "事项 | 状态\n修桥 | 滞后")
    assert changes.past[changes.current.rows[0].place].lagging_periods == 1


def test_questions_left_open_in_an_earlier_period_are_said_where_they_may_count_an_item_twice():
    head, rest = "单位 | 事项 | 状态\n工信局 | ", "\n教育局 | 新建中心小学 | \n水利局 | 加固水库 | "
    old = f"{head}建设标准化厂房并硬化厂区道路 | 完成{rest}"
    edited = f"{head}建设标准化厂房并硬化厂区，完善配套 | {rest}"
    changes, problems = compared(old, edited, edited)
    assert len(changes.closed_before) == 1
    problems = [p for p in problems if p.code == "older_undecided"]
    assert (problems[0].place.file, problems[0].fix) == ("2022-02.xlsx", "按那一期运行一次（-p 2022-02），答复疑问")


def test_without_matchings_of_older_ledgers_they_are_linked_by_unchanged_text():
    ledgers = [
        drawn(table, month) for table, month in zip(["事项 | 状态\n修桥 | 完成\n种树 |"] * 3, MONTHS, strict=False)
    ]
    found, _ = match(ledgers[1], ledgers[2])
    changes, _ = compare(ledgers[2], ledgers[1], found, ledgers[:2])
    assert texts(changes.closed_before) == ["修桥"]
    assert changes.past[ledgers[2].rows[1].place].same_progress == 0


def test_a_first_ledger_has_no_changes_but_a_past():
    changes, problems = compared("事项 | 状态\n修桥 | 完成\n种树 | 滞后\n建校 |")
    assert problems == []
    assert changes.prior is None
    assert not changes.outcomes
    assert not changes.added
    assert not changes.newly_completed
    assert changes.past[changes.current.rows[1].place] == Past(lagging_periods=1)
    assert sums(changes, opening=55) == {"首期以前已销号": 55, "本期台账已完成": 1, "本期未完成": 2, "累计事项": 58}


# ---------------------------------------------------------------------------------------------- copies


def test_an_item_that_stands_in_the_ledger_and_on_the_sheet_of_closed_items_counts_once():
    ledger, problems = without_copies(drawn("事项 | 状态\n修桥 | 完成\n种树 |\n销号\n修桥 | 完成\n建校 | 完成"))
    assert texts(ledger.closed) == ["建校"]
    assert [(p.level, p.place.sheet, p.place.row) for p in problems] == [(Level.NOTE, "销号", 2)]
    assert "“台账”第2行" in problems[0].message


@pytest.mark.parametrize(
    ("open_", "closed", "level", "counts"),
    [
        ("2022-001", "2022-001", Level.ERROR, 1),
        ("", "", Level.WARNING, 0),
        ("", "2022-001", Level.WARNING, 0),  # typed anew, the closed row of `next` left: taken up again
        ("2022-002", "2022-001", Level.WARNING, 1),  # assigned once more
    ],
)
def test_an_item_that_is_open_here_and_closed_there_contradicts_itself(open_, closed, level, counts):
    table = f"编号 | 事项 | 状态\n{open_} | 修桥 | 滞后\n销号\n{closed} | 修桥。 | 完成"
    ledger, problems = without_copies(drawn(table))
    assert len(ledger.closed) == counts
    assert [(p.code, p.level) for p in problems] == [("closed_but_open", level)]


@pytest.mark.parametrize(
    ("words", "is_said"),
    [
        ("修建柳林桥", True),
        ("修建柳林桥，年底前通车", True),  # more was written to it
        ("修建柳林桥，确保安全", True),  # the same in its first clause
        ("修建桃源桥，年底前验收", False),  # copied for another task, its number left in
        ("种树", False),
    ],
)
def test_a_new_task_with_the_number_of_a_closed_one_contradicts_nothing(words, is_said):
    table = f"编号 | 事项 | 状态\n2022-001 | {words} | 滞后\n销号\n2022-001 | 修建柳林桥，年底前验收 | 完成"
    ledger, problems = without_copies(drawn(table))
    assert len(ledger.closed) == 1
    assert [p.code for p in problems] == ["closed_but_open"] * is_said


# ---------------------------------------------------------------------------------------------- laws

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["修路", "修桥", "种树", "建校", "挖河", "修路（二期）"]),
        st.sampled_from(["", "完成", "滞后", "撤销"]),
        st.sampled_from(["甲局", "乙局"]),
    ),
    max_size=7,
)


def table(rows: list[tuple[str, str, str]], closed: list[tuple[str, str, str]]) -> str:
    lines = [f"{words} | {state} | {unit}" for words, state, unit in rows]
    gone = [f"{words} | 完成 | {unit}" for words, _, unit in closed]
    return "\n".join(["事项 | 状态 | 单位", *lines, "销号", *gone])


@given(st.lists(st.tuples(ROWS, ROWS.map(lambda rows: rows[:2])), min_size=2, max_size=4), st.data())
@settings(max_examples=tried(200, 70), deadline=None)
def test_the_balance_holds_for_any_ledgers_and_any_answers(periods, data):
    """`compare` itself raises if its identities do not hold; here they meet ledgers of every sort."""
    ledgers = [without_copies(drawn(table(*rows), month))[0] for rows, month in zip(periods, MONTHS, strict=False)]
    answers = tuple(data.draw(answers_between(*ledgers[-2:])))
    changes, _ = compared(*ledgers, answers=answers)
    prior = ledgers[-2]
    assert [o.row.place for o in changes.outcomes] == [row.place for row in (*prior.rows, *prior.closed)]
    open_rows = [row for row in changes.current.rows if not row.done and not row.withdrawn]
    total = len(changes.closed_before) + len(changes.newly_completed) + len(open_rows)
    assert sums(changes).get("累计事项", 0) == total


def answers_between(prior: Ledger, current: Ledger) -> st.SearchStrategy[list[Answer]]:
    before, now = (*prior.rows, *prior.closed), (*current.rows, *current.closed)
    if not before or not now:
        return st.just([])
    one = st.builds(
        lambda row, verdict, to: answer(prior, current, row, verdict, to, "不再办理"),
        st.sampled_from(before),
        st.sampled_from(Verdict),
        st.sampled_from(now),
    )
    return st.lists(one, max_size=6)


@given(ROWS.filter(lambda rows: len({(words, unit) for words, _, unit in rows}) == len(rows)))
@settings(max_examples=tried(60, 25), deadline=None)
def test_a_ledger_against_itself_changes_nothing(rows):
    changes, problems = compared(table(rows, []), table(rows, []))
    assert not any((changes.added, changes.newly_completed, changes.reopened, changes.withdrawn))
    assert [p for p in problems if p.level is Level.ERROR] == []
    assert len(changes.closed_before) == sum(state == "完成" for _, state, _ in rows)


def test_figures_that_do_not_add_up_are_our_fault():
    changes, _ = compared("事项\n修桥", "事项\n修桥")
    right = {"closed_before": 55, "newly_completed": 5, "completed": 60, "open": 32, "total": 92, "lagging": 32}
    identities(changes, right)
    with pytest.raises(ValueError, match="total is 93"):
        identities(changes, right | {"total": 93})


def test_what_was_assumed_is_told_in_one_line():
    head, tail = "单位 | 事项\n", "\n丙局 | 修订防汛预案"
    before = f"{head}甲局 | 争取专项债券8.9亿元\n乙局 | 新增停车位300个{tail}"
    changes, problems = compared(before, f"{head}甲局 | 争取专项债券89亿元\n乙局 | 新增停车位500个{tail}")
    assert len(changes.assumed) == 2
    (told,) = [p for p in problems if p.code == "assumed"]
    assert told.level is Level.WARNING
    assert told.message == (
        "有2处不问您，由程序认定：文字变了、仍认定为同一项的2处（第1项、第2项）。依据见“对应关系.xlsx”的“疑问”一栏，也见核对表的“认定依据”"
    )
    assert "不是" in told.fix


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("甲局 | 河道清淤 | 已开工", "乙局 | 河道清淤 | 招标", "责任单位变了、仍认定为同一项的1处（第1项）"),
        (
            "甲局、乙局 | 稳外贸 | 走访 \n 甲局、乙局 | 稳外贸 | 开会",
            "甲局、乙局 | 稳外贸 | 座谈 \n 甲局、乙局 | 稳外贸 | 印发方案",
            "文字、责任单位没有变、凭位置等认定为同一项的2处（第1项、第2项）",
        ),
        (
            "甲局 | 修建环镇公路；改造农贸市场停车场 | 开工",
            "甲局 | 修建环镇公路 | 已开工 \n 甲局 | 改造农贸市场停车场 | 设计",
            "认定为拆分的2处（第1项、第2项）",
        ),
        (
            "甲局 | 修建环镇公路，全长8公里 | 开工\n甲局 | 改造农贸市场停车场 | 设计",
            "甲局 | 修建环镇公路，全长8公里；改造农贸市场停车场 | 已开工",
            "文字变了、仍认定为同一项的1处（第2行）；认定为并入的1处（第2行）",
        ),
    ],
    ids=["unit", "order", "split", "merged"],
)
def test_what_was_assumed_is_sorted_by_what_truly_changed(before, now, said):
    head, tail = "单位 | 事项 | 进展\n", "\n丙局 | 修订防汛预案 | 起草"
    changes, problems = compared(f"{head}{before}{tail}", f"{head}{now}{tail}")
    (told,) = [p.message for p in problems if p.code == "assumed"]
    assert (
        told
        == f"有{len(changes.assumed)}处不问您，由程序认定：{said}。依据见“对应关系.xlsx”的“疑问”一栏，也见核对表的“认定依据”"
    )

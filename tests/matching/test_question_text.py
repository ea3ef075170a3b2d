"""A question as the window of 80 columns shows it."""

from __future__ import annotations

from tests.support.drawn import drawn
from tongbao.matching.answers import Verdict
from tongbao.matching.question_text import heading, lines, said
from tongbao.matching.replies import Reply
from tongbao.matching.two_periods import Cause, Question
from tongbao.model import Row
from tongbao.words.columns import WINDOW, width

HEAD = "序号 | 标题 | 名称 | 单位 | 事项 | 时限 | 进展 | 状态\n"


def rows(table: str, label: str = "2022-02") -> tuple[Row, ...]:
    return drawn(HEAD + table, label).rows


def shown(
    before: Row, *now: Row, why: str = "数字不同（1→2）", taken: Row | None = None, sheets: bool = False
) -> list[str]:
    question = Question(before, tuple((row, 0.83) for row in now), why)
    partners = {now[-1].place: taken} if taken else {}
    return lines("3/30", question, question.candidates, partners, sheets=sheets)


(FACTORY,) = rows("5 | 一、工业 | | 甲局、乙局 | 建设厂房（一期） | 2022-01-31 | 正在招标 | 滞后", "2022-01")


def test_a_question_shows_all_that_one_needs_without_the_ledgers():
    now = rows("6 | 一、工业 | | 甲局、丙局 | 建设厂房（二期） | 2022-01-31 | 已经开工 | 滞后")
    assert shown(FACTORY, *now) == [
        "3/30　上期第5项（第2行）",
        "  标题：一、工业",
        "  事项：建设厂房（【一】期）",
        "  单位：甲局、乙局　时限：2022-01-31　状态：滞后",
        "  进展：正在招标",
        "疑问：数字不同（1→2）",
        " 1. 本期第6项（第2行），相似83%",
        "    建设厂房（【二】期）",
        "    单位：甲局、【丙局】",
        "    进展：已经开工",
    ]


def test_of_several_rows_each_says_in_what_it_differs_alone():
    now = rows(
        "6 | 一、工业 | | 甲局、乙局 | 建设厂房（二期） | 2022-01-31 | | 滞后\n"
        "7 | 二、民生 | | 甲局、乙局 | 建设厂房（一期） | 2022-12-31 | | "
    )
    assert shown(FACTORY, *now)[2] == "  事项：建设厂房（一期）"
    assert shown(FACTORY, *now)[6:] == [
        " 1. 本期第6项（第2行），相似83%",
        "    建设厂房（【二】期）",
        " 2. 本期第7项（第3行），相似83%",
        "    标题：二、民生",
        "    建设厂房（一期）",
        "    时限：2022-12-31　状态：正常推进",
    ]


def test_a_row_that_another_item_has_says_so():
    now = rows("6 | 一、工业 | | 甲局、乙局 | 建设厂房（一期、二期） | 2022-01-31 | | 滞后")
    assert " 1. 本期第6项（第2行），相似83%，已对上上期第5项，选它就是并入" in shown(FACTORY, *now, taken=FACTORY)


def test_the_sheet_is_named_where_there_are_several():
    now = rows("6 | 一、工业 | | 甲局 | 建设厂房 | | | ")
    found = shown(FACTORY, *now, sheets=True)
    assert found[0] == "3/30　上期第5项（“台账”第2行）"
    assert " 1. 本期第6项（“台账”第2行），相似83%" in found


def test_a_row_without_a_number_is_known_by_its_line():
    (bare,) = rows(" | | | 甲局 | 建设厂房 | | | ")
    assert shown(bare)[0] == "3/30　上期第2行"


def test_no_line_is_wider_than_the_window_and_no_question_higher():
    long = "由县水利局牵头会同有关乡镇全面完成全县十二座小型水库（含病险水库）除险加固工程建设任务，" * 6
    before = rows(f"5 | {long} | {long} | 甲局、乙局 | {long} | | {long} | ", "2022-01")
    now = rows("\n".join(f"{n} | {long} | {long} | 丙局、丁局 | {long}{n} | | {long} | " for n in range(1, 6)))
    found = shown(before[0], *now, why="；".join(["文字改动较大"] * 20))
    assert max(map(width, found)) <= WINDOW
    assert len(found) <= 9 + 5 * 6


def test_what_was_answered_is_read_back():
    now = rows("6 | | | 甲局 | 建设厂房 | | | \n7 | | | 甲局 | 建设宿舍 | | | ")
    assert said(Reply(Verdict.SAME, now[:1])) == "是本期第6项（第2行）“建设厂房”"
    assert said(Reply(Verdict.MERGED, now[:1])) == "并入本期第6项（第2行）“建设厂房”"
    assert said(Reply(Verdict.SPLIT, now)) == "拆分为本期第6项（第2行）“建设厂房”、第7项（第3行）“建设宿舍”"
    assert said(Reply(Verdict.WITHDRAWN, reason="不办了")) == "撤销，理由：不办了"
    assert said(Reply(Verdict.DIFFERENT)) == "本期各行都不是"
    assert heading(Cause.SPLIT, 3) == "—— 像是拆成几项的：3问 ——"

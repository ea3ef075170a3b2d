"""The table of answers: written, filled in by a clerk, read again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import codes
from tests.support.drawn import drawn
from tongbao.matching.answers import (
    HEADER,
    Answer,
    Finder,
    Mark,
    Verdict,
    answer,
    completed,
    differences_in,
    from_rows,
    options,
    to_rows,
)
from tongbao.matching.changes import compare
from tongbao.matching.match import match
from tongbao.matching.two_periods import Fate

PRIOR = drawn(
    "编号 | 标题 | 单位 | 事项\n7 | 一、工业 | 甲局、乙局 | 建设厂房（一期）\n | | 丙局 | 修订防汛预案", "2022-01"
)
CURRENT = drawn("标题 | 单位 | 事项\n一、工业 | 甲局、乙局 | 建设厂房（二期）\n | 丁局 | 举办丰收节")


def line(found: list[list[str]], number: int) -> dict[str, str]:
    return dict(zip(found[0], found[number], strict=True))


def open_table() -> list[list[str]]:
    """What the clerk gets of two periods with one question and one row that nobody can trace."""
    found, _ = match(PRIOR, CURRENT)
    changes, _ = compare(CURRENT, PRIOR, found, [PRIOR])
    lost = [o.row for o in changes.outcomes if o.fate is Fate.UNACCOUNTED]
    return to_rows(found.questions, lost, PRIOR, CURRENT)


def test_the_table_names_both_rows_in_the_clerks_own_terms():
    found = open_table()
    assert tuple(found[0]) == (*HEADER, "上期进展", "本期进展")
    asked = line(found, 1)
    assert (asked["上期"], asked["本期"]) == ("2022-01", "2022-02")
    assert (asked["上期行"], asked["上期编号"], asked["上期责任单位"]) == ("台账!2", "7", "甲局、乙局")
    assert (asked["本期行"], asked["本期事项"]) == ("台账!2", "建设厂房（二期）")
    assert asked["疑问"] == "数字不同（1→2），相似83%"
    assert asked["答复"] == ""
    assert len(found) == 4
    other, lost = line(found, 2), line(found, 3)
    assert (other["上期行"], other["本期事项"]) == ("台账!2", "")
    assert other["疑问"] == "都不是：是另一行的选本期行；撤销的写理由；没有了的填“不是”"
    assert (lost["上期事项"], lost["本期事项"]) == ("修订防汛预案", "")
    assert "撤销请写理由" in lost["疑问"]


def test_an_empty_answer_is_none():
    assert from_rows(open_table()) == ([], [])


def test_what_the_clerk_fills_in_settles_the_matter():
    table = open_table()
    table[1][HEADER.index("答复")] = "同一项"
    table[3][HEADER.index("答复")], table[3][HEADER.index("理由")] = "撤销", "职责划出"
    answers, problems = from_rows(table)
    assert problems == []
    found, _ = match(PRIOR, CURRENT, answers)
    changes, problems = compare(CURRENT, PRIOR, found, [PRIOR])
    assert problems == []
    assert [o.fate for o in changes.outcomes] == [Fate.CONTINUED, Fate.WITHDRAWN]


def test_answers_stay_in_the_table_when_it_is_written_again():
    stored = [answer(PRIOR, CURRENT, PRIOR.rows[0], Verdict.SAME, CURRENT.rows[0])]
    assert from_rows(to_rows((), (), PRIOR, CURRENT, stored)) == (stored, [])


def test_mistakes_are_told_by_their_cell():
    table = open_table()
    reply = HEADER.index("答复")
    table[1][reply] = "是的"
    table[2][reply] = "撤销"
    table[3][reply] = "并入"
    answers, problems = from_rows(table)
    assert answers == []
    assert codes(problems) == ["answer_unread"] * 3
    assert [p.place.cell for p in problems] == ["N2", "N3", "N4"]
    assert "“是的”看不懂" in problems[0].message
    assert "同一项、不是同一项、并入、拆分、撤销" in problems[0].fix
    assert "理由" in problems[1].message
    assert "本期哪一行" in problems[2].message


def test_a_table_without_its_header_is_refused():
    assert codes(from_rows([["上期", "本期"]])[1]) == ["answer_header"]
    assert from_rows([]) == ([], [])


def test_short_lines_and_moved_columns_are_read():
    stored = [answer(PRIOR, CURRENT, PRIOR.rows[0], Verdict.SAME, CURRENT.rows[0])]
    table = [list(reversed(row)) for row in to_rows((), (), PRIOR, CURRENT, stored)]
    assert from_rows(table)[0] == stored
    assert from_rows([list(HEADER), ["2022-01"]]) == ([], [])


def test_a_row_is_found_again_after_rows_were_inserted_above_it():
    mark = Mark.of(CURRENT.rows[1])
    moved = (CURRENT.rows[0], CURRENT.rows[0], CURRENT.rows[1])
    assert Finder(moved).find(mark) == 2
    assert Finder(moved).find(Mark.of(CURRENT.rows[0])) is None
    assert Finder(CURRENT.rows).find(Mark(place="3")) == 1
    assert Finder(CURRENT.rows).find(Mark(text="举办 丰收节。")) == 1
    assert Finder(CURRENT.rows).find(replace(mark, text="没有这一项")) is None


CELLS = st.text("一二甲乙、!/ab1 ", max_size=5).map(str.strip)
MARKS = st.builds(Mark, CELLS, CELLS, CELLS, CELLS, CELLS)


@given(st.lists(st.builds(Answer, st.tuples(CELLS, CELLS), MARKS, st.sampled_from(Verdict), MARKS, CELLS)))
def test_answers_survive_the_table(stored: list[Answer]):
    kept = [a for a in stored if not a.fault]
    assert from_rows(to_rows((), (), PRIOR, CURRENT, kept)) == (kept, [])


def test_an_assumed_pair_is_overruled_by_one_word():
    before = drawn("单位 | 事项\n甲局 | 争取专项债券8.9亿元\n乙局 | 修订防汛预案", "2022-01")
    now = drawn("单位 | 事项\n甲局 | 争取专项债券89亿元\n乙局 | 修订防汛预案")
    found, _ = match(before, now)
    assert [pair.current.text for pair in found.assumed] == ["争取专项债券89亿元"]
    table = to_rows((), (), before, now, (), found.assumed)
    asked = line(table, 1)
    assert asked["疑问"].startswith("已认定为同一项（")
    assert from_rows(table) == ([], [])
    table[1][HEADER.index("答复")] = "不是"
    answers, problems = from_rows(table)
    assert [a.verdict for a in answers] == [Verdict.DIFFERENT]
    assert problems == []
    again, _ = match(before, now, answers)
    assert again.assumed == ()
    assert [row.text for row in again.gone] == ["争取专项债券8.9亿元"]


def test_an_assumed_pair_that_is_confirmed_is_not_told_of_again():
    before = drawn("单位 | 事项\n甲局 | 争取专项债券8.9亿元\n乙局 | 修订防汛预案", "2022-01")
    now = drawn("单位 | 事项\n甲局 | 争取专项债券89亿元\n乙局 | 修订防汛预案")
    table = to_rows((), (), before, now, (), match(before, now)[0].assumed)
    table[1][HEADER.index("答复")] = "是"
    again, _ = match(before, now, from_rows(table)[0])
    assert len(again.pairs) == 2
    assert again.assumed == ()


def test_what_is_open_stands_above_what_was_answered():
    found, _ = match(PRIOR, CURRENT)
    stored = [answer(PRIOR, CURRENT, PRIOR.rows[1], Verdict.WITHDRAWN, reason="职责划出")]
    table = to_rows(found.questions, (), PRIOR, CURRENT, stored)
    assert [one[HEADER.index("答复")] for one in table[1:]] == ["", "", "撤销"]


def test_a_row_is_named_by_what_the_list_shows():
    table = open_table()
    reply, place = HEADER.index("答复"), HEADER.index("本期行")
    (shown,) = options(CURRENT.rows[1:])
    assert shown == "台账!3　第2项 举办丰收节"
    table[2][reply], table[2][place] = "并入", shown
    (found,), problems = from_rows(table)
    assert problems == []
    assert found.current == Mark(place="台账!3")
    assert Finder(CURRENT.rows).find(found.current) == 1


def test_a_candidate_that_another_item_has_says_so():
    found, _ = match(PRIOR, CURRENT)
    partners = {CURRENT.rows[0].place: PRIOR.rows[1]}
    asked = line(to_rows(found.questions, (), PRIOR, CURRENT, partners=partners), 1)
    assert asked["疑问"] == "数字不同（1→2），相似83%；已对上上期第2项，并进去的选“并入”"


def test_the_words_that_differ_are_known_by_their_cells():
    found = differences_in(open_table())
    before, now = HEADER.index("上期事项"), HEADER.index("本期事项")
    assert found == {(0, before): [(5, 6)], (0, now): [(5, 6)]}
    heads = [f"单位 | 事项\n{unit} | 整治云水河道\n乙局 | 修订防汛预案" for unit in ("县水利局", "县交通局")]
    prior, current = drawn(heads[0], "2022-01"), drawn(heads[1])
    moved = to_rows((), (), prior, current, (), match(prior, current)[0].assumed)
    units = [HEADER.index(f"{side}责任单位") for side in ("上期", "本期")]
    assert differences_in(moved) == {(0, column): [(0, 4)] for column in units}


def test_a_table_of_an_earlier_version_is_read_as_it_is():
    head = "上期 本期 上期行 上期编号 上期分类 上期事项 上期责任单位 本期行 本期编号 本期分类 本期事项 本期责任单位 疑问 答复 理由"
    cells = "2022-01 2022-02 台账!2 7 一、工业 建设厂房（一期） 甲局、乙局 台账!2 - 一、工业 建设厂房（二期） 甲局、乙局 数字不同（1→2） 同一项 -"
    (found,), problems = from_rows([head.split(), ["" if cell == "-" else cell for cell in cells.split()]])
    assert problems == []
    assert found == answer(PRIOR, CURRENT, PRIOR.rows[0], Verdict.SAME, CURRENT.rows[0])


def test_another_row_chosen_in_the_line_of_a_candidate_is_the_one_that_counts():
    table = open_table()
    table[1][HEADER.index("答复")], table[1][HEADER.index("本期行")] = "同一项", options(CURRENT.rows)[1]
    (found,), _ = from_rows(table)
    assert found.current == Mark(place="台账!3")


def test_a_row_named_by_its_line_is_kept_with_its_words():
    typed = Answer(("2022-01", "2022-02"), Mark.of(PRIOR.rows[0]), Verdict.MERGED, Mark(place="3"))
    by_id = replace(typed, current=Mark(id="7"))
    older = replace(typed, periods=("2021-12", "2022-01"))
    whole = replace(typed, current=Mark.of(CURRENT.rows[1]))
    assert completed([typed, by_id, older, whole], PRIOR, CURRENT) == [whole, by_id, older, whole]

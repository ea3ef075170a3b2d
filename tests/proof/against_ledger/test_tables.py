"""Tables of an edited circular, cell by cell: what is told, with which rows, and what is counted as proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.support.printed import UNITS, paper, printed
from tongbao.proof.against_ledger.tables import TableProof, prove_tables
from tongbao.proof.remarks import on_verdicts
from tongbao.proof.text.tokens import Reader

HEADER = ["序号", "工作任务", "牵头单位", "状态"]
ROWS = [
    ["第一次会议"],
    ["1", "落实冷链仓储用地35亩，完成土地组卷并上报审批", "县资规局", "需加快推进"],
    ["2", "引入第三方检测机构", "县发改局", "完成"],
]
BASIS = printed("附件", annex=[HEADER, *ROWS], labels=("完成", "需加快推进"))


def proof(*rows: Sequence[str]) -> TableProof:
    return prove_tables(paper("附件", annex=[HEADER, *rows]), BASIS, Reader(UNITS))


def said(*rows: Sequence[str]) -> list[str]:
    """The words that the clerk reads."""
    edited = paper("附件", annex=[HEADER, *rows])
    return [r.line for r in on_verdicts(proof(*rows).verdicts, edited, BASIS)]


def with_cell(row: int, column: int, text: str) -> list[list[str]]:
    rows = [list(r) for r in ROWS]
    rows[row][column] = text
    return rows


def test_every_line_and_cell_that_agrees_is_counted():
    assert (proof(*ROWS).lines, proof(*ROWS).cells) == (3, 8)
    changed = proof(*with_cell(2, 3, "滞后"))
    assert (changed.lines, changed.cells) == (2, 7)


def test_a_changed_cell_is_told_in_its_place_with_its_ledger_row():
    assert said(*with_cell(2, 3, "需加快推进")) == [
        "【不一致】表1第4行第4列：稿中是“需加快推进”，应为“完成”。“状态”与台账不同。依据：台账.xlsx“台账”第4行。"
    ]


def test_a_line_that_went_is_told_where_the_one_before_it_stands():
    (found,) = said(*ROWS[:2])
    assert found.startswith("【已删除】表1第3行第1列：原有“2 引入第三方检测机构 县发改局”。表里少了这一行。")


def test_long_text_in_other_words_is_for_a_person_to_judge_as_long_as_its_facts_stay():
    (kept,) = said(*with_cell(1, 1, "落实冷链仓储用地共35亩，完成土地组卷并报审批"))
    (changed,) = said(*with_cell(1, 1, "落实冷链仓储用地共53亩，完成土地组卷并报审批"))
    assert kept.startswith("【无法核对】")
    assert "其中的数、日期、单位没有变" in kept
    assert changed.startswith("【不一致】")


def test_rows_numbered_anew_are_one_thing_to_look_at():
    rows = [[str(n), f"{name}整治", "青石镇", ""] for n, name in enumerate(["河道", "水库", "泵站", "堤防", "涵闸"], 1)]
    basis = printed("附件", annex=[HEADER, *rows])
    left = [[str(n), *row[1:]] for n, row in enumerate([rows[0], *rows[2:]], 1)]
    found = prove_tables(paper("附件", annex=[HEADER, *left]), basis, Reader(UNITS)).verdicts
    (anew,) = (v for v in found if v.said)
    assert anew.why.startswith("从这一行起有3行的序号与台账不同")
    assert anew.rows == (2, 3, 4)


def test_a_table_that_is_gone_is_told_once():
    found = prove_tables(paper("附件"), BASIS, Reader(UNITS))
    assert [v.why for v in found.verdicts] == ["附件的表没有了，3行都没有核对"]
    assert found.tables == frozenset()


def moved(*, ordered: bool) -> list[str]:
    """What is told where the last two columns have changed places, headers and all."""
    basis = replace(BASIS, tables=(replace(BASIS.tables[0], ordered=ordered),))
    rows = [row if len(row) == 1 else [row[0], row[1], row[3], row[2]] for row in [HEADER, *ROWS]]
    return [v.why for v in prove_tables(paper("附件", annex=rows), basis, Reader(UNITS)).verdicts]


def test_in_the_table_of_the_office_s_own_ledger_a_column_that_moved_is_told():
    assert moved(ordered=True) == ["列的次序与台账不同：“牵头单位”一列换了地方，各格仍按列名核对"]


def test_in_the_table_of_a_kind_columns_may_stand_in_any_order():
    assert moved(ordered=False) == []

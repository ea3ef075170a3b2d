"""What a person types at a question: many ways to say the same, and no word that breaks anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.drawn import drawn
from tongbao.matching.answers import Verdict
from tongbao.matching.replies import Move, Reader, Reply

LINES = [f"{number} | 办理第{number}件事" for number in range(1, 41)]
LEDGER = drawn("序号 | 事项\n" + "\n".join(LINES) + "\n销号\n90 | 早已办结的事\n91 | 又一件")
READER = Reader(LEDGER)
OFFERED = LEDGER.rows[4:7]  # in lines 6, 7 and 8


def told(typed: str) -> str:
    """The answer that was understood, in one line; a text is what is said back."""
    read = READER.read(typed, OFFERED)
    if isinstance(read, Reply):
        rows = [f"{row.place.sheet}!{row.place.row}" for row in read.rows]
        return " ".join(filter(None, [str(read.verdict), *rows, read.reason]))
    return read.name if isinstance(read, Move) else read


@pytest.mark.parametrize(
    ("ways", "meant"),
    [
        (["1", " 1 ", "１", "1。", "【1】", "选1", "一", "第一个", "第1", "是1", "同一项 1", "1\r"], "同一项 台账!6"),
        (["行37", "行 37", "第37行", "第 37 行", "37行", "37", "台账!37", "台账第37行", "行３７"], "同一项 台账!37"),
        (["行2", "第2行"], "同一项 台账!2"),
        (["项5", "第5项", "序号5", "项 5"], "同一项 台账!6"),
        (["销号!3", "项91"], "同一项 销号!3"),
        (["0", "０", "都不是", "不是", "新增", "没有", "N"], "不是同一项"),
        (["撤销 职责划出", "撤销：职责划出", "撤消，职责划出", "已撤销 职责划出"], "撤销 职责划出"),
        (["撤销 改由 A 局办（文号 2022-3）"], "撤销 改由 A 局办（文号 2022-3）"),
        (["并入 2", "并入2", "合并到 2", "并入 行7", "并入第7行", "并入项6"], "并入 台账!7"),
        (["并入 37", "并到37"], "并入 台账!37"),
        (["拆分 1 2", "拆分1、2", "拆成 1，2", "拆分 行6 行7", "拆分 第6行和第7行", "拆为1和2"], "拆分 台账!6 台账!7"),
        (["返回", "返 回", "上一问", "b", "B"], "BACK"),
        (["全部跳过", "退出", "Q"], "SKIP_ALL"),
        (["", "  ", "跳过", "以后再答"], "LEAVE"),
        (["清除", "不答"], "CLEAR"),
        (["？", "?", "帮助"], "HELP"),
    ],
)  # fmt: skip
def test_ways_to_say_it(ways, meant):
    assert {typed: told(typed) for typed in ways} == dict.fromkeys(ways, meant)


CAN = "可以输入：1—3、0（都不是）、行37、并入 1、撤销 理由；直接回车以后再答，？看全部。"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("asdf", f"没有看懂。{CAN}"),
        ("😀", f"没有看懂。{CAN}"),
        ("行", f"没有看懂。{CAN}"),
        ("-1", f"没有看懂。{CAN}"),
        ("9" * 5000, f"没有看懂。{CAN}"),
        ("并入 并入", f"没有看懂。{CAN}"),
        ("4", f"没有第4个可选。{CAN}指台账第4行的，输入：行4。"),
        ("是", f"请写明是哪一项。{CAN}"),
        ("1 2", "一项只能选一行；拆成几行的，输入如：拆分 1 2。"),
        ("行9999", "本期台账第9999行不是事项。请看台账左边的行号。"),
        ("总表!5", "本期台账“总表”第5行不是事项。请看台账左边的行号。"),
        ("项77", "本期台账序号77的没有找到。"),
        ("撤销", "撤销要写理由，如：撤销 职责已划给县水利局。"),
        ("撤销 。", "撤销要写理由，如：撤销 职责已划给县水利局。"),
        ("并入", "并入要写明本期的哪一行，如：并入 1，或 并入 行37。"),
        ("拆分 1", "拆分要写明拆成的各行，至少两行，如：拆分 1 2，或 拆分 行37 行38。"),
        ("拆分 1 1", "拆分要写明拆成的各行，至少两行，如：拆分 1 2，或 拆分 行37 行38。"),
    ],
)
def test_what_is_not_understood_is_told_with_what_can_be_typed(typed, said):
    assert told(typed) == said


def test_the_only_row_offered_can_be_taken_with_a_yes():
    read = READER.read("是", OFFERED[:1])
    assert isinstance(read, Reply)
    assert (read.verdict, read.rows) == (Verdict.SAME, OFFERED[:1])


def test_without_candidates_a_row_can_be_named():
    assert (
        READER.read("2", ())
        == "没有第2个可选。可以输入：行37、并入 行37、撤销 理由；直接回车以后再答，？看全部。指台账第2行的，输入：行2。"
    )


def test_a_row_number_in_several_sheets_wants_the_sheet():
    one, two = drawn("事项\n甲事\n乙事").rows, drawn("事项\n丙事\n丁事").rows
    others = [row.__class__(row.place._replace(sheet="乡镇"), row.no, row.text) for row in two]
    ledger = drawn("事项\n甲事")
    both = Reader(ledger.__class__(ledger.file, ledger.period, ledger.as_of, (*one, *others)))
    assert both.read("行3", ()) == "有几张表都有第3行，请写明表名，如：台账!3、乡镇!3。"
    found = both.read("乡镇!3", ())
    assert isinstance(found, Reply)
    assert [row.text for row in found.rows] == ["丁事"]


@given(st.text(max_size=12) | st.text("行第项0123456789并入拆分撤销!、 ，", max_size=10))
def test_whatever_is_typed_has_an_answer(typed):
    assert isinstance(READER.read(typed, OFFERED), Reply | Move | str)

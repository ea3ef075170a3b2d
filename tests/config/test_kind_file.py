"""kind.yaml: a closed vocabulary, refused with file, line, and the nearest known word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.folders import TEMPLATES
from tongbao.config.kind_file import adapted, kind_names, load_kind
from tongbao.config.kinds import ColumnType, Holds
from tongbao.model import Refusal, State

SMALL = """
name: 小样
columns:
  事项: {headers: [工作任务], required: true}
  状态: {headers: [完成情况], type: status}
labels:
  完成: {state: done, words: [已完成]}
  正常: {state: on_track, default: true}
"""


def load(tmp_path: Path, text: str):
    (tmp_path / "small").mkdir(exist_ok=True)
    (tmp_path / "small/kind.yaml").write_text(text, encoding="utf-8")
    return load_kind(tmp_path, "small")


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(Refusal) as refused:
        load(tmp_path, text)
    return [f"{p.message}｜{p.fix}" for p in refused.value.problems]


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_every_kind_of_the_folder_is_sound(name):
    assert load_kind(TEMPLATES, name).id == name


def test_a_small_kind(tmp_path):
    kind = load(tmp_path, SMALL)
    assert [(c.field, c.type) for c in kind.columns] == [
        ("事项", ColumnType.TEXT),
        ("状态", ColumnType.STATUS),
        ("编号", ColumnType.TEXT),
    ]
    assert [(label.name, label.state, label.words) for label in kind.labels] == [
        ("完成", State.DONE, ("完成", "已完成")),
        ("正常", State.ON_TRACK, ("正常",)),
    ]


def test_an_unknown_kind(tmp_path):
    load(tmp_path, SMALL)
    with pytest.raises(Refusal) as refused:
        load_kind(tmp_path, "smal")
    assert [(p.message, p.fix) for p in refused.value.problems] == [("没有名为“smal”的通报种类", "是不是“small”？")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("state: done", "state: doen"), "第7行：“labels.完成.state”不能是“doen”｜是不是“done”？"),
        (("type: status", "typ: status"), "第5行：不认识的键“columns.状态.typ”｜是不是“type”？"),
        (("type: status", "type: text"), "第5行：“状态”的 type 应为 status｜写 type: status"),
        (("  状态:", "  情况:"), "第3行：columns 里缺少“状态”｜补上“状态: {headers: [台账里的表头]}”"),
        (("words: [已完成]", "words: [正常]"), "第8行：“正常”同时归入“完成”和“正常”｜只归入一个"),
        (("name: 小样", "name: 小样\ngroups: [级别]"), "第3行：“groups”里的“级别”没有定义｜可写：事项、状态、编号"),
        (("name: 小样", "name: 小样\nlists: {甲: {of: [新增完城]}}"), "第3行：“lists.甲.of”里的“新增完城”没有定义｜是不是“新增完成”？"),
        (("name: 小样", "name: 小样\nlists: {甲: {without: [乙]}, 乙: {}}"), "第3行：“lists.甲.without”用到的“乙”写在后面｜把“乙”移到前面"),
        (("name: 小样", "name: 小样\nmeasures:\n  总额: {sum: 金额}"), "第4行：“measures.总额.sum”里的“金额”没有定义｜可写：事项、状态、编号"),
        (("name: 小样", "name: 小样\nlists: {滞后: {}}"), "第3行：名单“滞后”与通用选择同名｜换一个名称"),
        (("name: 小样", "name: 小样\nfile_name: '{题目}'"), "第3行：file_name 写的是“{题目}”，看不懂｜可用{标题}、{期次}、{名称}"),
        (("name: 小样", "name: 小样\nlists: {完成率（%）: {}}"), "第3行：“完成率（%）”不能用作名称｜名称要写进模板，只用汉字、字母和数字，不含标点和空格"),
        (("name: 小样", "name: 小样\nmeasures: {率: {sum: 事项, ratio: [完成, 全部]}}"), "第3行：“measures.率”要写 sum，或写两项的 ratio，二者只取其一｜如 ratio: [完成投资, 计划投资]"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path, change, message):
    assert message in mistakes(tmp_path, SMALL.replace(*change))


def test_an_office_has_its_own_words(tmp_path):
    kind = adapted(load(tmp_path, SMALL), {"完成": ("结清", "正常")}, {"事项": ("要做的事",)})
    assert kind.columns[0].headers == ("要做的事", "工作任务")
    assert [(label.name, label.words) for label in kind.labels] == [
        ("完成", ("结清", "正常", "完成", "已完成")),
        ("正常", ()),
    ]


def test_own_words_for_what_is_not_there(tmp_path):
    with pytest.raises(Refusal) as refused:
        adapted(load(tmp_path, SMALL), {"完城": ("结清",)}, {"事由": ("要做的事",)})
    assert [p.message for p in refused.value.problems] == [
        "labels 里的“完城”不是这种通报的名称",
        "columns 里的“事由”不是这种通报的名称",
    ]


def test_what_the_numbers_of_a_column_tell_of(tmp_path):
    columns = """
  年度计划投资: {type: amount, unit: 万元}
  完成投资: {type: amount, unit: 万元}
  到位资金: {type: amount, unit: 万元, grows: true}
  完成户数: {type: integer, grows: false}
  本月投资: {type: amount, unit: 万元, period: flow}
  完成工程量: {type: number, period: flow}
  进展: {headers: [完成情况说明]}
"""
    kind = load(tmp_path, SMALL.replace("labels:", columns.strip("\n") + "\nlabels:"))
    told = {c.field: (c.period, c.grows) for c in kind.columns if c.field not in ("事项", "状态", "编号")}
    assert told == {
        "年度计划投资": (None, False),
        "完成投资": (None, True),
        "到位资金": (None, True),
        "完成户数": (None, False),
        "本月投资": (Holds.FLOW, False),
        "完成工程量": (Holds.FLOW, False),
        "进展": (None, False),
    }


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("投资: {type: amount, unit: 万元, period: flows}", "“columns.投资.period”不能是“flows”｜是不是“flow”？"),
        ("投资: {type: amount, unit: 万元, period: flow, grows: true}", "“投资”不能写 grows: true｜"),
        ("说明: {grows: true}", "“说明”不能写 grows: true｜"),
        ("投资: {type: amount, perod: flow}", "不认识的键“columns.投资.perod”｜是不是“period”？"),
    ],
)
def test_what_a_column_cannot_say_of_its_numbers(tmp_path, column, expected):
    (found,) = mistakes(tmp_path, SMALL.replace("labels:", f"  {column}\nlabels:"))
    assert expected in found


def test_an_ending_in_two_steps(tmp_path):
    labels = """
  待销号: {state: partial, counts_as_done: true}
  视为完成: {state: partial, counts_as_done: true}
  整改到位: {state: partial, counts_as_done: true, awaits: true}
  完成待归档核实: {state: done, awaits: false}
  待落实: {state: lagging}
"""
    kind = load(tmp_path, SMALL.rstrip("\n") + labels)
    assert {it.name: it.awaits() for it in kind.labels} == {
        "完成": False,
        "正常": False,
        "待销号": True,
        "视为完成": False,
        "整改到位": True,
        "完成待归档核实": False,
        "待落实": False,
    }
    (found,) = mistakes(tmp_path, SMALL.replace("default: true", "default: true, awaits: true"))
    assert "“正常”写了 awaits，却不按完成计" in found


@pytest.mark.parametrize(
    ("typed", "awaits"),
    [
        ("已整改待验收", True),
        ("办结待销号", True),
        ("完成，尚未验收", True),
        ("已完成（未销号）", True),
        ("已申请销号", True),
        ("验收中", True),
        ("候审核", True),
        ("完成", False),
        ("已完成", False),
        ("完成并销号", False),
        ("已通过验收", False),
        ("完成，干部待遇已落实", False),
        ("完成，接待中心已验收", False),
    ],
)
def test_words_that_say_that_a_step_is_still_to_come(tmp_path, typed, awaits):
    done = load(tmp_path, SMALL).labels[0]
    assert done.awaits(typed) is awaits


# What names a meeting, a plan, a level of government, or says how and by when somebody was asked.
_NAMES = re.compile("[县市区省](?!级)|政府|常务会|调度会|工作报告|专项督查|督查(?:机构|部门)|按旬|月底|实地|电话")


@pytest.mark.parametrize("name", kind_names(TEMPLATES))
def test_an_office_that_named_nothing_is_given_words_that_name_nothing(name):
    kind = load_kind(TEMPLATES, name)
    words = {**kind.wording, **kind.unnamed}
    assert {key: said for key, texts in words.items() for said in texts if _NAMES.search(said)} == {}


def test_words_for_the_unnamed_are_wordings(tmp_path):
    assert mistakes(tmp_path, SMALL + "wording: {会议: 常务会}\nunnamed: {会意: 会议}\n") == [
        "第10行：“unnamed”里的“会意”没有定义｜可写：会议"
    ]

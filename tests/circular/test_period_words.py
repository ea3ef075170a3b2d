"""The words of the period in every form of 年度重点工作任务 and 政府工作报告: day, ten days, month, quarter, half-year, year."""

from __future__ import annotations

import pytest

from tests.support.folders import TEMPLATES
from tests.support.office import Office
from tongbao.circular.period_words import noun, spoken, wording_for
from tongbao.config.kind_file import load_kind
from tongbao.words.periods import parse_period

PERIODS = [
    ("2025-09-15", "截至2025年9月15日", "阶段"),
    ("2025年9月1日至7日", "2025年9月1日—9月7日", "阶段"),
    ("2025年9月上旬", "2025年9月上旬", "阶段"),
    ("2025-09", "2025年9月", "月度"),
    ("2025-Q3", "2025年三季度", "季度"),
    ("2025年一季度", "2025年一季度", "季度"),
    ("2025-H1", "2025年上半年", "半年"),
    ("2025年下半年", "2025年下半年", "半年"),
    ("2025年1-9月", "2025年1—9月", "阶段"),
    ("2025年", "2025年全年", "年度"),
]
HEADS = {
    "work-report": "| 序号 | 工作任务 | 牵头单位 | 年度目标 | {目标} | 进展情况 | 完成情况 |\n",
    "annual-tasks": "| 序号 | 工作任务 | 牵头单位 | 责任人 | 进展情况 | 完成情况 |\n",
}


def config(kind: str, title: str = "关于重点任务进展情况的通报", more: str = "") -> str:
    return f"""
office: {{name: 云溪县人民政府督查室}}
units: [县水利局, 县交通运输局, 县教育局]
reports:
  - name: 任务
    kind: {kind}
    title: {title}
{more}"""


def report(tmp_path, period: str, *words: str, goal: str = "季度目标任务", **settings: str) -> tuple[Office, int]:
    rows = "\n".join(
        f"| {n} | 修建第{n}座桥 | {unit} | 全部建成 | 完成主体 | 完成了第{n}步 | {word} |"
        for n, (word, unit) in enumerate(zip(words, ("县水利局", "县交通运输局", "县教育局"), strict=False), 1)
    )
    office = Office(tmp_path, config("work-report", **settings))
    office.ledger(period, rows, "任务", HEADS["work-report"].format(目标=goal))
    return office, office.run()


def paper_of(office: Office, period: str) -> str:
    found = parse_period(period)
    assert found
    return office.paper(found.token, "任务")


@pytest.mark.parametrize(("period", "said", "goal"), PERIODS)
def test_the_period_in_a_sentence(period, said, goal):
    found = parse_period(period)
    assert found
    assert (spoken(found), noun(found)) == (said, goal)


@pytest.mark.parametrize(("period", "said", "goal"), PERIODS)
def test_a_work_report_of_every_period(tmp_path, period, said, goal):
    """The kind's own words; 季度目标 is said only of quarters."""
    office, status = report(tmp_path, period, "完成季度目标", "未完成", "滞后")
    assert status == 0
    paper = paper_of(office, period)
    assert f"重点工作任务{said}进展情况" in paper
    assert f"“未完成{goal}目标”2项" in paper


@pytest.mark.parametrize(
    ("period", "good", "bad"),
    [
        ("2025-H1", "完成上半年目标", "未完成上半年目标"),
        ("2025-H1", "已完成半年目标", "未完成半年目标"),
        ("2025年", "已完成全年目标", "未完成全年目标"),
        ("2025-09", "完成月度目标", "未完成月度目标"),
        ("2025年1-9月", "完成阶段性目标", "未完成阶段目标"),
        ("2025-Q3", "完成季度目标", "未达到季度目标"),
    ],
)
def test_status_words_are_printed_as_the_office_types_them(tmp_path, capsys, period, good, bad):
    office, status = report(tmp_path, period, good, bad, bad)
    assert status == 0, capsys.readouterr().out
    paper = paper_of(office, period)
    assert f"“{good}”1项" in paper
    assert f"“{bad}”2项" in paper


def test_the_column_of_goals_is_known_in_every_form(tmp_path):
    for number, goal in enumerate(("上半年目标", "半年目标任务", "本月目标", "阶段性目标")):
        office, status = report(tmp_path / str(number), "2025-06", "完成季度目标", "未完成", goal=goal)
        assert status == 0
        assert "本期目标：完成主体" in paper_of(office, "2025-06")


@pytest.fixture(autouse=True)
def folders(tmp_path):
    for number in range(4):
        (tmp_path / str(number)).mkdir()


@pytest.mark.parametrize(("period", "said", "goal"), PERIODS)
def test_annual_tasks_of_every_period(tmp_path, period, said, goal):
    office = Office(tmp_path, config("annual-tasks"))
    table = (
        "| 1 | 修建大桥 | 县水利局 | 王某 | 完成主体 | 进展积极 |\n"
        "| 2 | 修建水闸 | 县水利局 | 李某 | 完成招标 | 推进缓慢 |\n"
        "| 3 | 修建学校 | 县教育局 | 赵某 | 完成选址 | 推进缓慢 |"
    )
    office.ledger(period, table, "任务", HEADS["annual-tasks"])
    assert office.run() == 0
    paper = paper_of(office, period)
    assert "评价为“进展积极”的1项" in paper
    assert "评价为“推进缓慢”的2项" in paper
    assert "存在“推进缓慢”事项的单位有2家" in paper
    ends_year = parse_period(period).last.month == 12  # type: ignore[union-attr]
    assert ("年度任务不因跨年而搁置" in paper) == ends_year
    assert ("争取提前收官" in paper) != ends_year


def test_words_of_several_forms_are_printed_by_the_name_of_the_label(tmp_path):
    office, status = report(tmp_path, "2025-H1", "完成季度目标", "未完成半年目标", "未完成上半年目标")
    assert status == 0
    assert "“未完成半年目标”2项" in paper_of(office, "2025-H1")


def test_the_offices_own_closing_words_hold_at_the_end_of_the_year_too(tmp_path):
    more = "    wording: {结束语: [请抓好落实。]}\n"
    office, _ = report(tmp_path, "2025年", "未完成", "完成全年目标", more=more)
    assert "请抓好落实。" in paper_of(office, "2025年")


def test_what_setup_wrote_into_the_settings_goes_with_the_period(tmp_path):
    kind = load_kind(TEMPLATES, "work-report")
    own = {"结束语": kind.unnamed["结束语"]}
    half = parse_period("2025-H1")
    assert half
    assert "半年目标" in "".join(wording_for(kind, own, half)["结束语"])
    assert wording_for(kind, {"结束语": ("达到季度目标。",)}, half)["结束语"] == ("达到季度目标。",)


# ---------------------------------------------------------------------------------------------- titles


@pytest.mark.parametrize(("period", "said", "goal"), PERIODS)
def test_a_title_may_leave_the_period_open(tmp_path, period, said, goal):
    office, status = report(tmp_path, period, "未完成", title="关于重点任务{期次}进展情况的通报")
    assert status == 0
    assert f"关于重点任务{said.removeprefix('截至')}进展情况的通报" in paper_of(office, period).replace("/", "")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("关于重点任务2025年二季度进展情况的通报", "把“2025年二季度”写成“{期次}”"),
        ("关于2024年重点任务进展情况的通报", "把“2024年”写成“{年}”"),
        ("关于重点任务2025年三季度进展情况的通报", ""),
        ("关于2025年重点任务进展情况的通报", ""),
        ("关于2024年12月3日会议议定事项的通报", ""),
        ("关于重点任务的通报", ""),
    ],
)
def test_a_title_of_another_period_is_told(tmp_path, capsys, title, said):
    report(tmp_path, "2025-Q3", "未完成", title=title)
    out = capsys.readouterr().out
    assert said in out
    assert ("标题写的是" in out) == bool(said)

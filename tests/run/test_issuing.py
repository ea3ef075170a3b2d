"""Signing date, issue number, document number and signer: asked once a period, kept, proposed from the last one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.support.office import HEAD, Office
from tongbao.config.office import load_settings

ROW = "| 1 | | | 修复青石桥。 | 县财政局 | 2022年12月底前 | {}。 | 正常推进 | |"


def config(more: str) -> str:
    return f"""
office: {{name: 云溪县人民政府督查室}}
units: [县财政局]
reports:
  - name: 决策事项
    kind: meeting-decisions
    title: 关于决策事项办理情况的通报
    {more}
"""


class Clerk:
    """A clerk at the console, who answers by what the question begins with; Enter for all else."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **answers: str) -> None:
        self.asked: list[str] = []
        self.answers = answers
        monkeypatch.setattr("tongbao.outside.screen.has_console", lambda: True)
        monkeypatch.setattr("builtins.input", self._answer)

    def _answer(self, prompt: str) -> str:
        self.asked.append(prompt)
        return next((answer for name, answer in self.answers.items() if prompt.startswith(name)), "")


@pytest.fixture
def clerk(monkeypatch) -> Callable[..., Clerk]:
    return lambda **answers: Clerk(monkeypatch, **answers)


@pytest.fixture
def alone(monkeypatch) -> None:
    monkeypatch.setattr("tongbao.outside.screen.has_console", lambda: False)


def office(tmp_path: Path, more: str, *periods: str) -> Office:
    made = Office(tmp_path, config(more))
    for number, period in enumerate(periods or ("2022-02",)):
        made.ledger(period, ROW.format(f"完成第{number + 1}步"), head=HEAD)
    return made


def lines(made: Office, period: str = "2022-02") -> list[str]:
    return made.paper(period).splitlines()


# ---------------------------------------------------------------------------------------------- what is asked


@pytest.mark.parametrize("more", ["print_row: false", "cc: 县委办公室"])
def test_where_nothing_is_configured_nothing_is_asked(tmp_path, clerk, more):
    at = clerk()
    assert office(tmp_path, more).run() == 0
    assert at.asked == []


@pytest.mark.parametrize(
    "more",
    [
        "dated: {2022-02: 2022-03-02}\n    masthead: {name: 督查通报, issue: 第8期}",
        "dated: {2022-02: 2022-03-02}\n    document_number: 云政督〔2022〕2号",
        "dated: {2022-02: 2022-03-02}\n    masthead: {name: 督查通报, issue: {2022-02: 第8期}}",
        "dated: {2022-02: 2022-03-02}\n    document_number: {2022年2月: 云政督〔2022〕2号}\n    signer: 王建国",
    ],
)
def test_what_the_settings_state_is_not_asked(tmp_path, clerk, more):
    at = clerk()
    made = office(tmp_path, more)
    assert made.run() == 0
    assert at.asked == []
    said = made.paper("2022-02")
    assert "2022年3月2日" in said
    assert ("第8期" in said) != ("云政督〔2022〕2号" in said)


def test_all_that_is_open_is_asked_once_and_printed_the_same_again(tmp_path, clerk):
    at = clerk(期号="9", 成文日期="2022-03-02", 签发人="王建国")
    made = office(tmp_path, "signer: 问\n    masthead: {name: 督查通报, issue: 问}")
    assert made.run() == 0
    assert [question[:2] for question in at.asked] == ["期号", "成文", "签发"]
    first = made.paper("2022-02")
    assert "第9期" in first
    assert "2022年3月2日" in first
    assert "签发人：王建国" in first
    assert made.run() == 0
    assert len(at.asked) == 3
    assert made.paper("2022-02") == first


def test_the_next_period_is_proposed_from_the_last(tmp_path, clerk):
    at = clerk(发文字号="云政督〔2022〕8号", 成文日期="3月2日")
    made = office(tmp_path, "document_number: 问\n    signer: 问", "2022-02", "2022-03")
    assert made.run("-p", "2022-02") == 0
    at.answers = {}
    assert made.run() == 0
    assert "直接回车就是 云政督〔2022〕9号" in at.asked[3]
    assert "直接回车就是 2022年4月2日" in at.asked[4]
    assert "云政督〔2022〕9号" in lines(made, "2022-03")
    assert "2022年4月2日" in made.paper("2022-03")


@pytest.mark.parametrize(
    ("numbers", "proposed"),
    [
        ({"2021-12": "第24期"}, "第25期"),
        ({"2020-12": "第20期", "2021-01": "第1期", "2021-12": "第12期"}, "第1期"),
        ({"2021-12": "2021年第24期（总第99期）"}, "2022年第1期（总第100期）"),
    ],
)
def test_numbers_stated_by_period_are_gone_on_from(tmp_path, clerk, numbers, proposed):
    at = clerk()
    stated = ", ".join(f"{period}: {number}" for period, number in numbers.items())
    made = office(tmp_path, f"masthead: {{name: 督查通报, issue: {{{stated}}}}}", "2022-01")
    assert made.run() == 0
    assert f"直接回车就是 {proposed}）" in at.asked[0]
    assert proposed in lines(made, "2022-01")


def test_what_is_not_understood_is_asked_again(tmp_path, clerk, monkeypatch):
    at = clerk()
    typed = iter(["下周", "2022年3月2日"])
    monkeypatch.setattr("builtins.input", lambda prompt: at.asked.append(prompt) or next(typed))
    made = office(tmp_path, "dated: 问")
    assert made.run() == 0
    assert len(at.asked) == 2
    assert "2022年3月2日" in made.paper("2022-02")


def test_a_bulletin_without_a_number_is_asked_about_once_for_all(tmp_path, clerk):
    at = clerk()
    made = office(tmp_path, "masthead: {name: 督查通报}", "2022-02", "2022-03")
    assert made.run("-p", "2022-02") == 0
    assert made.run() == 0
    assert [question[:2] for question in at.asked] == ["期号", "成文", "成文"]


def test_what_config_says_later_rules_over_what_was_typed(tmp_path, clerk):
    clerk(期号="9")
    made = office(tmp_path, "masthead: {name: 督查通报, issue: 问}")
    assert made.run() == 0
    made.config.write_text(config("masthead: {name: 督查通报, issue: {2022-02: 第10期}}"), encoding="utf-8")
    assert made.run() == 0
    assert "第10期" in lines(made)


# ---------------------------------------------------------------------------------------------- nobody is there


@pytest.mark.usefixtures("alone")
def test_without_a_console_nothing_changes_where_nothing_is_known(tmp_path, capsys):
    made = office(tmp_path, "masthead: {name: 督查通报}")
    assert made.run() == 0
    said = capsys.readouterr().out
    assert "推定" not in said
    assert "没有期号" not in said
    assert not (tmp_path / "output/决策事项/成文信息.json").exists()
    assert "2022年2月28日" in made.paper("2022-02")


@pytest.mark.usefixtures("alone")
def test_without_a_console_the_next_number_is_taken_and_said_and_the_one_after_follows_it(tmp_path, capsys):
    made = office(tmp_path, "masthead: {name: 督查通报, issue: {2022-01: 第3期}}", "2022-02", "2022-03")
    assert made.run("-p", "2022-02") == 0
    assert "没有人可问，照上一期推定：期号“第4期”" in capsys.readouterr().out
    assert "第4期" in lines(made)
    assert made.run() == 0
    assert "第5期" in lines(made, "2022-03")


@pytest.mark.usefixtures("alone")
def test_without_a_console_and_a_last_number_it_is_said_that_there_is_none(tmp_path, capsys):
    made = office(tmp_path, "document_number: 问")
    assert made.run() == 0
    assert "没有发文字号，通报里空着" in capsys.readouterr().out


def test_what_nobody_confirmed_is_asked_when_somebody_is_there(tmp_path, clerk, monkeypatch):
    made = office(tmp_path, "dated: {2022-01: 2022-01-31}\n    masthead: {name: 督查通报, issue: {2022-01: 第3期}}")
    assert made.run() == 0
    at = clerk(期号="6")
    assert made.run() == 0
    assert "直接回车就是 第4期" in at.asked[0]
    assert "第6期" in lines(made)


# ---------------------------------------------------------------------------------------------- settings and memory


@pytest.mark.parametrize("text", ["", "[]", "{", '{"periods": {"2022-02": {"last": "x"}}}', '{"periods": 3}'])
def test_a_damaged_memory_is_as_none(tmp_path, clerk, text):
    at = clerk(期号="9")
    made = office(tmp_path, "masthead: {name: 督查通报, issue: 问}")
    file = tmp_path / "output/决策事项/成文信息.json"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert made.run() == 0
    assert at.asked
    assert json.loads(file.read_text(encoding="utf-8"))["periods"]["2022-02"]["fields"]["issue"] == "第9期"


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ("document_number: 问\n    masthead: {name: 督查通报, issue: 第3期}", ["发文字号", "成文日期"]),
        ("document_number: 云政督〔2022〕2号\n    masthead: {name: 督查通报, issue: 问}", ["期号", "成文日期"]),
        ("document_number: 问\n    masthead: {name: 督查通报, issue: 问}", ["发文字号", "期号", "成文日期"]),
    ],
)
def test_a_bulletin_may_bear_a_document_number_too(tmp_path, clerk, more, asked):
    at = clerk(期号="3", 发文字号="云政督〔2022〕2号")
    made = office(tmp_path, more)
    assert made.run() == 0
    assert [prompt.partition("（")[0] for prompt in at.asked if "（如" in prompt] == asked
    assert {"第3期", "云政督〔2022〕2号"} <= set(made.paper("2022-02").splitlines())


def test_the_settings_as_read(tmp_path):
    more = "dated: {2022-02: 2022-03-02}\n    masthead: {issue: 问}\n    signer: {2022年2月: 王建国}"
    [report] = load_settings(Office(tmp_path, config(more)).config).reports
    assert report.dated == {"2022-02": date(2022, 3, 2)}
    assert report.issuing.asked == {"issue"}
    assert report.issuing.stated == {"signer": {"2022-02": "王建国"}}

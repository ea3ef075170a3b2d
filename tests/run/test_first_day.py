"""`setup` at the console: few questions, any line changed by its number, and nothing is edited by hand."""

from __future__ import annotations

import builtins
import io
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

import pytest

from tests.support.docx_maker import docx
from tests.support.first_days import LAYOUTS, Layout
from tests.support.first_days_more import MORE
from tests.support.first_talk import Talk, line_of, lines
from tests.support.folders import ROOT
from tongbao.config.office import load_settings
from tongbao.run import cli


def test_an_unknown_word_and_the_signature_are_asked(tmp_path: Path) -> None:
    talk = Talk(["5", "云溪县督查室", ""])
    paths = MORE["谁也不认识的状态词"].write(tmp_path / "桌面")
    config = tmp_path / "config.yaml"
    assert talk.does("setup", "-c", config, *paths) == 0
    assert (len(talk.asked), talk.left) == (3, [])
    settings = load_settings(config)
    assert settings.office.name == "云溪县督查室"
    assert settings.reports[0].labels == {"滞后": ("红红火火",)}


def test_which_of_two_holds_and_the_period_are_asked(tmp_path: Path) -> None:
    paths = MORE["同一期两本不同"].write(tmp_path / "桌面")
    talk = Talk(["2", "", ""])
    assert talk.does("setup", *paths, "-c", tmp_path / "config.yaml") == 0
    assert [p.name for p in (tmp_path / "input").glob("*/*")] == ["事项2025年7月（改）.xlsx"]
    nameless = MORE["没有哪里写着期次"].write(tmp_path / "桌面二")
    assert Talk(["2025-06", "", ""]).does("setup", "-c", tmp_path / "二" / "config.yaml", *nameless) == 0
    assert [p.name for p in (tmp_path / "二" / "input").glob("*/*")] == ["督办事项 2025-06.xlsx"]


def test_any_line_is_changed_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = LAYOUTS["一块一张表"].write(tmp_path / "桌面")
    shown = tmp_path / "看" / "config.yaml"
    assert Talk(["", "0"]).does("setup", "-c", shown, *paths) == 0
    assert not shown.exists()
    text = capsys.readouterr().out
    talk = Talk(["", line_of("标题：", text), "关于八月工作的通报", line_of("状态词“滞后”", text), "3", ""])
    config = tmp_path / "config.yaml"
    assert talk.does("setup", "-c", config, *paths) == 0
    report = load_settings(config).reports[0]
    assert report.title == "关于八月工作的通报"
    assert report.labels == {"一般": ("滞后",)}


def test_at_most_seven_questions_for_any_layout(tmp_path: Path) -> None:
    for number, layout in enumerate({**LAYOUTS, **MORE}.values()):
        talk = Talk(["1" for _ in range(6)] + [""] * 30)
        talk.does("setup", "-c", tmp_path / str(number) / "config.yaml", *layout.write(tmp_path / f"桌面{number}"))
        assert sum("直接回车照此建立" not in question for question in talk.asked) <= 7


def test_a_ledger_that_no_report_can_read_begins_it_when_dropped(tmp_path: Path) -> None:
    for name in ("config.yaml", "units.xlsx"):
        shutil.copy(ROOT / name, tmp_path)
    for report in ("重点项目调度会决策事项",):
        shutil.copytree(ROOT / "input" / report, tmp_path / "input" / report)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    paths = LAYOUTS["表头都是自己的说法"].write(tmp_path / "桌面")
    assert Talk(["", ""]).does("-c", tmp_path / "config.yaml", *paths) == 0
    assert [report.name for report in load_settings(tmp_path / "config.yaml").reports] == ["督查事项"]


def test_ledgers_dropped_together_with_the_last_circular_begin_it_too(tmp_path: Path) -> None:
    paths = LAYOUTS["带备份表"].write(tmp_path / "桌面")
    paper = tmp_path / "桌面" / "3月通报.docx"
    paper.write_bytes(docx("关于2025年3月交办事项办理情况的通报", "云溪县政府督查室", "2025年4月2日"))
    config = office_of_another(tmp_path)
    assert Talk(["", ""]).does("-c", config, paper, *paths) == 0
    report = load_settings(config).reports[-1]
    assert report.title == "关于交办事项办理情况的通报"


def office_of_another(folder: Path) -> Path:
    """Settings of an office whose only report reads nothing like what is dropped."""
    config = folder / "config.yaml"
    config.write_text(
        "office: {name: 云溪县督查室}\nreports:\n  - {name: 项目, kind: key-projects, title: 关于项目的通报}\n",
        encoding="utf-8",
    )
    return config


def test_a_folder_that_is_dropped_begins_it(tmp_path: Path) -> None:
    LAYOUTS["带备份表"].write(tmp_path / "桌面")
    config = office_of_another(tmp_path)
    assert Talk([""]).does("-c", config, tmp_path / "桌面") == 0
    assert len(load_settings(config).reports) == 2


def test_who_signs_in_settings_that_are_there_is_neither_asked_nor_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = office_of_another(tmp_path)
    paths = LAYOUTS["带备份表"].write(tmp_path / "桌面")
    assert Talk(["4", ""]).does("setup", "-c", config, *paths) == 0
    shown = capsys.readouterr().out
    assert line_of("署名：云溪县督查室", shown) == "4"
    assert "这一行只是说明，不用改。" in shown


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_files_are_dragged_into_the_window(tmp_path: Path, quote: str) -> None:
    folder = "桌面" if not quote else "我的 桌面"
    paths = LAYOUTS["带备份表"].write(tmp_path / folder)
    typed = " ".join(f"{quote}{path}{quote}" for path in paths)
    assert Talk([typed, "云溪县督查室", ""]).does("setup", "-c", tmp_path / "config.yaml") == 0
    assert len(list((tmp_path / "input").glob("*/*.xlsx"))) == 2


def test_a_folder_with_spaces_is_dragged_as_it_is(tmp_path: Path) -> None:
    LAYOUTS["带备份表"].write(tmp_path / "我的 台账")
    talk = Talk([str(tmp_path / "我的 台账").replace(" ", "\\ "), "云溪县督查室", ""])
    assert talk.does("setup", "-c", tmp_path / "config.yaml") == 0
    assert Talk([str(tmp_path / "我的 台账"), ""]).does("setup", "-c", tmp_path / "config.yaml") == 0


# ---------------------------------------------------------------------------------------------- a person at the console


class Clerk:
    """A person who answers by what is asked, and changes lines of the table by what they say; Enter for all else."""

    def __init__(self, changes: Mapping[str, str | Sequence[str]], **answers: str) -> None:
        self.changes, self.answers = dict(changes), answers
        self.asked: list[str] = []
        self._next: list[str] = []

    def __call__(self, question: str = "") -> str:
        self.asked.append(question)
        if self._next:
            return self._next.pop(0)
        if question.startswith("直接回车照此建立"):
            return self._number()
        return next((answer for said, answer in self.answers.items() if said in question), "")

    def _number(self) -> str:
        """The number of the next line to be changed, as it stands in the table; Enter where all is right."""
        for text in list(self.changes):
            said = self.changes.pop(text)
            self._next = [said] if isinstance(said, str) else list(said)
            return line_of(text, self.shown())
        return ""

    def shown(self) -> str:
        """All that stands on the screen since the last table was begun."""
        whole = self._out.getvalue()
        return whole[whole.rfind("照台账看，提议这样建立") :]

    def does(self, *arguments: Path | str) -> int:
        """A command, answered so; gives its status."""
        self._out = io.StringIO()
        stream = mock.Mock(isatty=lambda: True)
        with (
            mock.patch.object(sys, "stdin", stream),
            mock.patch.object(builtins, "input", self),
            redirect_stdout(self._out),
        ):
            return cli.main([str(it) for it in arguments])

    @property
    def questions(self) -> int:
        """How often something was asked, beside whether the table is right."""
        return sum(not asked.startswith("直接回车照此建立") for asked in self.asked)


SIGN = {"由哪个单位署名": "云溪县督查室"}
SCRIPTS: dict[str, tuple[Layout, dict[str, str | Sequence[str]], Sequence[str]]] = {
    "标题": (
        LAYOUTS["状态词各家各样，文件名没有年份"],
        {"标题：": "关于四月督办事项的通报"},
        ["关于四月督办事项的通报", "县政府督查室", "已办结2项"],
    ),
    "署名": (LAYOUTS["三栏打勾"], {"署名：": "白塔区督查室"}, ["白塔区督查室", "评价为“滞后”的1项"]),
    "黄灯算滞后": (LAYOUTS["红黄绿灯"], {"状态词“黄灯”": "5"}, ["正在办理1项，滞后2项", "2.清欠农民工工资"]),
    "红色算需要关注": (LAYOUTS["涂色的行"], {"颜色：红色": "4"}, ["已办结1项", "需要关注1项", "县民生工程"]),
    "一个序号算一项": (MORE["一个序号几个分项"], {"项数：": "2"}, []),
    "附件照种类": (LAYOUTS["带备份表"], {"附件：": "2"}, ["云溪县督查室"]),
    "种类": (LAYOUTS["表头都是自己的说法"], {"种类：": "1"}, []),
    "两处都改": (
        LAYOUTS["没有状态栏，只有时限"],
        {"标题：": "关于督查任务的通报", "名称：": "督查任务"},
        ["关于督查任务的通报"],
    ),
}


@pytest.mark.parametrize(("layout", "changes", "printed"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_person_answers_changes_a_line_and_has_the_right_paper(
    tmp_path: Path, layout: Layout, changes: dict[str, str | Sequence[str]], printed: Sequence[str]
) -> None:
    clerk = Clerk(changes, **SIGN)
    config = tmp_path / "config.yaml"
    paths = layout.write(tmp_path / "桌面")
    assert clerk.does("setup", "-c", config, *paths) == 0
    assert clerk.questions <= 7
    assert clerk.changes == {}
    paper = "\n".join(lines(tmp_path))
    assert [text for text in printed if text not in paper] == []
    written = config.read_bytes()
    assert clerk.does("setup", "-c", config, *paths) == 0
    assert config.read_bytes() == written

"""The commands: found wherever they stand among options, in Chinese too; each with a help of its own."""

from __future__ import annotations

import re

import pytest

import tongbao
from tests.support.house import KIND, House, printed, sent
from tongbao.run import cli
from tongbao.run.commands import COMMANDS, help_of, parted, usage


@pytest.mark.parametrize(
    ("arguments", "command", "rest"),
    [
        ("next -p 2022-03", "next", "-p 2022-03"),
        ("-p 2022-03 next -c 甲.yaml", "next", "-p 2022-03 -c 甲.yaml"),
        ("-c甲.yaml --report=乙 check 稿.docx", "check", "-c甲.yaml --report=乙 稿.docx"),
        ("--conf 甲.yaml -r 乙 split", "split", "--conf 甲.yaml -r 乙"),
        ("--apply merge", "merge", "--apply"),
        ("--joint 合写 merge --apply", "merge", "--joint 合写 --apply"),
        ("--unfilled 未报送 台账.xlsx next", "", "--unfilled 未报送 台账.xlsx next"),
        ("--draft 台账.xlsx", "", "--draft 台账.xlsx"),
        ("-r next", "", "-r next"),
        ("-r next next", "next", "-r next"),
        ("-p=2022-03 next", "next", "-p=2022-03"),
        ("-- next", "", "-- next"),
        ("-c", "", "-c"),
        ("下期 -p 2022-03", "next", "-p 2022-03"),
        ("-c 甲.yaml 核稿 稿.docx", "check", "-c 甲.yaml 稿.docx"),
        ("删除示例", "remove-samples", ""),
        ("next -h", "next", "-h"),
        ("-h next", "next", "-h"),
    ],
)
def test_the_command_is_found_among_the_options(arguments, command, rest):
    found, words = parted(arguments.split())
    assert (found.name, " ".join(words)) == (command, rest)


# A command that works in a house, with the house that it needs.
WORK = {
    "": (printed, ()),
    "check": (printed, ("~output/决策事项/2022-02-07/关于调度会决策事项办理情况的通报.docx",)),
    "next": (printed, ("-p", "2022-03-07")),
    "split": (printed, ()),
    "merge": (sent, ()),
    "new": (printed, (KIND,)),
    "kinds": (printed, ()),
    "remove-samples": (printed, ()),
}


@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
@pytest.mark.parametrize("name", WORK)
def test_the_settings_are_named_before_or_behind_every_command(tmp_path, capsys, name, first):
    """The settings in the program's own folder cannot be read: who reads them fails."""
    house = House(tmp_path / "督查通报")
    made, more = WORK[name]
    made(house)
    named = house.config.rename(house.folder / "本单位.yaml")
    house.config.write_text("office：不能读", encoding="utf-8")
    option = ("-c", str(named), "-r", "决策事项")
    words = (*option, name, *more) if first else (name, *more, *option)
    capsys.readouterr()
    assert house.does(*filter(None, words)) < 2, capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--version"], ["-V"], ["next", "--version"], ["--version", "-c", "没有.yaml"]])
def test_the_version_is_told(arguments, capsys):
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == f"督查通报程序 {tongbao.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_a_command_tells_of_it_alone(command, capsys):
    forms = (
        [command.name, "-h"],
        ["-c", "甲.yaml", command.chinese, "--help"],
        ["help", command.name],
        ["帮助", command.chinese],
    )
    for words in forms:
        assert cli.main(words) == 0
        said = capsys.readouterr().out
        assert said.rstrip() == help_of(command)
    assert f"generate.py {command.name}" in said
    told = set(re.findall(r"generate\.py ([a-z-]+)", said))
    assert told == {command.name}
    assert [o.long for o in command.own if o.long not in said] == []


def test_the_help_tells_of_every_command_and_option(capsys):
    assert cli.main(["--help"]) == 0
    assert capsys.readouterr().out.rstrip() == usage()
    assert [c.name for c in COMMANDS if f"generate.py {c.name}" not in usage() or c.chinese not in usage()] == []
    assert "--version" in usage()

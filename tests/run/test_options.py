"""Mistakes on the command line: every command, every kind of mistake, plain Chinese and status 2; help is status 0."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
from collections.abc import Iterator

import pytest

import dev
from tests.support.office import Office
from tongbao.model import Refusal
from tongbao.run import cli
from tongbao.run.commands import COMMANDS as ALL
from tongbao.run.options import Option, typed
from tools import bench

COMMANDS = ("", *(command.name for command in ALL))
MISTAKES = (
    ["--darft"],
    ["-x"],
    ["-x", "值"],
    ["--nothing=值"],
    ["-p"],
    ["-r"],
    ["-c"],
    ["--period"],
    ["--config="],
    ["-p", "-r"],
    ["-r", "--config", "x"],
    ["--p", "--r"],
    ["-5"],
    ["--draft=yes"],
)


def argparse_words() -> Iterator[str]:
    """What argparse itself can say, in pieces between the values that it fills in."""
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext", "gettext"):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield from (p.strip() for p in re.split(r"%\(\w+\)\w|%\w|\n", argument.value) if len(p.strip()) > 3)


ENGLISH = sorted({word for word in argparse_words() if re.search("[a-z]{4}", word)})


def english_in(said: str) -> list[str]:
    """English words that are no name of ours: what was typed stands in quotation marks."""
    plain = re.sub("“[^”]*”", "", said)
    plain = re.sub(
        r"python3?|generate\.py|dev\.py|config\.yaml|meeting-decisions|[\w.-]*\.(?:docx|xlsx|yaml)|(?<![\w-])--?[a-z-]+",
        "",
        plain,
    )
    plain = re.sub(
        rf"\b(?:{'|'.join(filter(None, [*COMMANDS, *dev.COMMANDS, *bench.GROUPS, 'lock', 'yaml', 'Excel', 'WPS']))})\b",
        "",
        plain,
    )
    return [*re.findall("[A-Za-z]{3,}", plain), *(word for word in ENGLISH if word in said)]


def test_the_list_of_what_argparse_says_is_not_empty() -> None:
    assert {"expected one argument", "show this help message and exit", "positional arguments"} <= set(ENGLISH)


@pytest.mark.parametrize("mistake", MISTAKES, ids=" ".join)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_mistake_is_said_in_chinese(tmp_path, capsys, monkeypatch, command, mistake):
    monkeypatch.chdir(tmp_path)
    config = Office(tmp_path).config
    given = [command, *(["没有.docx"] if command in ("check", "import") else []), "-c", str(config), *mistake]
    assert cli.main([word for word in given if word]) == 2
    said = capsys.readouterr()
    assert (said.err, english_in(said.out.replace(str(tmp_path), ""))) == ("", [])


@pytest.mark.parametrize("command", ["next", "split", "merge"])
def test_what_is_too_much_is_said(command, capsys):
    assert cli.main([command, "多余.xlsx"]) == 2
    assert "“多余.xlsx”" in capsys.readouterr().out


@pytest.mark.parametrize("help_", ["-h", "--help", "/?"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_and_no_mistake(command, help_, capsys):
    assert cli.main([word for word in (command, help_) if word]) == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：")
    assert english_in(said) == []


@pytest.mark.parametrize("arguments", [["-h"], ["--help"]])
def test_help_for_developers(arguments, capsys):
    assert dev.main(arguments) == 0
    assert english_in(capsys.readouterr().out) == []


@pytest.mark.parametrize("arguments", [["--foo"], ["tset"]])
def test_a_mistake_of_a_developer(arguments, capsys):
    assert dev.main(arguments) == 2
    assert english_in(capsys.readouterr().out) == []


@pytest.mark.parametrize("arguments", [["--only", "nothing"], ["--rounds", "many"], ["--rounds"], ["--foo"], ["x"]])
def test_a_mistake_in_the_bench(arguments, capsys):
    assert bench.main(arguments) == 2
    assert english_in(capsys.readouterr().out) == []


# ---------------------------------------------------------------------------------------------- what is understood

OPTIONS = (
    Option("config", "c", "配置文件"),
    Option("period", "p", "期次"),
    Option("draft"),
    Option("drop"),
    Option("only", value="哪一项", choices=("甲", "乙")),
)


@pytest.mark.parametrize(
    ("line", "values", "rest"),
    [
        ("", {}, []),
        ("-p 2022-02", {"period": "2022-02"}, []),
        ("-p2022-02", {"period": "2022-02"}, []),
        ("-p=2022-02", {"period": "2022-02"}, []),
        ("--period 2022-02", {"period": "2022-02"}, []),
        ("--period=2022-02", {"period": "2022-02"}, []),
        ("--per 2022-02", {"period": "2022-02"}, []),
        ("a.xlsx --draft b.xlsx", {"draft": ""}, ["a.xlsx", "b.xlsx"]),
        ("a.xlsx -c x b.xlsx", {"config": "x"}, ["a.xlsx", "b.xlsx"]),
        ("-p 1 -p 2", {"period": "2"}, []),
        ("-- -p --draft", {}, ["-p", "--draft"]),
        ("-", {}, ["-"]),
        ("--only 甲", {"only": "甲"}, []),
    ],
)
def test_options_in_every_spelling(line: str, values: dict[str, str], rest: list[str]) -> None:
    found = typed(line.split(), OPTIONS)
    assert (dict(found.values), list(found.rest)) == (values, rest)


@pytest.mark.parametrize(
    ("line", "said", "fix"),
    [
        ("--darft", "没有“--darft”这个选项", "是不是“--draft”？"),
        ("--dr", "“--dr”可以是“--draft”，也可以是“--drop”", "请写全"),
        ("-p", "“-p”后面没有写期次", ""),
        ("-p --draft", "“-p”后面没有写期次", ""),
        ("--period=", "“--period”后面没有写期次", ""),
        ("--draft=1", "“--draft”后面不用写“1”", ""),
        ("--only 丙", "“--only”不能写“丙”", "可写：甲、乙"),
        ("-x", "没有“-x”这个选项", ""),
    ],
)
def test_each_mistake_says_what_was_typed_and_what_to_do(line: str, said: str, fix: str) -> None:
    with pytest.raises(Refusal) as refusal:
        typed(line.split(), OPTIONS)
    (problem,) = refusal.value.problems
    assert said in problem.message
    assert fix in problem.fix
    assert "用 -h 查看用法" in problem.fix


def test_too_many_words() -> None:
    with pytest.raises(Refusal, match="多写了“b”"):
        typed(["a", "b"], OPTIONS, most=1)

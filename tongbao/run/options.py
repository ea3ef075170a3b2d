"""Reads what is typed behind a command: options, their values, other words. Every mistake is told in Chinese.

argparse is not used: its messages are English, differ between versions, and cannot be replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.model import Level, Problem, Refusal
from tongbao.words.text import nearest

_SEE = "用 -h 查看用法"


@dataclass(frozen=True, slots=True)
class Option:
    """An option `--name`, or `-s` for short. `value`: in Chinese, what must follow (empty: nothing must).

    `choices`: the values that are allowed (empty: any).
    """

    name: str
    short: str = ""
    value: str = ""
    choices: tuple[str, ...] = ()

    @property
    def long(self) -> str:
        """The option as it is typed in full."""
        return f"--{self.name}"


@dataclass(frozen=True, slots=True)
class Typed:
    """The options that were typed, by name, with their values (empty where they take none); `rest`: the other words."""

    values: Mapping[str, str]
    rest: tuple[str, ...] = ()


OPTIONS = (Option("config", "c", "配置文件"), Option("report", "r", "通报名称"), Option("period", "p", "期次"))
DRAFT = Option("draft")
UNFILLED = Option("unfilled", value="照上期或未报送", choices=("照上期", "未报送"))
YES = Option("yes")
SETTING_UP = (YES, Option("name", value="通报名称"), Option("kind", value="种类"))
MERGING = (Option("apply"), Option("joint", value="合写或牵头", choices=("合写", "牵头")))


@dataclass(frozen=True, slots=True)
class Options:
    """The options that all commands share, as typed; `given`: words that are no options; `own`: all options by name."""

    config: Path
    report: str | None
    period: str | None
    draft: bool
    given: tuple[str, ...]
    own: Mapping[str, str]


def options_of(
    arguments: Sequence[str], home: Path, *, most: int | None = None, draft: bool = False, own: Sequence[Option] = ()
) -> Options:
    """The shared options among the words behind a command. Without -c the settings are config.yaml in `home`.

    `most`: how many other words may stand there (None: any number); `draft`: --draft is allowed; `own`: options that
    only this command has. Raises Refusal for a mistake.
    """
    found = typed(arguments, (*OPTIONS, *own, *((DRAFT,) if draft else ())), most=most)
    config = Path(found.values["config"]) if "config" in found.values else home / "config.yaml"
    values = found.values
    return Options(config, values.get("report"), values.get("period"), "draft" in values, found.rest, values)


def typed(arguments: Sequence[str], options: Sequence[Option], *, most: int | None = None) -> Typed:
    """The options and other words behind a command; of an option given twice the last value counts.

    `most`: how many words that are no options may stand there (None: any number). Raises Refusal for a mistake.
    """
    values: dict[str, str] = {}
    rest: list[str] = []
    words = list(arguments)
    while words:
        word = words.pop(0)
        if word == "--":
            rest += words
            break
        if word == "-" or not word.startswith("-"):
            rest.append(word)
            continue
        option, name, value = _option(word, options)
        values[option.name] = _value(option, name, value, words)
    if most is not None and len(rest) > most:
        raise _refusal(f"多写了“{rest[most]}”", "请删去它")
    return Typed(values, tuple(rest))


def _option(word: str, options: Sequence[Option]) -> tuple[Option, str, str | None]:
    """The option that a word means, the part of the word that names it, and the value glued to it (None: no value)."""
    if not word.startswith("--"):
        for option in options:
            if option.short and word[1] == option.short:
                glued = word[2:].removeprefix("=")
                return option, word[:2], glued if word[2:] else None
        raise _unknown(word, options)
    name, equals, glued = word.partition("=")
    meant = [o for o in options if o.long == name] or [o for o in options if o.long.startswith(name)]
    if not meant:
        raise _unknown(name, options)
    if len(meant) > 1:
        names = "，也可以是".join(f"“{option.long}”" for option in meant)
        raise _refusal(f"“{name}”可以是{names}", "请写全")
    return meant[0], name, glued if equals else None


def _value(option: Option, name: str, glued: str | None, words: list[str]) -> str:
    """The value of an option: glued to it, else the next word, which is taken from `words`."""
    if not option.value:
        if glued is not None:
            raise _refusal(f"“{name}”后面不用写“{glued}”", "请删去它")
        return ""
    value = glued if glued is not None else words.pop(0) if words and not words[0].startswith("-") else ""
    if not value:
        raise _refusal(f"“{name}”后面没有写{option.value}", f"写成 {name} {option.value}")
    if option.choices and value not in option.choices:
        raise _refusal(f"“{name}”不能写“{value}”", "可写：" + "、".join(option.choices))
    return value


def _unknown(word: str, options: Sequence[Option]) -> Refusal:
    near = nearest(word, [option.long for option in options]) if word.startswith("--") else None
    return _refusal(f"没有“{word}”这个选项", f"是不是“{near}”？" if near else "")


def _refusal(message: str, fix: str) -> Refusal:
    fixes = "，".join(filter(None, (fix, _SEE))).replace("？，", "？")
    return Refusal(Problem(Level.ERROR, "use", f"看不懂这条命令：{message}", fixes))

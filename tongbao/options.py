"""What is typed behind a command: options, their values, and the rest; every mistake is said in plain Chinese.

The standard library's parser speaks English, and not the same in every version: its sentences cannot be exchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tongbao.model import Level, Problem, Refusal
from tongbao.words.text import nearest

_SEE = "用 -h 查看用法"


@dataclass(frozen=True, slots=True)
class Option:
    """`--name`, or `-s` for short. `value` says in Chinese what must follow (empty: nothing), `choices` what may."""

    name: str
    short: str = ""
    value: str = ""
    choices: tuple[str, ...] = ()

    @property
    def long(self) -> str:
        """As it is typed in full."""
        return f"--{self.name}"


@dataclass(frozen=True, slots=True)
class Typed:
    """The options that were typed, by name, with their values (empty for one that takes none); and the other words."""

    values: Mapping[str, str]
    rest: tuple[str, ...] = ()


def typed(arguments: Sequence[str], options: Sequence[Option], *, most: int | None = None) -> Typed:
    """Reads the words behind a command; the last of two equal options counts. Raises Refusal for a mistake.

    `most` is how many words that are no options may stand there.
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
    """The option that a word means, as it was typed, and the value that is glued to it."""
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
    """The value of an option, taken from what follows where it is not glued to it."""
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

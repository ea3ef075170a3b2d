"""What the clerk reads in the window: a line for each stage, then the answer. The only module that prints."""

from __future__ import annotations

import io
import os
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import attrgetter
from pathlib import PurePath
from types import TracebackType

from tongbao.model import Level, Place, Problem
from tongbao.words.text import one_line, shortened

_LEVELS = (Level.ERROR, Level.WARNING, Level.NOTE)
# How many problems of one sort are told in full, set by feel so that the answer stays on the screen. Errors are all
# told in full, since each must be mended; 问题清单 holds every problem. The cost: of the sixth warning and the second
# note of one sort only the cell is told here.
_FOLD = {Level.WARNING: 5, Level.NOTE: 1}


def say(text: str = "") -> None:
    """Prints one line at once."""
    try:
        print(text, flush=True)
    except BrokenPipeError:  # whoever read along has closed (… | head): the work goes on, unseen
        sys.stdout = io.StringIO()


@contextmanager
def no_warnings() -> Iterator[None]:
    """No warning of a library reaches the window, however Python was started; those about encodings are for tests."""
    with warnings.catch_warnings():
        for category in Warning.__subclasses__():
            if category is not EncodingWarning:
                warnings.simplefilter("ignore", category)
        yield


@contextmanager
def hushed() -> Iterator[None]:
    """Nothing that a library writes past Python, such as the panic of one written in Rust, reaches the window."""
    try:
        before = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except OSError:  # started without a window: there is nothing to keep clean
        yield
        return
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(nowhere)


class Stages:
    """Prints a line for each stage, and how long it has lasted every `pause` seconds while it goes on."""

    # Two seconds, set by feel: soon enough that nobody closes the window, seldom enough to read what stands above.
    def __init__(self, pause: float = 2.0) -> None:
        self._pause = pause
        self._done = threading.Event()
        self._ticker: threading.Thread | None = None

    def __enter__(self) -> Stages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def __call__(self, text: str) -> None:
        """Begins a stage, which ends the one before it."""
        self._stop()
        say(f"  {text}")
        self._done = threading.Event()
        ticker = threading.Thread(target=self._tick, args=(self._done,), daemon=True)
        with suppress(RuntimeError):  # no memory for another thread: the work goes on without being counted
            ticker.start()
            self._ticker = ticker

    def ask(self, question: str, choices: Sequence[str]) -> int | None:
        """Asks in the middle of a stage, which ends it; see `ask`."""
        self._stop()
        return ask(question, choices)

    def talk(self, lines: Sequence[str], prompt: str) -> str | None:
        """Talks in the middle of a stage, which ends it; see `talk`."""
        self._stop()
        return talk(lines, prompt)

    def _tick(self, done: threading.Event) -> None:
        seconds = self._pause
        while not done.wait(self._pause):
            say(f"    ……仍在进行，已用{seconds:.0f}秒")
            seconds += self._pause

    def _stop(self) -> None:
        self._done.set()
        if self._ticker:
            self._ticker.join()
            self._ticker = None


def show_problems(problems: Sequence[Problem]) -> None:
    """Prints all problems by level, errors first; repeats of one sort are folded after the first few."""
    for level in _LEVELS:
        of_level = [p for p in problems if p.level is level]
        if of_level:
            say(f"{level.label}（{len(of_level)}处）：")
            for line in _folded(of_level):
                say("  " + line)


def _folded(problems: Iterable[Problem]) -> Iterable[str]:
    """The lines of problems of one level, those of one code together, the repeats as one line with their places."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    for same in by_code.values():
        kept = _FOLD.get(same[0].level, len(same))
        yield from (line_of(p) for p in same[:kept])
        if len(same) > kept:
            # Twelve places fill about a line; set by feel.
            places = _places(same[kept : kept + 12], same)
            more = "等" if len(same) > kept + 12 else ""
            yield f"……同类问题还有{len(same) - kept}处：{places}{more}"


def _places(problems: Sequence[Problem], same: Sequence[Problem]) -> str:
    """`E17、E18`; where the same is said in several sheets, or ledgers, those of each behind its name. Never empty."""
    files, sheets = ({one(p.place) for p in same} for one in (attrgetter("file"), attrgetter("file", "sheet")))
    told = []
    for place, found in groupby(problems, key=lambda p: p.place._replace(row=0, column=0)):
        home = (place.file if len(files) > 1 else "") + (f"“{place.sheet}”" if place.sheet and len(sheets) > 1 else "")
        members = list(found)
        cells = "、".join(dict.fromkeys(filter(None, map(_spot, members))))
        told += [home + cells if home or cells else "、".join(dict.fromkeys(map(_gist, members)))]
    return ("；" if len(sheets) > 1 else "、").join(told)


def _spot(problem: Problem) -> str:
    """The cell of a problem, else its item."""
    return _address(problem.place) or problem.item


# So much of a message is told where there is nothing else to tell a problem by; set by feel.
_GIST = 24


def _gist(problem: Problem) -> str:
    """What tells a problem without a cell from others of its sort: what was found, else its file, else its message."""
    if problem.value:
        return f"“{shortened(one_line(problem.value), _GIST)}”"
    return shortened(one_line(problem.message), _GIST) or problem.place.file


def line_of(problem: Problem) -> str:
    """One problem on one line: its place, the item, what was found, what to do."""
    place = problem.place
    # A text or a page has one table, which bears the name of the file.
    sheet = place.sheet if place.sheet != PurePath(place.file).stem else ""
    where = "，".join(t for t in (place.file, sheet and f"表“{sheet}”", _cell(problem)) if t)
    parts = [
        f"[{where}]" if where else "",
        f"（{problem.item}）" if problem.item else "",
        problem.message.rstrip("。；，"),
    ]
    return "".join(parts) + (f"。怎么办：{problem.fix}" if problem.fix else "")


def _cell(problem: Problem) -> str:
    """The cell of a problem with its header (`E17“完成时限”`), or its row where it has no column."""
    address = _address(problem.place)
    return address + (f"“{problem.header}”" if problem.header and problem.place.column else "")


def _address(place: Place) -> str:
    """`E17`, or 第17行 where no column is meant."""
    return f"第{place.row}行" if place.row and not place.column else place.cell


def has_console() -> bool:
    """Is somebody there who can answer?"""
    return bool(sys.stdin and sys.stdin.isatty())


def ask(question: str, choices: Sequence[str]) -> int | None:
    """Asks on the console and gives the number of the choice, from 0; None without a console or an answer."""
    if not has_console():
        return None
    say(question)
    for number, choice in enumerate(choices, 1):
        say(f"  {number}. {choice}")
    while True:
        try:
            typed = input(f"请输入1—{len(choices)}，直接回车表示以后再答：").strip()
        except EOFError:
            return None
        if not typed:
            return None
        if typed.isdecimal() and 1 <= int(typed) <= len(choices):
            return int(typed) - 1
        say("没有看懂，请输入一个数字。")


def talk(lines: Sequence[str], prompt: str) -> str | None:
    """Shows lines and gives what is typed behind the prompt; None without a console, or where no more is to come.

    Without a prompt it only shows the lines.
    """
    if not has_console():
        return None
    for line in lines:
        say(line)
    if not prompt:
        return ""
    try:
        return input(prompt)
    except EOFError:
        say()
        return None
    except UnicodeError:  # bytes that are no characters of this console
        return "\ufffd"


def ask_text(question: str) -> str:
    """Asks for a word on the console; empty without a console or an answer."""
    if not has_console():
        return ""
    try:
        return input(question).strip()
    except EOFError:
        return ""


def ask_several(question: str, most: int) -> list[int]:
    """Asks for any of the lines numbered 1 to `most` and gives their numbers, from 0; none without an answer."""
    if not (most and has_console()):
        return []
    while True:
        try:
            typed = input(f"{question}输入编号，如 2 5；直接回车跳过：").replace("，", " ").replace("、", " ").split()
        except EOFError:
            return []
        if all(word.isdecimal() and 1 <= int(word) <= most for word in typed):
            return sorted({int(word) - 1 for word in typed})
        say(f"没有看懂，请输入1—{most}的编号。")

"""`kinds`: which kinds of circular there are, and what one reads and prints; `check` of the template of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tongbao.circular import catalogue
from tongbao.config.kind_called import kind_id
from tongbao.config.kind_file import kind_names, load_kind
from tongbao.outside.files import from_here
from tongbao.outside.screen import say, show_problems


def list_kinds(names: Sequence[str], templates: Path) -> int:
    """Lists the kinds, one a line; or, for each one named, what it reads and prints."""
    for name in names:
        for line in catalogue.describe(load_kind(templates, kind_id(templates, name))):
            say(line)
    if not names:
        for name in kind_names(templates):
            say(catalogue.summary(load_kind(templates, name)))
        say("某一种读什么、印什么：kinds 名称")
    return 0


def check_template(path: Path) -> int:
    """Checks the template of a kind, without data."""
    problems = catalogue.check(path)
    show_problems(problems)
    say(f"模板有{len(problems)}处必改。" if problems else f"模板没有问题：{from_here(path)}")
    return 1 if problems else 0

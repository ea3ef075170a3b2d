"""Which kind of circular a clerk means: by its id (`annual-tasks`) or by its Chinese name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tongbao.config.kind_file import kind_names, load_kind
from tongbao.model import Level, Problem, Refusal
from tongbao.words.text import key, nearest


def names_of_kinds(templates: Path) -> Mapping[str, str]:
    """Every kind's Chinese name by its id."""
    return {id_: load_kind(templates, id_).name for id_ in kind_names(templates)}


def called(id_: str, name: str) -> str:
    """A kind as it is shown to a person: `年度重点工作任务（annual-tasks）`."""
    return f"{name}（{id_}）"


def kind_id(templates: Path, typed: str) -> str:
    """The id of the kind that is typed, by id or name. Raises Refusal, with all kinds, where there is no such one."""
    names = names_of_kinds(templates)
    folded = {key(word): id_ for id_, name in names.items() for word in (id_, name)}
    if found := folded.get(key(typed)):
        return found
    near = nearest(typed, [*names.values(), *names])
    known = "、".join(called(id_, name) for id_, name in names.items())
    fix = f"是不是“{near}”？可选：{known}" if near else f"可选：{known}"
    raise Refusal(Problem(Level.ERROR, "use", f"没有名为“{typed}”的通报种类", fix, value=typed))

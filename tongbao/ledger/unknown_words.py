"""Status words that the kind does not know: each told once, with its cells, and with the line that makes it known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from tongbao.config.kind_words import label_for
from tongbao.config.kinds import Kind
from tongbao.model import Problem
from tongbao.words.text import first_few, key, nearest, one_line

UNKNOWN, SHARED = "status_unknown", "status_shared"
# So many cells are named in one message; the copy of the ledger marks them all.
_SHOWN = 12
# A status word of an office has 2 to 10 characters; what is longer is a sentence, and no word to be made known.
_LONGEST = 15
_PLAIN = re.compile(r"[\w√✓✔☑×✗%]+")


def words_told_once(problems: Sequence[Problem], kind: Kind, typed: Collection[str]) -> Iterator[Problem]:
    """The problems of a table, with one for all cells of a status word. `typed` are the words of its column."""
    same: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.code in (UNKNOWN, SHARED):
            same.setdefault((problem.code, key(problem.value)), []).append(problem)
    for problem in problems:
        found = same.get((problem.code, key(problem.value)), [])
        if not found:
            yield problem
        elif problem is found[0]:
            yield _once(_with_advice(problem, kind, typed) if problem.code == UNKNOWN else problem, found)


def _once(first: Problem, found: Sequence[Problem]) -> Problem:
    """One problem that says how often it was found, and where."""
    if len(found) == 1:
        return first
    cells = first_few([p.place.cell for p in found], _SHOWN)
    message = f"{first.message}，共{len(found)}格：{cells}"
    return replace(first, message=message, item="", also=tuple(p.place for p in found[1:]))


def _with_advice(problem: Problem, kind: Kind, typed: Collection[str]) -> Problem:
    sisters = {it for it in typed if it and key(it) != key(problem.value)}
    return replace(problem, fix=advice(kind, problem.value, sisters, problem.header))


def advice(kind: Kind, word: str, sisters: Collection[str], header: str) -> str:
    """What to do about a status word that the kind does not know: what it may be a slip of, the line that makes it
    known. What is proposed is never the contrary: 未办结 is no slip of 办结."""
    names = "、".join(label.name for label in kind.labels)
    vocabulary = kind.vocabulary
    proposal = vocabulary.propose(word, sisters, header)
    label = label_for(kind, proposal) if proposal else None
    known = [it for own in kind.labels if label in (None, own) for it in (own.name, *own.words)]
    near = nearest(word, [it for it in known if vocabulary.denies(it) == vocabulary.denies(word)])
    slip = f"是不是“{near}”？" if near else ""
    if len(word) > _LONGEST:
        return slip + f"请改为可用的状态之一：{names}"
    line = f"在 config.yaml 的这份通报下写 labels: {{{label.name if label else '…'}: [{_quoted(word)}]}}"
    if label and proposal:
        return f"{slip}本单位就这样写的，{line}（{proposal.why}），或运行 setup；不对的换成：{names}"
    return f"{slip or '请改为可用的状态；'}可用的状态：{names}。本单位就这样写的，{line}，或运行 setup"


def _quoted(word: str) -> str:
    """The word as YAML takes it for one text."""
    line = one_line(word)
    return line if _PLAIN.fullmatch(line) else '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'

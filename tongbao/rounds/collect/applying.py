"""The merged ledger put in the place of the period's ledger, which is kept whole beside it."""

from __future__ import annotations

from pathlib import Path

from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.deliver import put_instead, write_whole
from tongbao.outside.file_names import lock_of
from tongbao.outside.files import UnreadableFile, content, content_if_there

# A folder inside of the ledgers' folder is never looked into for ledgers, whatever the names of its files say.
KEPT = "备份"


def apply(path: Path, target: Path, before: bytes, after: bytes) -> tuple[Path | None, list[Problem]]:
    """Puts `after` in the place of the ledger, which must still be `before`; gives where that is kept.

    `target` is where the new one stands: the same path, or beside a ledger in another format, which then goes away.

    The earlier ledger is kept before the new one is put in place in one step: whenever this is cut off, one of both
    stands there whole. None, and why, where the ledger is open or was changed meanwhile: it then stays as it is.
    """
    if lock_of(path):
        return None, [_not_replaced(path, "正在 Excel 或 WPS 中打开", "请保存、关闭后再汇总一次")]
    try:
        kept = _kept_name(path, before)
        if content(path) == before and content_if_there(kept) is None:
            write_whole(kept, before)
        if target != path and content_if_there(target) is not None:
            return None, [_not_replaced(path, f"旁边已有“{target.name}”", "请先把它移走，再汇总一次")]
        if content(path) != before:
            return None, [_not_replaced(path, "在汇总时又被改动过", "请再汇总一次")]
    except UnreadableFile as error:
        return None, [_not_replaced(path, f"不能替换：{error.why}", error.why.fix), *error.problems]
    try:
        put_instead(path, target, after)
    except Refusal as refusal:
        why = "没有权限改写，或正被别的程序占用"
        return None, [_not_replaced(path, why, "请关闭正在打开它的程序，再汇总一次"), *refusal.problems]
    return kept, []


def _kept_name(path: Path, before: bytes) -> Path:
    """`备份/台账2022-02（汇总前1）.xlsx`, the first name that is free or holds these very bytes."""
    number = 1
    while True:
        name = path.parent / KEPT / f"{path.stem}（汇总前{number}）{path.suffix}"
        if content_if_there(name) in (None, before):
            return name
        number += 1


def _not_replaced(path: Path, why: str, fix: str) -> Problem:
    message = f"台账“{path.name}”{why}，没有替换，原台账没有动"
    return Problem(Level.ERROR, "not_applied", message, fix, place=Place(path.name))

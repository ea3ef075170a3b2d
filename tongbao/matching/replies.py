"""What a person types at a question about a row of last period, in the many ways in which one types it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tongbao.matching.answers import Verdict
from tongbao.model import Ledger, Row
from tongbao.words.text import clean, first_few, parse_chinese_number

MEANINGS = (
    "选一项输入编号；都不是的输入 0；本期台账第37行输入 行37；第37项输入 项37",
    "撤销 理由　　　并入 编号（或 行37）　　　拆分 1 2（或 行37 行38）",
    "返回（改上一问）　清除（这一问的答复不要了）　全部跳过　直接回车（以后再答）",
)


class Move(Enum):
    """What is typed that is no answer."""

    LEAVE = auto()
    BACK = auto()
    CLEAR = auto()
    SKIP_ALL = auto()
    HELP = auto()


_MOVES = {
    Move.LEAVE: "跳过 下一问 下一题 以后再答 下一个",
    Move.BACK: "返回 上一问 上一题 上一个 后退 退回 b back",
    Move.CLEAR: "清除 清空 取消答复 不答",
    Move.SKIP_ALL: "全部跳过 跳过全部 全跳过 都跳过 结束 退出 q quit exit",
    Move.HELP: "? 帮助 h help",
}
_MOVE = {word: move for move, words in _MOVES.items() for word in words.split()} | {"": Move.LEAVE}
_NONE = ("0", "零", "都不是", "都不对", "不是", "不是同一项", "新增", "没有", "无", "n", "no")
_YES = ("是", "是的", "对", "同一项", "y", "yes")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as typed: the verdict, the current rows that it names, the reason."""

    verdict: Verdict
    rows: tuple[Row, ...] = ()
    reason: str = ""


class _Unclear(Exception):
    """What was typed cannot be understood; the text says why and what can be typed."""


class Reader:
    """Understands what is typed, with the rows of the current ledger to which it may point."""

    def __init__(self, current: Ledger) -> None:
        self._rows = {False: current.rows, True: current.closed}

    def read(self, typed: str, offered: Sequence[Row]) -> Reply | Move | str:
        """What was typed at a question that offers these rows; a text says what is wrong with it."""
        words = _plain(typed)
        if words in _MOVE:
            return _MOVE[words]
        try:
            return self._reply(words, clean(typed).strip(), offered)
        except _Unclear as unclear:
            return str(unclear)

    def _reply(self, words: str, typed: str, offered: Sequence[Row]) -> Reply:
        if words in _NONE:
            return Reply(Verdict.DIFFERENT)
        if words in _YES:
            return Reply(Verdict.SAME, (_only(offered),))
        if found := re.match(r"\s*(?:已|被)?撤[销消]\W*(.*)", typed, re.DOTALL):
            if not found[1].strip():
                raise _Unclear("撤销要写理由，如：撤销 职责已划给县水利局。")
            return Reply(Verdict.WITHDRAWN, reason=found[1].strip())
        if words in ("并入", "合并", "拆分", "拆成"):
            raise _Unclear(f"{words}要写明本期的哪一行，如：{words} 1，或 {words} 行37。")
        if found := re.match(r"(?:并入|合并到|合并入|合并|并到)(.+)", words):
            return Reply(Verdict.MERGED, (self._one(found[1], offered),))
        if found := re.match(r"(?:拆分为|拆分成|拆分|拆成|拆为)(.+)", words):
            rows = self._several(found[1], offered)
            if len(rows) < 2:
                raise _Unclear("拆分要写明拆成的各行，至少两行，如：拆分 1 2，或 拆分 行37 行38。")
            return Reply(Verdict.SPLIT, rows)
        return Reply(Verdict.SAME, (self._one(re.sub(r"^(是|同一项)[:,]?", "", words), offered),))

    def _one(self, words: str, offered: Sequence[Row]) -> Row:
        rows = self._several(words, offered)
        if len(rows) != 1:
            raise _Unclear("一项只能选一行；拆成几行的，输入如：拆分 1 2。")
        return rows[0]

    def _several(self, words: str, offered: Sequence[Row]) -> tuple[Row, ...]:
        """The rows that some words name, each once."""
        found = [self._row(word, offered) for word in re.split(r"[\s,、;和及+]+", words) if word]
        return tuple({row.place: row for row in found}.values())

    def _row(self, word: str, offered: Sequence[Row]) -> Row:
        """The row that one word names: 2, 行37, 第37行, 台账!37, 项5, 第5项."""
        if found := re.fullmatch(r"(?:行|(.+)!)(\d+)行?|(.*?)第?(\d+)行", word):
            return self._in_row(int(found[2] or found[4]), found[1] or found[3] or "")
        if found := re.fullmatch(r"(?:项|序号)(\d+)|第?(\d+)项", word):
            return self._numbered(found[1] or found[2])
        number = _number(word)
        if number is None:
            raise _Unclear(f"没有看懂。{_choices(offered)}")
        if 1 <= number <= len(offered):
            return offered[number - 1]
        if number <= 9:  # more likely a slip of the finger than a row that happens to stand so high
            raise _Unclear(f"没有第{number}个可选。{_choices(offered)}指台账第{number}行的，输入：行{number}。")
        return self._in_row(number, "")

    def _in_row(self, number: int, sheet: str) -> Row:
        """The row of that number; where several sheets have one, the working sheets count before the sheet 销号."""
        for rows in self._rows.values():
            found = [row for row in rows if row.place.row == number and sheet in ("", _plain(row.place.sheet))]
            if len(found) == 1:
                return found[0]
            if found:
                named = first_few([f"{row.place.sheet}!{number}" for row in found], 3)
                raise _Unclear(f"有几张表都有第{number}行，请写明表名，如：{named}。")
        raise _Unclear(f"本期台账{f'“{sheet}”' if sheet else ''}第{number}行不是事项。请看台账左边的行号。")

    def _numbered(self, no: str) -> Row:
        found = [row for rows in self._rows.values() for row in rows if row.no == no]
        if len(found) == 1:
            return found[0]
        several = f"有{len(found)}行，请用行号：{first_few([f'行{row.place.row}' for row in found], 3)}"
        raise _Unclear(f"本期台账序号{no}的{several if found else '没有找到'}。")


def _plain(typed: str) -> str:
    """What was typed in one width and case, without spaces that part nothing: `行 37` → `行37`, `返 回` → `返回`."""
    words = unicodedata.normalize("NFKC", clean(typed)).strip().casefold().strip("。.,:;!\"'“”()[]【】<>")
    words = words.translate(str.maketrans("、，；：", ",,;:")).strip()
    words = re.sub(r"(行|项|序号|第|!)\s+(?=\d)|(?<=\d)\s+(?=[行项](?!\s*\d))", lambda found: found[1] or "", words)
    return words if any(char.isdigit() for char in words) else re.sub(r"\s+", "", words)


def _number(word: str) -> int | None:
    """`2`, `2.`, `选2`, `第二个`; None where the word is no number."""
    found = re.fullmatch(r"(?:选|第)?(.+?)(?:号|个|[.)])?", word)
    said = found[1] if found else ""
    return int(said) if said.isdecimal() and len(said) < 8 else parse_chinese_number(said)


def _only(offered: Sequence[Row]) -> Row:
    if len(offered) != 1:
        raise _Unclear(f"请写明是哪一项。{_choices(offered)}")
    return offered[0]


def _choices(offered: Iterable[Row]) -> str:
    count = len(list(offered))
    if not count:
        return "可以输入：行37、并入 行37、撤销 理由；直接回车以后再答，？看全部。"
    numbers = "1" if count == 1 else f"1—{count}"
    return f"可以输入：{numbers}、0（都不是）、行37、并入 1、撤销 理由；直接回车以后再答，？看全部。"

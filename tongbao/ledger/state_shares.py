"""Rows that say by a share of what is done how they stand: 100 % is done, what is below a bound is behind."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from tongbao.config.kinds import ColumnType, Kind
from tongbao.config.share_bounds import BY_NOW, Bound
from tongbao.config.status_from import StatusFrom
from tongbao.excel.values import text_of
from tongbao.ledger.labels import Labels
from tongbao.ledger.rawtable import RawRow, RawTable
from tongbao.ledger.state_told import Told
from tongbao.model import PROGRESS, Level, Place, Problem, State, Value
from tongbao.words.amounts import are_fractions, parse_percent
from tongbao.words.endings import Ending, ending
from tongbao.words.text import first_few, key

# A share of what is done: 完成率, 工程进度. Of money spent or planned it says nothing of the item.
_SHARE = re.compile("完成|进度|达成")
_OTHER_SHARE = re.compile("资金|投资|支付|支出|计划|目标|序时|时序|应|去年|上年|同期")
_NAMED = 12  # rows that one line names
# What a note says that must be done by now: 5月底序时进度为41.7%.
_MUST_BE = re.compile(
    r"(?:序时|时序)(?:进度)?(?:要求|目标|应)?(?:为|是|应?达到?|：|:|=|＝|（|\()?\s*(?P<share>\d{1,3}(?:\.\d+)?\s*[%％])"
)
_OF = re.compile(r"\s*(?P<done>\d+(?:\.\d+)?)\s*[/／]\s*(?P<all>\d+(?:\.\d+)?)\s*\D{0,2}\s*")
_ALL_DONE = Decimal(100)


class Shares:
    """The column of the share; less than a bound is what that says, any other row goes by its deadline."""

    proposes = False

    def __init__(self, kind: Kind, labels: Labels, found: StatusFrom, as_of: date) -> None:
        """Without bounds what is below 序时 is late."""
        self._header, self._as_of = found.share_of, as_of
        self._late, self._rest = labels.proposed()
        self._bounds = found.below or (Bound(self._late),)
        self._done = next((it for it in kind.labels if it.state is State.DONE and it.is_done), None)
        self._counted: Counter[str] = Counter()
        self._unread: list[Place] = []

    def told(self, table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Told:
        """Done or behind by the share; else nothing, so that the deadline speaks."""
        share = self._share(table, raw, self._header)
        label = "" if share is None else self._label(table, raw, share)
        if share is None:
            self._unread.append(table.place(raw.row, _number(table, self._header)))
        self._counted[label] += 1
        return Told(label, by_itself=True) if label else Told()

    def _label(self, table: RawTable, raw: RawRow, share: Decimal) -> str:
        if share >= _ALL_DONE and self._done:
            return self._done.name
        for bound in self._bounds:
            wanted = self._wanted(table, raw, bound)
            if wanted is not None and share < wanted - bound.less:
                return bound.label
        return ""

    def _wanted(self, table: RawTable, raw: RawRow, bound: Bound) -> Decimal | None:
        if bound.percent is not None:
            return bound.percent
        return self._share(table, raw, bound.header) if bound.header else self._by_now(table)[0]

    def _by_now(self, table: RawTable) -> tuple[Decimal, str]:
        """How much must be done, and who says so: the sheet, else as much as is over of the year."""
        texts = (text_of(value) for cells in table.choice.sheet.cells for value in cells if isinstance(value, str))
        said = next((match["share"] for text in texts if (match := _MUST_BE.search(text))), "")
        found = parse_percent(said) if said else None
        return (found[0], "表上写明") if found else (over_of_year(self._as_of), "按一年过了多少算")

    def _share(self, table: RawTable, raw: RawRow, header: str) -> Decimal | None:
        """The share in percent that a row has under a header."""
        text = _cell(table, raw, header)
        return share_in(text, fractions=are_fractions(_cell(table, it, header) for it in table.rows))

    def afterwards(self, table: RawTable) -> Iterator[Problem]:
        """How the rows were judged, and which have no share."""
        if self._counted and not table.choice.closed:
            yield Problem(Level.NOTE, "by_share", self._said(table), _OR_A_COLUMN, place=table.place(0))
        if self._unread and not table.choice.closed:
            cells = first_few([place.cell for place in self._unread], _NAMED)
            message = f"{len(self._unread)}项的“{self._header}”没有填或看不出是多少，按时限判断：{cells}"
            first, *others = self._unread
            fix = "请填成百分数，如85%"
            yield Problem(Level.WARNING, "share_unread", message, fix, place=first, also=tuple(others))
        self._counted, self._unread = Counter(), []

    def _said(self, table: RawTable) -> str:
        done = self._done.name if self._done else ""
        told = [f"到100%的{self._counted[done]}项算“{done}”"]
        told += [f"{self._below(table, it)}的{self._counted[it.label]}项算“{it.label}”" for it in self._bounds]
        rest = f"其余{self._counted['']}项算“{self._rest}”（时限已过的算“{self._late}”）"
        return f"没有状态一栏，看“{self._header}”：{'，'.join(told)}，{rest}"

    def _below(self, table: RawTable, bound: Bound) -> str:
        less = f"减{bound.less}个百分点" if bound.less else ""
        if bound.percent is not None:
            return f"不到{bound.percent}%"
        if bound.header:
            return f"低于“{bound.header}”{less}"
        wanted, by = self._by_now(table)
        return f"低于{BY_NOW}进度{wanted:f}%（{by}）{less}"


_OR_A_COLUMN = "办结的请移到“销号”表，或加一栏状态；要改由别处判断的，改 config.yaml 的 status_from"


def share_in(text: str, *, fractions: bool = False) -> Decimal | None:
    """The share in percent that a text holds: 85%, 已完成85%, 5/8, a bare number, 已完成; None for any other."""
    if match := _OF.fullmatch(text):
        done, whole = Decimal(match["done"]), Decimal(match["all"])
        return done / whole * 100 if whole else None
    if not text.strip():
        return None
    if found := parse_percent(text, fractions=fractions):
        return found[0]
    return _ALL_DONE if ending(text, "") is Ending.SAID else None


def over_of_year(day: date) -> Decimal:
    """How much of the year is over, in percent, each month for as much: 31 May is 41.7."""
    days = monthrange(day.year, day.month)[1]
    return round(Decimal(100) * (day.month - 1 + Decimal(day.day) / days) / 12, 1)


def _number(table: RawTable, header: str) -> int:
    return next((c for c, text in table.choice.layout.texts.items() if key(text) == key(header)), 0)


def _cell(table: RawTable, raw: RawRow, header: str) -> str:
    """What a row shows under a header, whether a field is read from it or not."""
    for name, column in table.columns.items():
        if key(column.header) == key(header):
            return text_of(raw.values.get(name, ""))
    return next((text for other, text in raw.others.items() if key(other) == key(header)), "")


def finished_shares(table: RawTable, raw: RawRow, cells: Mapping[str, Value]) -> Iterator[Decimal]:
    """How much of a row is done, in percent, by each column that says so."""
    for name, column in table.columns.items():
        value = cells.get(name)
        if column.declared.type is ColumnType.PERCENT and is_share(column.header) and isinstance(value, Decimal):
            yield value
    said = {table.columns[PROGRESS].header: str(cells.get(PROGRESS) or "")} if PROGRESS in table.columns else {}
    for header, text in {**raw.others, **said}.items():
        if not is_share(header):
            continue
        found = parse_percent(text) if text.strip().endswith(("%", "％")) else None
        if found and not found[1]:
            yield found[0]
        elif _OF.fullmatch(text) and (share := share_in(text)) is not None:
            yield share


def is_share(header: str) -> bool:
    """Does a header speak of how much of an item is done?"""
    return bool(_SHARE.search(header)) and not _OTHER_SHARE.search(header)

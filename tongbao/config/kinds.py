"""What a kind of circular is: the records that `templates/<kind>/kind.yaml` is read into, and its closed words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tongbao.config.status_from import StatusFrom
from tongbao.config.vocabulary import Vocabulary
from tongbao.model import UNIT, Row, State
from tongbao.words.text import key

# Selections that every kind has, each with its rule in words; lists and classes of a kind may build on them.
STANDARD: Mapping[str, str] = {
    "全部": "统计口径（base）之内的全部事项：在办的和已办结的，不含撤销的；含首本台账之前已销号的（opening.closed）",
    "前期完成": "首本台账之前已销号的数（opening.closed）加以前各期台账中已完成的事项",
    "建账前完成": "首本台账之前已销号的数（opening.closed），台账里没有各项的行",
    "新增完成": "本期已完成、上期未完成的事项，含本期新增即完成的；没有上期台账时没有",
    "完成": "前期完成加新增完成；没有上期台账时为 opening.closed 加本期已完成的事项",
    "在册完成": "口径之内、台账里有据可查的已完成事项，即“完成”减去 opening.closed",
    "未完成": "本期台账中未完成的事项",
    "滞后": "未完成、状态词归入 lagging 的事项",
    "预警": "未完成、状态词归入 at_risk 的事项",
    "推进": "未完成、状态词归入 on_track 的事项",
    "部分完成": "未完成、状态词归入 partial、又不按完成计的事项",
    "暂缓": "未完成、状态词归入 suspended 的事项",
    "待定": "未完成、状态词归入 unknown 的事项",
    "未报送": "未完成、本期没有填报的事项，不归入以上各类",
    "沿用上期": "未完成、状态或内容照上期的事项：一字未改的，没有填报或没有填状态的；未报送的除外（也归入以上各类）",
    "新增": "本期台账中与上期各行都对不上的事项",
    "重新办理": "以前已完成、本期又未完成的事项",
    "撤销": "注明理由撤销的事项",
    "上期滞后": "上期滞后的事项在本期的情况",
}

UNREPORTED, AS_BEFORE = "未报送", "沿用上期"
# These came when offices had kinds of their own: a label, class or list of such a name there is the office's.
LATER = ("部分完成", UNREPORTED, AS_BEFORE, "建账前完成")

# What `file_name` may hold in braces: the title of the report, the label of its period, its name.
FILE_NAME_WORDS = ("标题", "期次", "名称")

# Under this name `columns` of config.yaml lists the headers that are known and not read.
UNUSED = "不用"


class ColumnType(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    AMOUNT = "amount"
    PERCENT = "percent"
    DATE = "date"
    DEADLINE = "deadline"
    UNITS = "units"
    PEOPLE = "people"
    STATUS = "status"


NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.AMOUNT, ColumnType.PERCENT})


class Holds(StrEnum):
    """What the cells of a column tell of: how things stand (存量), or what happened in one period alone (当期数)."""

    STOCK = "stock"
    FLOW = "flow"


# Numbers of things done, by their name: 累计完成投资, 已拨付资金, 到位资金. A plan is not, nor what is still to do, nor
# a rate of completion in 本年计划完成. The cost: names without such a word (支付率) have to say `grows: true`.
_GROWING = re.compile("完成|累计|已[^经]|实际|到位|拨付|追缴")
_NOT_GROWING = re.compile("计划|目标|任务|应[完支付缴]|未|剩余|尚|需")


def names_growth(name: str) -> bool:
    """Does a name say that its number can only grow, and does so from period to period (累计完成投资)?"""
    return bool(_GROWING.search(name)) and not _NOT_GROWING.search(name)


# A header that says: of this period alone (本月完成投资, 当期新增). 截至本月累计 and 本月末 tell how things stand.
_OF_THIS_PERIOD = re.compile("[本当](?:月|期|季|旬|周|半月|批|次)")
_AS_THINGS_STAND = re.compile("累计|截[至止]|至[本当]|至今|以来|[底末初]")


def as_things_stand(header: str) -> bool:
    """Does a header say that its cells tell how things stand (截至5月底完成投资), whatever period it names?"""
    return _AS_THINGS_STAND.search(header) is not None


def of_one_period(header: str) -> bool:
    """Does a header say that its cells are of one period alone (本月完成投资)?"""
    return _OF_THIS_PERIOD.search(header) is not None and not as_things_stand(header)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a kind reads: its field, the headers by which it is known, its type, the unit of its amounts.

    `fill`: a merged cell gives its value to every row that it covers. `period` says what its cells tell of, None where
    the header of the ledger says it (本月完成投资). `growing` says whether its numbers can only grow, None where the
    field's name does.
    """

    field: str
    headers: tuple[str, ...]
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    fill: bool = False
    unit: str = ""
    period: Holds | None = None
    growing: bool | None = None

    @property
    def grows(self) -> bool:
        """Can the numbers of this column only grow (累计完成投资)? Neither a plan's nor those of one period."""
        if self.type not in NUMBERS or self.period is Holds.FLOW:
            return False
        return names_growth(self.field) if self.growing is None else self.growing


# Words of an ending whose second step is still to come: 待验收, 已整改待销号, 尚未验收, 申请销号. Set on the words of
# rectification lists. The cost: another such word (验收中 is known, 复核阶段 is not) needs `awaits: true`.
_AWAITING = re.compile(
    "(?<![接招对善优看])[待候][^，。；]{0,6}?(?:验|销|核|审|认定|确认|评估|评价|备案)|[未没](?:经|有)?(?:验收|销号|核销|核查)"
    "|(?:申请|提请|报请|申报)(?:验收|销号|核销)|(?:验收|销号|核查|审核|复核)中"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A status word of the office: `words` are what a cell may hold, `name` is what is printed.

    `awaiting`: the item is done, but its ending has a second step (待验收 before 销号), None where the words say it.
    """

    name: str
    state: State
    words: tuple[str, ...] = ()
    counts_as_done: bool = False
    default: bool = False
    withdrawn: bool = False
    awaiting: bool | None = None

    @property
    def is_done(self) -> bool:
        """Does a row with this label count as done? A label of withdrawn items never does."""
        return (self.state is State.DONE or self.counts_as_done) and not self.withdrawn

    def awaits(self, typed: str = "") -> bool:
        """Does a done row with this label, or with this word for it, still wait for the second step of its ending?

        An office may have mapped a word of its own (已整改待销号) to a label that is final.
        """
        said = self.awaiting if self.awaiting is not None else bool(_AWAITING.search(self.name))
        return self.is_done and (said or bool(_AWAITING.search(typed)))


class Count(StrEnum):
    """What is counted as one: a row that has a status (分项), or all rows under one 序号 (大项)."""

    ROWS = "rows"
    ITEMS = "items"


class Base(StrEnum):
    """What the figures of a paper count: every item since the first ledger on file; the items of the plan year (open
    now, or closed in it); the rows of the working sheet as they stand."""

    ALL = "all"
    YEAR = "year"
    SHEET = "sheet"


class Rounding(StrEnum):
    """How a number is shortened: half up (四舍五入), or cut off."""

    HALF_UP = "half_up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Shares:
    """How shares are printed. Their base is always the number of what the kind counts (rows or items)."""

    # Of 40 published circulars with shares 11 print one decimal place, 9 none, 9 two, 11 now this, now that.
    decimals: int = 1
    trailing_zeros: bool = True
    rounding: Rounding = Rounding.HALF_UP
    balanced: bool = False


class Joint(StrEnum):
    """How a row of several units counts in the unit table: for each of them, or for the first (lead) unit only."""

    EACH = "each"
    LEAD = "lead"


def counted_units(row: Row, joint: Joint) -> tuple[str, ...]:
    """The units that a row counts for: all that it names, or the lead unit alone."""
    return row.named_units if joint is Joint.EACH else row.lead_units


@dataclass(frozen=True, slots=True)
class Units:
    """Which column names the unit that answers for a row, and how a joint row counts."""

    field: str = UNIT
    joint: Joint = Joint.EACH

    def of(self, row: Row) -> tuple[str, ...]:
        """The units that a row of this kind counts for, and that its sheet is sent to."""
        return counted_units(row, self.joint)


@dataclass(frozen=True, slots=True)
class Selection:
    """A named choice of rows: in any selection or label of `of`, in any of `within`, in none of `without`, and with the
    field values of `where`. Where a label and a standard selection share a name, the label is meant.

    `sort` names a field (a leading `-` for descending); `take` keeps the first so many, 0 all.
    """

    name: str
    of: tuple[str, ...] = ("全部",)
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    take: int = 0
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum over a field, or the ratio in percent of two measures, or of the counts of two selections.

    Without `decimals` a sum is printed with as many decimal places as the ledger gives.
    """

    name: str
    sum: str = ""
    ratio: tuple[str, str] | None = None
    decimals: int | None = None
    trailing_zeros: bool = True
    rounding: Rounding = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of circular. `sections` names the levels of headings, outermost first; a level with the name of a field
    is read from that column where the sheet has it, else from full-width rows. `unnamed` are the wordings that name no
    meeting, plan or body, for an office that has named none. `vocabulary` holds what all kinds share: it is asked where
    the words of the kind and of the office say nothing. `status_from` says where the state of an item stands, None
    where by words in its own column. `unused` are the keys of headers under which an office keeps what is not read.
    """

    id: str
    folder: Path
    name: str
    count: Count
    columns: tuple[Column, ...]
    labels: tuple[Label, ...]
    base: Base = Base.ALL
    sections: tuple[str, ...] = ()
    short: tuple[str, ...] = ("简称", "事项")
    overdue: State = State.LAGGING
    units: Units = Units()
    classes: tuple[Selection, ...] = ()
    lists: tuple[Selection, ...] = ()
    groups: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    shares: Shares = Shares()
    wording: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unnamed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file_name: str = "{标题}"
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    status_from: StatusFrom | None = None
    worded: Kind | None = None
    unused: frozenset[str] = frozenset()

    @property
    def template(self) -> Path:
        """The Word file of the kind."""
        return self.folder / "circular.docx"

    def column(self, name: str) -> Column | None:
        """The declared column of a field; None where the kind declares none."""
        return next((c for c in self.columns if c.field == name), None)

    def is_unused(self, header: Sequence[str]) -> bool:
        """Is this a header, its group headers before it, of which the office says that it is not read?"""
        return bool(self.unused) and not self.unused.isdisjoint({key(header[-1]), key("".join(header))})

    @property
    def state_fields(self) -> tuple[str, ...]:
        """The fields whose cells say how an item stands."""
        return (self.status_from.asks if self.status_from else ()) or (self.status.field,)

    @property
    def status(self) -> Column:
        """The column that holds the status word."""
        return next(c for c in self.columns if c.type is ColumnType.STATUS)

"""Where a ledger says how its items stand, as setup found it: the place, and what each word of it is counted as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tongbao.rounds.first_day.survey import ColumnSeen


class Where(StrEnum):
    """The places at which a ledger says how an item stands."""

    WORDS = "状态栏"
    COLUMNS = "打勾的各栏"
    HEAD = "进展开头"
    FILLS = "颜色"
    FONTS = "字的颜色"
    SHEETS = "工作表名"
    SECTIONS = "上面的标题"
    TEXT = "进展里的话"
    SHARE = "完成的比例"
    DEADLINE = "时限"
    NOWHERE = "不知道哪里"


@dataclass(frozen=True, slots=True)
class Word:
    """A status word of the ledger: how often it stands there, the label it is counted in (empty: undecided), and why.

    `sure`: nobody has to look at it. `likely`: the label that it would have, where a person has to say it.
    """

    text: str
    count: int
    label: str
    why: str = ""
    sure: bool = False
    likely: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the state stands. `columns` are the headers that are asked, each with its word or its answers; `labels` are
    by colour, sheet or heading, and of a share (`share_of`) have the bound of each label."""

    where: Where
    column: ColumnSeen | None = None
    words: tuple[Word, ...] = ()
    columns: tuple[tuple[str, Mapping[str, str]], ...] = ()
    head_of: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    share_of: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that config.yaml names because they say how an item stands."""
        shares = (self.share_of, *self.labels.values()) if self.where is Where.SHARE else ()
        return (*(header for header, _ in self.columns), *shares)

    @property
    def undecided(self) -> list[Word]:
        """The words of which nobody can say what they mean."""
        return [word for word in self.words if not word.label]

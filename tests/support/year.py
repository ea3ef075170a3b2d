"""A year of one office, invented: what every item truly was in each month, and what its ledgers show of it.

Items are finished, added, withdrawn, reopened, merged, split, postponed; months are left out. What is true is counted
from the items alone. Which rows a sheet has goes by the habit of the office; which row is which, by 编号 or by answers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tongbao.matching.answers import Answer, Mark, Verdict

OPEN, LATE, DONE, GONE = "", "滞后", "完成", "撤销"
OVER = (DONE, GONE)
UNITS = ("县水利局", "县财政局", "县住房和城乡建设局", "青石镇")
VERBS = ("加快", "抓好", "落实", "推动", "做好")
TASKS = (
    "水库加固", "泵站检测", "小学新建", "医院搬迁", "道路拓宽", "桥梁重建", "公园绿化", "农贸市场升级", "码头清淤",
    "车站选址", "变电站并网", "林场防火", "茶叶采摘", "灌渠衬砌", "护坡修补", "广场铺装", "剧院消防", "粮食熏蒸",
    "冷链制冷", "图书采购", "渔港疏浚", "苗圃移栽", "路灯更换", "厂房招租", "古塔测绘", "养老院改建", "矿山复绿",
    "校车购置", "血站扩容", "展馆布展", "索道检修", "管网普查", "驿站挂牌", "菌棚搭建", "电梯加装",
)  # fmt: skip


@dataclass(frozen=True)
class Version:
    """What the ledgers of one month say of an item. `due`: the month by whose end it is due, 0 where none is given."""

    word: str
    id: str
    text: str
    progress: str
    due: int = 0


@dataclass
class Item:
    """One item: its versions by month, and what it came from (`whole`: it was split off that one, in its first month).

    `into`: the item that it was merged into; `reason`: why it was withdrawn by an answer, its row being gone. Both hold
    from the first month on that it has no version of.
    """

    task: str
    unit: str
    number: int
    group: int
    months: dict[int, Version] = field(default_factory=dict)
    whole: Item | None = None
    into: Item | None = None
    reason: str = ""

    def word(self, month: int) -> str | None:
        return self.months[month].word if month in self.months else None

    def before(self, month: int) -> list[Version]:
        """Its versions up to a month, those of the whole that it was split off included."""
        own = [v for m, v in sorted(self.months.items()) if m <= month]
        return own if self.whole is None else [*self.whole.before(min(self.months) - 1), *own]


@dataclass(frozen=True)
class Truth:
    """What is true of one month, as the items that each figure counts."""

    counted: list[Item]
    done: list[Item]
    closed_before: list[Item]
    newly_completed: list[Item]
    lagging: list[Item]
    added: list[Item]
    reopened: list[Item]
    withdrawn: list[Item]
    merged: list[Item]

    @property
    def numbers(self) -> dict[str, int]:
        """By the ids of figures.json."""
        names = ("closed_before", "newly_completed", "lagging", "added", "reopened", "withdrawn")
        found = {name: len(getattr(self, name)) for name in names}
        total, done = len(self.counted), len(self.done)
        return found | {"total": total, "completed": done, "open": total - done, "rows": total, "dropped": 0}


class Year:
    """The items of a year. `ledgers`: the months that have one."""

    def __init__(self, rng: random.Random, months: int = 7, *, begin: int = 14, answers: bool = False) -> None:
        self.rng, self.answers = rng, answers
        self.ledgers = _with_a_gap(months, rng)
        self.items: list[Item] = []
        self._tasks = iter(rng.sample(TASKS, len(TASKS)))
        for month in self.ledgers:
            self._live(month)
            for _ in range(begin if month == 1 else rng.choice([0, 0, 1, 2])):
                self._begin(month)

    def previous(self, month: int) -> int | None:
        """The month of the ledger before."""
        return max((m for m in self.ledgers if m < month), default=None)

    # What happens ------------------------------------------------------------------------------

    def _begin(self, month: int, whole: Item | None = None) -> None:
        task = next(self._tasks, "")
        if task:
            number = len(self.items) + 1
            # A row comes under the 序号 of others only where one of these is at work: it then stands beside them.
            at_work = [i.group for i in self.items if i.word(month) in (OPEN, LATE)]
            beside = at_work[-1] if at_work and self.rng.random() < 0.2 else number
            group = whole.group if whole and self.rng.random() < 0.5 else beside
            item = Item(task, whole.unit if whole else UNITS[number % len(UNITS)], number, group, whole=whole)
            word = self.rng.choice([OPEN, OPEN, LATE, DONE])
            due = self.rng.choice([6, 9] if whole else [0, 6, 9])
            item.months[month] = Version(word, f"2025-{number:03d}", task, f"{month}月开始{task}", due)
            self.items.append(item)

    def _live(self, month: int) -> None:
        before = self.previous(month) or 0
        living = [item for item in self.items if before in item.months]
        for item in living:
            item.months[month] = self._later(item, item.months[before], month)
        still = [item for item in living if item.months[before].word not in OVER and item.word(month) not in OVER]
        self.rng.shuffle(still)
        if len(still) > 6 and self.rng.random() < 0.6:
            self._merge(still[0], still[1], month)
            self._begin(month, whole=still[2])
            if self.rng.random() < 0.5:
                self._begin(month, whole=still[2])
        if len(still) > 6 and self.rng.random() < 0.2:
            still[3].months.pop(month)
            still[3].reason = "上级取消"

    def _merge(self, kept: Item, ended: Item, month: int) -> None:
        """Two items become one: the row of the first is kept, or a new row with a number of its own stands for both."""
        kept, ended = sorted((kept, ended), key=self.items.index)
        ended.months.pop(month)
        ended.into = kept
        if self.rng.random() < 0.5:
            version = kept.months[month]
            kept.months[month] = replace(
                version, id=f"2025-9{kept.number:02d}{month}", text=f"统筹{kept.task}{ended.task}"
            )

    def _later(self, item: Item, version: Version, month: int) -> Version:
        rng = self.rng
        if version.word in OVER and rng.random() > 0.15:
            return version
        again = version.word in OVER
        word = rng.choice([OPEN, OPEN, LATE, LATE] if again else [OPEN] * 5 + [LATE] * 4 + [DONE] * 3 + [GONE])
        progress = version.progress if rng.random() < 0.3 else f"{month}月推进{item.task}"
        due = month + rng.randint(1, 5) if rng.random() < 0.2 else version.due
        text = version.text if again or not self.answers else rng.choice(VERBS) + item.task
        return Version(word, version.id, text, progress, due)

    def corrected(self) -> tuple[Year, int]:
        """The same year with one status of a ledger in between put right afterwards; and the month of that ledger.

        An item that was finished turns out to have been so one ledger earlier, or one that lagged not to have done so;
        not one whose text or deadline was changed with its end, for who closes it earlier would write these earlier too.
        """
        other = object.__new__(Year)
        other.__dict__ |= self.__dict__ | {"items": [replace(i, months=dict(i.months)) for i in self.items]}
        new = {id(old): item for old, item in zip(self.items, other.items, strict=True)}
        for item in other.items:
            item.whole = new[id(item.whole)] if item.whole else None
            item.into = new[id(item.into)] if item.into else None
        for month in self.ledgers[1:-1]:
            later = min(m for m in self.ledgers if m > month)
            for item in other.items:
                if item.word(month) != LATE or item.word(later) not in (DONE, OPEN):
                    continue
                now, then = item.months[month], item.months[later]
                known = item.before(month - 1)
                ended = (now.progress, now.due) == (then.progress, then.due) and known and known[-1].word not in OVER
                if then.word == OPEN or ended:
                    item.months[month] = replace(now, word=then.word)
                    return other, month
        return other, self.ledgers[0]

    # What is true ------------------------------------------------------------------------------

    def truth(self, month: int) -> Truth:
        before = self.previous(month)
        here = [item for item in self.items if month in item.months]
        done = [item for item in here if item.word(month) == DONE]
        was = {id(item): item.before(before)[-1].word if before and item.before(before) else None for item in here}
        ended = [item for item in self.items if before in item.months and month not in item.months]
        return Truth(
            counted=[item for item in here if item.word(month) != GONE],
            done=done,
            closed_before=[item for item in done if was[id(item)] == DONE],
            newly_completed=[item for item in done if was[id(item)] != DONE and before],
            lagging=[item for item in here if item.word(month) == LATE],
            added=[item for item in here if was[id(item)] is None and before],
            reopened=[i for i in here if was[id(i)] in OVER and i.word(month) not in OVER],
            withdrawn=[
                *(i for i in here if i.word(month) == GONE and was[id(i)] != GONE and before),
                *(i for i in ended if i.reason),
            ],
            merged=[item for item in ended if item.into],
        )

    def past(self, item: Item, month: int) -> tuple[int, int, int]:
        """Of an open item: periods in a row that it lagged, changes of its deadline, earlier periods with its progress.

        What is over is over once, however long its row stays: a ledger that shows it again says nothing new.
        """
        known = item.before(month)
        told = [v for n, v in enumerate(known) if not n or v.word not in OVER or known[n - 1].word not in OVER]
        lagging = next((n for n, v in enumerate(reversed(told)) if v.word != LATE), len(told))
        moved = sum(bool(a.due and b.due) and a.due != b.due for a, b in pairwise(told))
        same = next((n for n, v in enumerate(reversed(told)) if v.progress != told[-1].progress), len(told))
        return lagging, moved, same - 1

    # What the office has -----------------------------------------------------------------------

    def standing(self, month: int, habit: str) -> tuple[list[Item], list[Item]]:
        """The items in the sheet, and those on the sheet 销号.

        Habits: `keep` and `delete` the rows of what was over before, `next` moves them to 销号, `at once` moves what is
        over now.
        """
        before = self.previous(month)
        here = sorted((item for item in self.items if month in item.months), key=lambda item: item.group)
        over = [
            i for i in here if i.word(month) in OVER and (habit == "at once" or i.word(before or 0) == i.word(month))
        ]
        if habit == "keep":
            return here, []
        return [item for item in here if item not in over], [] if habit == "delete" else over

    def given(self, name: dict[int, str] | None = None) -> list[Answer]:
        """The answers about all neighbouring ledgers: what was merged, split, withdrawn; without 编号, what goes on too."""
        return [answer for month in self.ledgers[1:] for answer in self._answers(month, name or {})]

    def _answers(self, month: int, name: dict[int, str]) -> Iterator[Answer]:
        before = self.previous(month)
        assert before
        periods = (name.get(before, f"2025-{before:02d}"), name.get(month, f"2025-{month:02d}"))
        split = [item.whole for item in self.items if item.whole and min(item.months) == month]
        merged = [item.into for item in self.items if item.into and before in item.months and month not in item.months]
        for item in self.items:
            was, now = item.months.get(before), item.months.get(month)
            if item in split and was and now:
                yield Answer(periods, self._mark(was), Verdict.SPLIT, self._mark(now))
                for part in self.items:
                    if part.whole is item and min(part.months) == month:
                        yield Answer(periods, self._mark(was), Verdict.SPLIT, self._mark(part.months[month]))
            elif item in merged and was and now and was.id != now.id:
                yield Answer(periods, self._mark(was), Verdict.MERGED, self._mark(now))
            elif was and now and was.text != now.text:
                yield Answer(periods, self._mark(was), Verdict.SAME, self._mark(now))
            elif was and not now:
                to = self._mark(item.into.months[month]) if item.into else Mark()
                verdict = Verdict.MERGED if item.into else Verdict.WITHDRAWN
                yield Answer(periods, self._mark(was), verdict, to, item.reason)

    def _mark(self, version: Version) -> Mark:
        return Mark(text=version.text) if self.answers else Mark(id=version.id, text=version.text)


def _with_a_gap(months: int, rng: random.Random) -> list[int]:
    """All months but one in the middle."""
    skipped = rng.randint(3, months - 2)
    return [month for month in range(1, months + 1) if month != skipped]

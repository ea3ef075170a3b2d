"""Second months with the habits of real offices, and what became of every row: harder than `simulator`, and blunter.

Six generators: tasks of an office (`office`), projects with names and amounts (`project`), short tasks that differ in
a place or a thing only (`plain`), and the three ledgers of `simulator`. The weights of the matcher were fitted on the
first two; the others and other seeds tell how good it is. Two hands rewrite the tasks: one by words, one by clauses.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tests.support.simulator import (
    LEADERS,
    MAKERS,
    UNITS,
    Draft,
    Step,
    ledger_of,
    listed,
    progress,
    sibling,
    truth_of,
)
from tongbao.model import PROGRESS, Deadline, Ledger, Place, Row, State

PLACES = listed("桃源 柳林 临河 双桥 新城 金山 古渡 北川 松岭 白塔 石井 七里 盐池 枫林 麻塘 东岗 西营 竹园 沙洲 凤鸣")
THINGS = listed(
    "养老服务中心 产业园 黑臭水体治理 垃圾中转站 冷链物流园 标准厂房 河道清淤 供热管网 停车场 粮库扩容 中学 小学 "
    "灌区续建 图书馆 水源地保护 卫生院改造 公路安防工程 矿山修复 农贸市场 桥梁改造 加油站整治 燃气管网更新"
)
PHASES = ("", "", "", "", "一期", "二期", "第一标段", "第二标段", "（一期）", "东区", "西区")
VERBS = listed("抓好 推进 加快推进 实施 完成 做好 启动 统筹推进")
ACTS = listed("建设 工作 前期手续 招商 征地拆迁 竣工验收 环境整治 资金筹措")
CLAUSES = listed(
    "倒排工期推进|落实配套资金|并做好群众工作|尽快完成前期手续|年底前投入使用|6月底前开工|研究提出方案后报批|按期开工建设"
    "|明确专人负责|建立周调度机制|完成投资3000万元|惠及群众2万人|严格资金管理|同步完善配套设施|做好土地报批|压实属地责任"
    "|开展联合执法|9月底前完成主体|争取上级专项资金|确保质量安全|健全长效管护机制|化解历史遗留问题|引入社会资本|完善考核办法"
)
WORDS = (
    *(("推进", "实施"), ("抓好", "做好"), ("加快", "加紧"), ("完成", "办结"), ("建设", "新建"), ("落实", "保障")),
    *(("明确", "确定"), ("开展", "组织"), ("确保", "保证"), ("完善", "健全"), ("争取", "申请"), ("严格", "加强")),
    *(("尽快", "及早"), ("研究提出", "拟定"), ("环境整治", "环境治理"), ("改造", "提升改造"), ("工作", "")),
)
FRONT = listed("加快 进一步 切实 全力 抓紧 持续 重点")
BACK = listed("，确保质量安全|，加强调度|，形成长效机制|，按月报送进展|等工作|，压茬推进|，限期办结")
AIMS = listed(
    "完成可研批复|主体工程封顶|完成招标|进场施工|设备安装调试|完成征地{n}亩|完成投资{n}万元|路基完成{n}0%|竣工验收"
)
BODIES = listed(
    "县住建局 县教育局 县水利局 县财政局 县农业农村局 县商务局 县民政局 城关镇 青石乡 北川镇 县城投公司 县水务集团 县交通运输局 县发展和改革委员会"
)
RENAMED = {
    "县教育局": "县教体局",
    "县商务局": "县商务和投资促进局",
    "县水务集团": "县水务发展公司",
    "县发展和改革委员会": "县发改委",
}


@dataclass(frozen=True)
class Habits:
    """How an office makes its next month."""

    ids: str  # "", kept, lost, copied
    numbers: str  # kept, renumbered, none
    edited: float  # the share of rows whose task is rewritten
    by_clauses: bool  # by the hand that writes other clauses, or by the one that writes other words
    shuffled: bool
    finished: str  # kept, dropped, closed (on the sheet 销号)
    new: int
    withdrawn: int
    split: int
    merged: int
    pasted: bool

    @property
    def ordinary(self) -> bool:
        """Nothing was withdrawn, split or merged."""
        return not (self.withdrawn or self.split or self.merged)


def habits(rng: random.Random, *, ids: str | None = None, numbers: str | None = None, ordinary: bool = False) -> Habits:
    """What an office does this month; what is named is given."""
    found = Habits(
        ids=rng.choice(["", "", "", "kept", "kept", "lost", "copied"]),
        numbers=rng.choice(["kept", "renumbered", "renumbered", "none"]),
        edited=rng.choice([0, 0.1, 0.2, 0.3, 0.6, 1.0]),
        by_clauses=rng.random() < 0.5,
        shuffled=rng.random() < 0.3,
        finished=rng.choice(["kept", "dropped", "closed"]),
        new=rng.choice([0, 1, 2, 4, 6]),
        withdrawn=rng.choice([0, 0, 0, 0, 1, 2]),
        split=rng.choice([0, 0, 0, 0, 0, 1]),
        merged=rng.choice([0, 0, 0, 0, 0, 1]),
        pasted=rng.random() < 0.1,
    )
    found = replace(found, ids=found.ids if ids is None else ids, numbers=numbers or found.numbers)
    return replace(found, withdrawn=0, split=0, merged=0) if ordinary else found


# ---------------------------------------------------------------------------------------------- ledgers


def office(rng: random.Random) -> Ledger:
    """Tasks of one office, 12 to 60, now and then 300; a quarter are twins one word apart, some of several rows."""
    rows: list[Row] = []
    titles: list[tuple[str, ...]] = rng.choice(
        [[()], [(f"{n}、{t}",) for n, t in zip("一二三四", ["工业", "民生", "城建", "生态"], strict=True)]]
    )
    sectors = rng.random() < 0.4
    for _ in range(rng.choice([12, 20, 30, 45, 60, 60, 150]) if rng.random() < 0.97 else 300):
        text = _twin(rng, rng.choice(rows).text) if rows and rng.random() < 0.25 else ""
        if not text or rng.random() < 0.02:
            head = (
                rng.choice(VERBS)
                + rng.choice(PLACES)
                + rng.choice(PHASES)
                + rng.choice(THINGS)
                + rng.choice(["", *ACTS])
            )
            head = f"{rng.choice(['2023', '2024'])}年{head}" if rng.random() < 0.1 else head
            text = "，".join([head, *rng.sample(CLAUSES, rng.choice([0, 1, 1, 2, 3]))]) + rng.choice(["。", ""])
        shared = rng.choice([2, 3, 6]) if rng.random() < 0.06 else 1
        units = rng.sample(BODIES, shared) if rng.random() < 0.8 else [rng.choice(BODIES)] * shared
        section, number = rng.choice(titles), len({row.no for row in rows}) + 1
        for unit in units:
            others = {"类别": rng.choice(["民生", "经济", "城建"])} if sectors else {}
            more = rng.sample(BODIES, rng.choice([0, 0, 1, 2])) if shared == 1 else []
            rows.append(_row(str(number), text, section, (unit, *(m for m in more if m != unit)), rng, others))
    if titles[0]:
        rows.sort(key=lambda row: titles.index(row.section))
    return ledger_of(rows)


def project(rng: random.Random) -> Ledger:
    """Projects with names, scale, amounts and owners; some of one name in several phases."""
    rows: list[Row] = []
    aims = rng.random() < 0.3
    for number in range(rng.choice([12, 20, 36, 50, 80])):
        name = f"{rng.choice(PLACES)}{rng.choice(THINGS)}{rng.choice(PHASES)}{rng.choice(['项目', '项目', '', '工程'])}"
        if rows and rng.random() < 0.2:
            name = _twin(rng, str(rng.choice(rows).cells["名称"]))
        said = f"总建筑面积{rng.randint(2, 90)}000平方米，{rng.choice(CLAUSES)}，{rng.choice(CLAUSES)}"
        text = rng.choice(AIMS).format(n=rng.randint(1, 9)) if aims else f"{rng.choice(['新建', '改建', '建设'])}{said}"
        unit = (rng.choice(BODIES),)
        rows.append(_row(str(number + 1), text, (), unit, rng, {"总投资": str(rng.randint(3, 400) * 100)}, name))
    return ledger_of(rows)


def plain(rng: random.Random) -> Ledger:
    """Short tasks: a place, a thing and a closing phrase that many rows share."""
    rows: list[Row] = []
    named, sections = rng.random() < 0.4, rng.random() < 0.3
    heads = rng.sample([p + t for p in PLACES for t in THINGS], rng.choice([12, 18, 25, 36]))
    for number, head in enumerate(heads, 1):
        text = f"推进{head}" + (f"，{rng.choice(CLAUSES[:8])}" if rng.random() < 0.8 else "") + "。"
        section = (f"第{'一二三'[number * 3 // (len(heads) + 1)]}次会议",) if sections else ()
        units = tuple(rng.sample(BODIES, rng.choice([1, 1, 1, 2, 3])))
        rows.append(_row(str(number), text, section, units, rng, {}, f"{head}项目" if named else ""))
    return ledger_of(rows)


GENERATORS: dict[str, Callable[[random.Random], Ledger]] = {
    "office": office,
    "project": project,
    "plain": plain,
    **{maker.__name__: maker for maker in MAKERS},
}


def _row(
    no: str,
    text: str,
    section: tuple[str, ...],
    units: tuple[str, ...],
    rng: random.Random,
    others: dict[str, str],
    name: str = "",
) -> Row:
    done, when = rng.random() < 0.2, rng.choice(["", "年底前", "长期", "6月底前", "9月底前"])
    cells = {"分管领导": rng.choice(LEADERS[:4]), "时限": when, PROGRESS: _said(rng, text)} | (
        {"名称": name} if name else {}
    )
    state = State.DONE if done else rng.choice([State.ON_TRACK, State.ON_TRACK, State.LAGGING])
    return Row(
        Place("", "台账", 3),
        no,
        text,
        section,
        units=units,
        done=done,
        state=state,
        deadline=Deadline(when),
        cells=cells,
        others=others,
    )


def _said(rng: random.Random, text: str) -> str:
    """A progress text, of the task in hand or one that any row may have."""
    stock = listed(
        "资金到位七成，其余正在筹措。|已完成可研批复，正在办理用地手续。|施工单位进场，完成基础开挖。|完成招标，正在签订合同。"
    )
    return progress(rng, text) if rng.random() < 0.5 else rng.choice(stock)


def _twin(rng: random.Random, words: str) -> str:
    """The same task for another place, phase, year or thing."""
    changes = [(a, b) for family in (PLACES, THINGS) for a in family if a in words for b in family if a != b]
    changes += [
        (a, b)
        for a, b in [("一期", "二期"), ("二期", "三期"), ("第一", "第二"), ("东区", "西区"), ("2023", "2024")]
        if a in words
    ]
    old, new = rng.choice(changes) if changes else ("", "")
    return words.replace(old, new, 1) if old else sibling(rng, words)


# ---------------------------------------------------------------------------------------------- the next month


def month(prior: Ledger, how: Habits, rng: random.Random) -> Step:
    """The next month of a ledger, made by these habits."""
    if how.ids:
        prior = replace(prior, rows=tuple(replace(r, id=f"2024-{n:03}") for n, r in enumerate(prior.rows, 1)))
    if how.numbers == "none":
        prior = replace(prior, rows=tuple(replace(row, no="") for row in prior.rows))
    drafts = [Draft(_later(row, rng), (n,)) for n, row in enumerate(prior.rows)]
    _reform(drafts, rng)
    for draft in drafts:
        if rng.random() < how.edited:
            draft.row = replace(draft.row, text=rewritten(draft.row.text, rng, by_clauses=how.by_clauses))
    if how.finished == "dropped":
        drafts = [d for d in drafts if not d.row.done or not prior.rows[d.of[0]].done or rng.random() < 0.1]
    drafts = _withdrawn(drafts, how.withdrawn, rng)
    drafts = _merged(drafts, how.merged, rng)
    drafts = _split(drafts, prior, how.split, rng)
    drafts = _new(drafts, prior, how, rng)
    if how.pasted:
        _paste(drafts, rng)
    return _laid_out(prior, drafts, how, rng)


def _laid_out(prior: Ledger, drafts: list[Draft], how: Habits, rng: random.Random) -> Step:
    if how.ids == "lost":
        for draft in rng.sample(drafts, len(drafts) // 3):
            draft.row = replace(draft.row, id="")
    closed = [d for d in drafts if d.row.done and how.finished == "closed" and rng.random() < 0.7]
    drafts = [d for d in drafts if d not in closed]
    if how.shuffled:
        rng.shuffle(drafts)
    if how.numbers == "renumbered":
        for number, draft in enumerate([*drafts, *closed], 1):
            draft.row = replace(draft.row, no=str(number))
    current = ledger_of([d.row for d in drafts], "2022-02-28")
    gone = tuple(replace(d.row, section=(), place=Place(current.file, "销号", n)) for n, d in enumerate(closed, 2))
    return Step(prior, replace(current, closed=gone), truth_of(prior, [*drafts, *closed]), how.ids)


def _later(row: Row, rng: random.Random) -> Row:
    cells = dict(row.cells)
    if rng.random() < 0.85:
        cells[PROGRESS] = _said(rng, row.text) if rng.random() < 0.8 else f"{cells.get(PROGRESS, '')}已召开调度会。"
    done = rng.random() < 0.12 if not row.done else rng.random() < 0.99
    units, section = row.units, row.section
    if rng.random() < 0.05:
        units = rng.choice([(rng.choice(BODIES),), row.units[::-1], (*row.units, rng.choice(BODIES)), row.units[:1]])
    when = rng.choice(["年底前", "12月底前"]) if row.deadline.text and rng.random() < 0.05 else row.deadline.text
    if "名称" in cells and rng.random() < 0.06:
        name = str(cells["名称"])
        cells["名称"] = rng.choice(
            [name.removesuffix("项目"), f"云溪县{name}", name.replace("（", "").replace("）", "")]
        )
    state = State.DONE if done else rng.choice([State.ON_TRACK, State.ON_TRACK, State.LAGGING])
    others = {
        **row.others,
        **({"总投资": str(int(row.others["总投资"]) + 50)} if "总投资" in row.others and rng.random() < 0.1 else {}),
    }
    return replace(
        row,
        cells={**cells, "时限": when},
        units=tuple(dict.fromkeys(units)),
        done=done,
        state=state,
        deadline=Deadline(when),
        section=section,
        others=others,
    )


def _reform(drafts: list[Draft], rng: random.Random) -> None:
    """A unit is renamed, a leader replaced, a heading put differently, a row moved to another heading: now and then."""
    names = dict([rng.choice([*RENAMED.items()])]) if rng.random() < 0.2 else {}
    names |= UNITS if rng.random() < 0.1 else {}
    leader = dict([rng.sample(LEADERS, 2)]) if rng.random() < 0.15 else {}
    headings = sorted({d.row.section for d in drafts})
    shorter = {h: tuple(x.replace("重点工作", "重点任务") for x in h) for h in headings} if rng.random() < 0.1 else {}
    for draft in drafts:
        cells = dict(draft.row.cells)
        if "分管领导" in cells:
            cells["分管领导"] = leader.get(str(cells["分管领导"]), cells["分管领导"])
        section = rng.choice(headings) if rng.random() < 0.02 else draft.row.section
        units = tuple(names.get(unit, unit) for unit in draft.row.units)
        draft.row = replace(draft.row, cells=cells, units=units, section=shorter.get(section, section))


def _withdrawn(drafts: list[Draft], most: int, rng: random.Random) -> list[Draft]:
    gone = [d for d in rng.sample(drafts, len(drafts)) if not d.row.done][:most]
    return [d for d in drafts if d not in gone]


def _merged(drafts: list[Draft], times: int, rng: random.Random) -> list[Draft]:
    for _ in range(times):
        at = rng.randrange(len(drafts) - 1)
        one, two = drafts[at : at + 2]
        if one.row.section == two.row.section and one.row.done == two.row.done and one.row.text != two.row.text:
            words = one.row.text.rstrip("。") + rng.choice(["；", "，", "。"]) + two.row.text
            units = tuple(dict.fromkeys((*one.row.units, *two.row.units)))
            drafts[at : at + 2] = [Draft(replace(one.row, text=words, units=units), one.of + two.of)]
    return drafts


def _split(drafts: list[Draft], prior: Ledger, times: int, rng: random.Random) -> list[Draft]:
    """A row becomes two, each with some clauses of what it was; one of them may be put otherwise."""
    for draft in rng.sample(drafts, times):
        clauses = [c for c in re.split(r"(?<=[，；。])", prior.rows[draft.of[0]].text.strip()) if len(c) > 4]
        if len(draft.of) == 1 and len(set(clauses)) > 1:
            cut = rng.randint(1, len(clauses) - 1)
            words = ["".join(clauses[:cut]), "".join(clauses[cut:])]
            words = [rewritten(w, rng, by_clauses=False) if rng.random() < 0.2 else w for w in words]
            parts = [replace(draft.row, text=words[0]), replace(draft.row, text=words[1], id="")]
            at = drafts.index(draft)
            drafts[at : at + 1] = [Draft(part, draft.of, part=True) for part in parts]
    return drafts


def _new(drafts: list[Draft], prior: Ledger, how: Habits, rng: random.Random) -> list[Draft]:
    """New rows: of other months, and twins of rows that stay or have gone."""
    fresh = office(rng).rows
    known = Counter((row.text, row.get("名称")) for row in prior.rows)
    living = {draft.row.id for draft in drafts}
    for _ in range(how.new):
        model = rng.choice(prior.rows)
        row = replace(rng.choice(fresh), section=model.section, others=model.others)
        if "名称" in model.cells:
            row = replace(row, cells={**row.cells, "名称": rng.choice(PLACES) + rng.choice(THINGS) + "项目"})
        if rng.random() < 0.4:
            name = {"名称": _twin(rng, model.get("名称"))} if model.get("名称") else {}
            row = replace(
                model,
                text=model.text if name else _twin(rng, model.text),
                cells={**model.cells, **name, PROGRESS: _said(rng, model.text)},
            )
        if not known[row.text, row.get("名称")]:
            done = rng.random() < 0.1
            id = model.id if how.ids == "copied" and model.id in living and rng.random() < 0.5 else ""
            number = str(len(prior.rows) + 1) if how.numbers != "none" else ""
            state = State.DONE if done else State.ON_TRACK
            at = len(drafts) if rng.random() < 0.6 else rng.randint(0, len(drafts))
            drafts.insert(at, Draft(replace(row, id=id, no=number, done=done, state=state)))
    return drafts


def _paste(drafts: list[Draft], rng: random.Random) -> None:
    """Rows that were pasted under a wrong unit: two exchanged, one written over another, a column moved by some rows.

    Only rows with a task of their own: of several rows under one task the unit alone tells which is which.
    """
    held = Counter((draft.row.text, draft.row.get("名称")) for draft in drafts)
    most = min(len(drafts), rng.randint(3, 6))
    at = rng.randrange(len(drafts) - most + 1)
    slip = rng.choice(["exchanged", "written over", "moved"])
    some = drafts[at : at + (most if slip == "moved" else 2)]
    if any(held[draft.row.text, draft.row.get("名称")] > 1 for draft in some):
        return
    units = [draft.row.units for draft in some]
    now = {"exchanged": units[::-1], "written over": [units[0]] * 2, "moved": [units[0], *units[:-1]]}[slip]
    for draft, own in zip(some, now, strict=True):
        draft.row = replace(draft.row, units=own)


# ---------------------------------------------------------------------------------------------- two hands


def rewritten(words: str, rng: random.Random, *, by_clauses: bool) -> str:
    """The same task as another hand writes it."""
    for _ in range(rng.choice([1, 1, 2, 3])):
        words = rng.choice(_BY_CLAUSES if by_clauses else _BY_WORDS)(words, rng)
    return words


def _reword(words: str, rng: random.Random) -> str:
    held = [(a, b) for pair in WORDS for a, b in (pair, pair[::-1]) if a and a in words]
    return words.replace(*rng.choice(held), 1) if held else words


def _front(words: str, rng: random.Random) -> str:
    return rng.choice(FRONT) + words


def _back(words: str, rng: random.Random) -> str:
    return words.rstrip("。") + rng.choice(BACK) + "。"


def _typo(words: str, rng: random.Random) -> str:
    at = rng.randrange(len(words))
    return words[:at] + rng.choice(["的", "在", "", words[at] * 2]) + words[at + 1 :]


def _moved_month(words: str, rng: random.Random) -> str:
    return re.sub(r"\d+(?=月)", lambda m: str(int(m[0]) % 12 + 1), words, count=1)


def _parts(words: str) -> list[str]:
    return [part for part in re.split("[，；。]", words) if part]


def _reorder(words: str, rng: random.Random) -> str:
    head, *rest = _parts(words)
    return "，".join([head, *rng.sample(rest, len(rest))]) + "。"


def _cut(words: str, rng: random.Random) -> str:
    parts = _parts(words)
    if len(parts) > 1:
        del parts[rng.randrange(1, len(parts))]
    return "，".join(parts) + "。"


def _more(words: str, rng: random.Random) -> str:
    return "，".join([*_parts(words), rng.choice(CLAUSES)]) + "。"


def _points(words: str, rng: random.Random) -> str:
    return words.replace("，", rng.choice([",", "；", "、", "，\n"]))


Edits = Sequence[Callable[[str, random.Random], str]]
_BY_WORDS: Edits = (_reword, _reword, _front, _back, _typo, _moved_month, _points)
_BY_CLAUSES: Edits = (_reorder, _cut, _more, _more, _back, _reword, _moved_month)

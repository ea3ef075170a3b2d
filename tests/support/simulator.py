"""Next periods made out of a ledger, as offices make them, with the truth about every row.

Three invented ledgers (decisions of meetings, tasks of a year, tasks of a work report) are full of neighbours that
differ in a place, a phase or a year. A period rewrites the progress, edits texts, renames units, renumbers, reorders,
drops, adds (also a sibling in the place of a dropped row), splits, merges, swaps wording, loses and copies 编号.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from tongbao.matching.two_periods import Matching, Pair
from tongbao.model import PROGRESS, Deadline, Ledger, Period, Place, Row, State


def listed(words: str) -> list[str]:
    """Words parted by spaces, or phrases parted by bars."""
    return words.split("|" if "|" in words else None)


PLACES = listed("石桥镇 青禾镇 柳湾街道 白塔镇 望山乡 云岭镇 双溪镇 松坪乡 城东片区 城西片区 城南新区 北河片区")
SITES = listed(
    "污水处理厂 农贸市场 中心小学 养老服务中心 文化广场 标准化厂房 安置小区 停车场 供水管网 卫生院 物流园 "
    "排水泵站 跨河大桥 环镇公路 高标准农田 冷链仓库 消防站 体育公园"
)
STEPS = listed(
    "土地组卷报批 选址论证 征地拆迁 初步设计批复 施工图审查 用地预审 补偿资金拨付 规划许可办理 竣工验收 "
    "不动产登记 环评手续办理 主体施工 设备安装调试 管线迁改 招标文件编制 林地使用审核"
)
TOPICS = listed(
    "营商环境 校园安全 农村厕所改造 河道治理 招商引资 信访积案化解 普惠托育 残疾人康复 公交线路优化 古树名木保护 "
    "粮食安全 防汛抗旱 扬尘治理 非法集资处置 老旧小区改造 网络舆情应对 根治欠薪 技能培训 秸秆利用 中医药服务 "
    "数据共享 干部考核 森林防火 食品安全 电动车充电 乡村旅游 种业振兴 法律援助 志愿服务 殡葬改革"
)
MEASURES = listed(
    "建立县镇两级工作台账|成立工作专班，每周会商|开展专项整治行动|实行清单化管理|对照标准逐一验收|健全部门联动机制"
    "|完善考核办法，将结果与评先评优挂钩|引导社会力量参与|组织入户走访，摸清底数|定期公布进展，接受群众监督"
    "|压实主体责任，明确完成时限|推广典型经验，以点带面|落实专项资金，保障所需经费|加强源头预防，动态消除隐患"
)
TARGETS = listed(
    "年底前覆盖{n}个村（社区）|{m}月底前完成全部整改|惠及群众{n}万人|新增{n}处|力争完成投资{n}亿元|群众满意率达到9{d}%"
    "|争取上级资金{n}00万元|打造{d}个示范点|培育{d}家龙头企业|确保不发生较大以上事故|切实解决群众反映的突出问题"
    "|推动{year}年各项指标走在全市前列"
)
UNITS = {
    "县住房和城乡建设局": "县住建局",
    "县发展和改革委员会": "县发改委",
    "县自然资源和规划局": "县自然资源局",
    "县农业农村局": "县农业农村局",
    "县教育局": "县教体局",
    "县乡村建设办": "县乡村振兴局",
    "县交通运输局": "县交通局",
    "县财政局": "县财政局",
    "县水利局": "县水利局",
    "县卫生健康委员会": "县卫健委",
    "县民政局": "县民政局",
    "县商务局": "县商务局",
    "县工业和信息化局": "县工信局",
    "县应急管理局": "县应急局",
    "县文化广电和旅游局": "县文旅局",
}
LEADERS = listed("钱一鸣 孙若水 吴长庚 郑远山 冯小满 褚云舟")
INSERTED = listed("进一步 切实 积极 按计划 及配套设施 （含附属工程） 相关 各类 全县 重点 有序")
SYNONYMS = [("加快", "抓紧"), ("推进", "实施"), ("建立", "完善"), ("开展", "组织"), ("落实", "安排"), ("明确", "压实")]
DELETED = listed("加快 推进 切实 全部 各项 重点 工作 专项 相关 项目 逐一 定期 有序 尽快 群众")


@dataclass
class Truth:
    """What really became of the rows: indices of prior rows and of current ones (after all reordering)."""

    pairs: dict[int, int] = field(default_factory=dict)
    split: dict[int, list[int]] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)


@dataclass
class Step:
    """A simulated pair of periods."""

    prior: Ledger
    current: Ledger
    truth: Truth
    ids: str


# ---------------------------------------------------------------------------------------------- ledgers


def meetings(rng: random.Random) -> Ledger:
    """37 decisions of 11 meetings; several decisions for one project, siblings in other places and phases."""
    rows: list[Row] = []
    names: list[tuple[str, str]] = []
    for number in range(37):
        name, units = _project(rng, names)
        head = rng.choice(["", f"{name}：", "关于项目推进中存在的困难，"])
        clauses = [f"{rng.choice(['尽快完成', '加快', '由牵头单位负责', '协调解决'])}{rng.choice(STEPS)}"]
        clauses += rng.sample(_decisions(rng), rng.randint(0, 3))
        section: tuple[str, ...] = (
            f"2021年{1 + number * 11 // 37}月{rng.randint(1, 28)}日第{_CHINESE[number * 11 // 37]}次会议",
        )
        if rows and rows[-1].section[0][-5:] == section[0][-5:]:
            section = rows[-1].section
        cells = {"名称": name, "分管领导": rng.choice(LEADERS), "承办单位": rng.choice(list(UNITS))}
        rows.append(_row(number, head + "，".join(clauses) + "。", section, units, cells, rng))
    return ledger_of(rows)


def year_tasks(rng: random.Random) -> Ledger:
    """48 numbers, 56 rated rows: one number has six rows of one text, two more have two; no headings."""
    shapes = [6] + [3] + [2] + [1] * 45
    rng.shuffle(shapes)
    texts: list[str] = []
    rows: list[Row] = []
    for number, shape in enumerate(shapes):
        texts.append(_task(rng, texts, rng.randint(1, 2)))
        for unit in rng.sample(list(UNITS), shape):
            person = {"责任人": rng.choice(LEADERS)}
            rows.append(replace(_row(len(rows), texts[-1], (), (unit,), person, rng), no=str(number + 1)))
    return ledger_of(rows)


def work_report(rng: random.Random) -> Ledger:
    """99 tasks under two levels of headings; long sentences quoted from the report, joint units, deadlines."""
    texts: list[str] = []
    rows: list[Row] = []
    for number in range(99):
        texts.append(_task(rng, texts, rng.randint(2, 4)))
        section = (f"{_CHINESE[number // 17]}、重点工作", f"（{_CHINESE[number % 17 // 6]}）{TOPICS[number // 6]}方面")
        units = tuple(rng.sample(list(UNITS), rng.choice([1, 1, 1, 2, 3])))
        rows.append(_row(number, texts[-1], section, units, {}, rng))
    return ledger_of(rows)


_CHINESE = listed("一 二 三 四 五 六 七 八 九 十 十一 十二")
MAKERS: tuple[Callable[[random.Random], Ledger], ...] = (meetings, year_tasks, work_report)


def _project(rng: random.Random, names: list[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """A project: new, one that was there before, or a sibling of one."""
    kind = rng.random()
    if names and kind < 0.25:
        name, unit = rng.choice(names)
    elif names and kind < 0.5:
        name, unit = rng.choice(names)
        name = sibling(rng, name)
    else:
        name = f"{rng.choice(PLACES)}{rng.choice(SITES)}{rng.choice(['', '', '（一期）', '（二期）'])}项目"
        unit = rng.choice(list(UNITS))
    names.append((name, unit))
    return name, (unit,)


def _decisions(rng: random.Random) -> list[str]:
    month, amount = rng.randint(2, 12), rng.randint(2, 90)
    return [
        f"{month}月底前完成{rng.choice(STEPS)}",
        f"确保2022年{month}月底前投入使用",
        f"落实专项债券资金{amount}00万元",
        f"涉及的{amount}户群众要妥善安置",
        "每周报送进展情况",
        "严格执行招投标程序",
        f"做好与{rng.choice(STEPS)}的衔接",
        f"{rng.choice(list(UNITS))}配合",
        "提交规划委员会研究",
    ]


def _task(rng: random.Random, texts: Sequence[str], clauses: int) -> str:
    """A sentence of a plan; three in ten are siblings of an earlier one."""
    if texts and rng.random() < 0.3:
        return sibling(rng, rng.choice(texts))
    topic, place, site = rng.choice(TOPICS), rng.choice(PLACES), rng.choice(SITES)
    verb = rng.choice(["加快推进", "深入开展", "扎实做好", "统筹推进", "全面落实", "启动"])
    head = rng.choice([f"{verb}{topic}", f"{verb}{topic}和{rng.choice(TOPICS)}", f"{verb}{place}{site}建设"])
    head = rng.choice([head, head, f"深化“{topic}提升”行动"])
    numbers = {"n": rng.randint(2, 60), "m": rng.randint(3, 12), "d": rng.randint(2, 8), "year": 2022}
    parts = [head, *rng.sample(MEASURES, clauses), rng.choice(TARGETS).format(**numbers)]
    return rng.choice(["，", "，", "；"]).join(parts)


def sibling(rng: random.Random, words: str) -> str:
    """Another task that reads nearly the same: another place, phase, year, number, step or topic."""
    changes = [
        (a, b) for family in (PLACES, STEPS, TOPICS, SITES) for a in family if a in words for b in family if a != b
    ]
    changes += [
        (a, b) for a, b in [("一期", "二期"), ("二期", "三期"), ("2022", "2023"), ("2021", "2022")] if a in words
    ]
    changes += [(n, str(int(n) + rng.randint(1, 9))) for n in re.findall(r"\d+", words)]
    if "项目" in words and "期" not in words:
        changes += [("项目", "二期项目")] * 4
    if not changes:
        return words + "（第二批）"
    old, new = rng.choice(changes)
    return words.replace(old, new)


def _row(
    number: int, text: str, section: tuple[str, ...], units: tuple[str, ...], cells: dict[str, str], rng: random.Random
) -> Row:
    deadline = rng.choice(["", "年底前", "长期", f"{rng.randint(3, 12)}月底前"])
    done = rng.random() < 0.2
    return Row(
        Place("", "台账", number + 3),
        str(number + 1),
        text,
        section,
        units=units,
        done=done,
        state=State.DONE if done else State.ON_TRACK,
        deadline=Deadline(deadline),
        cells={**cells, "时限": deadline, PROGRESS: progress(rng, text)},
    )


def progress(rng: random.Random, text: str) -> str:
    """A progress text: some words of the task, and what is always said."""
    noun = rng.choice(re.split(r"[，；。：]", text.strip("。")))[-12:]
    said = [
        "正在有序推进",
        "已完成前期准备",
        "正在办理手续",
        f"已完成总量的{rng.randint(1, 9)}0%",
        "已召开专题会议研究",
        "已进场施工",
    ]
    return f"{rng.choice(['目前，', '截至月底，', ''])}{noun}{rng.choice(said)}，{rng.choice(MEASURES)}。"


def ledger_of(rows: Sequence[Row], label: str = "2022-01-31") -> Ledger:
    day = date.fromisoformat(label)
    file = f"台账 {label}.xlsx"
    placed = (replace(row, place=Place(file, "台账", n)) for n, row in enumerate(rows, 3))
    return Ledger(file, Period(label, day, day, label), day, tuple(placed))


# ---------------------------------------------------------------------------------------------- the next period


@dataclass
class Draft:
    """A row of the next period while it is made, and the prior rows that it comes from."""

    row: Row
    of: tuple[int, ...] = ()
    part: bool = False


def step(prior: Ledger, rng: random.Random, *, ids: str = "", hard: bool = False) -> Step:
    """A next period. `ids`: `` none, `kept`, `lost` (for a third of the rows), `copied` (new rows bear another's)."""
    if ids:
        prior = replace(prior, rows=tuple(replace(r, id=f"2022-{n:03}") for n, r in enumerate(prior.rows, 1)))
    drafts = [Draft(_carried(row, rng, edited=rng.uniform(0.25, 0.5)), (n,)) for n, row in enumerate(prior.rows)]
    _rename_headings(drafts, rng)
    drafts = _dropped(drafts, rng)
    drafts = _merged(drafts, rng)
    drafts = _split(drafts, prior, rng)
    drafts = _added(drafts, prior, rng, copy_ids=ids == "copied")
    if rng.random() < 0.3:
        _swap_wording(drafts, prior, rng)
    if ids == "lost":
        for draft in rng.sample(drafts, len(drafts) // 3):
            draft.row = replace(draft.row, id="")
    closed = [d for d in drafts if d.row.done and rng.random() < 0.3]
    drafts = [d for d in drafts if d not in closed]
    if hard:
        rng.shuffle(drafts)
    if rng.random() < 0.5:
        for draft in closed:
            draft.row = replace(draft.row, section=())
    rows, gone = ([replace(d.row, no=str(n)) for n, d in enumerate(some, 1)] for some in (drafts, closed))
    current = ledger_of(rows, "2022-02-28")
    current = replace(
        current, closed=tuple(replace(r, place=Place(current.file, "销号", n)) for n, r in enumerate(gone, 2))
    )
    return Step(prior, current, truth_of(prior, [*drafts, *closed]), ids)


def truth_of(prior: Ledger, drafts: Sequence[Draft]) -> Truth:
    truth = Truth()
    for j, draft in enumerate(drafts):
        if not draft.of:
            truth.added.add(j)
        elif draft.part:
            truth.split.setdefault(draft.of[0], []).append(j)
        elif len(draft.of) > 1:
            truth.merged.update(dict.fromkeys(draft.of, j))
        else:
            truth.pairs[draft.of[0]] = j
    known = truth.pairs.keys() | truth.split.keys() | truth.merged.keys()
    truth.dropped = set(range(len(prior.rows))) - known
    return truth


def _carried(row: Row, rng: random.Random, edited: float) -> Row:
    """The row a period later."""
    cells = dict(row.cells)
    if rng.random() < 0.9:
        cells[PROGRESS] = progress(rng, row.text)
    done = row.done if rng.random() < 0.97 else not row.done
    done = done or rng.random() < 0.1
    words = rng.choice(EDITS)(row.text, rng) if rng.random() < edited else row.text
    if "名称" in cells and rng.random() < 0.05:
        cells["名称"] = str(cells["名称"]).removesuffix("项目")
    units = tuple(UNITS.get(u, u) if rng.random() < 0.25 else u for u in row.units)
    state = State.DONE if done else rng.choice([State.ON_TRACK, State.LAGGING])
    return replace(row, text=words, cells=cells, units=units, done=done, state=state)


def _rename_headings(drafts: list[Draft], rng: random.Random) -> None:
    """Now and then a heading reads otherwise, and the enumeration before the headings moves on."""
    headings = sorted({heading for draft in drafts for heading in draft.row.section})
    shorter = {h: h.replace("方面", "") for h in headings if rng.random() < 0.05}
    shorter |= {h: f"{_CHINESE[9]}、重点工作" for h in headings if h.startswith("一、") and rng.random() < 0.3}
    for draft in drafts:
        draft.row = replace(draft.row, section=tuple(shorter.get(h, h) for h in draft.row.section))


def _dropped(drafts: list[Draft], rng: random.Random) -> list[Draft]:
    """One row in eight is gone; what is done goes more often."""
    return [d for d in drafts if rng.random() > (0.3 if d.row.done else 0.08)]


def _merged(drafts: list[Draft], rng: random.Random) -> list[Draft]:
    """Up to two pairs of neighbours become one row each."""
    for _ in range(rng.randint(0, 2)):
        at = rng.randrange(len(drafts) - 1)
        one, two = drafts[at : at + 2]
        if len(one.of) == len(two.of) == 1 and one.row.section == two.row.section and one.row.done == two.row.done:
            words = one.row.text.rstrip("。") + rng.choice(["；", "，", "。"]) + two.row.text
            units = tuple(dict.fromkeys((*one.row.units, *two.row.units)))
            drafts[at : at + 2] = [Draft(replace(one.row, text=words, units=units), one.of + two.of)]
    return drafts


def _split(drafts: list[Draft], prior: Ledger, rng: random.Random) -> list[Draft]:
    """One to three rows become two: by their clauses, or by their units with the text repeated."""
    for draft in rng.sample(drafts, rng.randint(1, 3)):
        row, clauses = draft.row, re.split(r"(?<=[，；。])", prior.rows[draft.of[0]].text.strip())
        clauses = [c for c in clauses if len(c) > 6]
        if len(draft.of) != 1 or draft.part or (len(clauses) < 2 and len(row.units) < 2):
            continue
        if len(row.units) > 1 and rng.random() < 0.5:
            parts = [replace(row, units=row.units[:1]), replace(row, units=row.units[1:], id="")]
        elif len(clauses) > 1:
            cut = rng.randint(1, len(clauses) - 1)
            words = ["".join(clauses[:cut]), "".join(clauses[cut:])]
            words = [rng.choice(EDITS)(w, rng) if rng.random() < 0.2 else w for w in words]
            parts = [replace(row, text=words[0]), replace(row, text=words[1], id="")]
        else:
            continue
        at = drafts.index(draft)
        drafts[at : at + 1] = [Draft(part, draft.of, True) for part in parts]
    return drafts


def _added(drafts: list[Draft], prior: Ledger, rng: random.Random, *, copy_ids: bool) -> list[Draft]:
    """Three to eight new rows: fresh ones, siblings of rows that stay, and siblings in the place of rows that went."""
    alive = {n for d in drafts for n in d.of}
    went = [n for n in range(len(prior.rows)) if n not in alive]
    known = {(r.text, r.cells.get("名称")) for r in prior.rows}
    living = {d.row.id for d in drafts}
    for _ in range(rng.randint(3, 8)):
        kind = rng.random()
        model = rng.choice(went if went and kind < 0.4 else range(len(prior.rows)))
        row = prior.rows[model]
        words = sibling(rng, row.text) if kind < 0.75 else _task(rng, [], 2)
        cells = dict(row.cells)
        if "名称" in cells and rng.random() < 0.7:
            cells["名称"], words = sibling(rng, str(cells["名称"])), rng.choice([row.text, words])
        cells[PROGRESS] = progress(rng, words)
        if (words, cells.get("名称")) in known:
            continue
        copied = row.id if copy_ids and row.id in living else ""
        new = replace(row, text=words, cells=cells, id=copied, done=rng.random() < 0.1)
        at = next((k for k, d in enumerate(drafts) if d.of and d.of[0] >= model), len(drafts))
        drafts.insert(at if kind < 0.6 else rng.randint(0, len(drafts)), Draft(replace(new, state=_state(new.done))))
    return drafts


def _state(done: bool) -> State:
    return State.DONE if done else State.ON_TRACK


def _swap_wording(drafts: list[Draft], prior: Ledger, rng: random.Random) -> None:
    """The texts of two neighbours change places (a slip of pasting); all else stays where it was.

    Only of rows that can be told apart afterwards: with other units, and a text that no other row has.
    """
    count = Counter(row.text for row in prior.rows)
    single = [len(d.of) == 1 and not d.part and count[prior.rows[d.of[0]].text] == 1 for d in drafts]
    pairs = [
        (a, b)
        for (a, b), alone in zip(pairwise(drafts), pairwise(single), strict=True)
        if all(alone) and _full(a.row) != _full(b.row) and a.row.section == b.row.section
    ]
    if pairs:
        a, b = rng.choice(pairs)
        a.row, b.row = replace(a.row, text=b.row.text), replace(b.row, text=a.row.text)


def _full(row: Row) -> set[str]:
    """The units under their long names: rows of the same units cannot be told from rows that changed places."""
    long = {short: name for name, short in UNITS.items()}
    return {long.get(unit, unit) for unit in row.units}


# ---------------------------------------------------------------------------------------------- edits


def _punctuation(words: str, rng: random.Random) -> str:
    table = rng.choice(["，；", "。 ", "，,", "“「", "（(", "、，"])
    return words.replace(table[0], table[1].strip()) if table[0] in words else words + "。"


def _month(words: str, rng: random.Random) -> str:
    return re.sub(r"\d+(?=月)", lambda m: str(int(m[0]) % 12 + 1), words, count=1)


def _insert(words: str, rng: random.Random) -> str:
    at = rng.choice([0, *(m.end() for m in re.finditer(r"[，；]", words))])
    if rng.random() < 0.4:
        at = rng.randint(0, len(words))
    return words[:at] + rng.choice(INSERTED) + words[at:]


def _delete(words: str, rng: random.Random) -> str:
    found = [word for word in DELETED if word in words]
    return words.replace(rng.choice(found), "", 1) if found else words[:-1]


def _cut(words: str, rng: random.Random) -> str:
    clauses = re.split(r"(?<=[，；。])", words)
    if len(clauses) > 1:
        del clauses[rng.randint(1, len(clauses) - 1)]
    return "".join(clauses)


def _extend(words: str, rng: random.Random) -> str:
    return words.rstrip("。") + "，" + rng.choice(MEASURES) + "。"


def _reword(words: str, rng: random.Random) -> str:
    old, new = rng.choice(SYNONYMS)
    return words.replace(old, new)


def _typo(words: str, rng: random.Random) -> str:
    at = rng.randrange(len(words))
    return words[:at] + rng.choice("的在了里己以候象") + words[at + 1 :]


def _width(words: str, rng: random.Random) -> str:
    return words.translate({ord("0") + n: ord("０") + n for n in range(10)}).replace("，", "，\n", 1)


EDITS = (_punctuation, _punctuation, _width, _month, _insert, _insert, _delete, _delete, _cut, _extend, _reword, _typo)


# ---------------------------------------------------------------------------------------------- what a matcher makes of it


@dataclass
class Tally:
    """How a matching compares with the truth."""

    wrong: list[Pair] = field(default_factory=list)
    paired: int = 0
    true: int = 0
    questions: int = 0
    asked: int = 0
    unasked: list[tuple[Row, Row]] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Tally:
        self.wrong += other.wrong
        self.unasked += other.unasked
        self.paired, self.true = self.paired + other.paired, self.true + other.true
        self.questions, self.asked = self.questions + other.questions, self.asked + other.asked
        return self

    def __str__(self) -> str:
        shares = [f"{100 * n / max(1, self.true):5.1f} %" for n in (self.paired, self.asked, len(self.unasked))]
        return f"{self.true:6} true pairs: {shares[0]} automatic, {shares[1]} asked, {shares[2]} not; wrong: {len(self.wrong)}"


def examine(found: Matching, step: Step) -> Tally:
    """Counts what is right. What was split or merged may be paired with a part, or the row that it went into.

    `wrong` are pairs that nothing was said of; those that are told of are a person's to look at.
    """
    priors = {row.place: i for i, row in enumerate(step.prior.rows)}
    currents = {row.place: j for j, row in enumerate((*step.current.rows, *step.current.closed))}
    truth, tally = step.truth, Tally(true=len(step.truth.pairs), questions=len(found.questions))
    paired = set()
    for pair in found.pairs:
        i, j = priors[pair.prior.place], currents[pair.current.place]
        kept = pair.assumed or j in truth.split.get(i, ()) or truth.merged.get(i) == j
        if truth.pairs.get(i) == j:
            paired.add(i)
        elif not kept:
            tally.wrong.append(pair)
    options = {priors[q.row.place]: {currents[row.place] for row, _ in q.candidates} for q in found.questions}
    rows = (*step.current.rows, *step.current.closed)
    tally.paired = len(paired)
    left = truth.pairs.keys() - paired
    tally.unasked = [
        (step.prior.rows[i], rows[truth.pairs[i]]) for i in left if truth.pairs[i] not in options.get(i, ())
    ]
    tally.asked = len(left) - len(tally.unasked)
    return tally


def simulated(seed: int) -> Step:
    """The period of that number: the three ledgers in turn, mostly without 编号, every second one shuffled."""
    rng = random.Random(seed)
    ids = ("", "", "", "", "", "kept", "lost", "copied")[seed // 3 % 8]
    return step(MAKERS[seed % 3](rng), rng, ids=ids, hard=seed % 2 == 1)

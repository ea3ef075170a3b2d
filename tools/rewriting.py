"""Ledgers of two periods in which tasks are put otherwise, as clerks do it: what the speed of matching is measured on.

All of it is invented. A part of the tasks is rewritten: a word or two for others, a clause more, less or elsewhere, a
month later. All rows have another progress, some are finished, few come and go.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

Item = tuple[str, ...]


def _listed(words: str) -> list[str]:
    return words.split()


_FIRST, _SECOND = "桃柳临双新金古北松白石盐枫麻东西竹沙凤清", "源林河桥城山渡川岭塔井池溪营冈园洲鸣水湾"
_KINDS = ("镇", "乡", "街道", "村", "片区")
_THINGS = _listed(
    "养老服务中心 产业园 黑臭水体治理 垃圾中转站 冷链物流园 标准厂房 "
    "河道清淤 供热管网 停车场 粮库扩容 中心小学 灌区续建 "
    "图书馆 水源地保护 卫生院改造 公路安防工程 矿山修复 农贸市场 "
    "桥梁改造 加油站整治 燃气管网更新 文化广场 充电设施 雨污分流"
)
_PHASES = ("", "", "", "", "一期", "二期", "第一标段", "第二标段", "东区", "西区")
_VERBS = _listed("抓好 推进 加快推进 实施 完成 做好 启动 统筹推进")
_ACTS = _listed("建设 工作 前期手续 招商 征地拆迁 竣工验收 环境整治 资金筹措")
_CLAUSES = _listed(
    "倒排工期推进 落实配套资金 并做好群众工作 尽快完成前期手续 年底前投入使用 {m}月底前开工 研究提出方案后报批 "
    "按期开工建设 明确专人负责 建立周调度机制 完成投资{n}00万元 "
    "惠及群众{n}万人 严格资金管理 同步完善配套设施 做好土地报批 "
    "压实属地责任 开展联合执法 {m}月底前完成主体 "
    "争取上级专项资金{n}00万元 确保质量安全 健全长效管护机制 化解历史遗留问题 "
    "引入社会资本"
)
_OTHERWISE = _listed(
    "推进=实施 抓好=做好 加快=加紧 完成=办结 建设=新建 落实=保障 明确=确定 开展=组织 确保=保证 完善=健全 争取=申请 "
    "严格=加强 尽快=及早 研究提出=拟定 环境整治=环境治理 改造=提升改造"
)
_FRONT = _listed("加快 进一步 切实 全力 抓紧 持续 重点")
_BACK = _listed("，确保质量安全 ，加强调度 ，形成长效机制 ，按月报送进展 ，压茬推进 ，限期办结")
_SAID = _listed("正在有序推进 已完成前期准备 正在办理手续 已完成总量的{n}% 已召开专题会议研究 已进场施工 资金到位七成")
_UNITS = [f"县{name}局" for name in _listed("住建 教育 水利 财政 农业农村 商务 民政 交通运输 发展改革 应急 文旅 林业")]
_LEADERS = _listed("钱一鸣 孙若水 吴长庚 郑远山 冯小满 褚云舟")


def two_periods(count: int, reworded: int, seed: int = 1) -> tuple[list[Item], list[Item]]:
    """The items of two periods in nine columns: so many, of a hundred `reworded` with a task put otherwise."""
    rng = random.Random(seed)
    before = [_item(number, rng) for number in range(1, count + 1)]
    return before, list(_a_period_later(before, reworded, rng))


def _item(number: int, rng: random.Random) -> Item:
    place = rng.choice(_FIRST) + rng.choice(_SECOND) + rng.choice(_KINDS)
    thing = rng.choice(_THINGS) + rng.choice(_PHASES)
    clauses = [_numbered(clause, rng) for clause in rng.sample(_CLAUSES, rng.choice([1, 2, 2, 3]))]
    task = "，".join([rng.choice(_VERBS) + place + thing + rng.choice(_ACTS), *clauses]) + "。"
    unit, other = rng.sample(_UNITS, 2)
    when = rng.choice(["年底前", "长期", f"{rng.randint(3, 12)}月底前"])
    status = "完成" if rng.random() < 0.1 else ""
    return str(number), "", rng.choice(_LEADERS), unit, task, other, when, _progress(task, rng), status


def _a_period_later(before: Sequence[Item], reworded: int, rng: random.Random) -> Iterator[Item]:
    """One finished item in ten has left, one item in a hundred is new; the numbers are counted anew."""
    number = 0
    for item in before:
        if item[-1] and rng.random() < 0.1:
            continue
        number += 1
        task = _put_otherwise(item[4], rng) if rng.random() * 100 < reworded else item[4]
        status = item[-1] or ("完成" if rng.random() < 0.05 else "")
        yield str(number), *item[1:4], task, *item[5:7], _progress(task, rng), status
        if rng.random() < 0.01:
            number += 1
            yield _item(number, rng)


def _put_otherwise(task: str, rng: random.Random) -> str:
    """The same task as another hand writes it."""
    for _ in range(rng.choice([1, 2, 2, 3])):
        task = rng.choice((_worded, _worded, _clauses, _clauses, _framed))(task, rng)
    return task


def _worded(task: str, rng: random.Random) -> str:
    pairs = [pair.split("=") for pair in _OTHERWISE]
    held = [(a, b) for one, two in pairs for a, b in ((one, two), (two, one)) if a in task]
    return task.replace(*rng.choice(held), 1) if held else task


def _clauses(task: str, rng: random.Random) -> str:
    """One clause more, one less, or all in another order."""
    head, *rest = task.rstrip("。").split("，")
    kind = rng.randrange(3)
    if kind == 0:
        rest.append(_numbered(rng.choice(_CLAUSES), rng))
    elif kind == 1 and len(rest) > 1:
        rest.pop(rng.randrange(len(rest)))
    else:
        rng.shuffle(rest)
    return "，".join([head, *rest]) + "。"


def _framed(task: str, rng: random.Random) -> str:
    return rng.choice(_FRONT) + task if rng.random() < 0.5 else task.rstrip("。") + rng.choice(_BACK) + "。"


def _numbered(words: str, rng: random.Random) -> str:
    return words.format(m=rng.randint(3, 12), n=rng.randint(2, 60))


def _progress(task: str, rng: random.Random) -> str:
    noun = task.split("，", maxsplit=1)[0].rstrip("。")[-10:]
    said = _numbered(rng.choice(_SAID), rng)
    return f"{rng.choice(['目前，', '截至月底，', ''])}{noun}{said}，{rng.choice(_CLAUSES[:5])}。"

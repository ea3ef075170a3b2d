"""Ledgers in which only a share says how items stand: what is behind is told by a note, or by the share planned."""

from __future__ import annotations

from tests.support.first_days import Layout

SHARES: dict[str, Layout] = {}

_FIGURES = {"total": 5, "completed": 2, "newly_completed": 1, "lagging": 1, "on_track": 2}


def _table(shares: tuple[str, ...], head: str, above: str, below: str) -> str:
    tasks = ("新建停车位3000个", "改造供热管网96公里", "加装电梯200部", "更新候车亭150座", "建设口袋公园20个")
    texts = ("资料归档", "正在办理用地手续", "桩基施工", "正在招标", "正在选址")
    lines = [
        "| 云溪县2025年民生实事进展表 |",
        *filter(None, [above]),
        f"| 序号 | 实事项目 | 责任单位 | 进展 | {head} |",
    ]
    lines += [
        f"| {n} | {task} | 县住建局 | {text} | {share} |"
        for n, (task, text, share) in enumerate(zip(tasks, texts, shares, strict=True), 1)
    ]
    return "\n".join([*lines, *filter(None, [below])])


def _two(
    may: tuple[str, ...], june: tuple[str, ...], head: str = "完成率", *, above: str = "", below: str = ""
) -> dict[str, dict[str, str]]:
    return {
        "民生实事2025年5月.xlsx": {"a": _table(may, head, above.format("5月", "41.7"), below.format("5月", "41.7"))},
        "民生实事2025年6月.xlsx": {"a": _table(june, head, above.format("6月", "50"), below.format("6月", "50"))},
    }


_MAY, _JUNE = ("100%", "42%", "60%", "45%", "90%"), ("100%", "55%", "70%", "45%", "100%")
SHARES["低于时序进度的为滞后，没有写是多少"] = Layout(
    _two(_MAY, _JUNE, below="| 注：低于时序进度的为滞后。 |"), _FIGURES
)
SHARES["写明序时进度是多少"] = Layout(
    _two(
        ("100%", "42%", "60%", "45%", "90%"),
        ("100%", "55%", "70%", "45%", "100%"),
        below="| 说明：{}底序时进度为{}%，未达到序时进度的项目视为滞后，完成率100%为完成 |",
    ),
    _FIGURES,
)
SHARES["规则在标题下面，落后于序时"] = Layout(
    _two(_MAY, _JUNE, "进度", above="| 截至2025年{}底，序时进度{}%（落后于序时进度的为滞后） |"), _FIGURES
)
SHARES["滞后指完成率低于序时进度"] = Layout(_two(_MAY, _JUNE, below="| 备注：“滞后”指完成率低于序时进度。 |"), _FIGURES)
SHARES["低于序时十个百分点以上才滞后"] = Layout(
    _two(_MAY, ("100%", "45%", "70%", "35%", "100%"), below="| 注：低于序时进度10个百分点以上的为滞后。 |"), _FIGURES
)
SHARES["两道线，滞后和预警"] = Layout(
    _two(
        _MAY,
        ("100%", "55%", "70%", "35%", "100%"),
        below="| 注：完成率40%以下为滞后，40%至60%为预警，60%以上为正常。 |",
    ),
    {**_FIGURES, "at_risk": 1, "on_track": 1},
)
SHARES["不足六成的滞后"] = Layout(
    _two(_MAY, ("100%", "61%", "70%", "59%", "100%"), "完成比例", below="| 完成比例不足60%的列为滞后 |"), _FIGURES
)
SHARES["比例是0到1的数"] = Layout(
    _two(
        ("#1", "#0.42", "#0.6", "#0.45", "#0.9"),
        ("#1", "#0.55", "#0.7", "#0.45", "#1"),
        below="| 注：低于序时进度的为滞后。 |",
    ),
    _FIGURES,
)
SHARES["比例前后写着字"] = Layout(
    _two(_MAY, ("已完成", "完成55%", "约70%", "45%（受雨水影响）", "100%"), below="| 注：低于序时进度的为滞后。 |"),
    _FIGURES,
)
SHARES["几分之几"] = Layout(
    _two(
        ("8/8", "5/12", "6/10", "9/20", "18/20"),
        ("8/8", "7/12", "7/10", "9/20", "20/20"),
        "完成情况（完成数/任务数）",
        below="| 注：低于序时进度的为滞后。 |",
    ),
    _FIGURES,
)
SHARES["旁边一栏是序时进度"] = Layout(
    _two(
        ("42% | 100%", "42% | 42%", "42% | 60%", "42% | 45%", "42% | 90%"),
        ("50% | 100%", "50% | 55%", "50% | 70%", "50% | 45%", "50% | 100%"),
        "序时进度 | 完成率",
    ),
    _FIGURES,
)
SHARES["各项的计划进度不同"] = Layout(
    _two(
        ("30% | 100%", "42% | 42%", "42% | 60%", "42% | 45%", "42% | 90%"),
        ("50% | 100%", "50% | 55%", "60% | 70%", "50% | 45%", "80% | 100%"),
        "计划进度 | 实际进度",
    ),
    _FIGURES,
)

"""Growth against the figures of both periods, where the text itself prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tongbao.model import Level
from tongbao.proof.claims.partition import Item, all_items, shown
from tongbao.proof.text.sentences import Reading, Sentence
from tongbao.proof.verdicts import Statement
from tongbao.words.numbers import Quantity, Share

CODE = "growth"
HUNDRED = Decimal(100)

# The words of growth that public circulars use; 多 and 少 stand in 比上年多12件. A word that is missing here leaves
# the sentence unjudged.
_UP, _DOWN = "增长|增加|上升|提高|提升|上涨|多", "下降|减少|降低|下滑|回落|少"
_MOVE = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
# The words right before the figure of the period before (上年同期为10.5亿元). Where others stand between them, as in
# 上年同期全市240件, it is another figure.
_PRIOR = re.compile(r"(?:上年|去年|上月|上季度?|上期|上周|同期)(?:同期|同月|末)?(?:的)?(?:为|是|完成)?$")
_COMPARED = re.compile(r"同比|环比|较|比")
# Growth by another basis need not follow from the printed figures: 扣除价格因素实际增长15% beside 12 and 10亿元 is
# right. The whole sentence is left alone, so an error beside such a word is missed.
_OTHER_BASIS = re.compile(r"可比|同口径|名义|实际增长|不变价|剔除|扣除|年均|平均|净")


@dataclass(frozen=True, slots=True)
class Prior:
    """The figure of the period before, printed or worked out from the change; `said` is how a reason names it."""

    value: Decimal
    ulp: Decimal
    said: str


def growth(reading: Reading) -> Iterator[Statement]:
    """`A件，比上年同期B件下降x%`, `比上年增加D件，增长x%`, `由A增加到B，增长x%`, `由85%提高到94%，提高9个百分点`."""
    for paragraph in reading.sentences:
        for sentence in paragraph:
            if not _OTHER_BASIS.search(sentence.text):
                yield from _of_quantities(sentence)
                yield from _of_points(sentence)


def _of_quantities(sentence: Sentence) -> Iterator[Statement]:
    items = all_items(sentence)
    for segment in sentence.segments:
        for share in segment.shares:
            move = _last_move(segment.before(share))
            if share.rough or move is None:
                continue
            near = [i for i in items if i.quantity.end <= share.start and i.segment.group == segment.group]
            periods = _both_periods(near[-2:], sentence, share)
            if periods:
                yield _judge(share, move, *periods, sentence)


def _last_move(text: str) -> str | None:
    """up or down, if the text in front of a number ends with a word of growth."""
    found = list(_MOVE.finditer(text))
    # Two characters: 增长了, 下降为. In 较上月下降明显的占20% the number is not that of the word.
    if not found or len(text) - found[-1].end() > 2:
        return None
    return "up" if found[-1]["up"] else "down"


def _both_periods(near: list[Item], sentence: Sentence, share: Share) -> tuple[Prior, Quantity] | None:
    """(before, now) where two quantities of one unit are said to be both periods', or the change and now."""
    if len(near) != 2 or near[0].quantity.unit != near[1].quantity.unit or any(i.quantity.rough for i in near):
        return None
    first, second = near
    # Twelve characters take 上年同期为10.5亿元，同比增长; two miss ten wrong numbers of pairs.txt. Where a clause
    # stands between (其中工业投资占比进一步提高，增长25%) the growth is of something else. Set by feel on the other
    # side.
    gap = sentence.flat[second.quantity.end - sentence.start : share.start - sentence.start]
    if len(gap) > 12:
        return None
    if _PRIOR.search(second.lead) and not _MOVE.search(second.lead):
        return _printed(second.quantity), first.quantity
    if re.search(r"[由从]$|[由从](?:上年|去年|上月|上期)?(?:同期)?(?:的)?$", first.lead) and re.search(
        "[到至为]$", second.lead
    ):
        return _printed(first.quantity), second.quantity
    return _from_change(first.quantity, second)


def _printed(before: Quantity) -> Prior:
    return Prior(before.value, before.ulp, f"上期 {before.text}")


def _from_change(now: Quantity, change: Item) -> tuple[Prior, Quantity] | None:
    """`完成A亿元，较上年同期增加D亿元，增长x%`: the figure before is A less D."""
    move = _last_move(change.lead)
    if move is None or not _COMPARED.search(change.lead):
        return None
    value = now.value - change.quantity.value if move == "up" else now.value + change.quantity.value
    if value <= 0:
        return None
    said = f"上期（由增减推得）{shown(value, now)}"
    return Prior(value, now.ulp + change.quantity.ulp, said), now


def _judge(share: Share, move: str, before: Prior, now: Quantity, sentence: Sentence) -> Statement:
    sign = 1 if move == "up" else -1
    lows, highs = _bounds(before, now)
    printed = share.value * sign
    fits = lows - share.ulp < printed < highs + share.ulp
    span = (sentence.start, sentence.end)
    judged = ((share.start, share.end), (now.start, now.end))
    if fits:
        return Statement(CODE, sentence.paragraph, *span, judged=judged)
    real = (now.value - before.value) / before.value * HUNDRED
    word = "增长" if real >= 0 else "下降"
    right = f"{word} {abs(real).quantize(min(share.ulp, Decimal(1)), rounding='ROUND_HALF_UP'):f}%"
    says = f"印的是“{'增长' if sign > 0 else '下降'} {share.text}”，按两期数字算是{right}"
    why = f"本期 {now.text}、{before.said}，算得{right}。"
    return Statement(CODE, sentence.paragraph, *span, Level.WARNING, says, why, "请核对两期数字和增减幅度。", judged)


def _bounds(before: Prior, now: Quantity) -> tuple[Decimal, Decimal]:
    """The least and the most growth in percent, each figure taken within its own rounding."""
    floor = max(before.value - before.ulp / 2, Decimal("1e-9"))
    low = (now.value - now.ulp / 2) / (before.value + before.ulp / 2)
    high = (now.value + now.ulp / 2) / floor
    return (low - 1) * HUNDRED, (high - 1) * HUNDRED


# 由 or 从 and a few words before the first rate (由上年的85%提高到94%). A longer phrase may hold another rate; set by
# feel.
_FROM_TO = re.compile(r"[由从][^，；\d]{0,8}$")


def _of_points(sentence: Sentence) -> Iterator[Statement]:
    """`由85%提高到94%，提高9个百分点`."""
    shares = [(s, n) for s in sentence.segments for n in s.numbers if isinstance(n, Share)]
    for (seg, first), (_, second), (last, points) in zip(shares, shares[1:], shares[2:], strict=False):
        between = sentence.flat[first.end - sentence.start : second.start - sentence.start]
        move = _last_move(last.before(points))
        plain = points.points and not first.points and not second.points and not (first.rough or second.rough)
        if not (plain and move and _FROM_TO.search(seg.before(first)) and re.search("[到至]$", between)):
            continue
        real = second.value - first.value
        slack = max(first.ulp, second.ulp)
        judged = ((points.start, points.end), (first.start, first.end), (second.start, second.end))
        if abs(abs(real) - points.value) <= slack / 2 and (real >= 0) == (move == "up"):
            yield Statement(CODE, sentence.paragraph, seg.start, last.end, judged=judged)
            continue
        says = f"由 {first.text} 到 {second.text} 相差 {abs(real)} 个百分点，印的是 {points.text}"
        why = f"{second.text}－{first.text}＝{real} 个百分点。"
        yield Statement(
            CODE, sentence.paragraph, seg.start, last.end, Level.ERROR, says, why, "请核对起止数和差值。", judged
        )

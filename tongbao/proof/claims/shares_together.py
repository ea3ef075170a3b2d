"""Shares against each other: those of classes that make a whole, and the rate of a whole between those of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from tongbao.model import Level
from tongbao.proof.claims.classes import closed_by_counts
from tongbao.proof.claims.shares import HUNDRED, says_of
from tongbao.proof.text.sentences import Reading, Segment, Sentence
from tongbao.proof.verdicts import Statement
from tongbao.words.numbers import Share

WHOLE, RANGE = "share-whole", "rate-range"

# ---------------------------------------------------------------------------------------------- classes of a whole

# Words for classes that exclude each other; 参与代表占62.5%，参与委员占67.5% are shares of two wholes. A class with
# another name leaves the sentence unjudged.
_CLASSES = re.compile(
    r"优秀|良好|一般|合格|较差|满意|积极|正常|滞后|已完成|正在|推进|未启动|未开工|[ABCD]类|其余|其他|剩余|缓慢|办结"
)


def whole_shares(reading: Reading) -> Iterator[Statement]:
    """Shares that cannot be parts of one whole: classes that exclude each other and make more than 100 %."""
    for paragraph in reading.sentences:
        for sentence in paragraph:
            found = [(s, n) for s in sentence.segments for n in s.shares if not n.rough]
            classes = [(s, n) for s, n in found if says_of(s, n) and _CLASSES.search(s.before(n))]
            if len(classes) >= 2 and len(classes) == len(found) and not _printed_any(sentence):
                yield from _together(classes, sentence)


def _printed_any(sentence: Sentence) -> bool:
    """Does the sentence print counts too? Then each share is judged by itself."""
    return any(s.quantities for s in sentence.segments)


def _together(classes: list[tuple[Segment, Share]], sentence: Sentence) -> Iterator[Statement]:
    # Each share may be off by half its last digit: 33.4, 33.4 and 33.3 make 100.1 and are right.
    total = sum((n.value for _, n in classes), Decimal(0))
    slack = sum((n.ulp for _, n in classes), Decimal(0)) / 2
    closed = re.match("其余|其他|剩余", classes[-1][0].text) is not None
    judged = tuple((n.start, n.end) for _, n in classes)
    span = (classes[0][0].start, classes[-1][0].end)
    if total > HUNDRED + slack or (closed and abs(total - HUNDRED) > slack):
        said = "＋".join(n.text for _, n in classes)
        says = f"各部分占比相加是 {total}%，不是 100%"
        fix = "请核对各部分的占比。"
        yield Statement(WHOLE, sentence.paragraph, *span, Level.ERROR, says, f"{said}＝{total}%。", fix, judged)
    elif abs(total - HUNDRED) <= slack:
        yield Statement(WHOLE, sentence.paragraph, *span, judged=judged)


# ---------------------------------------------------------------------------------------------- a rate of the whole


def rate_ranges(reading: Reading) -> Iterator[Statement]:
    """A rate of the whole that is higher or lower than those of all its parts, where the parts' counts add up to it."""
    for paragraph in reading.sentences:
        for previous, sentence in pairwise(paragraph):
            if not sentence.text.startswith("其中"):
                continue
            for segment in previous.segments:
                for share in segment.shares:
                    yield from _range(share, _rate_name(segment, share), previous, sentence)


def _rate_name(segment: Segment, share: Share) -> str:
    """The last four characters before a share, without 为 and 达: 开工率, 目标任务的."""
    # Rates are compared where their last three characters agree, as in 开工率. The cost: 项目开工率 and 企业开工率 are
    # taken for one rate, and a rate of two characters (…的 before it) for none.
    return re.sub("(?:为|达|达到|是)$", "", segment.before(share))[-4:]


def _range(share: Share, name: str, previous: Sentence, sentence: Sentence) -> Iterator[Statement]:
    """One rate of the whole against the rates of the same name in every group."""
    groups: dict[int, list[Share]] = {}
    for segment in sentence.segments:
        same = [n for n in segment.shares if len(name) >= 3 and _rate_name(segment, n).endswith(name[-3:])]
        groups.setdefault(segment.group, []).extend(same)
    rates = [g[0] for g in groups.values() if len(g) == 1]
    if len(rates) < 2 or len(rates) != len(groups) or not closed_by_counts(previous, sentence):
        return
    low, high = min(r.value for r in rates), max(r.value for r in rates)
    judged = ((share.start, share.end),)
    if low <= share.value <= high:
        yield Statement(RANGE, sentence.paragraph, share.start, share.end, judged=judged)
        return
    says = f"总的{name}是 {share.text}，各部分在 {low}% 到 {high}% 之间"
    why = "总的比率不会高于最高的一部分，也不会低于最低的一部分。"
    yield Statement(
        RANGE,
        sentence.paragraph,
        share.start,
        share.end,
        Level.ERROR,
        says,
        why,
        "请核对总的比率和各部分的比率。",
        judged,
    )

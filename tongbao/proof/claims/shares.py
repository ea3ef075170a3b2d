"""Shares and rates against the numbers they come from.

A share is judged wrong only where its base is certain: printed beside it (占年度计划30.83亿元的77.91%), named by the
same words (年度计划投资 … 占年度计划), confirmed by its siblings (the other classes follow from the same base), or the
only whole of the sentence. The paper may round half up or cut off; a share that was cut off is told apart from wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from itertools import combinations

from tongbao.model import Level
from tongbao.proof.claims.partition import Item, all_items, shown
from tongbao.proof.text.sentences import Reading, Segment, Sentence
from tongbao.proof.verdicts import Statement
from tongbao.words.numbers import Quantity, Share

CODE, CUT = "share", "share-cut"
HUNDRED = Decimal(100)


class Fit(IntEnum):
    """How a printed share agrees with the computed one: not, but for its last digit, if cut off, if rounded half up."""

    NO = 0
    LAST_DIGIT = 1
    CUT = 2
    EXACT = 3


def fit(share: Share, part: Quantity, base: Quantity) -> Fit:
    """How the share follows from part and base, each taken within its own rounding; NO where the base is zero."""
    if not base.value or (part.unit != base.unit and bool(part.ulp) != bool(base.ulp)):
        return Fit.NO
    low = (part.value - part.ulp / 2) / (base.value + base.ulp / 2) * HUNDRED
    high = (part.value + part.ulp / 2) / max(base.value - base.ulp / 2, Decimal("1e-9")) * HUNDRED
    printed, ulp = share.value, share.ulp
    if low <= printed + ulp / 2 and high >= printed - ulp / 2:
        return Fit.EXACT
    if low < printed + ulp and high >= printed:
        return Fit.CUT
    return Fit.LAST_DIGIT if low < printed + ulp and high > printed - ulp else Fit.NO


# ---------------------------------------------------------------------------------------------- what a share is of


@dataclass(frozen=True, slots=True)
class Claim:
    """A share, the words before it, and the quantity it is said of (the last one before those words)."""

    share: Share
    words: str
    part: Item
    segment: Segment
    sentence: Sentence


# What makes a number a share: 占… before it, 完成 with 计划, 任务 or 目标 behind it, or a word of two characters with
# 率 (办结率). Without …率 13 wrong numbers of pairs.txt are missed. A rate with a longer name (一次性办成率) is not
# judged.
_OF = re.compile(
    r"(?:占|完成(?=[^，]*(?:计划|任务|目标)))(?P<base>[^，]*?)(?:的)?(?:比(?:例|重)?)?(?:为|达|达到|是)?(?:（■*）)?$"
)
_RATE = re.compile(r"^(?:总|总体|综合|项目)?(?P<verb>[\u4e00-\u9fff]{2})率(?:为|达|达到|是|仅|只有|仅为)?$")
# The number is a growth or a distance, not a share: 占比提高60%, 完成率低于80%.
_NO_SHARE = re.compile(r"增长|增速|下降|上升|提高|降低|增加|减少|同比|环比|增幅|降幅|低于|高于|超过|不足")


def claims(sentence: Sentence) -> Iterator[Claim]:
    """The shares of a sentence that say 占…% or …率…%, with the quantity they are said of."""
    items = all_items(sentence)
    for segment in sentence.segments:
        for share in segment.shares:
            words = _words(segment, share)
            before = [i for i in items if i.quantity.end <= share.start - len(words)]
            speaks = (_OF.search(words) or _RATE.search(words)) and not _NO_SHARE.search(words)
            if before and speaks and not share.rough:
                near = before[-1].segment is segment or _follows(before[-1].segment, segment, sentence)
                if near and not before[-1].quantity.rough:
                    yield Claim(share, words, before[-1], segment, sentence)


def says_of(segment: Segment, share: Share) -> bool:
    """Does the text before the share say what it is of (占…, 完成计划的…)?"""
    return _OF.search(_words(segment, share)) is not None


def _words(segment: Segment, share: Share) -> str:
    """The text before the share: from 占 on where the segment has one, else from the number before it."""
    text = segment.before(share)
    at = text.rfind("占")
    if at >= 0:
        return text[at:]
    ends = [n.end for n in segment.numbers if n.end <= share.start]
    return text[ends[-1] - segment.start :] if ends else text


def _follows(first: Segment, second: Segment, sentence: Sentence) -> bool:
    """Does the second segment come right after the first, with no ； between them?"""
    segments = sentence.segments
    return segments.index(second) - segments.index(first) == 1 and first.group == second.group


# ---------------------------------------------------------------------------------------------- the check


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, its base, and how they agree. `balanced`: the shares of its family make exactly 100 %."""

    claim: Claim
    base: Quantity
    balanced: bool = False

    @property
    def how(self) -> Fit:
        """How the share agrees; the last digit may be bent where the family makes exactly 100 %."""
        found = fit(self.claim.share, self.claim.part.quantity, self.base)
        return Fit.EXACT if self.balanced and found in {Fit.CUT, Fit.LAST_DIGIT} else found

    @property
    def rounded_up(self) -> bool:
        """Does the share show that this paper rounds half up (cut off it would read differently)?"""
        exact = self.claim.part.quantity.value / self.base.value * HUNDRED
        return self.how is Fit.EXACT and not self.balanced and self.claim.share.value > exact


def shares(reading: Reading) -> Iterator[Statement]:
    """Every share and rate whose base is certain. A paper that cuts off all its shares is left to its habit."""
    judged: list[Judged] = []
    # A whole may stand up to three paragraphs above its classes (a line of introduction, a heading). Further up is a
    # quantity of something else; set by feel. The cost: classes four paragraphs below their whole are not judged.
    for p, paragraph in enumerate(reading.sentences):
        above = [i for before in reading.sentences[max(0, p - 3) : p] for s in before for i in all_items(s)]
        judged += _of_paragraph(paragraph, above)
    cut = [j for j in judged if j.how is Fit.CUT]
    # One share that was cut off may be a slip, two without one that was rounded up are a habit, which no rule forbids.
    habit = len(cut) >= 2 and not any(j.rounded_up for j in judged)
    yield from (_statement(j, habit=habit) for j in judged)


def _of_paragraph(paragraph: Sequence[Sentence], above: list[Item]) -> Iterator[Judged]:
    """The shares of a paragraph; `above` are the quantities of those before it, which siblings may be shares of."""
    seen: list[Item] = []
    for sentence in paragraph:
        seen = seen + all_items(sentence)
        printed = {c: base for c in claims(sentence) if (base := _printed_base(c))}
        yield from (Judged(c, base) for c, base in printed.items())
        yield from _families([c for c in claims(sentence) if c not in printed], seen, above)


def _printed_base(claim: Claim) -> Quantity | None:
    """The base that stands between 占 and the share, in running text or in a bracket."""
    start, sentence = claim.share.start - len(claim.words), claim.sentence
    text = sentence.text[start - sentence.start : claim.share.start - sentence.start]
    if not text.startswith("占"):
        return None
    piece = Sentence(text.replace("（", "，").replace("）", "，"), start, sentence.paragraph)
    found = [i.quantity for i in all_items(piece) if i.quantity.unit == claim.part.quantity.unit]
    return found[0] if len(found) == 1 and not found[0].rough else None


def _families(found: list[Claim], context: list[Item], above: list[Item]) -> Iterator[Judged]:
    """The implicit shares: those that say 占 of the same thing are a family with one base; a …率 stands alone."""
    of = [c for c in found if not _RATE.search(c.words)]
    phrases = {_base_phrase(c) for c in of} - {""}
    families: dict[tuple[str, str], list[Claim]] = {}
    for claim in of:
        phrase = _base_phrase(claim) if len(phrases) > 1 else ""
        families.setdefault((claim.part.quantity.unit, phrase), []).append(claim)
    for members in families.values():
        yield from _shares_of(members, context, above)
    for claim in found:
        rate = _RATE.search(claim.words)
        if rate:
            yield from _rate(claim, rate["verb"], context)


def _base_phrase(claim: Claim) -> str:
    """What the share is said to be of (占总任务的 → 总任务), empty for a bare 占 or 占比."""
    match = _OF.search(claim.words)
    return re.sub("的$|^比.*|总数$|数$", "", match["base"]) if match else ""


def _shares_of(members: list[Claim], context: list[Item], above: list[Item]) -> Iterator[Judged]:
    """占…: the base is the one that explains most siblings; without siblings, one named alike or the only one."""
    base = _common_base(members, above + context)
    balanced = sum(c.share.value for c in members) == HUNDRED
    for claim in members:
        own = base or (_certain_base(claim, context) if len(members) == 1 else None)
        if own is None:
            continue
        judged = Judged(claim, own, balanced)
        others = [b for b in _bases(members, context) if b.unit in {claim.part.quantity.unit, own.unit}]
        if judged.how >= Fit.CUT or not any(fit(claim.share, claim.part.quantity, b) >= Fit.CUT for b in others):
            yield judged


def _common_base(members: list[Claim], context: list[Item]) -> Quantity | None:
    """The whole that the parts add up to; else the base from which most siblings follow; None where there is none."""
    closed = [i.quantity for i in context if _adds(i.quantity, members)]
    if closed:
        return closed[-1]
    explained = {
        base: [c for c in members if fit(c.share, c.part.quantity, base) >= Fit.CUT]
        for base in _bases(members, context)
    }
    best = max(explained, key=lambda b: len(explained[b]), default=None)
    if best is None:
        return None
    many = len(explained[best])
    # Counts: two siblings, and half of all, for a count that explains two shares by chance is rare. Amounts fit any
    # share more easily, so three of them, and all but one. 甲类30件，占50%；乙类12件，占22%；丙类9件，占18% of 60 has
    # one that fits and is left alone. The cost: two classes, one of them wrong, are not judged.
    enough = (many >= 3 and many >= len(members) - 1) if best.ulp else (many >= 2 and 2 * many >= len(members))
    return best if enough else None


def _adds(whole: Quantity, members: list[Claim]) -> bool:
    """Do the parts of two or more shares make up this count exactly?"""
    total = sum((c.part.quantity.value for c in members), Decimal(0))
    return len(members) >= 2 and not whole.ulp and not whole.rough and whole.value == total


def _bases(members: Sequence[Claim], context: Iterable[Item]) -> list[Quantity]:
    """What the shares may be of: any earlier quantity not smaller than the part, the sum of the parts included."""
    first = members[0].part.quantity
    parts = [c.part.quantity for c in members]
    found = [
        i.quantity
        for i in context
        if not i.quantity.rough
        and bool(i.quantity.ulp) == bool(first.ulp)
        and (not first.ulp or i.quantity.unit == first.unit)
        and i.quantity.value
    ]
    if len(parts) >= 2:
        whole = sum((p.value for p in parts), Decimal(0))
        text = f"各部分之和{shown(whole, first)}"
        found.append(Quantity(whole, first.unit, first.ulp * len(parts), -1, -1, text))
    return list(dict.fromkeys(found))


# The words by which a share and its base are known to be of one plan, and those after which a share is of the only
# whole of its sentence (占比, 占总数): 占贫困村的60% is of another one.
_PLAN = re.compile("计划|目标|任务")
_TOTAL = re.compile(r"占(?:比|总|全部|其|应|任务总数|总数|承办总数|$)")


def _certain_base(claim: Claim, context: list[Item]) -> Quantity | None:
    """The base of a share without siblings: named by the same words, or the only whole of its sentence."""
    part = claim.part.quantity
    before = [i for i in context if i.quantity.end <= part.start and i.quantity.unit == part.unit]
    if part.ulp:
        named = [i for i in before if _PLAN.search(i.lead) and re.search("年度|全年|今年", i.lead)]
        alike = re.search("年度|全年", claim.words) and _PLAN.search(claim.words)
        here = [i for i in named if claim.sentence.start <= i.quantity.start]
        return here[0].quantity if alike and len(here) == 1 and len(named) == 1 else None
    here = [i for i in before if i.quantity.start >= claim.sentence.start]
    same_group = here and here[-1].segment.group == claim.part.segment.group
    only = len(here) == 1 and same_group and _TOTAL.match(claim.words) and here[0].quantity.value >= part.value
    return here[0].quantity if only and len(before) == 1 else None


def _rate(claim: Claim, verb: str, context: list[Item]) -> Iterator[Judged]:
    """A …率 is judged: right where two quantities give it, wrong only where whole and part are plain."""
    before = [i for i in context if i.quantity.end <= claim.share.start and not i.quantity.rough]
    here = [i for i in before if i.segment.group == claim.segment.group and i.quantity.start >= claim.sentence.start]
    here = [i for i in here if i.quantity.unit == claim.part.quantity.unit]
    if len(here) != 2 or here[0].quantity.ulp or here[0].quantity.value < here[1].quantity.value:
        return
    # Plain is: the part is said to be done (整改285个, not 未整改15个), and the whole is not, unless it was due
    # (应改造300户): 改造危房300户，改造285户，改造率93% may name two works. The cost: rates of other wording are not
    # judged.
    due = verb not in here[0].lead or re.search(f"[应需]{verb}", here[0].lead) is not None
    done = re.search(rf"(?<![未不]){verb}", here[1].said) is not None and due
    target = verb == "完成" and "已" in here[1].lead and re.search("目标|任务|计划", here[0].lead) is not None
    own = fit(claim.share, here[1].quantity, here[0].quantity)
    if own >= Fit.CUT or ((done or target) and not any(f >= Fit.CUT for f in _pair_fits(claim.share, before))):
        yield Judged(claim, here[0].quantity)


def _pair_fits(share: Share, items: list[Item]) -> Iterator[Fit]:
    """How the share agrees with each pair of quantities, with a difference (未完成3项 of 60), and with sums of two."""
    # The last twelve: combinations grow with the third power, and a base stands near. Set by feel.
    recent = [i.quantity for i in items[-12:]]
    for part, base in combinations(recent, 2):
        for a, b in ((part, base), (base, part)):
            if a.unit == b.unit:
                yield fit(share, a, b)
                yield fit(share, Quantity(b.value - a.value, a.unit, a.ulp, -1, -1, ""), b)
    for first, second, base in combinations(recent, 3):
        for a, b, c in ((first, second, base), (second, base, first), (first, base, second)):
            if a.unit == b.unit == c.unit:
                yield fit(share, Quantity(a.value + b.value, a.unit, a.ulp + b.ulp, -1, -1, ""), c)


# ---------------------------------------------------------------------------------------------- statements


def _statement(judged: Judged, *, habit: bool) -> Statement:
    """Holds, cut off, or wrong, with the arithmetic in words."""
    claim, base, how = judged.claim, judged.base, judged.how
    share, part = claim.share, claim.part.quantity
    start = max(claim.part.segment.start, claim.sentence.start)
    spans = ((share.start, share.end), (part.start, part.end))
    place = (claim.sentence.paragraph, start, claim.segment.end)
    if how is Fit.EXACT or (how is Fit.CUT and habit):
        return Statement(CODE, *place, judged=spans)
    exact = part.value / base.value * HUNDRED
    # Shown to the last digit that was printed, whole percents at least.
    right = exact.quantize(min(share.ulp, Decimal(1)), rounding="ROUND_HALF_UP")
    why = f"{part.text}÷{base.text}{'＝' if exact == right else '≈'}{right:f}%，与 {share.text} 不符。"
    if how is Fit.CUT:
        says = f"{share.text} 是截去尾数得到的，不是四舍五入（{right:f}%）"
        fix = "全文如都四舍五入，请改这一处；如一律截尾，可不改。"
        return Statement(CUT, *place, Level.NOTE, says, "末位应进一。", fix, spans)
    level = Level.WARNING if how is Fit.LAST_DIGIT and share.decimals else Level.ERROR
    says = f"占比印的是 {share.text}，算出来是 {right:f}%"
    return Statement(CODE, *place, level, says, why, f"请改为 {right:f}%，或核对两个数字。", spans)

"""What each word of state is counted as: by the notes of the ledger, the kind, its sisters, its parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from tongbao.config.kind_words import label_for
from tongbao.config.kinds import Kind, Label
from tongbao.config.vocabulary import Proposal
from tongbao.ledger.labels import Labels
from tongbao.model import State
from tongbao.rounds.first_day.answers import Answers
from tongbao.rounds.first_day.legends import colour_called, legend_in, meanings_in
from tongbao.rounds.first_day.sources import Source, Where, Word
from tongbao.rounds.first_day.survey import TableSeen, legend_texts
from tongbao.rounds.first_day.ticked import answer_label
from tongbao.words.text import key

# the share of texts with such a head that makes it a habit (set by feel)
# Targets of a part of the year: reached, they are no end of the item.
_PART_OF_YEAR = re.compile(r"(?:上|下)?半年|季度|月度|[一二三四]季|当期|本期|阶段|节点")
_YEAR = re.compile(r"全年|年度")
_TARGET = re.compile(r"目标|任务|计划|指标|进度")
# What a word or a note asks for that finds an item slow: 需加快, 需提速推进.
_HASTEN = re.compile(r"^(?:还|亟|仍)?[需应须]?要?(?:进一步|抓紧)?(?:加快|提速|加力|加大力度)")
# 低于序时进度10个百分点以内, 滞后0-10%: a delay within bounds. What is past its deadline is late by any number of days.
_BOUNDED = re.compile(
    r"^(?!.*(?:逾期|超期|超时|过期|到期|时限|期限)).*"
    r"(?:\d+(?:%|个?百分点|个?点|天|日|个月)?(?:及|\(含\)|（含）)?(?:以内|之内|以下|内$)|(?:不足|不超过|未超过|不到|小于|少于)\d"
    r"|\d+(?:%|个?百分点)?[-—~～至到]\d+)"
)
# 存在滞后风险, 可能逾期: what a legend fears has not come yet.
_FEARED = re.compile(r"(?:滞后|逾期|超期|延期).{0,2}(?:风险|可能|苗头|隐患)|(?:可能|恐|或将)(?:滞后|逾期|超期|延期)")


def judged(
    words: Mapping[str, int], kind: Kind, header: str, tables: Sequence[TableSeen], answers: Answers
) -> Iterator[Word]:
    """Each word with the label that it is counted in."""
    told = legend(tables)
    known = Labels(kind)
    for word, count in words.items():
        said = answers.label(word, kind)
        label, why, sure = (said, "按所说的", True) if said else label_of(word, kind, known, header, set(words), told)
        yield Word(word, count, label.name if label else "", why, sure)


def label_of(
    word: str, kind: Kind, known: Labels, header: str, words: Collection[str], legend: Mapping[str, str]
) -> tuple[Label | None, str, bool]:
    """The label of a word among the `words` of its column, why, and whether nobody has to look at it."""
    vocabulary = kind.vocabulary
    sisters = {it for it in words if key(it) != key(word)}
    colour = colour_called(word)
    told = legend.get(key(word), "") or legend.get(colour, "")
    feared = Proposal(State.AT_RISK, withdrawn=False, sure=True, why="") if _FEARED.search(told) else None
    said = feared or vocabulary.propose(told, ())
    if milder := _milder(said or vocabulary.propose(word, sisters, header), told or word, sisters, legend, kind):
        return label_for(kind, milder), milder.why, False
    if said and _only_unchecked(word, said, kind) and (label := _named_done(word, kind)):
        return label, f"“{word}”已是做完，表上写明：{told}", False
    if said and (label := label_for(kind, said)):
        return label, f"表上写明：{told}", True
    if (answer := answer_label(word, header, kind))[0]:
        return *answer, False
    if key(word) in vocabulary.sisters:
        return _by_sisters(word, kind, known, header, sisters)
    if own := known.named(word)[0]:
        return own, "种类里的词", True
    if own := _of_other_span(word, kind):
        return own, "半年、季度的目标同样看待", False
    proposal = vocabulary.propose(word, sisters, header) or vocabulary.propose(colour, sisters, header)
    if proposal is None:
        return None, "", False
    proposal = _not_the_end(word, proposal)
    return label_for(kind, proposal), proposal.why, proposal.sure


def _milder(
    said: Proposal | None, text: str, sisters: Collection[str], legend: Mapping[str, str], kind: Kind
) -> Proposal | None:
    """需加快 beside what is plainly late (黄：需加快，红：滞后) warns of a delay that has not come; so does 低于10%以内
    beside 低于10%以上."""
    if said is None or said.state is not State.LAGGING or not _is_mild(text):
        return None
    others = [it for word in sisters for it in (legend.get(key(word), ""), word) if it] + list(legend.values())
    late = [it for it in others if not _is_mild(it) and not colour_called(it) and _is_late(it, kind)]
    return Proposal(State.AT_RISK, withdrawn=False, sure=False, why=f"另有“{late[0]}”") if late else None


def _only_unchecked(word: str, said: Proposal, kind: Kind) -> bool:
    """Does a note say of a word for an end no more than that its check is still to come (完工指建成待验收)?"""
    plain = kind.vocabulary.sure(word)
    return said.state is State.PARTIAL and plain is not None and plain.state is State.DONE


def _named_done(word: str, kind: Kind) -> Label | None:
    plain = kind.vocabulary.sure(word)
    return label_for(kind, plain) if plain else None


def _is_mild(text: str) -> bool:
    return bool(_HASTEN.search(text) or _BOUNDED.search(text))


def _is_late(word: str, kind: Kind) -> bool:
    said = kind.vocabulary.propose(word, ())
    return said is not None and said.state is State.LAGGING


def _by_sisters(
    word: str, kind: Kind, known: Labels, header: str, sisters: Collection[str]
) -> tuple[Label | None, str, bool]:
    """A word that the others of its column explain: 未完成 beside 滞后 is open, and is short for 未完成全年目标."""
    longer = [it for it in sisters if key(it).startswith(key(word)) and _TARGET.search(it[len(word) :])]
    if longer and len(key(word)) > 1:
        label, _, _ = label_of(longer[0], kind, known, header, set(sisters), {})
        return label, f"与“{longer[0]}”同样看待", False
    proposal = kind.vocabulary.propose(word, sisters, header)
    return (label_for(kind, proposal), proposal.why, False) if proposal else (None, "", False)


def _of_other_span(word: str, kind: Kind) -> Label | None:
    """The label that says the same of another span: 完成半年目标 as 完成季度目标, 未完成全年目标 as 未完成年度目标."""
    asked = _spanless(word)
    return next(
        (it for it in kind.labels for own in (it.name, *it.words) if _spanless(own) == asked and asked != key(own)),
        None,
    )


def _spanless(word: str) -> str:
    return _YEAR.sub("年", _PART_OF_YEAR.sub("期", key(word)))


def of_part_of_year(text: str) -> bool:
    """Does a text speak of a part of the year (季度目标完成情况)?"""
    return bool(_PART_OF_YEAR.search(text))


def _not_the_end(word: str, proposal: Proposal) -> Proposal:
    """完成半年目标 ends nothing: the item is on track."""
    if proposal.state is not State.DONE or not (_PART_OF_YEAR.search(word) and _TARGET.search(word)):
        return proposal
    return Proposal(State.ON_TRACK, withdrawn=False, sure=False, why="完成的是一段时间的目标，事项还在办")


# ---------------------------------------------------------------------------------------------- legends


def legend(tables: Sequence[TableSeen]) -> dict[str, str]:
    """What notes say that a word means: “临期”指距时限不足10天, A类表示已办结."""
    return legend_in(text for table in tables for text in legend_texts(table))


def legend_words(source: Source, tables: Sequence[TableSeen], kind: Kind) -> Iterator[tuple[str, str]]:
    """The words that notes explain beside those of a status column, each with its label: a later month may have them.

    None where the notes explain none of its words: they speak of something else.
    """
    told = dict(meanings_in(text for table in tables for text in legend_texts(table)))
    seen = {key(word.text) for word in source.words}
    if source.where is not Where.WORDS or not seen & set(map(key, told)):
        return
    for word, meaning in told.items():
        said = kind.vocabulary.propose(meaning, ())
        if key(word) not in seen and said and (label := label_for(kind, said)):
            yield word, label.name

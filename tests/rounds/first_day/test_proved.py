"""What the last circular printed against what the ledger gives: proved, contradicted, or nothing to say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tongbao.config.kind_file import load_kind
from tongbao.rounds.first_day.paper import Habits
from tongbao.rounds.first_day.proved import Proof, Tally, proof_of
from tongbao.rounds.first_day.sources import Source, Where, Word
from tongbao.words.text import key

KIND = load_kind(Path("templates"), "general")
LABELS = {
    "on_track": "正在办理",
    "done": "已办结",
    "lagging": "滞后",
    "suspended": "暂缓办理",
    "at_risk": "需要关注",
    "": "",
}


def proof(ledger: str, *printed: tuple[str, int], open_words: str = "", totals: tuple[int, ...] = ()) -> Proof:
    """The proof for a ledger such as "已落实=done 3，正在落实=on_track 17" by the printed counts."""
    counts: Counter[tuple[str, str]] = Counter()
    words = []
    for part in filter(None, ledger.split("，")):
        word, _, told = part.partition("=")
        state, count = told.split(" ")
        counts[key(word), LABELS[state]] += int(count)
        if word:
            words.append(Word(word, int(count), LABELS[state], sure=word not in open_words.split()))
    return proof_of(
        Source(Where.WORDS, words=tuple(words)),
        KIND,
        [Tally("8月.xlsx", counts)],
        Habits("", counts=printed, totals=totals),
    )


@pytest.mark.parametrize(
    ("ledger", "printed"),
    [
        ("已落实=done 7，正在落实=on_track 17，落实缓慢=lagging 1", [("已落实", 7), ("正在落实", 17), ("落实缓慢", 1)]),
        # Two words of one state, each with its own count, or their sum in the circular's own word.
        ("超序时=on_track 5，达序时=on_track 7，欠序时=lagging 3", [("超序时", 5), ("达序时", 7), ("欠序时", 3)]),
        ("未开工=on_track 2，施工中=on_track 6，滞后=lagging 3", [("正常推进", 8), ("滞后", 3)]),
        # Words that the circular prints longer or shorter, or behind 截至…月底.
        ("达到序时=on_track 4，落后序时=lagging 3", [("达到序时进度", 4), ("落后序时进度", 3)]),
        ("已达标=done 2，滞后=lagging 5", [("月底已达标", 2), ("滞后", 5)]),
        # Rows without a word: the office leaves the normal state blank.
        ("=on_track 18，需加快推进=lagging 2，完成=done 3", [("需加快推进", 2), ("本期新增完成", 3), ("其余", 18)]),
        # What is being worked at may be all that is open; what is done may be all that was ever done.
        ("办结=done 2，正常=on_track 6，超期=lagging 1", [("已办结", 33), ("正在办理", 7), ("超期", 1)]),
        # States that no column of words gives: ticks, colours, deadlines.
        ("=done 2，=lagging 1，=on_track 9", [("已完成", 2), ("滞后", 1), ("正常推进", 9)]),
    ],
)
def test_counts_that_agree_prove_the_reading(ledger: str, printed: list[tuple[str, int]]):
    assert proof(ledger, *printed).said.startswith("按上期通报的数字证实：")


@pytest.mark.parametrize(
    ("ledger", "printed", "said"),
    [
        (
            "已落实=done 7，正在落实=on_track 17，落实缓慢=lagging 2，暂缓=suspended 1",
            [("已落实", 7), ("暂缓", 1), ("落实缓慢", 1)],
            "印的是落实缓慢1项，照上面的读法是2项",
        ),
        ("完成=done 9，正常=on_track 4，超期=lagging 2", [("完成", 5), ("正常", 4), ("超期", 2)], "印的是完成5项"),
    ],
)
def test_a_count_that_differs_beside_others_that_agree_is_named(ledger, printed, said):
    assert said in proof(ledger, *printed).said


def test_counts_of_another_ledger_say_nothing_of_its_words():
    found = proof("完成=done 9，正常=on_track 4，超期=lagging 2", ("完成", 5), ("正常", 40), ("超期", 7))
    assert found == Proof("印的数与台账里数出来的对不上，没有用来核对状态词")


def test_without_counts_nothing_is_said():
    assert proof("完成=done 9，正常=on_track 4", ("各乡镇", 12)) == Proof()


def test_a_word_that_only_one_meaning_makes_agree_is_proven():
    ledger = "已办结=done 1，正常推进=on_track 2，未开工=on_track 1，攻坚= 1"
    found = proof(ledger, ("已办结", 1), ("正在办理", 3), ("滞后", 1), open_words="未开工 攻坚")
    assert found.labels == {"未开工": "正在办理", "攻坚": "滞后"}


def test_a_word_that_any_meaning_makes_agree_is_not_proven():
    ledger = "已办结=done 4，滞后=lagging 2，攻坚= 1"
    assert proof(ledger, ("已办结", 9), ("滞后", 2), ("滞后", 2), open_words="攻坚").labels == {}


def test_new_ones_and_the_rest_never_contradict():
    found = proof(
        "完成=done 3，正常=on_track 4，超期=lagging 2", ("新增完成", 1), ("其余", 11), ("超期", 2), ("正常", 4)
    )
    assert found.said == "按上期通报的数字证实：超期2项，正常4项"


@pytest.mark.parametrize(
    ("printed", "totals", "closed"),
    [
        ([("已办结并销号", 21), ("进展正常", 2), ("滞后", 1)], (24,), 21),  # 21 left before, none of them in the ledger
        ([("累计完成", 18), ("正常推进", 2), ("滞后", 1)], (21,), 18),
        ([("前期完成并销号", 41), ("正常推进", 2), ("滞后", 1)], (44,), 41),
        ([("正常推进", 2), ("滞后", 1)], (3,), 0),
        ([("已办结", 5), ("正常推进", 2), ("滞后", 1)], (30,), 0),  # the total is of something else
    ],
)
def test_what_was_closed_before_the_first_ledger_is_taken_from_the_circular_where_its_total_says_so(
    printed: list[tuple[str, int]], totals: tuple[int, ...], closed: int
):
    found = proof("正常=on_track 2，滞后=lagging 1", *printed, totals=totals)
    assert found.closed == closed


def test_of_the_done_ones_those_in_the_ledger_are_not_counted_twice():
    ledger = "完成=done 3，正常=on_track 2，滞后=lagging 1"
    assert proof(ledger, ("已办结", 10), ("正常", 2), ("滞后", 1), totals=(13,)).closed == 7


def test_what_stands_on_the_sheet_of_closed_items_was_not_closed_before():
    counts = Counter({("正常", "正在办理"): 4, ("滞后", "滞后"): 2})
    source = Source(Where.WORDS, words=(Word("正常", 4, "正在办理", sure=True), Word("滞后", 2, "滞后", sure=True)))
    habits = Habits("", counts=(("已办结", 9), ("正常", 4), ("滞后", 2)), totals=(15,))
    found = proof_of(source, KIND, [Tally("8月.xlsx", counts, closed=9)], habits)
    assert (found.closed, found.said) == (0, "按上期通报的数字证实：已办结9项，正常4项，滞后2项")


def test_grades_that_the_counts_explain_need_no_answer():
    words = [Word("A", 4, "", likely="已办结"), Word("B", 3, "", likely="正在办理"), Word("C", 2, "", likely="滞后")]
    counts = Counter({(key(word.text), ""): word.count for word in words})
    printed = (("已完成", 4), ("正在推进", 3), ("滞后", 2))
    found = proof_of(
        Source(Where.WORDS, words=tuple(words)), KIND, [Tally("8月.xlsx", counts)], Habits("", counts=printed)
    )
    assert found.labels == {"A": "已办结", "B": "正在办理", "C": "滞后"}

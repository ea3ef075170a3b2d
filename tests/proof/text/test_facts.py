"""Facts in their setting: what a figure is about is told by the words around it, not by its value."""

from __future__ import annotations

from tests.support.printed import UNITS
from tongbao.proof.text.alignment import sentences
from tongbao.proof.text.facts import Scene, alike, meet, scene
from tongbao.proof.text.tokens import Reader
from tongbao.words.folding import fold

READER = Reader(UNITS)


def seen(text: str) -> Scene:
    (sentence,) = sentences([(0, fold(text).text)])
    return scene(sentence, READER)


def meetings(printed: str, edited: str) -> list[tuple[str, str, bool]]:
    return [(m.printed.text, m.edited.text, m.by_value) for m in meet(seen(printed), seen(edited))]


def test_numbers_dates_and_runs_of_units_are_facts():
    found = seen("截至2022年2月7日，县财政局、县教育局负责的3项已完成。")
    assert [f.text for f in found.facts] == ["2022年2月7日", "县财政局、县教育局", "3项"]


def test_a_fact_knows_the_clause_that_it_stands_in():
    done, late = seen("新增完成3项，需加快推进2项。").facts
    assert (done.label, late.label) == ("新增完成#", "需加快推进#")
    assert seen("新增完成3项，需加快推进2项。").clause(late) == "需加快推进2项"


def test_exchanged_figures_meet_by_what_is_said_of_them():
    found = meetings("新增完成3项，需加快推进2项。", "新增完成2项，需加快推进3项。")
    assert found == [("3项", "2项", False), ("2项", "3项", False)]


def test_exchanged_clauses_do_no_harm():
    found = meetings("新增完成3项，需加快推进2项。", "需加快推进2项，新增完成3项。")
    assert found == [("3项", "3项", False), ("2项", "2项", False)]


def test_what_is_said_in_quite_other_words_meets_by_its_value_only():
    found = meetings("县里累计交办92项。", "迄今为止，由督查室盯住不放的共有92项之多。")
    assert found == [("92项", "92项", True)]


def test_listed_numbers_are_one_fact_but_after_respectively_each_is_its_own():
    assert [f.text for f in seen("三个批次分别为35、41、46件。").facts][-3:] == ["35", "41", "46件"]
    assert [f.text for f in seen("涉及第35、41、46项。").facts] == ["第35、41、46"]


def test_labels_are_alike_by_the_pairs_of_characters_they_share():
    assert alike("新增完成#", "新增完成#") == 1
    assert alike("新增完成#", "新增办结#") > alike("新增完成#", "需加快推进#")

"""The first total of a paper is that of its base: what counts as a total on the page, and what does not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.support.builders import meetings
from tongbao.circular.choices import Figure
from tongbao.circular.printed_total import printed_totals, unsaid_silence
from tongbao.config.kinds import Count, Selection
from tongbao.model import Problem
from tongbao.word.template import Printed

TOTAL = 41


def printed(number: int, text: str) -> tuple[Printed, dict[str, Figure]]:
    """A paragraph drawn with its figures in place: `共[分项数=39]项`."""
    spans, sources, plain = [], {}, ""
    for piece in re.split(r"(\[[^\]]+\])", text):
        if piece.startswith("["):
            key, _, value = piece[1:-1].partition("=")
            spans.append((len(plain), len(plain) + len(value), key))
            sources[key] = Figure(key, key, int(value), "")
            plain += value
        else:
            plain += piece
    return Printed(number, plain, tuple(spans)), sources


def found(
    *paragraphs: str, rows: int = 30, count: Count = Count.ROWS, lists: tuple[Selection, ...] = ()
) -> list[Problem]:
    drawn = [printed(n, text) for n, text in enumerate(paragraphs)]
    sources = {key: figure for _, some in drawn for key, figure in some.items()}
    kind = replace(meetings(count=count), lists=lists)
    return printed_totals([one for one, _ in drawn], sources, TOTAL, kind, rows)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["截至2月7日，累计交办[总数=41]项，其余[推进.数=30]项按要求推进。"],
        ["共[大项数=35]大项[总数=41]项。"],
        ["共[大项数=35]大项[分项数=41]项。"],
        ["列入台账[分项数=39]项，连同建账以前的共[总数=41]项。"],
        ["累计交办[总数=41]项，目前台账在列[分项数=39]项。", "列入台账的[分项数=39]项中，滞后2项。"],
        ["在办事项共[未完成.数=32]项，其中滞后[滞后.数=2]项。"],
        ["本次会议共确定[大纲.1.数=3]项。", "累计[总数=41]项。"],
        ["督查组走访现场12处。累计交办[总数=41]项。"],
        ["共走访企业12家，召开会议5次。"],
        ["按第3项要求，共[完成.数=5]项完成。"],
        ["累计[总数=41]项。", "附件：事项台账（共30项）"],
        ["累计[总数=41]项。", "附件：事项台账（41项）"],
        ["累计[总数=41]项。", "附件：10件民生实事台账"],
        ["不印总数的通报。"],
    ],
)
def test_papers_with_one_total(paragraphs):
    assert found(*paragraphs) == []


@pytest.mark.parametrize(
    ("paragraphs", "sentence", "said"),
    [
        (
            ["现通报如下。截至2月7日，累计交办[分项数=39]项，进展顺利。现予通报。"],
            "截至2月7日，累计交办39项，进展顺利。",
            39,
        ),
        (["累计交办[全部.数=39]项。"], "累计交办39项。", 39),
        (["共[大项数=35]件。"], "共35件。", 35),
        (["共[事项.数=39]项。"], "共39项。", 39),
        (["共[分项数=39]项。", "累计[总数=41]项。"], "共39项。", 39),
        (["累计[总数=41]项。", "附件：台账（[分项数=39]项）"], "附件：台账（39项）", 39),
    ],
)
def test_another_total_stops_the_paper_and_names_its_sentence(paragraphs, sentence, said):
    (problem,) = [p for p in found(*paragraphs, rows=39, lists=(Selection("事项"),)) if p.code == "another_total"]
    assert problem.level == "error"
    assert problem.message == f"“{sentence}”一句把{said}当作总数，按统计口径总数是{TOTAL}"
    assert "{{ 总数 }}" in problem.fix


def test_rows_are_another_unit_where_items_are_counted():
    assert found("共[总数=41]大项[分项数=56]项。", count=Count.ITEMS) == []
    assert found("共[大项数=41]大项[分项数=56]项。", count=Count.ITEMS) == []
    assert [p.value for p in found("共[分项数=56]项。", count=Count.ITEMS)] == ["56"]


@pytest.mark.parametrize("text", ["累计交办39项，其余正常推进。", "共有39项。", "本年共督查事项39件。"])
def test_a_typed_number_where_no_total_is_printed_is_asked_about(text):
    (problem,) = found(text)
    assert (problem.level, problem.code, problem.value) == ("warning", "another_total", "39")


def test_a_count_in_the_title_of_the_annex_that_is_neither_total_nor_its_rows():
    (problem,) = found("累计[总数=41]项。", "附件：事项台账（共37项）")
    assert (problem.level, problem.code) == ("warning", "annex_total")
    assert "总数41" in problem.message
    assert "行数30" in problem.message


@pytest.mark.parametrize(
    ("text", "unreported", "told"),
    [
        ("累计[总数=41]项，推进[推进.数=38]项。", 3, True),
        ("累计[总数=41]项，推进[推进.数=38]项。", 0, False),
        ("累计[总数=41]项。县水利局的[未报送.数=3]项未按时报送。", 3, False),
        ("正常38项；未报送[分类.未报送.数=3]项。", 3, False),
    ],
)
def test_a_template_that_says_nothing_of_what_was_not_reported(text, unreported, told):
    assert len(list(unsaid_silence([printed(1, text)[0]], unreported, meetings()))) == told

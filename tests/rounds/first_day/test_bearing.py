"""What a circular bears that changes with every issue, and of which period it is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.docx_maker import docx, table
from tongbao.rounds.first_day.bearing import Bearing
from tongbao.rounds.first_day.paper import Habits, habits_of
from tongbao.word import document

BODY = ("各乡镇人民政府，县直各单位：", "截至7月31日，重点督办事项共5项，已办结1项。", "附件：台账")
TITLE = "关于2025年7月重点督办事项办理情况的通报"
SIGNED = ("云溪县政府督查室", "2025年8月4日")


def habits(*texts: str, file: str = "上期.docx") -> Habits:
    paper, problems = document.read(docx(*texts), file)
    assert paper, problems
    return habits_of(paper)


def bearing(*texts: str, file: str = "上期.docx") -> Bearing:
    return habits(*texts, file=file).bearing


@pytest.mark.parametrize(
    ("head", "fields", "bulletin"),
    [
        (("云溪县人民政府办公室文件", "云政办督〔2025〕12号"), {"document_number": "云政办督〔2025〕12号"}, ""),
        (("云政督[2025]3号　　　　签发人：王某某",), {"document_number": "云政督[2025]3号", "signer": "王某某"}, ""),
        (("督 查 通 报", "第 8 期"), {"issue": "第8期"}, "督查通报"),
        (("督查通报", "2025年第8期（总第120期）"), {"issue": "2025年第8期（总第120期）"}, "督查通报"),
        (("重点工作督查通报　（第十二期）",), {"issue": "第十二期"}, "重点工作督查通报"),
        (("督查专报", "〔2025〕第8期"), {"issue": "〔2025〕第8期"}, "督查专报"),
        (
            ("督查通报", "第8期", "云政督〔2025〕8号　　　签发人：王某某"),
            {"issue": "第8期", "document_number": "云政督〔2025〕8号", "signer": "王某某"},
            "督查通报",
        ),
        (("签发人：李某 王某某",), {"signer": "李某王某某"}, ""),
    ],
)
def test_the_head_gives_number_issue_and_signer(head: tuple[str, ...], fields: dict[str, str], bulletin: str) -> None:
    found = bearing(*head, TITLE, *BODY, *SIGNED)
    assert found.fields == {"dated": "2025-08-04", **fields}
    assert found.bulletin == bulletin


def test_the_name_of_a_bulletin_is_not_the_title() -> None:
    found = habits("督查通报", "第8期", "云溪县政府督查室　　2025年8月5日", TITLE, *BODY)
    assert found.title == "关于重点督办事项办理情况的通报"
    assert found.bearing.fields == {"dated": "2025-08-05", "issue": "第8期"}
    assert found.bearing.office == "云溪县政府督查室"
    assert habits("督查通报", "重点督办事项办理情况的通报", *BODY, *SIGNED).title == "重点督办事项办理情况的通报"


def test_a_number_below_the_title_is_one_and_one_that_the_text_cites_is_not() -> None:
    assert bearing(TITLE, "（云政督〔2025〕7号）", *BODY, *SIGNED).fields["document_number"] == "云政督〔2025〕7号"
    cited = "云政发〔2025〕3号文件印发以来，各单位认真落实第2期简报要求。"
    assert bearing(TITLE, BODY[0], cited, *SIGNED).fields == {"dated": "2025-08-04"}


@pytest.mark.parametrize(
    ("title", "file", "said", "ends"),
    [
        (TITLE, "上期.docx", BODY[1], date(2025, 7, 31)),
        ("关于重点督办事项办理情况的通报", "7月通报.docx", "现通报如下。", date(2025, 7, 31)),
        ("关于重点督办事项办理情况的通报", "上期.docx", BODY[1], date(2025, 7, 31)),
        ("关于2025年民生实事办理情况的通报", "二季度.docx", "现通报如下。", date(2025, 6, 30)),
        ("关于政府工作报告任务推进情况的通报", "通报12月.docx", "现通报如下。", date(2024, 12, 31)),
    ],
)
def test_the_period_is_told_by_title_file_or_text(title: str, file: str, said: str, ends: date) -> None:
    found = bearing(title, BODY[0], said, "附件：台账", *SIGNED, file=file)
    assert found.period
    assert found.period.last == ends


def test_a_head_that_is_drawn_with_a_table_is_read() -> None:
    head = table([["督查通报"], ["第8期"], ["云溪县政府督查室　2025年8月4日"]])
    found = bearing(head, TITLE, *BODY)
    assert found.fields == {"dated": "2025-08-04", "issue": "第8期"}
    assert (found.bulletin, found.office) == ("督查通报", "云溪县政府督查室")


def test_without_any_of_it_there_is_nothing() -> None:
    assert bearing("关于督办事项的通报", "现通报如下。") == Bearing()

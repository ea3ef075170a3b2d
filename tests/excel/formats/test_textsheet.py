"""Tables of plain text: encodings, separators, and what programs put around values."""

from __future__ import annotations

import pytest

from tests.support.foreign import TEXTS, Foreign, seen
from tongbao.excel import sheets


@pytest.mark.parametrize("case", TEXTS.values(), ids=TEXTS)
def test_a_text_reads_as_it_is_meant(case: Foreign) -> None:
    assert seen(case) == case


SINGLE_BYTE = {
    "Latin": "No,Name,Remark\n1,Müller – café,done\n2,Weiß,open\n".encode("cp1252"),
    "Mac": "No,Name,Remark\n1,café,done\n".encode("mac-roman"),
    "Cyrillic": "Номер,Имя,Итог\n1,Иван,да\n".encode("koi8-r") + b"\xff\n",
}


@pytest.mark.parametrize("data", SINGLE_BYTE.values(), ids=SINGLE_BYTE)
def test_a_text_in_another_encoding_is_told_as_that(data: bytes) -> None:
    book, problems = sheets.parse(data, "台账.csv")
    assert book is None
    assert problems[0].code == "file_encoding"
    assert "存法认不出" in problems[0].message
    assert "另存为 .xlsx" in problems[0].fix


@pytest.mark.parametrize("data", [b"\r\n\r\n", b",,,\r\n,,,\r\n", b" \t\t\n", b'"","",""\n'])
def test_a_text_with_nothing_in_it_is_an_empty_table(data: bytes) -> None:
    book, problems = sheets.parse(data, "台账.csv")
    assert problems == []
    assert book is not None
    assert book.sheets[0].texts() == []


def test_one_quote_without_its_other_half_does_not_change_the_separator():
    text = '序号,事项,备注\n1,"修路，架桥，三公里,完成\n2,清淤，两处，不停,\n'
    book, _ = sheets.parse(text.encode(), "台账.csv")
    assert book is not None
    assert [row[0] for row in book.sheets[0].texts()] == ["序号", "1", "2"]
    assert book.sheets[0].texts()[2][1] == "清淤，两处，不停"

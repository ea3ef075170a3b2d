"""Tables of plain text: encodings, separators, and what programs put around values."""

from __future__ import annotations

import pytest

from tests.support.foreign import TEXTS, Foreign, seen
from tongbao.excel import sheets


@pytest.mark.parametrize("case", TEXTS.values(), ids=TEXTS)
def test_a_text_reads_as_it_is_meant(case: Foreign) -> None:
    assert seen(case) == case


def test_one_quote_without_its_other_half_does_not_change_the_separator():
    text = '序号,事项,备注\n1,"修路，架桥，三公里,完成\n2,清淤，两处，不停,\n'
    book, _ = sheets.parse(text.encode(), "台账.csv")
    assert book is not None
    assert [row[0] for row in book.sheets[0].texts()] == ["序号", "1", "2"]
    assert book.sheets[0].texts()[2][1] == "清淤，两处，不停"

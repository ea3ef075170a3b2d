"""Bytes in the encodings that offices use, whatever they call themselves."""

from __future__ import annotations

import codecs

import pytest

from tongbao.outside.charset import CharsetError, Fault, decoded, decoded_page

TEXT = "序号,事项\n1,修桥"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode(), "gb2312"),
        (codecs.BOM_UTF8 + TEXT.encode(), ""),
        (TEXT.encode("gb18030"), ""),
        (TEXT.encode("gb18030"), "utf-8"),
        (TEXT.encode("utf-16"), ""),
        (TEXT.encode("utf-16-le"), ""),
        (TEXT.encode("utf-16-be"), "gb2312"),
        (TEXT.encode("big5", "ignore"), "big5"),
    ],
)
def test_a_text_is_read_whatever_it_says_of_itself(data: bytes, told: str) -> None:
    assert decoded(data, told).startswith("序")


def test_a_page_says_itself_how_it_is_written() -> None:
    page = '<meta charset="big5">水庫'
    assert decoded_page(page.encode("big5")) == page


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (TEXT.encode()[:-1], Fault.DAMAGED),
        ("完成水库安全鉴定\n".encode() + "修桥\n".encode("gb18030"), Fault.MIXED),
        (b"\xff\xff\xff", Fault.UNKNOWN),
    ],
)
def test_what_is_no_text_is_told(data: bytes, fault: Fault) -> None:
    with pytest.raises(CharsetError) as error:
        decoded(data)
    assert error.value.fault is fault

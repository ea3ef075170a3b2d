"""Zip packages as they come: names, directories, limits."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.drawing import xlsx
from tests.support.packages import READ, REFUSED, Maker, packed, shared
from tongbao.outside.archive import Archive, ArchiveError, Why, is_archive

SMALL = packed({"a/b.xml": b"<b/>", "c.xml": b"<c/>"})


def test_a_part_is_found_whatever_its_capitals_and_slashes() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        info = zipfile.ZipInfo("x")
        info.filename = "A\\B.xml"
        package.writestr(info, b"<b/>")
    archive = Archive(buffer.getvalue())
    assert not archive.plain
    assert archive.namelist() == ["A/B.xml"]
    assert archive.read("a/b.XML") == b"<b/>"


@pytest.mark.parametrize("name", ["no directory", "a damaged directory", "streamed, no directory", "bytes behind"])
def test_a_package_without_its_directory_is_put_together_from_its_parts(name: str) -> None:
    whole = shared(xlsx("| 序号 | 事项 |"))
    archive = Archive(READ[name](whole))
    assert archive.recovered
    assert {n: archive.read(n) for n in archive.namelist()} == {
        n: Archive(whole).read(n) for n in Archive(whole).namelist()
    }


@pytest.mark.parametrize("maker", [REFUSED["cut off in the sheet"][0]])
def test_a_package_that_misses_a_piece_is_not_put_together(maker: Maker) -> None:
    with pytest.raises(ArchiveError) as error:
        Archive(maker(shared(xlsx("| 序号 | 事项 |"))))
    assert error.value.why is Why.DAMAGED


def test_a_changed_byte_in_a_package_without_a_directory_is_damage() -> None:
    parts = SMALL[: SMALL.index(b"PK\x01\x02")]
    at = parts.index(b"c.xml") + len(b"c.xml")
    with pytest.raises(ArchiveError):
        Archive(parts[:at] + bytes([parts[at] ^ 0x55]) + parts[at + 1 :])


def test_what_unpacks_beyond_the_budget_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongbao.outside.archive.MOST_UNPACKED", 4_000_000)
    data = packed({"a.xml": b" " * 3_000_000, "b.xml": b" " * 3_000_000})
    archive = Archive(data)
    archive.read("a.xml")
    with pytest.raises(ArchiveError) as error:
        archive.read("b.xml")
    assert error.value.why is Why.VAST


@pytest.mark.parametrize(("data", "is_one"), [(SMALL, True), (b"\r\n" + SMALL, True), (b"PK,1", False), (b"", False)])
def test_a_package_is_known_by_its_signature(data: bytes, is_one: bool) -> None:
    assert is_archive(data) is is_one

"""Earlier ledgers are read once: what is kept of them is as good as the file, or is not used."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.drawing import xlsx
from tests.support.folders import TEMPLATES
from tests.support.office import CONFIG, FEBRUARY, HEAD, JANUARY, Office
from tongbao.ledger import kept as module
from tongbao.ledger.asked import Job, plan
from tongbao.ledger.intake import newest_ledger, read_all
from tongbao.ledger.kept import FOLDER, Kept
from tongbao.ledger.on_file import ledgers_for
from tongbao.ledger.read import read_data
from tongbao.model import Ledger, Level, Problem
from tongbao.outside.records import Codec

MONTHS = ("2022-01", "2022-02", "2022-03")
LATER = FEBRUARY.replace("正在申请拨付", "已经拨付")


@pytest.fixture
def office(tmp_path) -> Office:
    """Three months on file."""
    made = Office(tmp_path)
    for month, table in zip(MONTHS, (JANUARY, FEBRUARY, LATER), strict=True):
        made.ledger(month, table)
    return made


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The names of the ledgers that were parsed, in order."""
    names: list[str] = []

    def noted(data: bytes, name: str, *arguments: Any, **options: Any) -> tuple[Ledger | None, list[Problem]]:
        names.append(name.removeprefix("台账").removesuffix(".xlsx"))
        return read_data(data, name, *arguments, **options)

    monkeypatch.setattr(module, "read_data", noted)
    return names


def job_of(office: Office, period: str | None = None) -> Job:
    (job,) = plan(office.config, TEMPLATES, [], None, period)
    return job


def read(office: Office, period: str | None = None) -> tuple[list[Ledger], list[Problem]]:
    """All ledgers of the office as a run reads them; what is told of changes comes last."""
    job = job_of(office, period)
    found, said = ledgers_for(job)
    kept = Kept(job)
    ledgers, _, more = read_all(found, job, kept)
    kept.save(found)
    return ledgers, [*said, *more, *kept.changed]


def shelf(office: Office) -> Path:
    return office.folder / "output" / "决策事项" / FOLDER


def names(office: Office) -> list[str]:
    return sorted(path.name for path in shelf(office).iterdir())


def codes(problems: Sequence[Problem]) -> list[str]:
    return [p.code for p in problems]


# ---------------------------------------------------------------------------------------------- kept


def test_only_the_newest_ledger_is_parsed_again(office, parsed):
    first = read(office)
    assert parsed == list(MONTHS)
    parsed.clear()
    assert read(office) == first
    assert parsed == ["2022-03"]
    assert names(office) == ["2022-01-31.json", "2022-02-28.json", "2022-03-31.json", "说明.txt"]


def test_the_ledger_of_last_month_is_kept_from_when_it_was_the_newest(office, parsed):
    read(office)
    office.ledger("2022-04", LATER)
    parsed.clear()
    read(office)
    assert parsed == ["2022-04"]


def test_an_earlier_period_is_made_again_without_parsing_what_went_before(office, parsed):
    read(office)
    parsed.clear()
    assert [one.period.token for one in read(office, "2022-02")[0]] == ["2022-01", "2022-02"]
    assert parsed == ["2022-02"]
    assert "2022-03-31.json" in names(office)


def test_what_goes_on_from_the_newest_uses_what_is_kept_and_keeps_nothing(office, parsed):
    assert newest_ledger(job_of(office))[0] is not None
    assert not shelf(office).exists()
    read(office)
    office.ledger("2022-01", JANUARY.replace("金石", "清水"))
    parsed.clear()
    assert "earlier_changed" not in codes(newest_ledger(job_of(office))[1])
    assert parsed == ["2022-01", "2022-03"]
    assert "earlier_changed" in codes(read(office)[1])  # no paper was made in between


def test_the_folder_is_no_period_and_no_ledger_even_among_the_ledgers(tmp_path, parsed):
    config = CONFIG.replace("opening:", "output: input/决策事项\n    opening:")
    office = Office(tmp_path, config)
    for month in MONTHS:
        office.ledger(month, FEBRUARY)
    for _ in range(2):
        assert len(read(office)[0]) == 3
    assert (tmp_path / "input" / "决策事项" / FOLDER / "说明.txt").is_file()
    assert parsed[3:] == ["2022-03"]


def test_errors_of_older_ledgers_are_told_again_and_their_warnings_never(office, parsed):
    office.ledger("2022-01", JANUARY.replace("完成二期施工招标。", ""))
    first, again = read(office), read(office)
    assert parsed.count("2022-01") == 1
    assert first == again
    older = [p for p in again[1] if p.place.file == "台账2022-01.xlsx"]
    assert codes(older) == ["line_doubt"]
    assert older[0].level is Level.ERROR


def test_all_problems_of_the_newest_are_told_in_every_run(office):
    office.ledger("2022-03", LATER.replace("| 3 |", "| |"))
    first, again = read(office), read(office)
    assert "no_number" in codes(first[1])
    assert first == again


def test_a_ledger_that_cannot_be_read_is_not_kept(office, parsed):
    broken = office.folder / "input" / "决策事项" / "台账2022-01.xlsx"
    broken.write_bytes(b"PK broken")
    assert codes(read(office)[1]) == codes(read(office)[1]) != []
    assert parsed.count("2022-01") == 2
    assert "2022-01-31.json" not in names(office)
    broken.write_bytes(xlsx(HEAD + JANUARY.strip()))
    ledgers, said = read(office)
    assert len(ledgers) == 3
    assert "earlier_changed" not in codes(said)


# ---------------------------------------------------------------------------------------------- made from another


def settings(old: str, new: str) -> Callable[[Office, Any], None]:
    def change(office: Office, monkeypatch: Any) -> None:
        text = office.config.read_text(encoding="utf-8")
        assert old in text
        office.config.write_text(text.replace(old, new), encoding="utf-8")

    return change


def another_program(office: Office, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "program_digest", lambda rooms: "another")


def another_kind(office: Office, monkeypatch: Any) -> None:
    templates = office.folder / "templates"
    kind = templates / "meeting-decisions"
    kind.mkdir(parents=True)
    text = (TEMPLATES / "meeting-decisions" / "kind.yaml").read_text(encoding="utf-8")
    (kind / "kind.yaml").write_text(text.replace("lagging", "at_risk", 1), encoding="utf-8")
    (kind / "circular.docx").write_bytes((TEMPLATES / "meeting-decisions" / "circular.docx").read_bytes())
    monkeypatch.setitem(globals(), "TEMPLATES", templates)


def a_renamed_file(office: Office, monkeypatch: Any) -> None:
    folder = office.folder / "input" / "决策事项"
    for month in MONTHS[:2]:
        (folder / f"台账{month}.xlsx").rename(folder / f"{month}.xlsx")


@pytest.mark.parametrize(
    "change",
    [
        settings("县财政局,", "县财政局, 县水利局,"),
        settings("units: [县发展和改革局", "units: [县财政局, 县发展和改革局"),
        settings("units: [县发展和改革局, 县财政局, 县自然资源和规划局, 县住房和城乡建设局, 青石镇]\n", ""),
        settings("opening: {closed: 55}", "labels: {完成: [已销号]}"),
        settings("opening: {closed: 55}", "columns: {事项: [任务]}"),
        settings("opening: {closed: 55}", "sheet: 全部"),
        settings("opening: {closed: 55}", "as_of: {2022-01: 2022-01-25, 2022-02: 2022-02-20}"),
        another_program,
        another_kind,
        a_renamed_file,
    ],
)
def test_what_was_made_from_another_is_not_used_and_no_change_is_told(office, parsed, monkeypatch, change):
    read(office)
    parsed.clear()
    change(office, monkeypatch)
    ledgers, said = read(office)
    assert parsed == ["2022-01", "2022-02", "2022-03"]
    assert "earlier_changed" not in codes(said)
    parsed.clear()
    assert read(office) == (ledgers, said)
    assert parsed == ["2022-03"]


def test_an_office_that_moved_keeps_what_it_read(office, parsed, tmp_path):
    read(office)
    parsed.clear()
    moved = tmp_path / "别处" / "办公室"
    moved.mkdir(parents=True)
    for name in ("config.yaml", "input", "output"):
        (office.folder / name).rename(moved / name)
    other = Office(moved)
    read(other)
    assert parsed == ["2022-03"]


def test_two_reports_into_one_folder_do_not_take_each_others_ledgers(tmp_path, parsed):
    second = CONFIG.split("reports:\n")[1].replace("决策事项\n", "督办事项\n", 1)
    config = (CONFIG + second).replace("opening: {closed: 55}", "output: output/决策事项")
    office = Office(tmp_path, config)
    for report, table in (("决策事项", JANUARY), ("督办事项", JANUARY.replace("金石", "清水"))):
        for month in MONTHS:
            office.ledger(month, table, report)
    seen = []
    for _ in range(2):
        for job in plan(office.config, TEMPLATES, [], None, None):
            found, _ = ledgers_for(job)
            kept = Kept(job)
            ledgers, _, _ = read_all(found, job, kept)
            kept.save(found)
            assert kept.changed == []
            seen.append(ledgers[0].rows[0].get("名称"))
    assert seen == ["金石水库加固", "清水水库加固"] * 2


# ---------------------------------------------------------------------------------------------- a changed old ledger


def test_a_changed_old_ledger_is_read_anew_and_said_once(office, parsed):
    read(office)
    office.ledger("2022-01", JANUARY.replace("金石", "清水"))
    parsed.clear()
    ledgers, said = read(office)
    assert parsed == ["2022-01", "2022-03"]
    assert ledgers[0].rows[0].get("名称") == "清水水库加固"
    (told,) = [p for p in said if p.code == "earlier_changed"]
    assert told.level is Level.WARNING
    assert told.place.file == "台账2022-01.xlsx"
    assert told.message == "“台账2022-01.xlsx”在上次生成之后改过，已重新读取；以前各期的数以改后的为准"
    assert "earlier_changed" not in codes(read(office)[1])


def test_it_is_said_of_last_months_ledger_when_it_changed_after_its_paper(office):
    read(office)
    office.ledger("2022-03", LATER.replace("金石", "清水"))
    office.ledger("2022-04", LATER)
    told = [p.place.file for p in read(office)[1] if p.code == "earlier_changed"]
    assert told == ["台账2022-03.xlsx"]


def test_it_is_not_said_of_the_newest_which_is_at_work(office):
    read(office)
    office.ledger("2022-03", LATER.replace("金石", "清水"))
    assert "earlier_changed" not in codes(read(office)[1])


def test_what_was_kept_of_another_ledger_says_nothing_of_this_one(office, parsed):
    """Names exchanged by a careless copy."""
    first = read(office)
    january, february = (shelf(office) / f"2022-{day}.json" for day in ("01-31", "02-28"))
    both = january.read_bytes(), february.read_bytes()
    january.write_bytes(both[1])
    february.write_bytes(both[0])
    assert read(office) == first
    assert (january.read_bytes(), february.read_bytes()) == both


def test_a_ledger_that_was_only_saved_again_has_not_changed(office, parsed):
    read(office)
    path = office.folder / "input" / "决策事项" / "台账2022-01.xlsx"
    before = path.read_bytes()
    path.write_bytes(resaved(before))
    assert path.read_bytes() != before
    parsed.clear()
    assert "earlier_changed" not in codes(read(office)[1])
    assert parsed == ["2022-01", "2022-03"]


def resaved(data: bytes) -> bytes:
    """The workbook as another program saves it."""
    from io import BytesIO

    from openpyxl import load_workbook

    book, target = load_workbook(BytesIO(data)), BytesIO()
    book.properties.title = "又存了一次"
    book.save(target)
    return target.getvalue()


def test_it_is_said_again_until_a_run_has_ended(office):
    read(office)
    office.ledger("2022-01", JANUARY.replace("金石", "清水"))
    for _ in range(2):
        job = job_of(office)
        kept = Kept(job)
        read_all(ledgers_for(job)[0], job, kept)
        assert codes(kept.changed) == ["earlier_changed"]


def test_what_is_kept_of_a_ledger_that_is_gone_goes_too(office):
    read(office)
    (office.folder / "input" / "决策事项" / "台账2022-01.xlsx").unlink()
    (shelf(office) / "我的笔记.json").write_text("{}", encoding="utf-8")
    read(office)
    assert names(office) == ["2022-02-28.json", "2022-03-31.json", "我的笔记.json", "说明.txt"]


# ---------------------------------------------------------------------------------------------- damaged, unwritable


def test_without_the_folder_all_is_read_and_kept_again(office, parsed):
    first = read(office)
    for path in shelf(office).iterdir():
        path.unlink()
    shelf(office).rmdir()
    assert read(office) == first
    assert parsed == list(MONTHS) * 2


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 999, b"PK\x03\x04"])
def test_a_damaged_file_is_written_anew(office, parsed, damage):
    first = read(office)
    (shelf(office) / "2022-01-31.json").write_bytes(damage)
    parsed.clear()
    assert read(office) == first
    assert parsed == ["2022-01", "2022-03"]
    parsed.clear()
    assert read(office) == first
    assert parsed == ["2022-03"]


def edited(data: bytes, old: str, new: str, *, summed: bool) -> bytes:
    """The file with other words in its text, with the old checksum or one that fits."""
    checksum, label, packed = data.split(b"\n", 2)
    text = zlib.decompress(packed).replace(json.dumps(old)[1:-1].encode(), json.dumps(new)[1:-1].encode())
    rest = label + b"\n" + zlib.compress(text)
    return (hashlib.sha256(rest).hexdigest().encode() if summed else checksum) + b"\n" + rest


def test_a_file_edited_by_hand_changes_nothing(office, parsed):
    first = read(office)
    path = shelf(office) / "2022-01-31.json"
    forged = edited(path.read_bytes(), "金石水库加固", "什么也没有", summed=False)
    assert forged != path.read_bytes()
    path.write_bytes(forged)
    assert read(office) == first


@pytest.mark.parametrize(("old", "new"), [("Row", "Deadline"), ("on_track", "flying"), ("tuple", "eval")])
def test_a_file_that_makes_no_ledger_is_not_used_whatever_its_checksum(office, parsed, old, new):
    first = read(office)
    path = shelf(office) / "2022-01-31.json"
    path.write_bytes(edited(path.read_bytes(), old, new, summed=True))
    parsed.clear()
    assert read(office) == first
    assert parsed == ["2022-01", "2022-03"]


def test_a_file_in_the_place_of_the_folder_stops_nobody(office, parsed):
    shelf(office).parent.mkdir(parents=True)
    shelf(office).write_bytes(b"somebody's")
    assert read(office) == read(office)
    assert parsed == list(MONTHS) * 2
    assert shelf(office).read_bytes() == b"somebody's"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "read-only")])
def test_a_disk_that_takes_nothing_stops_nobody(office, parsed, monkeypatch, error):
    def refuse(handle: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", refuse)
    assert read(office) == read(office)
    assert parsed == list(MONTHS) * 2
    assert names(office) == []


def test_what_cannot_be_written_as_text_is_read_each_time(office, parsed, monkeypatch):
    monkeypatch.setattr(Codec, "encode", lambda self, record, known=(): None)
    assert read(office) == read(office)
    assert parsed == list(MONTHS) * 2


def test_a_program_that_does_not_know_itself_keeps_nothing(office, parsed, monkeypatch):
    def unknown(rooms: object) -> str:
        raise OSError

    monkeypatch.setattr(module, "program_digest", unknown)
    assert read(office) == read(office)
    assert parsed == list(MONTHS) * 2
    assert not shelf(office).exists()


def test_only_a_ledger_as_it_was_read_is_known_by_what_it_was_made_from(office):
    job = job_of(office)
    kept = Kept(job)
    ledgers, _, _ = read_all(ledgers_for(job)[0], job, kept)
    assert [kept.label_of(one).get("file", "") for one in ledgers] == ["台账2022-01.xlsx", "台账2022-02.xlsx", ""]
    assert kept.label_of(replace(ledgers[0])) == {}

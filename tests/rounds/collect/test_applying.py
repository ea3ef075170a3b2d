"""The merged ledger in the place of the period's ledger: at once or not at all, and what was there is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.builders import codes
from tongbao.rounds.collect.applying import apply

OLD, NEW = b"the ledger", b"the merged ledger"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账2022-03.xlsx"
    path.write_bytes(OLD)
    return path


def test_the_earlier_ledger_is_kept_whole_in_a_folder_of_its_own(ledger: Path) -> None:
    kept, problems = apply(ledger, ledger, OLD, NEW)
    assert problems == []
    assert ledger.read_bytes() == NEW
    assert kept == ledger.parent / "备份" / "台账2022-03（汇总前1）.xlsx"
    assert kept.read_bytes() == OLD
    assert apply(ledger, ledger, NEW, OLD)[0] == ledger.parent / "备份" / "台账2022-03（汇总前2）.xlsx"


@pytest.mark.parametrize("mark", ["~$台账2022-03.xlsx", ".~lock.台账2022-03.xlsx#"])
def test_a_ledger_that_is_open_stays(ledger: Path, mark: str) -> None:
    ledger.with_name(mark).write_bytes(b"")
    kept, problems = apply(ledger, ledger, OLD, NEW)
    assert (kept, codes(problems), ledger.read_bytes()) == (None, ["not_applied"], OLD)
    assert "正在 Excel 或 WPS 中打开" in problems[0].message


def test_a_ledger_that_was_changed_meanwhile_stays(ledger: Path) -> None:
    ledger.write_bytes(b"typed just now")
    kept, problems = apply(ledger, ledger, OLD, NEW)
    assert (kept, codes(problems), ledger.read_bytes()) == (None, ["not_applied"], b"typed just now")


@pytest.mark.parametrize("step", [1, 2])
def test_cut_off_at_any_moment_one_of_both_stands_whole(ledger: Path, monkeypatch, step: int) -> None:
    """The first step keeps the earlier ledger, the second puts the new one in place."""
    done = 0

    def cut_off(self: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done == step:
            raise KeyboardInterrupt
        return replace(self, target)

    replace = Path.replace
    monkeypatch.setattr(Path, "replace", cut_off)
    with pytest.raises(KeyboardInterrupt):
        apply(ledger, ledger, OLD, NEW)
    monkeypatch.undo()
    assert ledger.read_bytes() == OLD
    assert apply(ledger, ledger, OLD, NEW)[0] is not None
    assert [file.read_bytes() for file in (ledger.parent / "备份").glob("*.xlsx")] == [OLD]


def test_a_folder_that_cannot_be_written_to_is_told_plainly(ledger: Path, monkeypatch) -> None:
    def refused(self: Path, target: Path) -> Path:
        if target == ledger:
            raise PermissionError
        return replace(self, target)

    replace = Path.replace
    monkeypatch.setattr(Path, "replace", refused)
    kept, problems = apply(ledger, ledger, OLD, NEW)
    assert kept is None
    assert codes(problems)[0] == "not_applied"
    assert ledger.read_bytes() == OLD


# ---------------------------------------------------------------------------------------------- in another format


@pytest.fixture
def old_form(tmp_path: Path) -> Path:
    path = tmp_path / "台账2022-03.xls"
    path.write_bytes(OLD)
    return path


def test_a_ledger_in_another_format_goes_away_when_the_new_one_stands(old_form: Path) -> None:
    new = old_form.with_suffix(".xlsx")
    kept, problems = apply(old_form, new, OLD, NEW)
    assert problems == []
    assert kept == old_form.parent / "备份" / "台账2022-03（汇总前1）.xls"
    assert (kept.read_bytes(), new.read_bytes(), old_form.exists()) == (OLD, NEW, False)


def test_where_it_cannot_go_away_there_are_not_two_of_them(old_form: Path, monkeypatch) -> None:
    def refused(self: Path, *, missing_ok: bool = False) -> None:
        if self == old_form:
            raise PermissionError
        unlink(self, missing_ok=missing_ok)

    unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", refused)
    kept, problems = apply(old_form, old_form.with_suffix(".xlsx"), OLD, NEW)
    assert (kept, codes(problems)[0]) == (None, "not_applied")
    assert [path.name for path in old_form.parent.iterdir() if path.is_file()] == [old_form.name]


def test_a_file_that_stands_where_the_new_one_is_to_stand_is_not_touched(old_form: Path) -> None:
    new = old_form.with_suffix(".xlsx")
    new.write_bytes(b"somebody's")
    kept, problems = apply(old_form, new, OLD, NEW)
    assert (kept, codes(problems)) == (None, ["not_applied"])
    assert "旁边已有“台账2022-03.xlsx”" in problems[0].message
    assert (new.read_bytes(), old_form.read_bytes()) == (b"somebody's", OLD)

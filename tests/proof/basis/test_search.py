"""Which basis a paper is proved by, and whether its ledgers are still the same."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.docx_maker import docx
from tests.support.printed import printed
from tongbao.proof.basis.kept import FILE, Basis, LedgerFile, to_json
from tongbao.proof.basis.search import Ground, changed_ledgers, find_ground
from tongbao.word.document import read

CONFIG = """
office: {name: 云溪县人民政府督查室}
reports: [{name: 决策事项, kind: meeting-decisions, title: 关于决策事项的通报}]
"""
JANUARY = ("累计交办[92]项，已完成[55]项。", "各单位要逐项对照时限要求查漏补缺。")
FEBRUARY = ("累计交办[96]项，已完成[60]项。", "各单位要逐项对照时限要求查漏补缺。")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.yaml"
    file.write_text(CONFIG, encoding="utf-8")
    return file


def kept(config: Path, period: str, basis: Basis) -> Path:
    folder = config.parent / "output" / "决策事项" / period
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(to_json(basis, "0.2.0"))
    return folder


def found(file: Path, config: Path, *lines: str) -> tuple[str, list[str]]:
    """The folder of the basis of a paper with these lines (empty: none), and what was said."""
    data = docx(*lines)
    paper, _ = read(data, file.name)
    assert paper
    ground, problems = find_ground(file, data, paper, config)
    return (ground.file.parent.name if ground else ""), [p.message for p in problems]


def lines(drawn: tuple[str, ...]) -> list[str]:
    return [line.replace("[", "").replace("]", "") for line in drawn]


def test_of_two_periods_it_is_the_one_that_most_sentences_come_from(config):
    kept(config, "2022-01", printed(*JANUARY))
    kept(config, "2022-02", printed(*FEBRUARY))
    assert found(config.parent / "送审稿.docx", config, *lines(JANUARY)) == ("2022-01", [])
    assert found(config.parent / "送审稿.docx", config, *lines(FEBRUARY)) == ("2022-02", [])


def test_the_basis_beside_a_paper_goes_before_those_of_other_periods(config):
    folder = kept(config, "2022-01", printed(*JANUARY))
    kept(config, "2022-02", printed(*JANUARY))
    assert found(folder / "通报.docx", config, *lines(JANUARY))[0] == "2022-01"


def test_a_paper_of_other_words_has_none(config):
    kept(config, "2022-01", printed(*JANUARY))
    assert found(config.parent / "纪要.docx", config, "会议研究了防汛工作，要求抓紧落实。") == ("", [])


def test_a_basis_that_cannot_be_read_is_told_and_others_are_still_tried(config):
    folder = kept(config, "2022-01", printed(*JANUARY))
    (folder / FILE).write_text('{"format": 99}', encoding="utf-8")
    kept(config, "2022-02", printed(*JANUARY))
    where, said = found(folder / "通报.docx", config, *lines(JANUARY))
    assert where == "2022-02"
    assert said == ["核稿依据.json是更新版本的程序写的，请用新版本核稿"]


def test_a_ledger_that_was_changed_since_is_told_and_one_that_went_is_not(tmp_path):
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes(b"1")
    same = LedgerFile("台账.xlsx", "台账.xlsx", hashlib.sha256(b"1").hexdigest())
    gone = LedgerFile("旧台账.xlsx", "旧台账.xlsx", "00")
    ground = Ground(replace(printed(*JANUARY), ledgers=(same, gone)), tmp_path / FILE)
    assert list(changed_ledgers(ground)) == []
    ledger.write_bytes(b"2")
    (problem,) = changed_ledgers(ground)
    assert problem.place.file == "台账.xlsx"
    assert "改过" in problem.message

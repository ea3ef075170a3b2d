"""Words added to the settings of a report; everything else stays as it was typed."""

from __future__ import annotations

import pytest

from tongbao.config.yamladded import Added, with_words

HEAD = "# 本单位\nreports:\n  - name: 督办\n    kind: general   # 种类\n"
TAIL = "\n\n# 别的\n  - {name: 项目, kind: key-projects}\nfonts: {仿宋: 仿宋}\n"
LABEL = Added(("labels",), "正在办理", ("未开工", "临期"))


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", "\n    labels: {正在办理: [未开工, 临期]}"),
        (
            "\n    labels:   # 词\n      滞后: [超期]",
            "\n    labels:   # 词\n      滞后: [超期]\n      正在办理: [未开工, 临期]",
        ),
        ("\n    labels:\n      正在办理: [常态]  # 词", "\n    labels:\n      正在办理: [常态, 未开工, 临期]  # 词"),
        ("\n    labels:\n      正在办理: 常态  # 词", "\n    labels:\n      正在办理: [常态, 未开工, 临期]  # 词"),
        (
            "\n    labels:\n      正在办理:\n      - 常态  # 词",
            "\n    labels:\n      正在办理:\n      - 常态  # 词\n      - 未开工\n      - 临期",
        ),
        ("\n    labels: {滞后: [超期]}", "\n    labels: {滞后: [超期], 正在办理: [未开工, 临期]}"),
        ("\n    labels:  # 以后写", "\n    labels: {正在办理: [未开工, 临期]}  # 以后写"),
    ],
)
def test_labels_in_every_form(typed: str, becomes: str) -> None:
    start = HEAD.rstrip("\n")
    assert with_words(start + typed + TAIL, "督办", [LABEL]) == start + becomes + TAIL


def test_a_report_on_one_line_and_a_section_below_a_section() -> None:
    text = "reports: [{name: 督办, kind: general}]\n"
    assert with_words(text, "督办", [LABEL]) == (
        "reports: [{name: 督办, kind: general, labels: {正在办理: [未开工, 临期]}}]\n"
    )
    sheet = Added(("status_from", "sheets"), "暂缓", ("暂缓办理",), single=True)
    text = f"{HEAD}    status_from:\n      sheets:\n        已完成: 已办结\n{TAIL}"
    assert "        已完成: 已办结\n        暂缓: 暂缓办理\n" in with_words(text, "督办", [sheet])

"""Settings without some of their reports: every other line stays as it is."""

from __future__ import annotations

import pytest

from tongbao.config.without import reports_in, without_key, without_reports

TEXT = """# 说明
office: {name: 督查室}
units: units.xlsx   # 名册

reports:
  # 第一份的说明
  - name: 甲        # 首
    kind: k
    # 甲的说明
    title: t
  - {name: 乙, kind: k, title: t}

  # 以下两份供参照
  - name: 丙
    kind: k
    title: >-
      很长的
      标题
  -
    name: 丁
    kind: k
    title: t
# 末尾的说明
fonts: {}
"""
ALL = ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize("gone", [[], ["甲"], ["乙"], ["丙"], ["丁"], ["甲", "丁"], ["丙", "丁"], ALL[:3], ALL])
def test_the_others_are_left(gone):
    left = without_reports(TEXT, gone)
    assert list(reports_in(left)) == [name for name in ALL if name not in gone]
    for line in ("# 说明", "office: {name: 督查室}", "# 末尾的说明", "fonts: {}"):
        assert line in left
    assert ("# 甲的说明" in left) == ("甲" not in gone)
    assert ("# 以下两份供参照" in left) == ("丙" not in gone)


def test_nothing_changes_where_nothing_goes():
    assert without_reports(TEXT, []) == TEXT


def test_reports_on_one_line_cannot_be_parted():
    assert reports_in("reports: [{name: 甲}, {name: 乙}]\n") == {}


def test_a_line_becomes_a_remark():
    assert without_key(TEXT, "units") == TEXT.replace("units:", "# units:")
    assert without_key(TEXT, "nothing") == TEXT

"""Names of files that every system takes."""

from __future__ import annotations

import pytest

from tongbao.outside.file_names import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("关于2022年2月办理情况的通报", "关于2022年2月办理情况的通报"),
        ("云政督〔2022〕6号", "云政督〔2022〕6号"),
        ('进度: 1/2 "重点"?', "进度： 1／2 ＂重点＂？"),
        ("第一行\n第二行\t末", "第一行 第二行 末"),
        ("零\u200b宽\ufeff", "零宽"),
        (" ..前后 . ", "前后"),
        ("~$台账", "台账"),
        ("CON", "_CON"),
        ("com1.2022", "_com1.2022"),
        ("NUL ", "_NUL"),
        ("conout$.txt", "_conout$.txt"),
        ("控制", "控制"),
        ("", "未命名"),
        ("...", "未命名"),
        ("长" * 61, "长" * 60),
        ("长" * 59 + " 末", "长" * 59),
    ],
)
def test_a_title_becomes_a_name_that_windows_takes(title, name):
    assert file_name(title) == name

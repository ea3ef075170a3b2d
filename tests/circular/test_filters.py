"""What a template says of chosen rows, seen on the paper."""

from __future__ import annotations

from tests.support.office import Office

CONFIG = """
office: {name: 云溪县人民政府督查室}
units: [县水利局, 县交通局]
reports: [{name: 整改, kind: rectification, title: 关于问题整改情况的通报}]
"""


def test_an_item_without_a_number_is_named_by_its_code_or_its_title(tmp_path):
    office = Office(tmp_path, CONFIG)
    head = "| 问题编号 | 反馈问题 | 责任单位 | 整改状态 |\n"
    office.ledger("2022-02", "| YX-07 | 管网漏损 | 县水利局 | 滞后 |\n| | 桥面破损 | 县交通局 | 滞后 |", "整改", head)
    assert office.run() == 0
    assert "县水利局负责的第YX-07项，县交通局负责的第“桥面破损”项。" in office.paper("2022-02", "整改")

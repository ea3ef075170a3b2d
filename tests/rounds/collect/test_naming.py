"""Units to which sheets went are known under the names that they have by now."""

from __future__ import annotations

from tests.support.builders import codes, meetings
from tests.support.drawing import xlsx
from tests.support.returning import Round, edited
from tongbao.rounds.collect.joint import Joining
from tongbao.rounds.collect.naming import present_names
from tongbao.words.units import Roster

TABLE = """
| 序号 | 交办事项 | 责任单位 | 完成情况 | 备注 |
| 1 | 建设城东污水处理厂 | 县住建局、县水利局 | 选址 | 正常推进 |
| 2 | 整治北湖周边环境 | 县住建局 | 清运 | 正常推进 |
| 3 | 修好青石大桥 | 县交通局 | 施工 | 正常推进 |
"""
ROSTER, _ = Roster.from_rows(
    [
        ("名称", "简称", "排序"),
        ("县住房和城乡建设局", "县住建局、县建设局", 1),
        ("县水利局", "", 2),
        ("县交通运输局", "县交通局", 3),
    ]
)
NAMES = {"县住建局": "县住房和城乡建设局", "县水利局": "县水利局", "县交通局": "县交通运输局"}


def sent() -> Round:
    """Sheets went out, then the office adopted a roster."""
    found = Round(xlsx(TABLE), meetings())
    found.now(found.data, ROSTER)
    return found


def test_the_roster_tells_what_a_unit_is_called_now() -> None:
    found = sent()
    assert present_names(found.copies.values(), found.master) == NAMES


def test_without_it_the_rows_that_went_to_the_unit_do() -> None:
    """The ledger was read with a roster that has the unit under a name which nothing else tells."""
    found = sent()
    found.roster = None
    assert present_names(found.copies.values(), found.master) == NAMES


def test_a_unit_that_nothing_tells_keeps_its_name() -> None:
    found = Round(xlsx(TABLE), meetings())
    found.now(xlsx(TABLE.replace("县交通局", "县公安局")))
    assert present_names(found.copies.values(), found.master)["县交通局"] == "县交通局"


def test_the_lead_unit_s_answer_is_taken_under_its_new_name() -> None:
    found = sent()
    files = [edited(found.out[unit], D2=text) for unit, text in [("县住建局", "住建说"), ("县水利局", "水利说")]]
    done, problems = found.merge(*files, joining=Joining.LEAD)
    assert found.written(done) == {"D2": "住建说"}
    assert done.missing == ("县交通运输局",)
    assert codes(problems) == ["cell_aside", "not_returned"]
    together, _ = found.merge(*files, joining=Joining.TOGETHER)
    assert found.written(together) == {"D2": "县住房和城乡建设局：住建说；县水利局：水利说"}


def test_a_unit_under_its_new_name_is_not_silent_under_it() -> None:
    found = sent()
    files = [edited(found.out[unit], E2="完成") for unit in ("县住建局", "县水利局")]
    assert found.written(found.merge(*files)[0]) == {"E2": "完成"}


def test_sheets_under_two_names_of_one_unit_both_count() -> None:
    table = TABLE.replace("环境 | 县住建局", "环境 | 县建设局")
    found = Round(xlsx(table), meetings())
    found.now(found.data, ROSTER)
    files = [edited(found.out["县住建局"], D2="一"), edited(found.out["县建设局"], D2="二")]
    done, problems = found.merge(*files, found.out["县水利局"], found.out["县交通局"])
    assert (found.written(done), codes(problems)) == ({"D2": "一", "D3": "二"}, [])
    assert done.files["县住房和城乡建设局"] == "退回0.xlsx、退回1.xlsx"


def test_a_sheet_under_the_old_name_and_one_under_the_new_are_two_versions() -> None:
    found, again = sent(), Round(xlsx(TABLE), meetings())
    again.now(again.data, ROSTER)
    new = again.resent()
    files = [edited(found.out["县住建局"], D2="旧表"), edited(new["县住房和城乡建设局"], D2="新表")]
    done, problems = found.merge(*files)
    assert found.written(done) == {}
    assert "returned_twice" in codes(problems)

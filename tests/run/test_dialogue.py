"""The questions about two periods, talked through: by drawn ledgers, and in whole runs at a scripted console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.support.drawn import drawn
from tests.support.office import Office
from tests.support.talking import END, INTERRUPT, Person, console
from tongbao.matching import asking
from tongbao.matching.answers import Answer, Verdict
from tongbao.matching.decisions_aside import ASIDE_FILE, Decision
from tongbao.matching.match import match
from tongbao.model import ANSWERS_FILE, Ledger
from tongbao.run.dialogue import Dialogue, Round, nobody, opening

PRIOR = drawn(
    "序号 | 单位 | 事项\n1 | 甲局 | 新建城东中心小学教学楼一栋，缓解大班额问题\n2 | 甲局 | 新建城西中心小学教学楼一栋，缓解大班额问题\n"
    "3 | 乙局 | 建设石桥水厂及供水主管网，解决季节性缺水\n4 | 丙局 | 修订防汛应急预案并组织演练",
    "2022-01",
)
NOW = drawn(
    "序号 | 单位 | 事项\n1 | 甲局 | 城西中心小学扩建教学楼，消除大班额\n2 | 甲局 | 城东中心小学扩建教学楼，消除大班额\n"
    "3 | 乙局 | 解决石桥季节性缺水问题，建设水厂和主管网\n4 | 丁局 | 举办丰收节"
)


class Asked:
    """One dialogue about two ledgers; what it kept, and what it gave."""

    def __init__(self, person: Person, prior: Ledger = PRIOR, now: Ledger = NOW) -> None:
        self.kept: list[Decision] = []
        matching = match(prior, now)[0]
        self.dialogue = Dialogue(Round(asking.questions(matching), matching, (prior, now)), self.kept.append)
        self.given = self.dialogue.hold(person, opening(4, again=False))

    @property
    def answers(self) -> list[str]:
        return sorted(map(told, self.given))


def told(answer: Answer) -> str:
    """`2→3 同一项`, by the lines of the two ledgers."""
    to = answer.current.place.partition("!")[2]
    return f"{answer.prior.place.partition('!')[2]}→{to} {answer.verdict}{answer.reason}"


def test_answers_to_all_questions():
    person = Person("1", "1", "1", "撤销 职责划出")
    asked = Asked(person)
    assert asked.answers == ["2→3 同一项", "3→2 同一项", "4→4 同一项", "5→ 撤销职责划出"]
    assert [told(answer) for one in asked.kept for answer in one.answers] == [told(answer) for answer in asked.given]
    assert [line for line in person.shown if "/4　上期" in line] == [
        f"{n}/4　上期第{n}项（第{n + 1}行）" for n in (1, 2, 3, 4)
    ]
    assert "答了4问。" in person.shown
    assert person.prompts[-1] == "输入行号、撤销、并入，？看还能输入什么，直接回车以后再答："


def test_what_one_answer_takes_is_offered_to_no_other_question():
    person = Person("行2", END)
    Asked(person)
    second = person.shown[person.shown.index("2/4　上期第2项（第3行）") :]
    assert not [line for line in second if "城西中心小学扩建" in line and "相似" not in line]


def test_going_back_changes_an_answer_and_each_change_is_kept():
    person = Person("行2", "返回", "1", END)
    asked = Asked(person)
    assert asked.answers == ["2→3 同一项"]
    assert [told(one.answers[0]) for one in asked.kept] == ["2→2 同一项", "2→3 同一项"]
    assert any(line.startswith("  已答（直接回车保留）：是本期第1项") for line in person.shown)


def test_enter_on_the_way_back_keeps_the_answer_and_clearing_takes_it_away():
    assert Asked(Person("1", "返回", "", END)).answers == ["2→3 同一项"]
    asked = Asked(Person("1", "返回", "清除", END))
    assert asked.answers == []
    assert asked.kept[-1].answers == ()


def test_enter_leaves_a_question_open():
    person = Person("", "1", "", "")
    asked = Asked(person)
    assert asked.answers == ["3→2 同一项"]
    assert "答了1问，还有3问以后再答。" in person.shown
    assert not asked.dialogue.is_over


@pytest.mark.parametrize("end", [END, "全部跳过"])
def test_what_was_answered_counts_when_the_rest_is_skipped(end):
    asked = Asked(Person("1", end))
    assert asked.answers == ["2→3 同一项"]
    assert asked.dialogue.is_over


def test_nonsense_is_answered_with_what_can_be_typed_and_costs_nothing():
    person = Person("1", "asdf", "行99", "", "返回", "返回", "返回", END)
    assert Asked(person).answers == ["2→3 同一项"]
    assert any(line.startswith("没有看懂。可以输入：1") for line in person.shown)
    assert "本期台账第99行不是事项。请看台账左边的行号。" in person.shown
    assert "这是第一问，前面没有了。" in person.shown


def test_ctrl_c_loses_no_answer():
    kept: list[Decision] = []
    matching = match(PRIOR, NOW)[0]
    person = Person("1", "1", INTERRUPT)
    with pytest.raises(KeyboardInterrupt):
        Dialogue(Round(asking.questions(matching), matching, (PRIOR, NOW)), kept.append).hold(person, [])
    assert [told(one.answers[0]) for one in kept] == ["2→3 同一项", "3→2 同一项"]
    assert person.shown[-1] == "已答的2问都记下了，下次运行接着问其余的。"


def test_without_a_console_nothing_is_asked():
    matching = match(PRIOR, NOW)[0]
    dialogue = Dialogue(Round(asking.questions(matching), matching, (PRIOR, NOW)), lambda _: None)
    assert dialogue.hold(nobody, []) == []
    assert dialogue.is_over


def test_a_row_that_was_answered_already_is_refused_with_the_way_out():
    person = Person("行3", "行3", "并入 行3", END)
    assert Asked(person).answers == ["2→3 同一项", "3→3 并入"]
    assert "本期第3行已经答给上期第1项。改用：并入 行3；或先返回改那一问。" in person.shown


def test_a_row_that_the_program_has_paired_is_taken_when_it_is_typed_twice():
    prior = drawn("序号 | 单位 | 事项\n1 | 甲局 | 建设厂房（一期）\n2 | 乙局 | 修订防汛预案", "2022-01")
    now = drawn("序号 | 单位 | 事项\n1 | 甲局 | 建设厂房（二期）\n2 | 乙局 | 修订防汛预案")
    person = Person("行3", "行3")
    assert Asked(person, prior, now).answers == ["2→3 同一项"]
    assert any(line.startswith("程序已把本期第3行对上上期第2项。确要改成这一项的，再输入一次") for line in person.shown)
    assert Asked(Person("行3", "行2"), prior, now).answers == ["2→2 同一项"]


def test_an_item_without_a_trace_needs_its_whereabouts():
    prior = drawn("单位 | 事项\n乙局 | 修订防汛预案", "2022-01")
    now = drawn("单位 | 事项\n甲局 | 举办丰收节")
    person = Person("0", "撤销", "并入 行2")
    assert Asked(person, prior, now).answers == ["2→2 并入"]
    assert "它在本期没有相近的行，请写明去向：撤销 理由，或 并入 行37；直接回车以后再答。" in person.shown


WORDS = [
    "1",
    "2",
    "0",
    "9",
    "行2",
    "行3",
    "行4",
    "行5",
    "并入 1",
    "并入 行2",
    "拆分 行2 行3",
    "撤销",
    "撤销 停办",
    "返回",
    "清除",
    "？",
    "",
    "abc",
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=25))
def test_whatever_is_typed_no_row_has_two_owners_and_what_is_given_is_kept(typed):
    asked = Asked(Person(*typed))
    last = {one.prior: one.answers for one in asked.kept}
    assert sorted(told(answer) for answers in last.values() for answer in answers) == asked.answers
    taken = [a.current.place for a in asked.given if a.verdict in (Verdict.SAME, Verdict.SPLIT)]
    assert len(taken) == len(set(taken))
    again, problems = match(PRIOR, NOW, asked.given)
    assert [problem for problem in problems if problem.code == "answer_unused"] == []
    assert len(again.withdrawn) == sum(a.verdict is Verdict.WITHDRAWN for a in asked.given)


# ---------------------------------------------------------------------------------------------- whole runs


ROWS = ("金石水库", "城东道路", "石桥水厂")
BEFORE = "\n".join(
    f"| {n} | {name} | 县财政局 | 落实{name}配套资金{n}00万元，完成前期工作。 | 县财政局 | | 正在办理。 | | {name} |"
    for n, name in enumerate(ROWS, 1)
)
TODAY = "\n".join(
    f"| {n} | {name} | 县财政局 | {name}所需经费纳入预算统筹安排。 | 县财政局 | | 已列入计划{n}。 | | {name} |"
    for n, name in ((1, "老旧小区"), (2, "青山公路"), (3, "河西泵站"))
)


@pytest.fixture
def office(tmp_path) -> Office:
    made = Office(tmp_path)
    made.ledger("2022-01-19", "| 会议事项 |\n" + BEFORE)
    made.ledger("2022-02-07", "| 会议事项 |\n" + TODAY)
    return made


@pytest.fixture
def folder(office) -> Path:
    found: Path = office.folder / "input" / "决策事项"
    return found


def lines_of(book: Path) -> list[dict[str, str]]:
    head, *lines = load_workbook(book).worksheets[0].values
    return [dict(zip(map(str, head), (str(cell or "") for cell in line), strict=True)) for line in lines]


def replies_in(book: Path) -> list[str]:
    return sorted(f"{line['上期行'].partition('!')[2]} {line['答复']}" for line in lines_of(book) if line["答复"])


def names(folder: Path) -> Iterator[str]:
    return (path.name for path in sorted(folder.iterdir()) if not path.name.startswith("台账"))


def test_the_run_goes_on_with_the_answers(office, folder, capsys):
    with console("并入 行3", "并入 行4", "撤销 不再办理"):
        assert office.run() == 0
    assert "通报已写出" in capsys.readouterr().out
    assert replies_in(folder / ANSWERS_FILE) == ["3 并入", "4 并入", "5 撤销"]
    assert list(names(folder)) == [ANSWERS_FILE]
    assert office.run() == 0  # nobody is asked again


def test_ctrl_c_in_the_middle_and_the_next_run_asks_the_rest(office, folder, capsys):
    with console("并入 行3", INTERRUPT):
        assert office.run() == 2
    said = capsys.readouterr().out
    assert "已答的1问都记下了" in said
    assert "Traceback" not in said
    assert ASIDE_FILE in names(folder)
    with console("并入 行4", "撤销 不再办理"):
        assert office.run() == 0
    assert "1/2　上期" in capsys.readouterr().out
    assert replies_in(folder / ANSWERS_FILE) == ["3 并入", "4 并入", "5 撤销"]
    assert list(names(folder)) == [ANSWERS_FILE]


def test_answers_count_while_the_workbook_is_open_and_go_into_it_later(office, folder, capsys):
    assert office.run() == 1
    before = (folder / ANSWERS_FILE).read_bytes()
    mark = folder / f"~${ANSWERS_FILE}"
    mark.touch()
    with console("并入 行3", "并入 行4", "撤销 不再办理"):
        assert office.run() == 0
    assert "屏幕上答的3问先记在“对应关系（暂存）.txt”里，已经算数" in capsys.readouterr().out
    assert office.run() == 0  # still open: they still count
    assert (folder / ANSWERS_FILE).read_bytes() == before
    mark.unlink()
    assert office.run() == 0
    assert replies_in(folder / ANSWERS_FILE) == ["3 并入", "4 并入", "5 撤销"]
    assert list(names(folder)) == [ANSWERS_FILE]


def fill_in(book: Path, row: str, **cells: str) -> None:
    """The clerk answers in the line without a candidate of a prior row, and saves."""
    whole = load_workbook(book)
    page = whole.worksheets[0]
    column = {str(cell.value): number for number, cell in enumerate(page[1], 1)}
    for line in range(2, page.max_row + 1):
        if (
            str(page.cell(line, column["上期行"]).value).endswith(f"!{row}")
            and not page.cell(line, column["本期行"]).value
        ):
            for name, value in cells.items():
                page.cell(line, column[name]).value = value
    whole.save(book)


def test_where_the_two_places_disagree_the_clerk_is_asked(office, folder, capsys):
    office.run()
    mark = folder / f"~${ANSWERS_FILE}"
    mark.touch()
    with console("并入 行3", "并入 行4", "撤销 不再办理"):
        assert office.run() == 0
    fill_in(folder / ANSWERS_FILE, "5", 答复="并入", 本期行="台账!5")
    mark.unlink()
    capsys.readouterr()
    assert office.run() == 1  # nobody there to ask
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "不一样" in line]
    assert ANSWERS_FILE in told
    assert ASIDE_FILE in told
    assert ASIDE_FILE in names(folder)
    with console("2"):
        assert office.run() == 0
    assert replies_in(folder / ANSWERS_FILE) == ["3 并入", "4 并入", "5 撤销"]
    assert list(names(folder)) == [ANSWERS_FILE]


def test_the_workbook_is_preferred_where_the_clerk_says_so(office, folder):
    office.run()
    (folder / f"~${ANSWERS_FILE}").touch()
    with console("并入 行3", "并入 行4", "撤销 不再办理"):
        assert office.run() == 0
    fill_in(folder / ANSWERS_FILE, "5", 答复="并入", 本期行="台账!5")
    with console("1"):
        assert office.run() == 0
    assert office.run() == 0  # not asked twice, though the workbook is still open
    (folder / f"~${ANSWERS_FILE}").unlink()
    assert office.run() == 0
    assert replies_in(folder / ANSWERS_FILE) == ["3 并入", "4 并入", "5 并入"]


def test_that_no_row_was_it_gives_way_to_a_later_answer(office, folder):
    for month, year, progress in (("2022-01-19", 2022, "正在办理"), ("2022-02-07", 2023, "已列入计划")):
        row = f"| 1 | 大坝 | 县财政局 | 完成水库大坝安全鉴定（{year}年）。 | 县财政局 | | {progress}。 | | 大坝 |"
        office.ledger(month, "| 会议事项 |\n" + row)
    with console("0", ""):
        assert office.run() == 1
    assert replies_in(folder / ANSWERS_FILE) == ["3 不是同一项"]
    (folder / f"~${ANSWERS_FILE}").touch()
    with console("行3"):
        assert office.run() == 0
    with console():
        assert office.run() == 0  # nothing is asked: the later answer holds, though the workbook has the earlier one
    (folder / f"~${ANSWERS_FILE}").unlink()
    assert office.run() == 0
    assert replies_in(folder / ANSWERS_FILE) == ["3 同一项"]


def test_a_row_is_chosen_from_the_list_of_the_workbook(office, folder):
    office.run()
    rules = load_workbook(folder / ANSWERS_FILE).worksheets[0].data_validations.dataValidation
    listed = next(str(rule.formula1) for rule in rules if str(rule.sqref).startswith("H2")).strip('"').split(",")
    assert [one.partition(" ")[0] for one in listed] == ["台账!3　第1项", "台账!4　第2项", "台账!5　第3项"]
    for row, place in zip("345", listed, strict=True):
        fill_in(folder / ANSWERS_FILE, row, 答复="并入", 本期行=place)
    assert office.run() == 0
    assert [line["本期行"] for line in lines_of(folder / ANSWERS_FILE)] == [one.partition("　")[0] for one in listed]
    outcomes = office.record("2022-02-07")["problems"]
    assert [one["message"] for one in outcomes if one["code"] == "answer_used"] == [
        f"按“对应关系.xlsx”里的答复处理：并入（本期台账2022-02-07.xlsx“台账”第{row}行）" for row in "345"
    ]


def test_what_the_clerk_saved_during_the_run_is_not_overwritten(office, folder, capsys):
    office.run()

    class Meanwhile(str):
        """Typed while somebody else saves the workbook."""

        def __str__(self) -> str:
            fill_in(folder / ANSWERS_FILE, "3", 答复="撤销", 理由="停办")
            return "撤销 停办"

    with console("", "并入 行4", Meanwhile()):
        office.run()
    assert "在运行当中被人改过" in capsys.readouterr().out
    assert replies_in(folder / ANSWERS_FILE) == ["3 撤销"]
    assert ASIDE_FILE in names(folder)
    assert office.run() == 0
    assert replies_in(folder / ANSWERS_FILE) == ["3 撤销", "4 并入", "5 撤销"]


def test_a_mistake_in_the_workbook_is_never_overwritten_by_answers_of_the_screen(office, folder):
    office.run()
    fill_in(folder / ANSWERS_FILE, "3", 答复="大概是")
    with console("并入 行3", "并入 行4", "撤销 不再办理"):
        assert office.run() == 1
    assert [line["答复"] for line in lines_of(folder / ANSWERS_FILE) if line["答复"]] == ["大概是"]
    fill_in(folder / ANSWERS_FILE, "3", 答复="")
    assert office.run() == 0
    assert replies_in(folder / ANSWERS_FILE) == ["3 并入", "4 并入", "5 撤销"]


def test_a_workbook_that_is_up_to_date_is_not_written_again(office, folder):
    with console("并入 行3", "并入 行4", "撤销 不再办理"):
        assert office.run() == 0
    before = (folder / ANSWERS_FILE).stat().st_mtime_ns
    assert office.run() == 0
    assert (folder / ANSWERS_FILE).stat().st_mtime_ns == before


def test_the_record_carries_what_is_left_to_a_person(office):
    office.ledger("2022-02-07", "| 会议事项 |\n" + BEFORE.replace("100万元", "900万元").replace("| 1 |", "| 3 |", 1))
    office.run()
    record = office.record("2022-02-07")
    record = record.get("attempt", record)
    for one in (*record["assumed"], *(q | c for q in record["questions"] for c in q["candidates"])):
        before, now = one["prior"]["text"], one["current"]["text"]
        assert [before[a:b] for a, b in one["differs"]["prior"]] == ["100"]
        assert [now[a:b] for a, b in one["differs"]["current"]] == ["900"]
        assert one["prior"]["progress"] == "正在办理。"
        assert 0 < one["likeness"] <= 1
    assert len(record["assumed"]) + len(record["questions"]) == 1


def test_the_record_lists_rows_without_a_trace_too(office):
    office.run()
    record = office.record("2022-02-07")
    found = record.get("attempt", record)["questions"]
    assert [(one["prior"]["row"], one["cause"], one["candidates"]) for one in found] == [
        (3, "lost", []), (4, "lost", []), (5, "lost", []),
    ]  # fmt: skip

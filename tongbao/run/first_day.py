"""`setup` as the clerk sees it: the proposal on the screen, what is open asked, any line changed by its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from tongbao.config.kind_called import kind_id
from tongbao.config.kinds import Kind
from tongbao.ledger import asked
from tongbao.model import Refusal
from tongbao.outside.files import is_folder, is_there, real_path
from tongbao.outside.screen import ask, ask_text, has_console, say, show_problems
from tongbao.rounds.first_day.answers import About, Answers, Question
from tongbao.rounds.first_day.command import Propose
from tongbao.rounds.first_day.command import set_up as _set_up
from tongbao.rounds.first_day.proposal import Proposal
from tongbao.rounds.first_day.shown import Line, What, lines_of
from tongbao.rounds.samples.removing import samples_of
from tongbao.run.options import Options
from tongbao.run.own_reports import is_meant_for_sample, jobs_of
from tongbao.run.samples import take_away
from tongbao.words.periods import parse_period

# A person is asked so many things before the table is shown; the rest can be changed in it.
_MOST_QUESTIONS = 6
_NO_FIELD = "（不用这一栏）"


Run = Callable[[Options], int]


def set_up(options: Options, templates: Path, run: Run) -> int:
    """Makes the report that was asked for, with the clerk at the console or without, and runs it. Gives the status."""
    kind = options.own.get("kind", "")
    said = Answers(options.own.get("name", ""), kind_id(templates, kind) if kind else "")
    talk = _told if "yes" in options.own or not has_console() else _talked_over
    given = options.given or _dragged()
    done = _set_up([Path(word) for word in given], options.config, templates, said, talk)
    show_problems(done.problems)
    for line in done.told:
        say(line)
    if not done.report:
        return int(bool(done.problems))
    say()
    status = run(replace(options, report=done.report, given=()))
    if done.beside_samples and status == 0:
        _offer_to_remove(options, templates, asks=talk is _talked_over)
    return status


def _dragged() -> tuple[str, ...]:
    """The files that a person drags into the window, which a console types as their paths; none without a console.

    A path with spaces comes in quotation marks, or with backslashes before them.
    """
    typed = ask_text("把台账（或放台账的文件夹）拖到这个窗口里，再按回车：")
    if not typed:
        return ()
    found = re.findall(r"\"([^\"]+)\"|'([^']+)'|(\S+(?:(?<=\\) \S+)*)", typed)
    words = ["".join(groups) for groups in found]
    return (
        (typed,) if is_there(Path(typed)) else tuple(w if is_there(Path(w)) else w.replace("\\ ", " ") for w in words)
    )


def _offer_to_remove(options: Options, templates: Path, *, asks: bool) -> None:
    """Offers to take the samples away that lie beside the office's first own report; unasked nothing goes."""
    if real_path(options.config).parent != real_path(templates).parent or not samples_of(options.config, templates):
        return
    if asks:
        say("程序文件夹里还有随附的示例：")
        take_away(options.config, templates, sure=False)
    else:
        say("随附的示例还在，没有删。不要了的，双击“操作”里的“删除示例”，或运行：python3 generate.py remove-samples")


def begins(options: Options, templates: Path) -> bool:
    """Is there a folder among what was given, or a ledger that no report can read, or none but a sample's? Whatever
    else is wrong is for the run to say.
    """
    files = [Path(word) for word in options.given]
    if any(map(is_folder, files)):
        return True
    try:
        jobs = jobs_of(options, templates, files)
        if options.report is None and any(is_meant_for_sample(job, templates) for job in jobs):
            say("这本台账不是随附示例的，先照它建一份通报。")
            return True
        return bool(asked.strangers(jobs))
    except asked.Unknown:
        say("这本台账不属于已有的通报，先照它建一份。")
        return True
    except Refusal:
        return False


def _told(answers: Answers, propose: Propose, kinds: Mapping[str, Kind]) -> Proposal:
    """The proposal as it is, told."""
    proposal = propose(answers)
    _show(lines_of(proposal))
    return proposal


def _talked_over(answers: Answers, propose: Propose, kinds: Mapping[str, Kind]) -> Proposal | None:
    """The proposal after the clerk has said what is open, and changed what is wrong."""
    answers = _asked(answers, propose)
    while True:
        proposal = propose(answers)
        lines = lines_of(proposal)
        _show(lines)
        typed = ask_text("直接回车照此建立；要改的输入行号；不建立输入 0：")
        if typed == "0":
            return None
        if not typed:
            return proposal
        if typed.isdecimal() and 1 <= int(typed) <= len(lines):
            answers = _changed(lines[int(typed) - 1], answers, proposal, kinds)
        else:
            say("没有看懂，请输入行号。")


def _show(lines: list[Line]) -> None:
    say("照台账看，提议这样建立：")
    for number, line in enumerate(lines, 1):
        say(f"  {number:>2}. {line.text}")


# ---------------------------------------------------------------------------------------------- questions


def _asked(answers: Answers, propose: Propose) -> Answers:
    """The answers to what is open, one after the other: each may settle others."""
    passed: set[Question] = set()
    for _ in range(_MOST_QUESTIONS):
        proposal = propose(answers)
        question = next((q for q in proposal.questions if q not in passed), None)
        if question is None:
            break
        said = _answer(question)
        if said:
            # The labels that were offered are those of this kind: it stays, whatever the answers make fit.
            kept = _of_its_kind(answers, proposal) if question.about is About.WORD else answers
            answers = question.answered(said, kept)
        else:
            passed.add(question)
    return answers


def _of_its_kind(answers: Answers, proposal: Proposal) -> Answers:
    return replace(answers, kind=proposal.kind.id)


def _answer(question: Question) -> str:
    if not question.choices:
        return ask_text(question.text)
    chosen = ask(question.text, question.choices)
    return "" if chosen is None else question.choices[chosen]


# ---------------------------------------------------------------------------------------------- one line changed


def _changed(line: Line, answers: Answers, proposal: Proposal, kinds: Mapping[str, Kind]) -> Answers:
    """The answers with a line as the clerk wants it; as they were where nothing was said."""
    match line.what:
        case What.NAME:
            typed = ask_text("名称：")
            return replace(answers, name=typed) if typed else answers
        case What.TITLE:
            typed = ask_text("标题：")
            return replace(answers, title=typed) if typed else answers
        case What.OFFICE:
            typed = ask_text("署名：")
            return replace(answers, office=typed) if typed else answers
        case What.KIND:
            chosen = ask("哪一种通报？", [kind.name for kind in kinds.values()])
            return answers if chosen is None else replace(answers, kind=list(kinds)[chosen])
        case What.PERIOD:
            typed = ask_text("这一本是哪一期？（如 2025-03）")
            return answers.with_period(line.subject, typed) if parse_period(typed) else answers
        case What.COLUMN:
            return _column(line.subject, answers, proposal)
        case What.WORD:
            names = [label.name for label in proposal.kind.labels]
            chosen = ask(f"“{line.subject}”算哪一种？", names)
            kept = _of_its_kind(answers, proposal)
            return answers if chosen is None else kept.with_word(line.subject, names[chosen])
        case What.SOURCE:
            headers = [column.header for column in proposal.choice.understood.table.columns]
            chosen = ask("状态看哪一栏？", headers)
            return answers if chosen is None else answers.with_field(headers[chosen], proposal.kind.status.field)
        case What.WAY:
            way = next(it for it in proposal.ways if it.of == line.subject)
            chosen = ask(f"{line.text.partition('：')[0]}怎样？", list(way.choices.values()))
            return answers if chosen is None else answers.with_way(way.of, list(way.choices)[chosen])
    say("这一行只是说明，不用改。")
    return answers


def _column(header: str, answers: Answers, proposal: Proposal) -> Answers:
    fields = [c.field for c in proposal.kind.columns]
    chosen = ask(f"“{header}”一栏是什么？", [*fields, _NO_FIELD])
    if chosen is None:
        return answers
    return answers.with_field(header, fields[chosen] if chosen < len(fields) else "")

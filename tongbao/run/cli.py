"""The commands. Each ends with an exit status and plain Chinese lines; a traceback goes to a log file only.

Status: 0 written; 1 mistakes in the ledgers, or findings in the checked paper; 2 mistakes in settings or use;
3 a fault of the program.
"""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import tongbao
from tongbao.model import Level, Place, Problem, Refusal
from tongbao.outside.files import UNREADABLE, disk_fault, from_here
from tongbao.outside.screen import (
    Stages,
    ask,
    ask_several,
    ask_text,
    has_console,
    line_of,
    no_warnings,
    say,
    show_problems,
)
from tongbao.run.commands import HELP, VERSION, help_of, parted
from tongbao.run.options import MERGING, SETTING_UP, UNFILLED, YES, Options, options_of

if TYPE_CHECKING:
    from tongbao.ledger.asked import Job
    from tongbao.rounds.bring_in.command import Imported
    from tongbao.rounds.collect.command import Collected
    from tongbao.rounds.written import Written

Thing = TypeVar("Thing")
HOME = Path(__file__).resolve().parents[2]
# A file of these kinds that is dropped on the icon is a circular to check; of .wps, .pdf and .ofd the check says how to
# save it. Every other file is taken for a ledger: a circular kept as .txt is refused as no spreadsheet.
PAPERS = {".docx", ".docm", ".doc", ".wps", ".wpt", ".rtf", ".pdf", ".ofd", ".odt"}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    import sys

    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        with no_warnings():
            return _settled(lambda: _dispatch(arguments))
    except KeyboardInterrupt:
        say("已中断，没有写出不完整的文件。")
        return 2


def _settled(work: Callable[[], int]) -> int:
    """Does some work and gives its status; what goes wrong in it is told."""
    try:
        return work()
    except Refusal as refusal:
        show_problems(refusal.problems)
        return 2
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "tongbao":
            raise  # a package is missing: generate.py tells the clerk, and the next run installs it
        return _our_fault(error)
    except MemoryError:
        pass  # told below: what fills the memory is only given back when this is over
    except Exception as error:
        return _our_fault(error)
    fix = "请关闭别的程序后再试；仍不行，看看有没有大得不正常的文件，只留要用的工作表或正文，另存后再用"
    show_problems([Problem(Level.ERROR, "memory", "电脑的内存不够，没有做完；没有写出不完整的文件", fix)])
    return 2


def _dispatch(arguments: list[str]) -> int:
    command, rest = parted(arguments)
    if HELP & set(rest):
        say(help_of(command))
        return 0
    if VERSION & set(rest):
        say(f"督查通报程序 {tongbao.__version__}")
        return 0
    works = {"": _generate, "check": _check, "kinds": _list_kinds, "next": _next, "new": _new, "import": _import}
    works |= {"split": _split, "merge": _merge, "setup": _setup, "remove-samples": _remove_samples}
    return works[command.name](rest)


def _generate(arguments: list[str]) -> int:
    options = options_of(arguments, HOME, draft=True, own=(UNFILLED,))
    papers = [f for f in options.given if Path(f).suffix.lower() in PAPERS]
    ledgers = tuple(f for f in options.given if f not in papers)
    if ledgers and has_console():
        from tongbao.run import first_day

        if first_day.begins(replace(options, given=ledgers), HOME / "templates"):
            return _setup(arguments)
    return _check([*papers, "-c", str(options.config)]) if papers else _circulars(options)


def _circulars(options: Options) -> int:
    """Makes every report that was asked for."""
    import gc

    from tongbao.matching.silence import Decision
    from tongbao.run import own_reports, pipeline
    from tongbao.run.years import ask_years

    # The records of a run live to its end, so looking through them for waste finds none. Tried with 10 000 items: 4.0 s
    # with Python's own threshold, 3.4 s with this or ten times this, the same peak of memory; no difference with 37.
    gc.set_threshold(200_000)
    files = [Path(f) for f in options.given]
    jobs = own_reports.jobs_of(options, HOME / "templates", files, options.period)
    word = options.own.get("unfilled")
    unfilled = Decision(word) if word else None

    def make(job: Job) -> int:
        say(f"【{job.report.name}】")
        ask_years(job)
        with Stages() as stage:
            result = pipeline.run(
                job, draft=options.draft, tell=stage, ask=stage.ask, talk=stage.talk, unfilled=unfilled
            )
        return _show(result)

    status = _each(jobs, make)
    own_reports.tell_left(own_reports.left_beside(options, HOME / "templates", files) if not files else ())
    return status


def _each(things: Iterable[Thing], work: Callable[[Thing], int]) -> int:
    """Does the work on each thing, whatever became of those before; gives the highest status."""
    statuses = []
    for thing in things:
        statuses.append(_settled(partial(work, thing)))
        say()
    return max(statuses)


def _show(result: object) -> int:
    """Shows a result of the pipeline: problems, main figures, written files, what to do next. Gives the status."""
    from tongbao.run.pipeline import Result

    assert isinstance(result, Result)
    show_problems(result.problems)
    for line in result.headline:
        say(line)
    for path in result.written:
        say(f"已写出：{from_here(path)}")
    errors = sum(p.level is Level.ERROR for p in result.problems)
    if result.circular is None:
        say(f"还有{errors}处必改，没有出通报。改好台账并保存后再运行一次。")
        return _status(result.problems)
    warnings = sum(p.level is Level.WARNING for p in result.problems)
    drafted = f"（草稿：还有{errors}处必改）" if errors else ""
    say(f"通报已写出{drafted}：{result.circular.name}" + (f"。请先核对上面{warnings}处“请核”。" if warnings else ""))
    return _status(result.problems)


def _status(problems: Iterable[Problem]) -> int:
    """2 where a file could not be read at all, 1 where there are mistakes, else 0."""
    errors = [p for p in problems if p.level is Level.ERROR]
    return 2 if any(p.code in UNREADABLE for p in errors) else int(bool(errors))


def _check(arguments: list[str]) -> int:
    """Checks each file as a circular (核稿), or as a template where it is one."""
    from tongbao.circular import catalogue
    from tongbao.run.kinds_shown import check_template

    options = options_of(arguments, HOME)
    if not options.given:
        raise Refusal(Problem(Level.ERROR, "use", "没有说明核哪一份稿子", "把 .docx 文件拖到图标上，或写 check 文件名"))

    def check(file: Path) -> int:
        return check_template(file) if catalogue.is_template(file) else _review(file, options.config)

    return _each(map(Path, options.given), check)


def _review(file: Path, config: Path) -> int:
    """Checks one circular: shows verdict and findings, asks which to dismiss for good, writes the commented copy."""
    import gc

    from tongbao.proof import review

    gc.set_threshold(200_000)  # as in `_circulars`
    say(f"【核稿】{file.name}")
    with Stages() as stage:
        done = review.review(file, config, stage)
    show_problems(done.problems)
    for line in review.lines(done):
        say(line)
    if dropped := ask_several("哪些已核实无误、以后不再提示？", len(done.remarks)):
        say(f"已记入：{from_here(review.dismiss(file, [done.remarks[n] for n in dropped]))}")
        done = done.without(dropped)
    written, said = review.write(done)
    show_problems(said)
    for path in written:
        say(f"已写出：{from_here(path)}")
    say(done.verdict)
    return 0 if done.passes else 1


def _list_kinds(arguments: list[str]) -> int:
    from tongbao.run.kinds_shown import list_kinds

    return list_kinds(options_of(arguments, HOME).given, HOME / "templates")


def _next(arguments: list[str]) -> int:
    """Prepares the ledger of the next period of one report."""
    from tongbao.rounds.next_period.command import next_ledger

    options = options_of(arguments, HOME, most=0)
    job = _one_report(options)
    say(f"【{job.report.name}】")
    question = "下一期是哪一期？（如 2022-03 或 2022-03-01；按月、按季的直接回车）"
    return _tell(next_ledger(job, options.period, lambda: ask_text(question)), "下期台账")


def _split(arguments: list[str]) -> int:
    """Writes a workbook for each unit from the newest ledger."""
    from tongbao.rounds.collect.command import split

    then = "各单位填好退回后，放进台账文件夹下的“退回”文件夹，再双击“操作”里的“汇总退回的表”（命令 merge）。"
    return _newest(options_of(arguments, HOME, most=0), split, lambda done: then)


def _merge(arguments: list[str]) -> int:
    """Merges the workbooks that the units sent back into one ledger."""
    from tongbao.run import collecting

    options = options_of(arguments, HOME, most=0, own=MERGING)
    return _newest(options, lambda job: collecting.merged(job, options.own, ask), collecting.next_step)


def _newest(options: Options, work: Callable[[Job], Collected], then: Callable[[Collected], str]) -> int:
    """Runs one command on the newest ledger of one report; `then` settles what is left and tells the next step."""
    job = _one_report(options, options.period)
    say(f"【{job.report.name}】")
    done = work(job)
    show_problems(done.problems)
    for line in (*done.told, *(f"已写出：{from_here(path)}" for path in done.written)):
        say(line)
    say(f"接下来：{then(done)}" if done.written else "没有写出。照上面的“怎么办”改好后再运行一次。")
    return max(_status(done.problems), int(not done.written))


def _one_report(options: Options, period: str | None = None) -> Job:
    """The report to work on: the only one or the one named, else the one chosen on the console.

    Raises Refusal where there is no console to choose on.
    """
    from tongbao.run.own_reports import jobs_of
    from tongbao.run.years import ask_years

    jobs = jobs_of(options, HOME / "templates", period=period)
    names = [job.report.name for job in jobs]
    chosen = 0 if len(jobs) == 1 else ask("哪一份通报？", names)
    if chosen is None:
        message = f"配置里有{len(jobs)}份通报，没有写明是哪一份"
        raise Refusal(Problem(Level.ERROR, "use", message, "用 -r 写明，可选：" + "、".join(names)))
    ask_years(jobs[chosen])
    return jobs[chosen]


def _new(arguments: list[str]) -> int:
    """Writes an empty ledger of a kind."""
    from tongbao.run.beginning import begun

    options = options_of(arguments, HOME, most=1)
    return _tell(begun(options, HOME / "templates", options.period or f"{datetime.now():%Y-%m}"), "空白台账")


def _remove_samples(arguments: list[str]) -> int:
    """Takes away the samples that come with the program, after asking on the console."""
    from tongbao.run import samples

    options = options_of(arguments, HOME, most=0, own=(YES,))
    samples.take_away(options.config, HOME / "templates", sure="yes" in options.own)
    return 0


def _setup(arguments: list[str]) -> int:
    """Makes a report from the office's own ledgers, and its first circular."""
    from tongbao.run import first_day

    return first_day.set_up(options_of(arguments, HOME, own=SETTING_UP), HOME / "templates", _circulars)


def _import(arguments: list[str]) -> int:
    """Turns the annex table of an old circular, or a ledger of another layout, into a ledger."""
    from tongbao.rounds.bring_in.command import bring_in
    from tongbao.run.own_reports import jobs_of

    options = options_of(arguments, HOME)
    if not options.given:
        fix = "如 import 通报.docx；也可以把文件拖到“导入旧通报”图标上"
        raise Refusal(Problem(Level.ERROR, "use", "要写明导入哪个文件", fix))
    jobs = jobs_of(options, HOME / "templates", period=options.period)

    def bring(file: Path) -> int:
        say(f"【{file.name}】")
        return _tell_imported(bring_in(file, jobs))

    return _each(map(Path, options.given), bring)


def _tell_imported(imported: Imported) -> int:
    show_problems(imported.problems)
    for line in imported.told:
        say(line)
    say(f"台账已写出：{from_here(imported.path)}")
    say(f"接下来：打开它，照“待核对”表逐条核对（{len(imported.problems)}处），改好、保存后双击 generate.py。")
    return _status(imported.problems)


def _tell(written: Written, what: str) -> int:
    show_problems(written.problems)
    if written.path is None:
        say(f"没有写出{what}。照上面的“怎么办”改好后再运行一次。")
        return max(_status(written.problems), 1)
    say(f"{what}已写出：{from_here(written.path)}")
    say("接下来：打开它，填写本期进展和状态，保存后双击 generate.py。")
    return 0


def _our_fault(error: Exception) -> int:
    """Tells of a fault of the program in one line, with the log file that has the traceback. Gives status 3.

    A file that the disk refused is none of the program, even where nobody expected it: it is told, with status 2.
    """
    from tongbao.outside.deliver import write_log

    if problem := disk_fault(error):
        show_problems([problem])
        return 2
    details = "".join(traceback.format_exception(error))
    header = f"tongbao {tongbao.__version__}，Python {platform.python_version()}，{platform.system()}"
    log = write_log(HOME / "运行日志", datetime.now(), f"{header}\n{details}")
    fix = f"请把记录文件发给维护人员：{from_here(log)}"
    say(line_of(Problem(Level.ERROR, "fault", "程序自身出了错，没有写出不完整的文件", fix, place=Place())))
    return 3

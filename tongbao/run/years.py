"""The year of a ledger that tells none (台账3月.xlsx), asked at the console once and kept beside the ledgers."""

from __future__ import annotations

from pathlib import Path

from tongbao.ledger.asked import Job
from tongbao.ledger.on_file import without_year
from tongbao.ledger.yearless import in_year, keep_year
from tongbao.outside.files import is_folder
from tongbao.outside.screen import ask_text, has_console, say


def ask_years(job: Job) -> None:
    """Asks for the year of each ledger of a report that tells none. Without a console, the run says it in an error."""
    if not has_console() or not is_folder(job.report.input):
        return
    for path, likely in without_year(job):
        if year := _asked(path, likely):
            keep_year(job.report.input, path.name, year)


def _asked(path: Path, likely: int) -> int:
    """The year that is typed, or taken by Enter; 0 where nobody knows it."""
    say(f"文件名“{path.name}”没有写年份，表上也看不出是哪一年。")
    taken = f"直接回车就是{likely}年" if likely else "如 2022；直接回车表示以后再说"
    while True:
        typed = ask_text(f"它是哪一年的台账？（{taken}）").removesuffix("年")
        if not typed:
            return likely
        if typed.isdecimal() and len(typed) == 4 and in_year(path.stem, int(typed)):
            return int(typed)
        say("没有看懂，请输入四位数的年份。")

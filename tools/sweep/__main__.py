"""The command: `python -m tools.sweep FOLDER`, or `--public`. The exit status is 1 where there is a fault."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongbao.model import Level, Problem, Refusal
from tongbao.outside.screen import line_of, say
from tongbao.run.options import Option, typed

if sys.platform != "linux":
    say("sweep 只能在 Linux 上运行。")
    raise SystemExit(2)

from tools.sweep import public, report
from tools.sweep.forked import Limits
from tools.sweep.office import COMMANDS
from tools.sweep.trial import Task, Trial, all_tried, files_in

NUMBERS = ("sample", "seed", "jobs", "refusals", "seconds", "memory")
OPTIONS = (
    *(Option(name, value="一个数") for name in NUMBERS),
    Option("keep", value="文件夹"),
    Option("commands", value="哪些命令"),
    Option("plain"),
    Option("converter"),
    Option("public"),
    Option("required"),
)
USAGE = f"""用法：
  python3 dev.py sweep 文件夹    文件夹里的每个文件（下级文件夹也算）逐一交给程序的各条命令，看有没有毛病
  python3 dev.py sweep --public  用软件源里几个软件包自带的样本文件，做同样的事
选项：
  --sample 个数    只抽这么多个文件；--seed 数 另抽一批（不写就是 0，每次抽到的相同）
  --commands 命令  只试这几条，用逗号隔开：{",".join(COMMANDS)}
  --jobs 个数      同时运行几个，不写就是 2
  --seconds 秒     一次运行最多用多少处理器时间，不写就是 {Limits.cpu}
  --memory MiB     一次运行最多占多少内存，不写就是 {Limits.memory}
  --plain          台账都照示例的表头来读；不写就把每个文件自己的表头、用语写进配置，让它走得更远
  --converter      每个文件都让 LibreOffice 转换（本机有的话；很慢），不写就只在一部分文件上用它
  --keep 文件夹    把每次运行写出的文件和屏幕上的话留在这里
  --refusals 个数  抽这么多个被拒绝的文件，列出屏幕上说的原因
  --required       取不到公开的样本文件，也算没有通过"""
# The public files are a sample of the world only while they are many, of many formats.
FEWEST_FILES, FEWEST_FORMATS = 300, 8
# LibreOffice takes seconds for each file: one in so many is run where it is there, the others as where it is not.
WITH_CONVERTER = 20


@dataclass(frozen=True)
class Asked:
    """What was typed, understood. `folder`: None for the public files."""

    folder: Path | None
    numbers: Mapping[str, int]
    commands: tuple[str, ...]
    keep: Path | None
    plain: bool
    converter: bool
    required: bool

    @property
    def limits(self) -> Limits:
        """What one run may take."""
        cpu = self.numbers.get("seconds", Limits.cpu)
        return Limits(cpu, cpu * Limits.clock // Limits.cpu, self.numbers.get("memory", Limits.memory))


def main(argv: Sequence[str] | None = None) -> int:
    """Sweeps and prints what was found. The exit status: 1 where there is a fault, 2 for a mistake in the arguments."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if {"-h", "--help"} & set(arguments):
        say(USAGE)
        return 0
    try:
        asked = understood(arguments)
    except Refusal as refusal:
        for line in (*map(line_of, refusal.problems), USAGE):
            say(line)
        return 2
    return sweep(asked.folder, asked) if asked.folder else sweep_public(asked)


def understood(arguments: Sequence[str]) -> Asked:
    """What was typed. Raises Refusal for a mistake."""
    options = typed(arguments, OPTIONS, most=1)
    values = options.values
    for name in NUMBERS:
        if not values.get(name, "0").isdecimal():
            raise _refusal(f"“--{name}”不能写“{values[name]}”，要写一个数")
    commands = tuple(values.get("commands", ",".join(COMMANDS)).replace("，", ",").split(","))
    if strange := [command for command in commands if command not in COMMANDS]:
        raise _refusal(f"没有“{strange[0]}”这条命令")
    if ("public" in values) == bool(options.rest):
        raise _refusal("要写一个文件夹，或者写 --public")
    folder = Path(options.rest[0]) if options.rest else None
    if folder and not folder.is_dir():
        raise _refusal(f"没有“{folder}”这个文件夹")
    numbers = {name: int(values[name]) for name in NUMBERS if name in values}
    keep = Path(values["keep"]).absolute() if "keep" in values else None
    return Asked(folder, numbers, commands, keep, "plain" in values, "converter" in values, "required" in values)


def _refusal(message: str) -> Refusal:
    return Refusal(Problem(Level.ERROR, "use", message))


def sweep_public(asked: Asked) -> int:
    """Sweeps the public files; where they cannot be had that is told, and a failure only if they are required."""
    try:
        folder = public.fixtures()
    except public.Unreached as unreached:
        say(f"取不到公开的样本文件，没有试：{unreached}")
        return int(asked.required)
    except public.Tampered:
        say("下载的样本文件与登记的校验码不符，没有试。")
        return 1
    formats = {path.suffix.lower() for path in files_in(folder)}
    if len(files_in(folder)) < FEWEST_FILES or len(formats) < FEWEST_FORMATS:
        say(f"公开的样本文件太少：{len(files_in(folder))}个、{len(formats)}种格式。")
        return 1
    return sweep(folder, asked)


def sweep(folder: Path, asked: Asked) -> int:
    """Tries the files of a folder and prints what was found; gives the exit status."""
    began = time.monotonic()
    seed, files = asked.numbers.get("seed", 0), files_in(folder)
    if "sample" in asked.numbers:
        files = sorted(random.Random(seed).sample(files, min(asked.numbers["sample"], len(files))))
    tasks = [
        Task(
            path.absolute(),
            str(path.relative_to(folder)),
            asked.commands,
            asked.limits,
            asked.plain,
            asked.keep,
            asked.converter or number % WITH_CONVERTER == 0,
        )
        for number, path in enumerate(files)
    ]
    if not tasks:
        say(f"“{folder}”里没有文件。")
        return 2
    trials: list[Trial] = []
    for number, found in enumerate(all_tried(tasks, asked.numbers.get("jobs", 2)), 1):
        trials += found
        if number % 200 == 0:
            say(f"  已试{number}个文件，共{len(tasks)}个")
    return told(trials, asked.numbers.get("refusals", 0), seed, time.monotonic() - began)


def told(trials: Sequence[Trial], drawn: int, seed: int, seconds: float) -> int:
    """Prints what was found; gives the exit status."""
    for line in (
        *report.counts(trials),
        *report.refusals(trials, drawn, seed),
        *report.faults(trials),
        "",
        report.closing(trials, seconds),
    ):
        say(line)
    return int(any(trial.faults for trial in trials))


if __name__ == "__main__":
    sys.exit(main())

"""What a sweep found, as lines: the counts, the faults by kind, some of the refusals."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from tools.sweep.trial import Trial, masked

MESSAGES = 30  # reasons listed; the rest are told of by their number


def counts(trials: Sequence[Trial]) -> Iterator[str]:
    """How many runs ended how: by command, by format, by reason."""
    statuses = sorted({trial.status for trial in trials})
    yield from _table("命令", [(trial.command, trial) for trial in trials], statuses)
    yield from _table("格式", [(trial.format, trial) for trial in trials], statuses)
    yield ""
    yield "原因（每次运行的第一条，名称和数字已略去）"
    reasons = Counter((trial.status, trial.message) for trial in trials if trial.status != "0")
    for (status, message), count in reasons.most_common(MESSAGES):
        yield f"{count:>7}  {status}  {message}"
    if len(reasons) > MESSAGES:
        rest = sum(reasons.values()) - sum(count for _, count in reasons.most_common(MESSAGES))
        yield f"{rest:>7}  另有{len(reasons) - MESSAGES}种"


def _table(what: str, named: Sequence[tuple[str, Trial]], statuses: Sequence[str]) -> Iterator[str]:
    """One line a name, one column a status."""
    found = Counter((name, trial.status) for name, trial in named)
    whole = Counter(name for name, _ in named)
    yield ""
    yield f"{what:<10}{'合计':>8}" + "".join(f"{'状态' + s if s.isdigit() else s:>8}" for s in statuses)
    for name, count in sorted(whole.items(), key=lambda item: (-item[1], item[0])):
        yield f"{name:<12}{count:>10}" + "".join(f"{found[name, status]:>11}" for status in statuses)


def faults(trials: Sequence[Trial]) -> Iterator[str]:
    """Every fault, those of one kind together, each with what was typed."""
    kinds: dict[str, list[tuple[str, Trial]]] = {}
    for trial in trials:
        for fault in trial.faults:
            kinds.setdefault(masked(fault.replace("（", "(").replace("）", ")"), 100), []).append((fault, trial))
    for kind, found in sorted(kinds.items(), key=lambda item: -len(item[1])):
        yield ""
        yield f"{len(found)}处：{kind}"
        for fault, trial in found:
            yield f"    {trial.name}：generate.py {' '.join(trial.argv)}"
            yield f"        {fault[:300]}"


def refusals(trials: Sequence[Trial], number: int, seed: int) -> Iterator[str]:
    """Some of the refusals (status 2), drawn, one a file: the file, what was typed, the reason in full."""
    refused: dict[str, list[Trial]] = {}
    for trial in trials:
        if trial.status == "2":
            refused.setdefault(trial.name, []).append(trial)
    drawing = random.Random(seed)
    for name in sorted(drawing.sample(sorted(refused), min(number, len(refused)))):
        trial = drawing.choice(refused[name])
        yield ""
        yield f"{trial.name}（{trial.command}）"
        yield f"    {trial.reason}"


def closing(trials: Sequence[Trial], seconds: float) -> str:
    """The last line."""
    files, formats = len({trial.name for trial in trials}), len({trial.format for trial in trials})
    slowest = max(trials, key=lambda trial: trial.seconds)
    largest = max(trials, key=lambda trial: trial.peak)
    bad = sum(len(trial.faults) for trial in trials)
    return (
        f"{files}个文件、{formats}种格式，运行{len(trials)}次，{seconds:.0f}秒；"
        f"最慢{slowest.seconds:.1f}秒（{slowest.name}，{slowest.command}），"
        f"最多用内存{largest.peak:.0f} MiB（{largest.name}，{largest.command}）；"
        + (f"{bad}处毛病。" if bad else "没有毛病。")
    )

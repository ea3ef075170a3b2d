"""The one command for developers: sets up `.venv` with the test tools, then runs all checks and tests.

`python3 dev.py` does all of that; `python3 dev.py NAME …` does one thing of the table below.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from generate import refuse, say
from tongbao.outside.environment import REQUIREMENTS, ROOT, Unready, pins, prepared

DEV_REQUIREMENTS = ROOT / "requirements-dev.txt"

# What each name runs: a Python module and its arguments; more arguments may follow on the command line.
COMMANDS = {
    "format": ["ruff", "format", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "test": ["pytest", "-n", "2"],
    "trials": ["pytest", "-n", "2"],
    "bench": ["tools.bench"],
    "sweep": ["tools.sweep"],
    "templates": ["tools.templates"],
    "samples": ["tools.samples"],
    "docs": ["tools.docs"],
}
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": COMMANDS["lint"],
    "types": COMMANDS["types"],
    "test": COMMANDS["test"],
}
COMPILE = [
    *("uv", "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"),
    *("--fork-strategy", "fewest", "--generate-hashes", "--no-annotate"),
    *("--custom-compile-command", "python3 dev.py lock"),
]
USAGE = """用法：
  python3 dev.py              检查格式、写法、类型，跑全部测试
  python3 dev.py 命令 …       只做一件，后面的选项照给那件工具
命令：
  format      整理格式
  lint        查写法
  types       查类型
  test        跑测试（随机的、模拟的只试一部分）
  trials      跑测试，随机的、模拟的全部试完
  bench       量速度
  sweep       把一个文件夹里的文件（--public：公开的样本文件）逐一交给各条命令，找毛病
  templates   重做各种类的模板
  samples     重做示例
  docs        重做由程序生成的文档
  lock        重锁依赖的版本"""


def main(argv: Sequence[str]) -> int:
    """Runs all checks, or the one command that is named; the exit status is 0 if everything passed."""
    if argv and argv[0] in ("-h", "--help"):
        say(USAGE)
        return 0
    if argv and argv[0] not in (*COMMANDS, "lock"):
        say(f"没有“{argv[0]}”这条命令。\n{USAGE}")
        return 2
    try:
        python = str([prepared(file, say) for file in (REQUIREMENTS, DEV_REQUIREMENTS)][-1])
    except Unready as unready:
        return refuse(*unready.lines)
    if not argv:
        return check_all(python)
    if argv[0] == "lock":
        return lock(python)
    os.environ |= {"TONGBAO_TRIALS": "1"} if argv[0] == "trials" else {}
    return run(python, [*COMMANDS[argv[0]], *argv[1:]])


def check_all(python: str) -> int:
    """Runs every check, also after one has failed, and names those that failed."""
    failed = []
    for name, command in CHECKS.items():
        say(f"== {name}")
        if run(python, command):
            failed.append(name)
    say("未通过：" + "、".join(failed) if failed else "全部通过。")
    return 1 if failed else 0


def run(python: str, command: Sequence[str]) -> int:
    """Runs a module in `.venv`. In tests, opening a file without naming its encoding gives a warning."""
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONWARNDEFAULTENCODING": "1" if command[0] == "pytest" else ""}
    return subprocess.run([python, "-m", *command], cwd=ROOT, env=env, check=False).returncode


def lock(python: str) -> int:
    """Pins the newest versions that fit together, with the checksums of their files for every platform."""
    if status := run(python, [*COMPILE, "requirements.in", "-o", REQUIREMENTS.name]):
        return status
    ours = [option for pin in pins(REQUIREMENTS) for option in ("--no-emit-package", pin.rpartition("-")[0])]
    return run(python, [*COMPILE, "requirements-dev.in", *ours, "-o", DEV_REQUIREMENTS.name])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

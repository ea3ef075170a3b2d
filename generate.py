"""What a clerk double-clicks: finds or makes the environment, hands over to the program, pauses at the end.

This file keeps to the syntax of Python 3.6, since it has to tell the clerk that a Python is too old.
"""

import contextlib
import os
import sys
import traceback

ROOT = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
# Today's pandas, numpy and dateutil need 3.11. The price: the Pythons of 麒麟 V10 and of UOS 20 and 22 are refused;
# there the folder that carries a Python of its own is needed.
OLDEST = (3, 11)
MISUSE, OUR_FAULT = 2, 3


def main(argv: "list[str]") -> int:
    """Does what the arguments ask and gives the exit status. No traceback reaches the screen."""
    try:
        status = run(argv)
    except KeyboardInterrupt:
        say("已停止。")
        status = MISUSE
    except Exception:
        status = explain_our_fault()
    if pauses(argv):
        wait_for_enter()
    return status


def run(argv: "list[str]") -> int:
    """Checks this Python, finds or makes one that has the requirements, and runs the program there."""
    if sys.version_info < OLDEST:
        return refuse(
            sys.executable or "python",
            "Python 太旧（{}.{}），本程序要 3.11 或更新的版本".format(*sys.version_info),
            "请安装 Python 3.11 至 3.14，或使用自带 Python 的完整文件夹",
        )
    if ROOT not in sys.path:  # a bundled Python looks only where its own list says
        sys.path.insert(0, ROOT)
    from tongbao.outside import environment

    try:
        status = environment.run_elsewhere(__file__, argv, say)
    except environment.Unready as unready:
        return refuse(*unready.lines)
    return run_here(argv) if status is None else status


def run_here(argv: "list[str]") -> int:
    """Runs the program in this Python; a character that the console does not have is replaced."""
    from tongbao.outside import environment

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        from tongbao.run import cli

        return cli.main(argv)
    except ImportError as error:
        if not environment.distrust(error):
            raise
        return refuse(environment.VENV, f"运行环境不完整（缺少 {error.name}）", "请再运行一次，程序会自动修复")


def refuse(where: object, found: str, remedy: str) -> int:
    """Says in three lines why the program cannot start: where, what, what to do. Gives the status."""
    say(f"哪里：{where}\n什么问题：{found}\n怎么办：{remedy}")
    return MISUSE


def explain_our_fault() -> int:
    """Says in plain lines that the program failed; the traceback goes to a file, or its end on the screen."""
    log = os.path.join(ROOT, "运行日志", "启动.txt")  # noqa: PTH118
    try:
        os.makedirs(os.path.dirname(log), exist_ok=True)  # noqa: PTH103, PTH120
        with open(log, "w", encoding="utf-8") as file:  # noqa: PTH123
            traceback.print_exc(file=file)
        remedy = f"请把这个文件发给维护人员：{log}"
    except OSError:
        remedy = "请把这几行发给维护人员：" + traceback.format_exc().strip().splitlines()[-1]
    refuse(ROOT, "程序内部出错", remedy)
    return OUR_FAULT


def say(text: str) -> None:
    """Prints in the console's own encoding; what it cannot show becomes a question mark."""
    if sys.stdout is None:  # started without a console
        return
    encoding = sys.stdout.encoding or "utf-8"
    if encoding.lower() in ("ascii", "ansi_x3.4-1968"):  # an old Python in a bare locale: consoles read UTF-8
        sys.stdout.buffer.write(f"{text}\n".encode())
    else:
        sys.stdout.write(f"{text}\n".encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def pauses(argv: "list[str]") -> bool:
    """Would the window close before anyone has read it?"""
    if os.environ.get("TONGBAO_PAUSE") == "no" or not all(s and s.isatty() for s in (sys.stdin, sys.stdout)):
        return False
    dropped_on_icon = os.name == "nt" and "PROMPT" not in os.environ  # cmd sets PROMPT, the desktop does not
    return not argv or dropped_on_icon


def wait_for_enter() -> None:
    """Keeps the window open until Enter is pressed."""
    say("按回车键关闭")
    with contextlib.suppress(KeyboardInterrupt):
        sys.stdin.readline()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

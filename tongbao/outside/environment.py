"""Where the program runs: in this Python if it has the requirements, else in a `.venv` made beside `generate.py`.

Standard library only; a start that finds everything in order imports no slow module.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tongbao.outside.locking import alone_in

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements.txt"
WHEELS = ROOT / "wheels"
LOG = ROOT / "运行日志" / "安装.txt"
# Bytes, set by feel: with less left on the disk, a step that failed is taken to have failed for want of space, whatever
# its output says. The cost: another fault on a nearly full disk is told as this one.
LEAST_SPACE = 50_000_000

Say = Callable[[str], None]


class Unready(Exception):
    """The environment cannot be made. The three `lines` say where, what was found and what to do, in Chinese."""

    def __init__(self, where: Path | str, found: str, remedy: str) -> None:
        super().__init__(found)
        self.lines = str(where), found, remedy


# What the output of a failed installation tells, first match first: its sign, what was found, what to do. The signs are
# those of pip, Linux and Windows in English; tests/test_bootstrap.py has an output of most sorts. The cost: any other
# output, also one in another language, is told by its last line with the path of the log. The 500 MB are set by feel:
# an installed `.venv` was 206 MB under Linux, and pip needs room for the packages beside it.
FAILURES = (
    (r"No space left|Errno 28\b|WinError 112", "磁盘空间不够", "请清理磁盘（约需 500 MB），再运行一次"),
    (
        r"Permission denied|Errno 13\b|WinError 5\b|Errno 30\b",
        "没有写入权限",
        "请把整个文件夹复制到能写入的本地磁盘再运行",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "安装包与登记的校验值不符（没下载完整或被改动）",
        "请删去出错的安装包，重新下载后再运行一次",
    ),
    (
        r"Connection|Max retries|NameResolution|name resolution|Timeout|timed out|ProxyError|SSLError|Network is",
        "连不上网络，下载不了需要的组件",
        "请接通网络再运行一次；不能上网的电脑，请把 wheels 文件夹（安装包）放到 generate.py 旁边",
    ),
    (
        r"No matching distribution found for (\S+)",
        "没有适合本机 Python {python} 的安装包（{package}）",
        "请改用 Python 3.11 至 3.14（64 位）；用 wheels 文件夹安装的，请换成与本机相配的一套",
    ),
)

# How pip announces a package, from the index or from a folder.
PACKAGE = re.compile(r"Collecting (?P<name>[\w.-]+)==|Processing .*?(?P<file>[^/\\]+?)-\d[^/\\]*\.whl")


def run_elsewhere(script: str, argv: Sequence[str], say: Say) -> int | None:
    """The exit status of the script, run in the Python that has the requirements; None where that is this very one.

    Makes or repairs `.venv` first where no Python has them. Raises `Unready` where that cannot be done. `say` gets a
    line for each step.
    """
    python = _this_python() or prepared(REQUIREMENTS, say)
    if _is_this(python):
        return None
    sys.stdout.flush()
    # File names are UTF-8 whatever the locale says; the console keeps the encoding that it has.
    os.environ["PYTHONIOENCODING"] = f"{sys.stdout.encoding}:replace"
    command = [str(python), "-X", "utf8", script, *argv]
    if os.name != "nt":
        os.execv(python, command)
    return _call_and_wait(command)


def _this_python() -> Path | None:
    """This interpreter if it has all requirements (a bundled Python, or that of `.venv`), else None."""
    return Path(sys.executable) if _holds(map(Path, sys.path), REQUIREMENTS) else None


def _is_this(python: Path) -> bool:
    """Is this process that Python already, with UTF-8 for file names?"""
    same = python == Path(sys.executable) or Path(sys.prefix).resolve() == VENV.resolve()
    return same and sys.getfilesystemencoding().lower() == "utf-8"


def _call_and_wait(command: list[str]) -> int:
    """Runs a command and gives its exit status: Windows cannot replace a process. Only this one pauses at the end."""
    import subprocess

    return subprocess.run(command, env={**os.environ, "TONGBAO_PAUSE": "no"}, check=False).returncode


def prepared(requirements: Path, say: Say) -> Path:
    """The Python of `.venv`, with all that the file pins installed. Raises `Unready` where that cannot be done."""
    if not _ready(requirements):
        try:
            VENV.mkdir(exist_ok=True)
            with alone_in(VENV, lambda: say("另一个窗口正在准备运行环境，请稍候……")):
                if not _ready(requirements):
                    _prepare(requirements, say)
        except OSError as error:
            raise _explained(str(error)) from error
    return _venv_python()


def distrust(error: ImportError) -> bool:
    """Marks `.venv` for repair after a failed import. False, and no mark, where the fault is not in `.venv`."""
    if Path(sys.prefix).resolve() != VENV.resolve() or (error.name or "").startswith("tongbao"):
        return False
    _stamp(REQUIREMENTS).unlink(missing_ok=True)
    return True


def pins(requirements: Path) -> list[str]:
    """`name-version` of each pinned requirement, spelt like the folders of installed packages (see `_spelt`)."""
    try:
        text = requirements.read_text(encoding="utf-8")
    except OSError as error:
        raise Unready(
            requirements, "读不了这个文件（不见了，或正被别的程序占用）", "请关闭占用它的程序，或重新解压整个文件夹"
        ) from error
    lines = re.findall(r"^([\w.-]+)==([^\s;]+) *\\?$", text, re.MULTILINE)
    return [_spelt(f"{name}-{version}") for name, version in lines]


def _spelt(package: str) -> str:
    """`name-version` with the name in one spelling: lower case, each run of `-`, `_` and `.` as `_`."""
    name, _, version = package.rpartition("-")
    return re.sub(r"[-_.]+", "_", name).lower() + "-" + version


def _holds(folders: Iterable[Path], requirements: Path) -> bool:
    """Whether the folders have every pinned package, by their names alone: nothing is imported."""
    found = {_spelt(entry.stem) for f in folders if f.is_dir() for entry in f.glob("*.dist-info")}
    return found.issuperset(pins(requirements))


def _stamp(requirements: Path) -> Path:
    """The file that says what was installed to the end: checksum of the pins, folder of packages, home of Python."""
    return VENV / f"{requirements.name}.installed"


def _ready(requirements: Path) -> bool:
    """Whether the file's pins were installed to the end, and its packages and their Python are still there."""
    try:
        digest, packages, home = _stamp(requirements).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False
    return (
        digest == _digest(requirements)
        and Path(home).exists()
        and _venv_python().exists()
        and _holds([VENV / packages], requirements)
    )


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def _venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _prepare(requirements: Path, say: Say) -> None:
    """Makes or repairs `.venv`; after an interrupted installation every package is installed again."""
    if not _works():
        _make(say)
    stamp = _stamp(requirements)
    again = not stamp.exists()
    stamp.unlink(missing_ok=True)
    _install(requirements, again, say)
    packages, home = _ask_venv(
        "import sysconfig, sys; print(sysconfig.get_path('purelib'), sys.base_prefix, sep='\\n')"
    )
    inside = Path(packages).is_relative_to(VENV)
    relative = (Path(packages).relative_to(VENV) if inside else Path(packages)).as_posix()
    stamp.write_text(f"{_digest(requirements)}\n{relative}\n{home}\n", encoding="utf-8")
    say("运行环境已备好。")


def _works() -> bool:
    """Does `.venv` have a Python that starts and has pip?"""
    return _venv_python().exists() and _ask_venv("import pip; print(pip.__name__)") == ["pip"]


def _ask_venv(code: str) -> list[str]:
    """The lines that some code prints in the Python of `.venv`; none where it fails."""
    import subprocess

    try:
        answer = subprocess.run([_venv_python(), "-X", "utf8", "-c", code], capture_output=True, check=False)
    except OSError:
        return []
    return answer.stdout.decode("utf-8", "replace").splitlines() if answer.returncode == 0 else []


def _make(say: Say) -> None:
    """Makes a fresh `.venv` from the Python that started us, not from an environment that this may be in."""
    from importlib.util import find_spec

    if not (find_spec("venv") and find_spec("ensurepip")):
        raise Unready(
            sys.executable,
            "这个 Python 缺少 venv 或 ensurepip 组件",
            "麒麟、统信、Debian 系统请安装 python3-venv；Windows 请重装 python.org 的 Python（勾选 pip）",
        )
    say("首次运行，正在准备运行环境（只做这一次，约需几分钟）……")
    _empty(VENV)
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    _run([python, "-m", "venv", str(VENV)], lambda line: None)


def _empty(folder: Path) -> None:
    """Removes all that a folder holds but our lock."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != ".tongbao.lock":
            entry.unlink()


def _install(requirements: Path, again: bool, say: Say) -> None:
    """Installs exactly what the file pins, with one line on the screen for each package."""
    total, seen = len(pins(requirements)), 0

    def show(line: str) -> None:
        nonlocal seen
        if package := PACKAGE.match(line):
            seen += 1
            say(f"  {seen}/{max(seen, total)} {package['name'] or package['file']}")
        elif line.startswith("Installing collected packages"):
            say("  正在装入……")

    source = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    say(f"正在安装需要的组件（共 {total} 个，来自{' wheels 文件夹' if source else '网络'}）：")
    pip = [str(_venv_python()), "-m", "pip", "install", "--no-input", "--progress-bar", "off", "--no-deps"]
    exact = ["--require-hashes", "--only-binary", ":all:", *(["--force-reinstall"] if again else [])]
    _run([*pip, *exact, *source, "-r", str(requirements)], show)


def _run(command: list[str], show: Say) -> None:
    """Runs one step and passes its lines to `show` as they come. Raises `Unready`, with a log, where it fails."""
    import subprocess

    fixed = {
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_USER": "0",
    }
    # Set by feel: an office without network learns of it within minutes (pip's own 15 seconds and 5 retries take longer
    # for each package). The cost: a very slow network fails sooner; whoever has one may set these variables.
    patience = {"PIP_DEFAULT_TIMEOUT": "20", "PIP_RETRIES": "2"}
    process = subprocess.Popen(
        command,
        env={**patience, **os.environ, **fixed},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lines = []
    with process:
        for line in process.stdout or ():
            lines.append(line)
            show(line)
    if process.returncode:
        raise _explained("".join(lines))


def _explained(output: str) -> Unready:
    """What to tell of a failed step: the first known reason in its output, else its last line. Writes the log."""
    try:
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text(output, encoding="utf-8")
    except OSError:
        pass  # the folder may be read-only: then the three lines have to do
    if shutil.disk_usage(ROOT).free < LEAST_SPACE:
        output = "No space left"
    for sign, found, remedy in FAILURES:
        if match := re.search(sign, output):
            version = ".".join(map(str, sys.version_info[:2]))
            return Unready(VENV, found.format(python=version, package=match[match.lastindex or 0]), remedy)
    last = (output.strip().splitlines() or ["没有说明原因"])[-1]
    # 100 characters, set by feel, fill a line of the window; the log has the rest.
    return Unready(
        VENV, f"准备运行环境时出错（{last[:100]}）", f"请再运行一次；仍不行，请把这个文件发给维护人员：{LOG}"
    )

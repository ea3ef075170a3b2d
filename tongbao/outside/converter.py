"""Files of other programs turned into .docx or .xlsx by a LibreOffice that is installed; nothing where there is none.

It works on a copy in a folder of its own, with a profile of its own that runs no macros and follows no links, and is
ended when it takes too long. The file itself is never touched.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

# Seconds. The first start with a new profile took 4 to 8 here, a paper of 300 pages 15.
LIMIT = 90
# Papers longer than this are no circulars.
_MOST = 64 * 2**20
_NAMES = ("soffice", "libreoffice", "localc", "lowriter")
_FOLDERS = (
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)
_KEYS = (r"SOFTWARE\LibreOffice\UNO\InstallPath", r"SOFTWARE\WOW6432Node\LibreOffice\UNO\InstallPath")
_SETTINGS = ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>"""
_ITEM = """<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="{}" oor:op="fuse"><value>true</value></prop></item>"""


def converted(data: bytes, suffix: str, into: str) -> bytes | None:
    """The file as `docx` or `xlsx`; None where no program is there to do it, or it could not.

    `suffix` (`doc`, `slk`) is how the program knows the format.
    """
    try:
        program = _program()
        if program is None or len(data) > _MOST:
            return None
        with tempfile.TemporaryDirectory(prefix="tongbao-", ignore_cleanup_errors=True) as folder:
            return _convert(program, Path(folder), data, suffix, into)
    except OSError:
        return None


def _convert(program: str, folder: Path, data: bytes, suffix: str, into: str) -> bytes | None:
    """What the program made in the folder, if it made anything."""
    copy, made = folder / f"paper.{suffix}", folder / "made"
    copy.write_bytes(data)
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(
        _PROFILE.format("".join(map(_ITEM.format, _SETTINGS))), encoding="utf-8"
    )
    profile = (folder / "profile").as_uri()
    # A page would be opened as a page, which no paper can be made of.
    reading = ["--infilter=HTML (StarWriter)"] if suffix == "html" else []
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    _run([*command, *reading, "--convert-to", into, "--outdir", str(made), str(copy)], folder)
    found = made / f"paper.{into}"
    return found.read_bytes() if found.is_file() else None


def _run(command: list[str], folder: Path) -> None:
    """Runs a command to its end, or until it has taken too long: then it ends with all that it started."""
    environment = {**os.environ, "HOME": str(folder), "http_proxy": "127.0.0.1:9", "https_proxy": "127.0.0.1:9"}
    started = subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        started.wait(LIMIT)
    except subprocess.TimeoutExpired:
        _end(started)


def _end(started: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(started.pid)], capture_output=True, check=False)
    else:
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()


@functools.cache
def _program() -> str | None:
    """The path of LibreOffice's own program, if it is on this machine."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    names = ("soffice.com", "soffice.exe", "soffice")
    return found or next(
        (
            str(Path(folder, name))
            for folder in (*_registered(), *_FOLDERS)
            for name in names
            if Path(folder, name).is_file()
        ),
        None,
    )


def _registered() -> list[str]:
    """The folders that Windows knows LibreOffice by."""
    found: list[str] = []
    if sys.platform == "win32":
        import winreg

        for key in _KEYS:
            for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
                with contextlib.suppress(OSError):
                    found.append(winreg.QueryValue(root, key))
    return found

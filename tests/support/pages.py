"""Pages as LibreOffice lays them out, and whether this machine can make them."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

STAND_IN = "Fandol"
ToPdf = Callable[[Sequence[Path]], list[Path]]


@functools.cache
def missing_for_rendering() -> str:
    """Why pages cannot be looked at on this machine; empty where they can."""
    for program in ("soffice", "pdftoppm", "fc-match"):
        if not shutil.which(program):
            return f"{program} is not installed (run .ci/rendering)"
    matched = subprocess.run(["fc-match", "仿宋_GB2312"], capture_output=True, encoding="utf-8", check=False).stdout
    return "" if STAND_IN in matched else "the stand-in fonts are not installed (run .ci/rendering)"


def converter(folder: Path) -> ToPdf:
    """Converts Word files and workbooks to PDF in a folder, in their order, in one call of LibreOffice.

    A file whose bytes were converted before is not converted again.
    """

    def convert(files: Sequence[Path]) -> list[Path]:
        staged = [folder / f"{hashlib.sha256(f.read_bytes()).hexdigest()[:16]}{f.suffix}" for f in files]
        fresh = {copy: f for copy, f in zip(staged, files, strict=True) if not copy.exists()}
        for copy, original in fresh.items():
            shutil.copyfile(original, copy)
        if fresh:
            run_libreoffice(folder, list(fresh))
        pages = [copy.with_suffix(".pdf") for copy in staged]
        unmade = [str(f) for f, pdf in zip(files, pages, strict=True) if not pdf.exists()]
        assert not unmade, f"LibreOffice did not convert {unmade}"
        return pages

    return convert


def run_libreoffice(folder: Path, files: Sequence[Path]) -> None:
    """One call of LibreOffice, with a profile of our own."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)],
        env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=True,
    )

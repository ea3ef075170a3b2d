"""A small office, made fresh for every run, with the file in it as a clerk would have put it there."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tongbao.outside import converter
from tongbao.run import cli

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "templates" / "meeting-decisions" / "sample"
# An office that keeps ledgers like the sample's.
PLAIN = """
office: {name: 云溪县人民政府督查室, issued_by: 云溪县人民政府办公室}
units: [县水利局, 县财政局, 青石镇, 县自然资源和规划局, 县住房和城乡建设局]
reports:
  - {name: 决策, kind: meeting-decisions, title: 关于调度会决策事项办理情况的通报}
"""
LEDGERS = Path("input") / "决策"
PRIOR, CURRENT = "台账2023-05", "台账2023-06"
LEDGER, PAPER = "{ledger}", "{paper}"
# What is typed. The file is a ledger of the office, or a paper that came in, under its own name. `run` is the command
# without a name: what dropping a ledger on the icon does.
COMMANDS = {
    "run": (LEDGER,),
    "import": ("import", PAPER, "-p", "2023-06"),
    "check": ("check", PAPER),
    "next": ("next",),
    "split": ("split",),
}


@dataclass(frozen=True)
class Office:
    """The folder of an office, the file in it, and what is typed there."""

    folder: Path
    file: Path
    argv: tuple[str, ...]
    converter: bool = False

    def run(self) -> int:
        """Runs the command line here and gives its status. The program takes this folder for its own."""
        os.chdir(self.folder)
        temporary = self.temporary
        os.environ["TMPDIR"] = str(temporary)
        tempfile.tempdir = str(temporary)
        sys.argv = ["generate.py", *self.argv]
        cli.HOME = self.folder
        if not self.converter:
            vars(converter)["_program"] = lambda: None  # a run is a process of its own
        return cli.main(self.argv)

    @property
    def temporary(self) -> Path:
        """The folder for temporary files of a run here."""
        return self.folder.with_name("tmp")


def office_for(folder: Path, file: Path, command: str, config: str = PLAIN, *, converter: bool = False) -> Office:
    """Makes an office in a new folder, with a copy of the file, and with or without a LibreOffice."""
    office = folder / "office"
    ledgers = office / LEDGERS
    ledgers.mkdir(parents=True)
    (office / "templates").symlink_to(ROOT / "templates")
    (office / "config.yaml").write_text(config, encoding="utf-8")
    own = ledgers / f"{CURRENT}{file.suffix}" if PAPER not in COMMANDS[command] else office / "来件" / file.name
    own.parent.mkdir(exist_ok=True)
    _copy(file, own)
    if LEDGER in COMMANDS[command]:
        # Compared with itself every row finds its partner, and a circular comes out; a file that does not fit has a
        # good ledger before it, so that the mistakes are this one's, and are marked in a copy of it.
        before = min(SAMPLE.glob("*.xlsx")) if config == PLAIN else file
        _copy(before, ledgers / f"{PRIOR}{before.suffix}")
    typed = str(own.relative_to(office))
    made = Office(
        office, own, tuple(typed if word in (LEDGER, PAPER) else word for word in COMMANDS[command]), converter
    )
    made.temporary.mkdir(parents=True)
    return made


def _copy(file: Path, target: Path) -> None:
    """Copies a file, or a folder that is called like one."""
    (shutil.copytree if file.is_dir() else shutil.copyfile)(file, target)


def sums(folder: Path) -> dict[Path, str]:
    """The checksum of every file below the folder; what a link leads to is not ours."""
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and "templates" not in path.relative_to(folder).parts[:1]
    }

"""Which files and reports come with the program as samples, by their sums: a changed one is the office's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tongbao.config.office import Office
from tongbao.outside.files import UnreadableFile, content, content_if_there

# The list lies beside the kinds; `python -m tools.samples` writes it.
LIST = "随附示例.txt"
_REPORT, _OFFICE = "config.yaml：", "config.yaml"


@dataclass(frozen=True, slots=True)
class Shipped:
    """The samples: the sum of each file by its path below the program's folder, of each report by its name, and
    of the office.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, str] = field(default_factory=dict)
    office: str = ""

    @classmethod
    def listed(cls, templates: Path) -> Shipped:
        """The samples of this program; none where it carries no list of them."""
        text = (content_if_there(templates / LIST) or b"").decode()
        lines = [line.split("  ", 1) for line in text.splitlines() if line and not line.startswith("#")]
        sums = {name: digest for digest, name in lines}
        reports = {name.removeprefix(_REPORT): it for name, it in sums.items() if name.startswith(_REPORT)}
        office = sums.pop(_OFFICE, "")
        return cls({name: it for name, it in sums.items() if not name.startswith(_REPORT)}, reports, office)

    def holds(self, path: Path) -> bool:
        """Is this file, wherever it lies, one of the samples as it was shipped? No, where nobody can read it."""
        try:
            return sum_of(content(path)) in self.files.values()
        except UnreadableFile:
            return False

    def unchanged(self, home: Path) -> list[Path]:
        """The files that lie where they were shipped and as they were shipped, in the program's folder."""
        found = ((home / name, digest) for name, digest in self.files.items())
        return [path for path, digest in found if _sum_at(path) == digest]

    def is_office(self, office: Office) -> bool:
        """Is this the office of the samples?"""
        return self.office == sum_of_entry(asdict(office))

    def is_report(self, name: str, entry: object) -> bool:
        """Is this entry of the settings the one that was shipped, word for word?"""
        return self.reports.get(name) == sum_of_entry(entry)


def written_list(files: Mapping[str, bytes], office: Office, reports: Mapping[str, object]) -> str:
    """The text of the list."""
    lines = [f"{sum_of(data)}  {name}" for name, data in sorted(files.items())]
    lines += [f"{sum_of_entry(asdict(office))}  {_OFFICE}"]
    lines += [f"{sum_of_entry(entry)}  {_REPORT}{name}" for name, entry in reports.items()]
    return "# 随程序附带的示例（SHA-256）：remove-samples 只删没有改动过的这些。\n" + "\n".join(lines) + "\n"


def sum_of(data: bytes) -> str:
    """The sum by which a file is known."""
    return hashlib.sha256(data).hexdigest()


def sum_of_entry(entry: object) -> str:
    """The sum by which an entry of the settings is known, whatever its layout and remarks."""
    return sum_of(json.dumps(entry, ensure_ascii=False, sort_keys=True).encode())


def _sum_at(path: Path) -> str:
    try:
        return sum_of(content(path))
    except UnreadableFile:
        return ""

"""The sample office that comes with the program: its settings make way for those of a real office."""

from __future__ import annotations

from pathlib import Path

from tongbao.outside.deliver import write_whole
from tongbao.outside.files import content

KEPT_AS = "config.示例.yaml"


def set_aside(config: Path) -> list[str]:
    """Keeps the sample's settings under another name, before those of the office are written."""
    write_whole(config.with_name(KEPT_AS), content(config))
    return [f"示例的设置另存为 {KEPT_AS}"]

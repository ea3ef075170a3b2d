"""An office in a folder of the test's own: its settings, ledgers drawn as text tables, and runs as the clerk makes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from tests.support.drawing import xlsx
from tests.support.folders import TEMPLATES
from tongbao.run import cli
from tongbao.words.periods import parse_period

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONFIG = """
office: {name: 云溪县人民政府督查室, issued_by: 云溪县人民政府办公室}
units: [县发展和改革局, 县财政局, 县自然资源和规划局, 县住房和城乡建设局, 青石镇]
reports:
  - name: 决策事项
    kind: meeting-decisions
    title: 关于调度会决策事项办理情况的通报
    opening: {closed: 55}
"""
HEAD = "| 序号 | 名称 | 责任单位 | 存在问题及交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 | 通报简称 |\n"


JANUARY = """
| 2022年1月5日第一次会议决策事项 |
| 1 | 金石水库加固 | 县水利局 | 完成大坝安全鉴定，2022年1月底前报批。 | 青石镇 | 2022年⏎1月30日 | 正在编制鉴定报告。 | | 水库大坝安全鉴定工作 |
| 2 | 老旧小区改造 | 县住房和城乡⏎建设局 | 完成二期施工招标。 | 县住房和城乡⏎建设局⏎县财政局 | | 招标文件已经审定。 | | 老旧小区二期招标工作 |
| 3 | ^ | ^ | 落实配套资金。 | 县财政局 | | 已列入年度预算草案。 | | 小区配套资金落实工作 |
"""
FEBRUARY = """
| 2022年1月5日第一次会议决策事项 |
| 1 | 金石水库加固 | 县水利局 | 完成大坝安全鉴定，2022年1月底前报批。 | 青石镇 | 2022年⏎1月30日 | 鉴定报告仍在修改。 | 需加快⏎推进 | 水库大坝安全鉴定工作 |
| 2 | 老旧小区改造 | 县住房和城乡⏎建设局 | 完成二期施工招标。 | 县住房和城乡⏎建设局⏎县财政局 | | 中标结果已经公示。 | 完成 | 老旧小区二期招标工作 |
| 3 | ^ | ^ | 落实配套资金。 | 县财政局 | | 资金正在申请拨付。 | | 小区配套资金落实工作 |
"""


class Office:
    """The folder of one office."""

    def __init__(self, folder: Path, config: str = CONFIG) -> None:
        self.folder = folder
        self.config = folder / "config.yaml"
        self.config.write_text(config, encoding="utf-8")

    def ledger(self, period: str, table: str, report: str = "决策事项", head: str = HEAD, **cells: Any) -> Path:
        """A ledger of a period; the header is drawn above the table."""
        path = self.folder / "input" / report / f"台账{period}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(xlsx(head + table.strip(), **cells))
        return path

    def run(self, *arguments: str) -> int:
        """A run of the program; gives its exit status."""
        return cli.main(["-c", str(self.config), *arguments])

    def output(self, period: str, report: str = "决策事项") -> Path:
        """The output folder of a period."""
        return self.folder / "output" / report / period

    def record(self, period: str, report: str = "决策事项") -> dict[str, Any]:
        """The figures.json of a period."""
        read = json.loads((self.output(period, report) / "figures.json").read_text(encoding="utf-8"))
        assert isinstance(read, dict)
        return read

    def paper(self, period: str, report: str = "决策事项") -> str:
        """The text of the circular of a period, a line for each paragraph."""
        name = self.record(period, report)["outputs"]["circular"]
        return text_of(self.output(period, report) / name)


def command(office: Office, *arguments: str) -> int:
    """A command of the program on an office; gives its exit status."""
    name, *rest = arguments
    return cli.main([name, "-c", str(office.config), *rest])


def sample_office(folder: Path, kind: str) -> tuple[Office, str]:
    """An office that makes one report from a kind's sample ledgers; and the newest period among them."""
    sample = TEMPLATES / kind / "sample"
    config = f"""
office: {{name: 云溪县人民政府督查室, issued_by: 云溪县人民政府办公室}}
reports:
  - {{name: {kind}, kind: {kind}, title: 关于示例事项办理情况的通报, input: '{sample}'}}
"""
    periods = [p for f in sample.glob("*.xlsx") if (p := parse_period(f.stem))]
    return Office(folder, config), max(periods, key=lambda p: p.last).token


def text_of(path: Path) -> str:
    """The text of a Word file's body, a line for each paragraph; line breaks inside a paragraph are /."""
    with ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    lines = []
    for paragraph in root.iter(WORD + "p"):
        pieces = {WORD + "t": lambda n: n.text or "", WORD + "br": lambda _: "/", WORD + "tab": lambda _: " "}
        lines.append("".join(pieces[n.tag](n) for n in paragraph.iter() if n.tag in pieces))
    return "\n".join(line for line in lines if line)

"""Make the shipped templates: `python -m tools.templates` writes every `templates/<kind>/circular.docx`.

A kind's circular is described here in a few lines of blocks; an office redesigns the Word file itself in Word.
Equal descriptions give equal bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tongbao.layout import LANDSCAPE, PORTRAIT
from tools.ooxml import (
    Column,
    bottom_table,
    cell,
    data_table,
    each,
    package,
    paragraph,
    row,
    row_statement,
    section,
    when,
)

ROOT = Path(__file__).resolve().parent.parent / "templates"

# ---------------------------------------------------------------------------------------------- shared blocks


def masthead() -> str:
    """Red name, issue, office and date, document number: each where it is configured; then the red line."""
    blank = paragraph("空行", keep=True)
    return when(
        "版头 or 发文字号",
        when(
            "版头",
            when("版头.名称", paragraph("发文机关标志", "{{ 版头.名称 }}")),
            when("版头.期号", paragraph("期号", "{{ 版头.期号 }}"), blank),
            when("版头.机关", paragraph("版头机关", "{{ 版头.机关 }}\t{{ 版头.日期 }}")),
        ),
        when("发文字号", blank, blank, paragraph("发文字号", "{{ 发文字号 }}")),
        paragraph("红色分隔线"),
        blank,
        blank,
    )


def heading() -> str:
    """Title, and whom the paper is addressed to."""
    blank = paragraph("空行", keep=True)
    return paragraph("公文标题", "{{ 标题 }}") + blank + when("主送", paragraph("主送机关", "{{ 主送 }}"))


def body(text: str, *, keep: bool = False) -> str:
    """A paragraph of the text."""
    return paragraph("公文正文", text, keep=keep)


def closing() -> str:
    """What the office asks for at the end, the annex note, signature and date."""
    blank = paragraph("空行", keep=True)
    return (
        each(
            "段 in 用语.结束语", when("loop.last", body("{{ 段 }}", keep=True)), when("not loop.last", body("{{ 段 }}"))
        )
        + when("附件", blank, paragraph("附件说明", "附件：{{ 附件.标题 }}"))
        + blank
        + paragraph("署名", "{{ 署名 }}")
        + paragraph("成文日期", "{{ 成文日期 }}")
        + section(PORTRAIT)
    )


def annex(*columns: Column) -> str:
    """The ledger as a table on turned sheets of its own; full-width rows where it has sections."""
    return when(
        "附件",
        paragraph("附件标识", "附件"),
        paragraph("空行", keep=True),
        paragraph("附件标题", "{{ 附件.标题 }}"),
        paragraph("空行", keep=True),
        data_table(columns, "行 in 附件.行", "行.分节"),
    ) + section(LANDSCAPE)


def print_row() -> str:
    """抄送 and 印发 at the bottom of the last page (7.4)."""
    total = PORTRAIT.text_width
    copies = row(cell(total, paragraph("抄送机关", "抄送：{{ 抄送 }}")))
    printed = row(cell(total, paragraph("印发机关", "{% if 印发机关 %}{{ 印发机关 }}\t{{ 印发日期 }}印发{% endif %}")))
    table = bottom_table(row_statement("if 抄送", total, 1), copies, row_statement("endif", total, 1), printed)
    return when("抄送 or 印发机关", table, paragraph("末行"))


# ---------------------------------------------------------------------------------------------- kinds


def meeting_decisions() -> bytes:
    """会议决策事项: counts, the newly completed, the lagging, and the whole ledger as annex."""
    counts = (
        "对{{ 用语.会议 }}作出的决策事项，逐项登记建账、明确责任，定期督办、对账销号。"
        "截至{{ 截至 }}，累计交办{{ 总数 }}项"
        "{% if 上期 %}"
        "{% if 前期完成.数 %}，{{ 上期.日期 }}前已完成销号{{ 前期完成.数 }}项{% endif %}"
        "{% if 新增完成.数 %}，{{ 上期.日期 }}至{{ 本期.日期 }}新增完成{{ 新增完成.数 }}项{% endif %}"
        "{% elif 完成.数 %}，已完成{{ 完成.数 }}项{% endif %}"
        "{% if 滞后.数 %}，需加快推进{{ 滞后.数 }}项{% endif %}"
        "{% if 预警.数 %}，存在延误风险{{ 预警.数 }}项{% endif %}"
        "{% if 暂缓.数 %}，暂缓办理{{ 暂缓.数 }}项{% endif %}"
        "{% if 待定.数 %}，进度待核{{ 待定.数 }}项{% endif %}"
        "{% if not 未完成.数 %}，已全部办结"
        "{% elif 推进.数 == 总数 %}，均按会议要求推进"
        "{% elif 推进.数 %}，其余{{ 推进.数 }}项按会议要求推进{% endif %}。"
        "{% if 新增完成.数 or 滞后.数 %}现将有关情况通报如下：{% else %}现予通报。{% endif %}"
    )
    return package(
        masthead(),
        heading(),
        body(counts),
        when("新增完成.数", body("新增完成的{{ 新增完成.数 }}项是：{{ 新增完成|简称|顿号 }}。")),
        when("滞后.数", body("需加快推进的{{ 滞后.数 }}项是：{{ 滞后|简称|顿号 }}。")),
        closing(),
        annex(
            Column("序号", "行.序号", 10, style="表格居中"),
            Column("名称", "行.名称", 25, merge="行.名称"),
            Column("分管\n（分包）\n领导", "行.领导", 18, merge="行.领导", style="表格居中"),
            Column("责任单位", "行.责任单位", 22, merge="行.责任单位"),
            Column("存在问题及交办事项", "行.事项", 46),
            Column("承办单位", "行.承办单位", 25),
            Column("完成时限", "行.时限", 18, style="表格居中"),
            Column("完成情况", "行.进展", 45),
            Column("备注", "行.状态", 16, style="表格居中"),
        ),
        print_row(),
    )


TEMPLATES: dict[str, Callable[[], bytes]] = {"meeting-decisions": meeting_decisions}


def main() -> int:
    """Write every template; says which ones changed."""
    for kind, make in TEMPLATES.items():
        target = ROOT / kind / "circular.docx"
        data = make()
        changed = not target.exists() or target.read_bytes() != data
        if changed:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        print(f"{target.relative_to(ROOT.parent)}: {'written' if changed else 'unchanged'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

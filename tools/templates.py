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


def closing(*, annex_note: bool = True) -> str:
    """What the office asks for at the end, the annex note where there is an annex, signature and date."""
    blank = paragraph("空行", keep=True)
    return (
        each(
            "段 in 用语.结束语", when("loop.last", body("{{ 段 }}", keep=True)), when("not loop.last", body("{{ 段 }}"))
        )
        + (when("附件", blank, paragraph("附件说明", "附件：{{ 附件.标题 }}")) if annex_note else "")
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


def standing_meeting() -> bytes:
    """常务会议确定事项: an outline by meeting and topic, counts of each meeting, what the lagging units must do."""

    def standing(whose: str = "") -> str:
        words = {"在册完成": "已完成", "推进": "正在推进", "滞后": "进展缓慢", "暂缓": "暂缓实施"}
        return "".join(
            f"{{% if {whose}{name}.数 %}}，{word}{{{{ {whose}{name}.数 }}}}项{{% endif %}}"
            for name, word in words.items()
        )

    items = each(
        "行 in 题.行",
        body("{% if 题.数 > 1 %}{{ 层次.三 }}{% endif %}{{ 行.事项|一行 }}"),
        body("落实情况：{% if 行.进展 %}{{ 行.进展|一行 }}{% else %}未报送。{% endif %}"),
    )
    return package(
        masthead(),
        heading(),
        body(
            "根据{{ 用语.会议 }}确定事项督办要求，督查人员采取{{ 用语.督查方式 }}等方式，对"
            "{% for 会 in 大纲 %}{{ 会.题 }}{% if not loop.last %}、{% endif %}{% endfor %}确定的事项逐项跟踪督查。"
            f"截至{{{{ 截至 }}}}，共督查{{{{ 全部.数 }}}}项{standing()}。现将有关情况通报如下："
        ),
        each(
            "会 in 大纲",
            paragraph("一级标题", "{{ 层次.一 }}{{ 会.题 }}确定事项落实情况"),
            body(f"本次会议确定{{{{ 会.数 }}}}项{standing('会.')}。"),
            each(
                "题 in 会.节",
                paragraph("二级标题", "{{ 层次.二 }}第{{ 题.号|中文 }}个议题，{{ 题.题|去句号 }}。"),
                body("确定事项："),
                items,
            ),
            when("not 会.节", items.replace("题.", "会.")),
        ),
        paragraph("一级标题", "{{ 层次.一 }}工作要求"),
        each(
            "组 in 滞后|按单位",
            body("{{ 层次.三 }}{{ 组.名 }}负责的{{ 组.数 }}项进展缓慢，要查明原因、加快落实：{{ 组|简称|分号 }}。"),
        ),
        closing(annex_note=False),
        print_row(),
    )


def annual_tasks() -> bytes:
    """年度重点工作任务: ratings with shares, who did well and who lags, what moved since the prior period, the ledger."""
    ratings = (
        "{% for 类 in 分类 if 类.数 %}评价为“{{ 类.名 }}”的{{ 类.数 }}项，占{{ 类.占比 }}"
        "{% if not loop.last %}；{% endif %}{% endfor %}。"
    )
    return package(
        masthead(),
        heading(),
        body(
            "按照{{ 用语.任务 }}督查安排，督查人员采取{{ 用语.督查方式 }}等方式，对各项任务的推进情况进行了督查。现通报如下："
        ),
        paragraph("一级标题", "{{ 层次.一 }}总体情况"),
        body(
            "{{ 本期.年 }}{{ 用语.任务 }}共{{ 大项数 }}大项{{ 分项数 }}项，涉及{{ 单位数 }}家责任单位。"
            f"截至{{{{ 截至 }}}}，{ratings}"
        ),
        when(
            "单位表|都是('积极', '完成')",
            body("承担的任务全部评价为“积极”或已完成的单位有：{{ 单位表|都是('积极', '完成')|顿号 }}。"),
        ),
        when("滞后", body("存在“滞后”事项的单位有{{ 滞后.单位数 }}家：{{ 滞后|单位名|顿号 }}。")),
        when(
            "上期 and 变化",
            paragraph("一级标题", "{{ 层次.一 }}与上期相比的变化"),
            each("组 in 变化", body("由“{{ 组.由 }}”变为“{{ 组.到 }}”的{{ 组.数 }}项：{{ 组|简称|引号|顿号 }}。")),
            when(
                "上期滞后",
                body(
                    "上期评价为“滞后”的{{ 上期滞后.数 }}项中"
                    "{% if 摆脱滞后的.数 %}，摆脱滞后的{{ 摆脱滞后的.数 }}项{% endif %}"
                    "{% if 仍然滞后的.数 %}，仍然滞后的{{ 仍然滞后的.数 }}项{% endif %}。"
                ),
            ),
        ),
        paragraph("一级标题", "{{ 层次.一 }}工作要求"),
        closing(),
        annex(
            Column("序号", "行.序号", 5, merge="行.序号", style="表格居中"),
            Column("工作任务", "行.事项", 26, merge="行.事项"),
            Column("牵头单位", "行.责任单位", 12, merge="行.责任单位", style="表格居中"),
            Column("责任人", "行.责任人", 8, merge="行.责任人", style="表格居中"),
            Column("进展情况", "行.进展", 40),
            Column("完成情况", "行.标签", 8, style="表格居中"),
        ),
        print_row(),
    )


def key_projects() -> bytes:
    """重点项目: counts by nature and level, money and rates of the whole and of each group, the three lists, causes."""
    block = "{{ 层次.三 }}{{ 行.事项|去句号 }}{% if 行.单位 %}（{{ 行.单位 }}）{% endif %}。"
    reason = "{% if 行.原因 %}影响进度的原因是：{{ 行.原因|去句号 }}。{% endif %}"
    state = "{% if 行.进展 %}目前进展：{{ 行.进展|去句号 }}。{% endif %}"
    next_step = "{% if 行.下一步 %}下一步：{{ 行.下一步|去句号 }}。{% endif %}"
    by = "{{% for 组 in 分组.{0} %}}{{{{ 组.名 }}}}{{{{ 组.数 }}}}个{{% if not loop.last %}}、{{% endif %}}{{% endfor %}}"

    def money(name: str, said: str, mark: str = "；") -> str:
        return (
            f"{{% if {name}.数 %}}{mark}{said}{{{{ {name}.数 }}}}个，累计完成投资{{{{ {name}.计量.完成投资 }}}}亿元"
            f"{{% if {name}.计量.完成率 %}}，占年度计划（{{{{ {name}.计量.计划投资 }}}}亿元）的{{{{ {name}.计量.完成率 }}}}"
            "{% endif %}{% endif %}"
        )

    return package(
        masthead(),
        heading(),
        body(
            "{{ 本期.年 }}共安排{{ 用语.项目 }}{{ 全部.数 }}个（按建设性质分："
            + by.format("建设性质")
            + "；按级别分："
            + by.format("级别")
            + "），概算总投资{{ 全部.计量.总投资 }}亿元，年度计划投资{{ 全部.计量.计划投资 }}亿元。"
            "截至{{ 截至 }}，累计完成投资{{ 全部.计量.完成投资 }}亿元"
            "{% if 全部.计量.完成率 %}，占年度计划的{{ 全部.计量.完成率 }}{% endif %}。其中"
            + money("省市在建", "省市重点在建项目", "，")
            + money("县在建", "县重点在建项目")
            + money("前期项目", "前期项目")
            + "。现将有关情况通报如下："
        ),
        paragraph("一级标题", "{{ 层次.一 }}项目进展情况"),
        body(
            "{% if 在建项目.数 %}{{ 在建项目.数 }}个在建项目中，已开工{{ 已开工.数 }}个"
            "{% if 未开工.数 %}，未开工{{ 未开工.数 }}个{% endif %}，开工率{{ 在建项目.计量.开工率 }}。{% endif %}"
            "全部{{ 全部.数 }}个项目中，{{ 达序时.数 }}个达到序时进度"
            "{% if 未达序时.数 %}，{{ 未达序时.数 }}个未达到序时进度{% endif %}。"
        ),
        when(
            "未开工",
            paragraph("二级标题", "{{ 层次.二 }}未开工项目（{{ 未开工.数 }}个）"),
            each("行 in 未开工", body(block + reason + state + next_step)),
        ),
        when(
            "达序时",
            paragraph("二级标题", "{{ 层次.二 }}达到序时进度项目（{{ 达序时.数 }}个）"),
            body(
                "{% if 进度较快 %}{% for 行 in 进度较快 %}总投资{{ 行.总投资 }}亿元的{{ 行.简称 }}"
                "{% if not loop.last %}、{% endif %}{% endfor %}等项目推进较快，{% endif %}"
                "{{ 达序时.数 }}个项目达到或超过序时进度。"
            ),
        ),
        when(
            "开工未达序时",
            paragraph("二级标题", "{{ 层次.二 }}已开工但未达到序时进度项目（{{ 开工未达序时.数 }}个）"),
            each("行 in 开工未达序时", body(block + reason + state + next_step)),
        ),
        when(
            "未达序时",
            paragraph("一级标题", "{{ 层次.一 }}存在问题"),
            each(
                "组 in 未达序时|按('原因')",
                body("{{ 层次.三 }}{{ 组.名|去句号 }}，涉及{{ 组.数 }}个：{{ 组|简称|顿号 }}。"),
            ),
        ),
        when(
            "上期滞后",
            paragraph("一级标题", "{{ 层次.一 }}上期未达序时项目的变化"),
            body(
                "上期未达到序时进度的{{ 上期滞后.数 }}个项目，目前{% for 类 in 状态 if 上期滞后[类.名].数 %}“{{ 类.名 }}”"
                "{{ 上期滞后[类.名].数 }}个{% if not loop.last %}、{% endif %}{% endfor %}。"
            ),
        ),
        paragraph("一级标题", "{{ 层次.一 }}下一步工作"),
        closing(annex_note=False),
        print_row(),
    )


def work_report() -> bytes:
    """政府工作报告重点任务: classes with shares, a block for each task that is behind, suspended or undetermined."""
    task = "第{{ 行.序号 }}项“{{ 行.事项|去句号 }}”（牵头部门：{{ 行.单位 }}）。{% if 行.季度目标 %}本期目标：{{ 行.季度目标|去句号 }}。{% endif %}"
    reason = "{% if 行.原因 %}WORD：{{ 行.原因|去句号 }}。{% endif %}"

    def block(name: str, why: str) -> str:
        return each(
            f"行 in {name}",
            body(task),
            when("行.原因", body(reason.replace("WORD", why))),
            when("行.下一步", body("下一步工作：{{ 行.下一步|去句号 }}。")),
        )

    return package(
        masthead(),
        heading(),
        body(
            "按照督查工作安排，县政府督查室对{{ 用语.报告 }}重点工作任务{{ 本期.名称 }}进展情况逐项进行了调度。现将有关情况通报如下："
        ),
        each("段 in 用语.工作概述", body("{{ 段 }}")),
        body(
            "{{ 全部.数 }}项重点工作任务中，{% for 类 in 分类 if 类.数 %}“{{ 类.名 }}”{{ 类.数 }}项，占{{ 类.占比 }}"
            "{% if not loop.last %}；{% endif %}{% endfor %}。"
        ),
        when("在册完成", body("已完成年度目标的{{ 在册完成.数 }}项分别为：{{ 在册完成|简称|顿号 }}。")),
        when(
            "上期滞后",
            body(
                "上期未完成目标的{{ 上期滞后.数 }}项中"
                "{% if 上期滞后已赶上 %}，已赶上进度{{ 上期滞后已赶上.数 }}项（第{{ 上期滞后已赶上|序号|顿号 }}项）{% endif %}"
                "{% if 上期滞后仍滞后 %}，仍未完成{{ 上期滞后仍滞后.数 }}项（第{{ 上期滞后仍滞后|序号|顿号 }}项）{% endif %}"
                "{% if 上期滞后转暂缓 %}，转为暂不实施或待确定{{ 上期滞后转暂缓.数 }}项（第{{ 上期滞后转暂缓|序号|顿号 }}项）{% endif %}。"
            ),
        ),
        when(
            "滞后",
            paragraph("一级标题", "{{ 层次.一 }}未完成目标任务情况"),
            body("未完成的共{{ 滞后.数 }}项，具体如下："),
            block("滞后", "未完成原因"),
        ),
        when(
            "暂缓",
            paragraph("一级标题", "{{ 层次.一 }}暂不实施任务情况"),
            body("暂不实施的共{{ 暂缓.数 }}项，具体如下："),
            block("暂缓", "暂不实施原因"),
        ),
        when(
            "待定",
            paragraph("一级标题", "{{ 层次.一 }}待确定任务情况"),
            body("待确定的共{{ 待定.数 }}项，具体如下："),
            block("待定", "待确定原因"),
        ),
        paragraph("一级标题", "{{ 层次.一 }}工作要求"),
        closing(annex_note=False),
        print_row(),
    )


TEMPLATES: dict[str, Callable[[], bytes]] = {
    "meeting-decisions": meeting_decisions,
    "standing-meeting": standing_meeting,
    "annual-tasks": annual_tasks,
    "key-projects": key_projects,
    "work-report": work_report,
}


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

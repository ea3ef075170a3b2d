"""Make the shipped templates: `python -m tools.templates` writes every `templates/<kind>/circular.docx`.

The circular of each kind is described here in blocks; an office changes the Word file itself, in Word. Equal
descriptions give equal bytes. Widths of columns are shares, set by feel on the samples, the annex of meeting decisions
and that of annual tasks on two published ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tongbao.word.gb9704 import LANDSCAPE, PORTRAIT
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
    """The 版头: red name, issue, office with date, document number, signer, each if it is configured; then the red line."""
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
        when("签发人", paragraph("版头机关", "\t签发人：{{ 签发人 }}")),
        paragraph("红色分隔线"),
        blank,
        blank,
    )


def heading() -> str:
    """The title, and the 主送机关 where there is one."""
    blank = paragraph("空行", keep=True)
    return paragraph("公文标题", "{{ 标题 }}") + blank + when("主送", paragraph("主送机关", "{{ 主送 }}"))


def body(text: str, *, keep: bool = False) -> str:
    """A paragraph of the body."""
    return paragraph("公文正文", text, keep=keep)


def closing(*, annex_note: bool = True) -> str:
    """The closing words, the note of the annex where there is one, signature, date, and the end of the section.

    Where nothing is left open other words close the paper, and where nothing is counted none do: nobody is urged on.
    """
    blank = paragraph("空行", keep=True)

    def said(words: str) -> str:
        last, others = body("{{ 段 }}", keep=True), body("{{ 段 }}")
        return each(f"段 in 用语.{words}", when("loop.last", last), when("not loop.last", others))

    return (
        when("未完成.数", said("结束语"))
        + when(ALL_DONE, said("办结语"))
        + (when("附件", blank, paragraph("附件说明", "附件：{{ 附件.标题 }}")) if annex_note else "")
        + blank
        + paragraph("署名", "{{ 署名 }}")
        + paragraph("成文日期", "{{ 成文日期 }}")
        + section(PORTRAIT)
    )


def annex(*columns: Column) -> str:
    """The annex on landscape pages of its own: the ledger as a table, its section rows over the full width."""
    return when(
        "附件",
        paragraph("附件标识", "附件"),
        paragraph("空行", keep=True),
        paragraph("附件标题", "{{ 附件.标题 }}"),
        paragraph("空行", keep=True),
        data_table(columns, "行 in 附件.行", "行.分节"),
    ) + section(LANDSCAPE)


def print_row() -> str:
    """The 版记: 抄送 and 印发 at the bottom of the last page (GB/T 9704-2012, 7.4)."""
    total = PORTRAIT.text_width
    copies = row(cell(total, paragraph("抄送机关", "抄送：{{ 抄送 }}")))
    printed = row(cell(total, paragraph("印发机关", "{% if 印发机关 %}{{ 印发机关 }}\t{{ 印发日期 }}印发{% endif %}")))
    table = bottom_table(row_statement("if 抄送", total, 1), copies, row_statement("endif", total, 1), printed)
    return when("抄送 or 印发机关", table, paragraph("末行"))


# ---------------------------------------------------------------------------------------------- kinds


def counts(*said: tuple[str, str], whose: str = "", unit: str = "项") -> str:
    """A clause for each selection that is not empty: `，新增完成5项`. `said`: names and the words to print for them."""
    return "".join(
        f"{{% if {whose}{name}.数 %}}，{words}{{{{ {whose}{name}.数 }}}}{unit}{{% endif %}}" for name, words in said
    )


ALL_DONE = "总数 and not 未完成.数"


def dropped(words: str, unit: str = "项") -> str:
    """A sentence on what was withdrawn in the period, with the names: why the total fell."""
    return f"{{% if 撤销.数 %}}另有{{{{ 撤销.数 }}}}{unit}本期{words}（{{{{ 撤销|简称|顿号 }}}}），不计入上述数字。{{% endif %}}"


def silent(unit: str = "项", said: str = "未按时报送进展", every: str = "总数") -> str:
    """A sentence that names the units which sent nothing, of whose items the paper claims nothing.

    `every`: the name of the number of items of which the paper tells; where all of them are silent there are no classes
    beside which they would stand.
    """
    units = "{{ 未报送|单位名|顿号 }}{% if 未报送.单位数 > 1 %}等{{ 未报送.单位数 }}个单位{% endif %}的"
    whose = f"{{% if 未报送.单位数 %}}{units}{{% endif %}}{{{{ 未报送.数 }}}}{unit}"
    rest = f"{{% if 未报送.数 == {every} %}}{{% if 未报送.数 > 1 %}}均{{% endif %}}{said}{{% else %}}{said}，不计入上述各类{{% endif %}}"
    return f"{{% if 未报送.数 %}}{whose}{rest}。{{% endif %}}"


def nothing_left(words: str, rest: str, unit: str = "项", among: str = "") -> str:
    """What is said where no item counts any more: what was withdrawn in the period, and that nothing is left."""
    gone = f"{among}本期{words}{{{{ 撤销.数 }}}}{unit}（{{{{ 撤销|简称|顿号 }}}}），"
    return f"{{% if 撤销.数 %}}{gone}{{% endif %}}{rest}"


def before_ledger(words: str, unit: str, items: str = "") -> str:
    """How many of all were closed before the first ledger on file; the parts of the paper tell of the rest."""
    rest = f"，列入台账{items}{{{{ 分项数 }}}}{unit}"
    some = f"其中建账以前已{words}{{{{ 建账前完成.数 }}}}{unit}{rest}"
    return f"{{% if 分项数 %}}{some}{{% else %}}均在建账以前{words}{{% endif %}}"


def all_of(whole: str, said: str, several: str = "，均") -> str:
    """What is said of all of them alike: `，均已完成`, and `已完成` of a single one."""
    return f"{{% if {whole} > 1 %}}{several}{{% endif %}}{said}"


def unless_none(text: str, *fields: str) -> str:
    """The text, printed if at least one of the names is not empty."""
    return f"{{% if {' or '.join(fields)} %}}{text}{{% endif %}}"


def meeting_decisions() -> bytes:
    """会议决策事项: counts, lists of the newly completed, lagging, at risk, suspended and unknown, the ledger as annex."""
    listed = [("新增完成", "新增完成"), ("滞后", "需加快推进"), ("预警", "存在延误风险"), ("部分完成", "部分完成")]
    listed += [("暂缓", "暂缓办理"), ("待定", "进度待核")]
    opening = (
        "对{{ 用语.会议 }}作出的决策事项，逐项登记建账、明确责任，定期督办、对账销号。"
        "截至{{ 截至 }}，{% if not 总数 %}"
        + nothing_left("不再办理", "没有在办事项。现予通报。")
        + "{% else %}累计交办{{ 总数 }}项"
        "{% if 上期 %}"
        "{% if 前期完成.数 %}，{{ 上期.日期 }}前已完成销号{{ 前期完成.数 }}项{% endif %}"
        "{% if 新增完成.数 %}，{{ 起止 }}新增完成{{ 新增完成.数 }}项{% endif %}"
        "{% elif 完成.数 and 未完成.数 %}，已完成{{ 完成.数 }}项{% endif %}"
        + counts(*listed[1:])
        + "{% if not 未完成.数 %}，"
        + "已"
        + all_of("总数", "办结", "全部")
        + "{% elif 推进.数 == 总数 and not 沿用上期.数 %}，"
        + all_of("总数", "按会议要求推进", "均")
        + "{% elif 推进.数 and (未报送.数 or 沿用上期.数) %}，按会议要求推进{{ 推进.数 }}项"
        "{% elif 推进.数 %}，其余{{ 推进.数 }}项按会议要求推进{% endif %}。"
        + silent()
        + dropped("不再办理")
        + f"{{% if {' or '.join(f'{name}.数' for name, _ in listed)} %}}现将有关情况通报如下："
        "{% else %}现予通报。{% endif %}{% endif %}"
    )
    return package(
        masthead(),
        heading(),
        body(opening),
        *(
            when(f"{name}.数", body(f"{words}的{{{{ {name}.数 }}}}项是：{{{{ {name}|简称|顿号 }}}}。"))
            for name, words in listed
        ),
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
    """常务会议确定事项: each meeting with its topics and counts, then what the lagging units have to do."""

    def standing(whose: str = "") -> str:
        said = [("完成", "已完成"), ("推进", "正在推进"), ("滞后", "进展缓慢")]
        said += [("部分完成", "部分完成"), ("暂缓", "暂缓实施")]
        said += [("未报送", "未报送进展")] if whose else []  # of all together a sentence tells it, with the units
        every = all_of(f"{whose}数" if whose else "总数", "落实", "全部")
        return f"{{% if not {whose}未完成.数 %}}，已{every}{{% else %}}{counts(*said, whose=whose)}{{% endif %}}"

    # The endings with which titles of sections were seen to name a meeting's items; the longer stand before those that they
    # end in. A title with another ending (办理情况) keeps it, and the heading then says 办理情况确定事项落实情况.
    meeting = "{{ 会.题|去尾('确定事项落实情况', '议定事项落实情况', '落实情况', '确定事项', '议定事项', '决定事项') }}"
    return package(
        masthead(),
        heading(),
        body(
            "根据{{ 用语.会议 }}确定事项督办要求，督查人员采取{{ 用语.督查方式 }}等方式，对"
            f"{{% for 会 in 大纲 if 会.题 %}}{meeting}{{% if not loop.last %}}、{{% endif %}}{{% else %}}会议{{% endfor %}}"
            "确定的事项逐项跟踪督查。截至{{ 截至 }}，{% if not 总数 %}"
            + nothing_left("不再实施", "没有需要督查的事项。现予通报。")
            + "{% else %}共督查{{ 总数 }}项{% if 建账前完成.数 %}（{% if 分项数 %}其中建账以前已落实{{ 建账前完成.数 }}项{% else %}均在建账以前落实{% endif %}）{% endif %}"
            + f"{standing()}。{silent()}{dropped('不再实施')}现将有关情况通报如下：{{% endif %}}"
        ),
        each(
            "会 in 大纲",
            paragraph(
                "一级标题",
                f"{{{{ 层次.一 }}}}{{% if 会.题 or loop.first %}}{meeting}{{% else %}}其他{{% endif %}}确定事项落实情况",
            ),
            when("会.题 and (loop.length > 1)", body(f"本次会议确定{{{{ 会.数 }}}}项{standing('会.')}。")),
            each(
                "题 in 会.节",
                when("题.题", paragraph("二级标题", "{{ 层次.二 }}第{{ 题.号|中文 }}个议题，{{ 题.题|去句号 }}。")),
                when("题.题", body("确定事项：")),
                each(
                    "行 in 题.行",
                    body("{% if 题.数 > 1 %}{{ 层次.三 }}{% endif %}{{ 行.事项|去序号|去句号 }}。"),
                    body(
                        "落实情况：{% if 行.标签 == '未报送' %}本期没有报送。{% elif 行.进展 %}{{ 行.进展|去句号 }}。{% else %}{{ 行.标签 }}，没有报送具体情况。{% endif %}"
                    ),
                ),
            ),
        ),
        when("总数", paragraph("一级标题", "{{ 层次.一 }}工作要求")),
        each(
            "组 in 滞后|按('责任单位')",
            body(
                "{{ 层次.三 }}{% if 组.名 %}{{ 组.名 }}负责的{% else %}未明确责任单位的{% endif %}"
                "{{ 组|简称|引号|顿号 }}{% if 组.数 > 1 %}等{{ 组.数 }}项{% endif %}进展缓慢，要查明原因，明确完成时间，加快推进落实。"
            ),
        ),
        closing(annex_note=False),
        print_row(),
    )


def annual_tasks() -> bytes:
    """年度重点工作任务: ratings with shares, good and lagging units, changes since the prior period, the ledger as annex."""
    ratings = (
        "{% for 类 in 分类 if 类.数 and 类.名 != '未报送' %}"
        "{% if loop.first and 建账前完成.数 %}列入台账的任务{% if loop.length > 1 %}中，{% endif %}{% endif %}"
        "{% if loop.length == 1 and not 未报送.数 and not 沿用上期.数 %}"
        + all_of("分项数", "评价为“{{ 类.字样 }}”", "全部")
        + "{% else %}评价为“{{ 类.字样 }}”的{{ 类.数 }}项，占{% if 建账前完成.数 %}任务总数的{% endif %}{{ 类.占比 }}{% endif %}"
        "{% if not loop.last %}；{% endif %}{% endfor %}"
    )
    extent = (
        "共{% if 建账前完成.数 %}{{ 总数 }}项，"
        + before_ledger("完成", "项", "{% if 大项数 != 分项数 %}{{ 大项数 }}大项{% endif %}")
        + "{% else %}{% if 大项数 != 总数 %}{{ 大项数 }}大项{% endif %}{{ 总数 }}项{% endif %}"
        "{% if 单位数 %}，涉及{{ 单位数 }}家责任单位{% endif %}。"
        "截至{{ 截至 }}，{% if not 未完成.数 %}已"
        + all_of("总数", "完成", "全部")
        + "。{% elif 未报送.数 == 分项数 %}"
        + silent(every="分项数")
        + f"{{% else %}}{ratings}。{silent(every='分项数')}{{% endif %}}"
    )
    past = (
        "上期评价为“滞后”的{{ 上期滞后.数 }}项"
        "{% if 摆脱滞后的.完成.数 == 上期滞后.数 %}"
        + all_of("上期滞后.数", "已完成")
        + "{% elif 摆脱滞后的.数 == 上期滞后.数 %}"
        + all_of("上期滞后.数", "已摆脱滞后")
        + "{% elif 仍然滞后的.数 == 上期滞后.数 %}"
        + all_of("上期滞后.数", "未摆脱滞后（第{{ 仍然滞后的|序号|顿号 }}项）")
        + "{% elif 滞后后未报送的.数 == 上期滞后.数 %}"
        + all_of("上期滞后.数", "未按时报送进展（第{{ 滞后后未报送的|序号|顿号 }}项）")
        + "{% elif 滞后后不再实施的.数 == 上期滞后.数 %}"
        + all_of("上期滞后.数", "不再实施（第{{ 滞后后不再实施的|序号|顿号 }}项）")
        + "{% else %}中"
        "{% if 摆脱滞后的 %}，已摆脱滞后{{ 摆脱滞后的.数 }}项（第{{ 摆脱滞后的|序号|顿号 }}项）{% endif %}"
        "{% if 仍然滞后的 %}，仍然滞后{{ 仍然滞后的.数 }}项（第{{ 仍然滞后的|序号|顿号 }}项）{% endif %}"
        "{% if 滞后后未报送的 %}，未按时报送进展{{ 滞后后未报送的.数 }}项（第{{ 滞后后未报送的|序号|顿号 }}项）{% endif %}"
        "{% if 滞后后不再实施的 %}，不再实施{{ 滞后后不再实施的.数 }}项（第{{ 滞后后不再实施的|序号|顿号 }}项）{% endif %}"
        "{% endif %}。"
    )
    return package(
        masthead(),
        heading(),
        body(
            "按照{{ 用语.任务 }}督查安排，督查人员采取{{ 用语.督查方式 }}等方式，对各项任务的推进情况进行了督查。现通报如下："
        ),
        paragraph("一级标题", "{{ 层次.一 }}总体情况"),
        body(
            "{{ 本期.年 }}{{ 用语.任务 }}{% if not 总数 %}"
            + nothing_left("不再实施", "目前没有在办事项。", among="中，")
            + f"{{% else %}}{extent}{dropped('不再实施')}{{% endif %}}"
        ),
        # Where all is finished the list would name every unit.
        when(
            "未完成.数 and 单位表|都是('积极', '完成')",
            body(
                "承担的任务全部{% if 状态.积极.数 %}评价为“{{ 状态.积极.字样 }}”或{% endif %}已完成的单位有：{{ 单位表|都是('积极', '完成')|顿号 }}。"
            ),
        ),
        when(
            "滞后.单位数", body("存在“{{ 状态.滞后.字样 }}”事项的单位有{{ 滞后.单位数 }}家：{{ 滞后|单位名|顿号 }}。")
        ),
        when(
            "上期 and (变化 or 新增 or 上期滞后)",
            paragraph("一级标题", "{{ 层次.一 }}与上期相比的变化"),
            each(
                "组 in 变化",
                body(
                    "由“{{ 组.由字样 }}”变为“{{ 组.到字样 }}”的{{ 组.数 }}项"
                    # Who got worse is named with the task; for the others the numbers do, or the list fills a page (by feel).
                    "{% if 组.到 in ('一般', '滞后') %}：{{ 组|号题|顿号 }}。{% else %}（第{{ 组|序号|顿号 }}项）。{% endif %}"
                ),
            ),
            when("新增", body("本期新增{{ 新增.数 }}项：{{ 新增|号题|顿号 }}。")),
            when("上期滞后", body(past)),
        ),
        when("总数", paragraph("一级标题", "{{ 层次.一 }}工作要求")),
        closing(),
        annex(
            Column("序号", "行.序号", 5, merge="行.序号", style="表格居中"),
            Column("工作任务", "行.事项", 26, merge="行.事项"),
            Column("牵头单位", "行.责任单位", 12, merge="行.责任单位", style="表格居中"),
            Column("责任人", "行.责任人", 8, merge="行.责任人", style="表格居中"),
            Column("进展情况", "行.进展", 40),
            Column("完成情况", "行.字样", 8, style="表格居中"),
        ),
        print_row(),
    )


def key_projects() -> bytes:
    """重点项目: counts by nature and level, investment and rates, lists by progress, causes, what became of laggards."""
    block = (
        "{{ 层次.三 }}{{ 行.事项|去句号 }}{% if 行.单位 %}（{{ 行.单位 }}）{% endif %}。"
        "{% if 行.标签 == '未报送' %}本期没有报送进展。{% else %}"  # reason and next step are those of last period then
        "{% if 行.原因 %}影响进度的原因是：{{ 行.原因|去句号 }}。{% endif %}"
        "{% if 行.进展 %}目前进展：{{ 行.进展|去句号 }}。{% endif %}"
        "{% if 行.下一步 %}下一步：{{ 行.下一步|去句号 }}。{% endif %}{% endif %}"
    )

    def by(group: str) -> str:
        members = "{{ 组.名 }}{{ 组.数 }}个{% if not loop.last %}、{% endif %}"
        return unless_none(f"按{group}分：{{% for 组 in 分组.{group} %}}{members}{{% endfor %}}", f"分组.{group}")

    def money(name: str, said: str, *before: str) -> str:
        mark = unless_none("；", *(f"{b}.数" for b in before)) if before else ""
        return (
            f"{{% if {name}.数 %}}{mark}{said}{{{{ {name}.数 }}}}个"
            f"{{% if {name}.计量.完成投资 %}}，累计完成投资{{{{ {name}.计量.完成投资 }}}}亿元{{% endif %}}"
            f"{{% if {name}.计量.完成率 %}}，占年度计划（{{{{ {name}.计量.计划投资 }}}}亿元）的{{{{ {name}.计量.完成率 }}}}"
            "{% endif %}{% endif %}"
        )

    groups = "（" + by("建设性质") + "{% if 分组.建设性质 and 分组.级别 %}；{% endif %}" + by("级别") + "）"
    parts = (
        money("省市在建", "省市重点{% if 未完成.数 %}在建{% endif %}项目")
        + money("县在建", "{{ 用语.本级 }}重点{% if 未完成.数 %}在建{% endif %}项目", "省市在建")
        + money("前期项目", "前期项目", "省市在建", "县在建")
    )
    started = unless_none(
        "在建的{{ 在建项目.数 }}个项目中"
        + counts(("已开工", "已开工"), ("未开工", "未开工"), unit="个")
        + "{% if 未开工 %}，开工率{{ 在建项目.计量.开工率 }}{% endif %}。",
        "已开工",
        "未开工",
    )
    listed = "{% if 建账前完成.数 %}列入台账的{{ 分项数 }}个{% else %}全部{{ 总数 }}个{% endif %}项目"
    return package(
        masthead(),
        heading(),
        body(
            "{% if not 总数 %}{{ 本期.年 }}{{ 用语.项目 }}"
            + nothing_left("调出计划", "目前没有在列项目。", "个", among="中，")
            + "{% else %}{{ 本期.年 }}共安排{{ 用语.项目 }}{{ 总数 }}个"
            "{% if 建账前完成.数 %}，"
            + before_ledger("完工", "个")
            + "{% endif %}"
            + unless_none(groups, "分组.建设性质", "分组.级别")
            + "{% if 全部.计量.总投资 %}，概算总投资{{ 全部.计量.总投资 }}亿元{% endif %}"
            "{% if 全部.计量.计划投资 %}，年度计划投资{{ 全部.计量.计划投资 }}亿元{% endif %}。"
            "{% if 全部.计量.完成投资 %}截至{{ 截至 }}，累计完成投资{{ 全部.计量.完成投资 }}亿元"
            "{% if 全部.计量.完成率 %}，占年度计划的{{ 全部.计量.完成率 }}{% endif %}。"
            f"{{% if 省市在建 or 前期项目 %}}其中，{parts}。{{% endif %}}{{% endif %}}{dropped('调出计划', '个')}{{% endif %}}"
            "{% if 总数 or 上期滞后 %}现将有关情况通报如下：{% else %}现予通报。{% endif %}"
        ),
        when(
            "总数",
            paragraph("一级标题", "{{ 层次.一 }}项目进展情况"),
            body(
                f"{{% if not 未完成.数 %}}{{% if 总数 == 1 %}}该项目已完工。{{% else %}}全部{{{{ 总数 }}}}个项目均已完工。{{% endif %}}"
                "{% if 新增完成.数 %}{{ 起止 }}，新完工{{ 新增完成.数 }}个：{{ 新增完成|简称|顿号 }}。{% endif %}"
                f"{{% else %}}{started}"
                f"{{% if 达序时.数 == 分项数 and not 沿用上期.数 %}}{{% if 总数 == 1 %}}该项目{{% else %}}{listed}均{{% endif %}}达到或超过序时进度。"
                f"{{% elif 未报送.数 == 分项数 %}}{silent('个项目', every='分项数')}{{% else %}}{listed}中"
                + counts(("达序时", "达到序时进度"), ("未达序时", "未达到序时进度"), ("停缓建", "停缓建"), unit="个")
                + f"。{silent('个项目', every='分项数')}{{% endif %}}{{% endif %}}"
            ),
        ),
        when(
            "未开工",
            paragraph("二级标题", "{{ 层次.二 }}未开工项目（{{ 未开工.数 }}个）"),
            each("行 in 未开工", body(block)),
        ),
        when(
            "未完成.数 and 达序时",
            paragraph("二级标题", "{{ 层次.二 }}达到序时进度项目（{{ 达序时.数 }}个）"),
            body(
                "{% if 进度较快 %}{% for 行 in 进度较快 %}{% if 行.总投资 %}总投资{{ 行.总投资 }}亿元的{% endif %}{{ 行.简称 }}"
                "{% if not loop.last %}、{% endif %}{% endfor %}{% if 推进较快.数 > 进度较快.数 %}等{% endif %}项目推进较快；{% endif %}"
                "{{ 达序时.数 }}个项目达到或超过序时进度。"
            ),
        ),
        when(
            "其余未达序时",
            paragraph(
                "二级标题",
                "{{ 层次.二 }}{% if 未开工 %}未达到序时进度的其他项目{% else %}未达到序时进度项目{% endif %}（{{ 其余未达序时.数 }}个）",
            ),
            each("行 in 其余未达序时", body(block)),
        ),
        when(
            "停缓建",
            paragraph("二级标题", "{{ 层次.二 }}停缓建项目（{{ 停缓建.数 }}个）"),
            each("行 in 停缓建", body(block)),
        ),
        when(
            "未达序时",
            paragraph("一级标题", "{{ 层次.一 }}存在问题"),
            each(
                "组 in 未达序时|按('原因')",
                body(
                    "{{ 层次.三 }}{% if 组.名 %}{{ 组.名|去句号 }}{% else %}没有写明滞后原因{% endif %}"
                    "，涉及{{ 组.数 }}个项目：{{ 组|简称|顿号 }}。"
                ),
            ),
        ),
        when(
            "上期滞后",
            paragraph("一级标题", "{{ 层次.一 }}上期未达序时项目的变化"),
            body(
                "上期未达到序时进度的{{ 上期滞后.数 }}个项目"
                "{% if 已赶上序时.完成.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "已完工：{{ 已赶上序时|简称|顿号 }}")
                + "{% elif 已赶上序时.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "已赶上序时进度：{{ 已赶上序时|简称|顿号 }}")
                + "{% elif 仍未达序时.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "仍未达到序时进度：{{ 仍未达序时|简称|顿号 }}")
                + "{% elif 未达序时后未报送.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "未按时报送进展：{{ 未达序时后未报送|简称|顿号 }}")
                + "{% elif 停缓建或调出.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "{% if 未完成.数 %}停缓建或{% endif %}调出计划：{{ 停缓建或调出|简称|顿号 }}")
                + "{% else %}中{% if 已赶上序时 %}，已赶上序时进度{{ 已赶上序时.数 }}个（{{ 已赶上序时|简称|顿号 }}）{% endif %}"
                "{% if 仍未达序时 %}，仍未达到序时进度{{ 仍未达序时.数 }}个（{{ 仍未达序时|简称|顿号 }}）{% endif %}"
                "{% if 未达序时后未报送 %}，未按时报送进展{{ 未达序时后未报送.数 }}个（{{ 未达序时后未报送|简称|顿号 }}）{% endif %}"
                "{% if 停缓建或调出 %}，停缓建或调出计划{{ 停缓建或调出.数 }}个（{{ 停缓建或调出|简称|顿号 }}）{% endif %}{% endif %}。"
            ),
        ),
        when("总数", paragraph("一级标题", "{{ 层次.一 }}下一步工作")),
        closing(annex_note=False),
        print_row(),
    )


def work_report() -> bytes:
    """政府工作报告重点任务: classes with shares, a block for each task that lags, is suspended or undetermined."""
    task = (
        "{% if 行.序号 %}第{{ 行.序号 }}项{% endif %}{{ 行.事项|去句号|引号 }}"
        "{% if 行.单位 %}（牵头部门：{{ 行.单位 }}）{% endif %}。"
        "{% if 行.季度目标 %}本期目标：{{ 行.季度目标|去句号 }}。{% endif %}"
    )

    def block(name: str, title: str, why: str) -> str:
        return when(
            name,
            paragraph("一级标题", f"{{{{ 层次.一 }}}}{title}任务情况"),
            body(f"{title}的共{{{{ {name}.数 }}}}项，具体情况如下。"),
            each(
                f"行 in {name}",
                body(task),
                when("行.原因", body(f"{why}原因：{{{{ 行.原因|去句号 }}}}。")),
                when("行.下一步", body("下一步工作：{{ 行.下一步|去句号 }}。")),
            ),
        )

    return package(
        masthead(),
        heading(),
        body(
            "按照督查工作安排，{{ 署名 }}对{{ 用语.报告 }}重点工作任务{{ 本期.期间 }}进展情况逐项进行了调度。现将有关情况通报如下："
        ),
        when("未完成.数 and not 未报送.数 and not 沿用上期.数", each("段 in 用语.工作概述", body("{{ 段 }}"))),
        body(
            "{% if not 总数 %}{{ 用语.报告 }}重点工作任务"
            + nothing_left("不再实施", "目前没有在办事项。", among="中，")
            + "{% elif not 未完成.数 %}{{ 总数 }}项重点工作任务已"
            + all_of("总数", "完成年度目标", "全部")
            + "。{% else %}{{ 总数 }}项重点工作任务"
            "{% if 建账前完成.数 %}中，建账以前已完成年度目标{{ 建账前完成.数 }}项"
            "{% if 未报送.数 == 分项数 %}。{% else %}；{% endif %}{% elif 未报送.数 == 分项数 %}中，{% endif %}"
            "{% for 类 in 分类 if 类.数 and 类.名 != '未报送' %}"
            "{% if loop.length == 1 and not 建账前完成.数 and not 未报送.数 and not 沿用上期.数 %}"
            + all_of("总数", "为“{{ 类.字样 }}”", "均")
            + "{% else %}{% if loop.first and not 建账前完成.数 %}中，{% endif %}“{{ 类.字样 }}”{{ 类.数 }}项，占{{ 类.占比 }}{% endif %}"
            "{% if loop.last %}。{% else %}；{% endif %}{% endfor %}"
            + silent(every="分项数")
            + "{% endif %}{% if 总数 %}"
            + dropped("不再实施")
            + "{% endif %}"
        ),
        when(
            f"{ALL_DONE} and 新增完成.数",
            body(
                "{{ 起止 }}，新完成年度目标的{{ 新增完成.数 }}项"
                "{% if 新增完成.数 > 1 %}分别{% endif %}为：{{ 新增完成|简称|顿号 }}。"
            ),
        ),
        when(
            "未完成.数 and 在册完成",
            body(
                "已完成年度目标的{{ 在册完成.数 }}项{% if 在册完成.数 > 1 %}分别{% endif %}为：{{ 在册完成|简称|顿号 }}。"
            ),
        ),
        when(
            "上期滞后",
            body(
                "上期未完成目标的{{ 上期滞后.数 }}项"
                "{% if 上期滞后已赶上.完成.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "已完成年度目标（第{{ 上期滞后已赶上|序号|顿号 }}项）")
                + "{% elif 上期滞后已赶上.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "已赶上进度（第{{ 上期滞后已赶上|序号|顿号 }}项）")
                + "{% elif 上期滞后仍滞后.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "仍未完成（第{{ 上期滞后仍滞后|序号|顿号 }}项）")
                + "{% elif 上期滞后未报送.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "未按时报送进展（第{{ 上期滞后未报送|序号|顿号 }}项）")
                + "{% elif not 未完成.数 and 上期滞后转其他.数 == 上期滞后.数 %}"
                + all_of("上期滞后.数", "不再实施（第{{ 上期滞后转其他|序号|顿号 }}项）")
                + "{% else %}中{% if 上期滞后已赶上 %}，已赶上进度{{ 上期滞后已赶上.数 }}项（第{{ 上期滞后已赶上|序号|顿号 }}项）{% endif %}"
                "{% if 上期滞后仍滞后 %}，仍未完成{{ 上期滞后仍滞后.数 }}项（第{{ 上期滞后仍滞后|序号|顿号 }}项）{% endif %}"
                "{% if 上期滞后未报送 %}，未按时报送进展{{ 上期滞后未报送.数 }}项（第{{ 上期滞后未报送|序号|顿号 }}项）{% endif %}"
                "{% if 上期滞后转其他 %}，转为暂不实施、待确定或不再实施{{ 上期滞后转其他.数 }}项（第{{ 上期滞后转其他|序号|顿号 }}项）{% endif %}{% endif %}。"
            ),
        ),
        block("滞后", "未完成目标", "未完成"),
        block("暂缓", "暂不实施", "暂不实施"),
        block("待定", "待确定", "待确定"),
        when("滞后 or 暂缓 or 待定", paragraph("一级标题", "{{ 层次.一 }}工作要求")),
        closing(annex_note=False),
        print_row(),
    )


def rectification() -> bytes:
    """问题整改销号: counts in all and by sort, newly completed and lagging problems, a table of units, the ledger."""
    standing = counts(("整改之中", "正在整改"), ("整改滞后", "进度滞后"), unit="个")
    # A ledger whose endings have one step (完成整改) says nothing of a second one to come.
    named = "'验' in 状态.待验收.字样 or '销' in 状态.待验收.字样"
    awaits = f"状态.待验收.数 and (状态.已销号.数 or {named})"
    # Of problems closed before the first ledger on file only the number is known: units, sorts and money tell of the rest.
    by_sort = (
        "{% if 分组.类别|length > 1 %}{% if 建账前完成.数 %}列入台账的{% endif %}按类别分：{% for 组 in 分组.类别 %}{{ 组.名 }}{{ 组.数 }}个，"
        "{% if 组.完成.数 == 组.数 %}已"
        + all_of("组.数", "完成整改", "全部")
        + "{% elif 组.完成.数 %}完成整改{{ 组.完成.数 }}个{% elif 组.未报送.数 %}未报送进展{{ 组.未报送.数 }}个{% else %}均未完成整改{% endif %}"
        "{% if not loop.last %}；{% endif %}{% endfor %}。{% endif %}"
    )
    afterwards = (
        ("上期滞后已完成", "已完成整改"),
        ("上期滞后在整改", "转为正常整改"),
        ("上期滞后仍滞后", "仍然滞后"),
        ("上期滞后未报送", "未按时报送进展"),
        ("上期滞后不再整改", "不再整改"),
    )
    money = (
        "{% if 全部.计量.涉及资金 %}问题涉及资金{{ 全部.计量.涉及资金 }}万元"
        "{% if 全部.计量.整改资金 %}，已整改到位{{ 全部.计量.整改资金 }}万元，占{{ 全部.计量.资金整改率 }}{% endif %}。{% endif %}"
    )
    return package(
        masthead(),
        heading(),
        body("根据{{ 用语.反馈 }}整改工作安排，{{ 署名 }}对整改情况逐一进行了跟踪督查。现将有关情况通报如下："),
        paragraph("一级标题", "{{ 层次.一 }}总体情况"),
        body(
            "{{ 用语.反馈 }}{% if not 总数 %}"
            + nothing_left("不再整改", "目前没有需要整改的。", "个", among="中，")
            + "{% else %}共{{ 总数 }}个"
            "{% if 建账前完成.数 %}，" + before_ledger("完成整改", "个") + "{% endif %}"
            "{% if 单位数 %}，涉及{{ 单位数 }}家责任单位{% endif %}。截至{{ 截至 }}"
            "{% if 未报送.数 == 总数 %}，"
            + silent("个问题")
            + "{% else %}{% if not 未完成.数 %}，已"
            + all_of("总数", "完成整改", "全部")
            + "{% elif 完成.数 %}，已完成整改{{ 完成.数 }}个{% endif %}"
            f"{{% if {awaits} %}}"
            "（其中{{ 状态.待验收.数 }}个待验收销号）{% endif %}{% if 完成.数 and 未完成.数 %}，完成率{{ 完成.数|占(总数) }}{% endif %}"
            + f"{standing}。{silent('个问题')}{{% endif %}}{dropped('不再整改', '个')}{{% endif %}}"
        ),
        when("分组.类别|length > 1 or 全部.计量.涉及资金", body(by_sort + money)),
        when(
            "新增完成.数",
            paragraph("一级标题", "{{ 层次.一 }}新完成整改的问题"),
            body("{{ 起止 }}，新完成整改{{ 新增完成.数 }}个：{{ 新增完成|简称|顿号 }}。"),
        ),
        when(
            "整改滞后",
            paragraph("一级标题", "{{ 层次.一 }}进度滞后的问题"),
            body(
                "进度滞后的问题有{{ 整改滞后.数 }}个：{% for 组 in 整改滞后|按('责任单位') %}"
                "{% if 组.名 %}{{ 组.名 }}负责的{% else %}未明确责任单位的{% endif %}第{{ 组|序号|顿号 }}项"
                "{% if not loop.last %}，{% endif %}{% endfor %}。"
            ),
            each(
                "行 in 整改滞后",
                body(
                    "{{ 层次.三 }}{{ 行.简称 }}{% if 行.单位 and 行.单位 not in 行.简称 %}（{{ 行.单位 }}）{% endif %}。"
                    "{% if 行.进展 %}目前，{{ 行.进展|去句号 }}。{% endif %}"
                    "{% if 行.原因 %}未完成原因：{{ 行.原因|去句号 }}。{% endif %}"
                    "{% if 行.下一步 %}下一步措施：{{ 行.下一步|去句号 }}。{% endif %}"
                ),
            ),
        ),
        when(
            "上期滞后",
            paragraph("一级标题", "{{ 层次.一 }}上期滞后问题的整改情况"),
            body(
                "上期进度滞后的{{ 上期滞后.数 }}个问题"
                + "{% if "
                + "{% elif ".join(
                    f"{name}.数 == 上期滞后.数 %}}" + all_of("上期滞后.数", words) for name, words in afterwards
                )
                + "{% else %}中"
                + counts(*afterwards, unit="个")
                + "{% endif %}。"
            ),
        ),
        when(
            "单位表",
            paragraph("一级标题", "{{ 层次.一 }}各责任单位整改情况"),
            body(
                "各责任单位整改情况如下表{% if 未完成.数 %}，名次按完成率排列{% endif %}"
                "{% if 未报送.数 %}，未报送的{{ 未报送.数 }}个计入问题数，不计入滞后{% endif %}。"
            ),
            data_table(
                (
                    Column("责任单位", "行.单位", 30),
                    Column("问题数", "行.承担.数", 12, style="表格居中"),
                    Column("完成整改", "行.完成.数", 14, style="表格居中"),
                    Column("新完成", "行.新增完成.数", 12, style="表格居中"),
                    Column("滞后", "行.滞后.数", 10, style="表格居中"),
                    Column("完成率", "行.完成率", 14, style="表格居中"),
                    Column("名次", "行.名次", 10, style="表格居中"),
                ),
                "行 in 单位表",
                page=PORTRAIT,
            ),
        ),
        when("总数", paragraph("一级标题", "{{ 层次.一 }}工作要求")),
        when(
            f"{ALL_DONE} and {awaits}",
            body("待验收的{{ 状态.待验收.数 }}个，责任单位要及时申请验收销号。"),
        ),
        closing(),
        annex(
            Column("序号", "行.序号", 5, style="表格居中"),
            Column("问题类别", "行.类别", 9, merge="行.类别", style="表格居中"),
            Column("反馈问题", "行.事项", 26),
            Column("责任单位", "行.责任单位", 14),
            Column("整改时限", "行.时限", 11, style="表格居中"),
            Column("整改进展", "行.进展", 28),
            Column("整改状态", "行.标签", 10, style="表格居中"),
        ),
        print_row(),
    )


def general() -> bytes:
    """督查事项, whatever they are: counts, the newly closed, what lags and why, what became of laggards, the ledger."""
    listed = [("预警", "需要关注"), ("部分完成", "部分办结"), ("暂缓", "暂缓办理"), ("待定", "待确定")]
    afterwards = (
        ("滞后后已办结", "已办结"),
        ("滞后后仍滞后", "仍然滞后"),
        ("滞后后未报送", "未按时报送进展"),
        ("滞后后其他", "转为其他状态"),
    )
    standing = counts(("推进", "正在办理"), ("滞后", "滞后"), *listed)
    opening = (
        "{{ 用语.事项 }}{% if not 总数 %}"
        + nothing_left("不再办理", "目前没有在办事项。", among="中，")
        + "{% else %}共{{ 总数 }}项"
        "{% if 建账前完成.数 %}，" + before_ledger("办结", "项") + "{% endif %}"
        "{% if 单位数 %}，涉及{{ 单位数 }}家责任单位{% endif %}。截至{{ 截至 }}"
        "{% if 未报送.数 == 总数 %}，"
        + silent()
        + "{% else %}{% if not 未完成.数 %}，已"
        + all_of("总数", "办结", "全部")
        + "{% elif 完成.数 %}，已办结{{ 完成.数 }}项，占{{ 完成.数|占(总数) }}{% endif %}"
        + f"{standing}。{silent()}{{% endif %}}{dropped('不再办理')}{{% endif %}}"
    )
    block = (
        "{{ 层次.三 }}{{ 行.事项|去序号|去句号 }}{% if 行.单位 %}（{{ 行.单位 }}）{% endif %}。"
        "{% if 行.时限 %}完成时限：{{ 行.时限 }}。{% endif %}"
        "{% if 行.进展 %}目前进展：{{ 行.进展|去句号 }}。{% endif %}"
        "{% if 行.原因 %}滞后原因：{{ 行.原因|去句号 }}。{% endif %}"
        "{% if 行.下一步 %}下一步工作：{{ 行.下一步|去句号 }}。{% endif %}"
    )
    return package(
        masthead(),
        heading(),
        body("现将{{ 用语.事项 }}办理情况通报如下："),
        paragraph("一级标题", "{{ 层次.一 }}总体情况"),
        body(opening),
        *(
            when(f"{name}.数", body(f"{words}的{{{{ {name}.数 }}}}项：{{{{ {name}|简称|顿号 }}}}。"))
            for name, words in listed
        ),
        when(
            "新增完成.数",
            paragraph("一级标题", "{{ 层次.一 }}新办结的事项"),
            body("{{ 起止 }}，新办结{{ 新增完成.数 }}项：{{ 新增完成|简称|顿号 }}。"),
        ),
        when(
            "滞后",
            paragraph("一级标题", "{{ 层次.一 }}滞后的事项"),
            body("滞后的{{ 滞后.数 }}项，具体情况如下。"),
            each("行 in 滞后", body(block)),
        ),
        when(
            "上期滞后",
            paragraph("一级标题", "{{ 层次.一 }}上期滞后事项的办理情况"),
            body(
                "上期滞后的{{ 上期滞后.数 }}项"
                + "{% if "
                + "{% elif ".join(
                    f"{name}.数 == 上期滞后.数 %}}" + all_of("上期滞后.数", words) for name, words in afterwards
                )
                + "{% else %}中"
                + counts(*afterwards)
                + "{% endif %}。"
            ),
        ),
        when("总数", paragraph("一级标题", "{{ 层次.一 }}工作要求")),
        closing(),
        annex(
            Column("序号", "行.序号", 5, style="表格居中"),
            Column("督查事项", "行.事项", 30),
            Column("责任单位", "行.责任单位", 14),
            Column("完成时限", "行.时限", 11, style="表格居中"),
            Column("进展情况", "行.进展", 34),
            Column("办理状态", "行.标签", 9, style="表格居中"),
        ),
        print_row(),
    )


TEMPLATES: dict[str, Callable[[], bytes]] = {
    "meeting-decisions": meeting_decisions,
    "standing-meeting": standing_meeting,
    "annual-tasks": annual_tasks,
    "key-projects": key_projects,
    "work-report": work_report,
    "rectification": rectification,
    "general": general,
}


def main() -> int:
    """Writes every template that changed, and says which."""
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

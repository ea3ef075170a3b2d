"""The gallery: for each problem a ledger, as small as possible, that causes it.

`python -m tools.docs` runs every case and writes what the clerk reads into `docs/问题一览.md`; a test runs them too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tongbao.ledger.asked import plan
from tongbao.model import Problem
from tongbao.run.pipeline import run
from tools.drawing import saved, workbook

TEMPLATES = Path(__file__).parent.parent / "templates"
HEAD = "| 序号 | 交办事项 | 承办单位 | 完成时限 | 完成情况 | 备注 |\n"
PROJECTS = "| 序号 | 项目名称 | 级别 | 建设性质 | 年度计划投资（亿元） | 累计完成投资（亿元） | 进度情况 |\n"
ONE = "| 1 | 完成水库大坝安全鉴定。 | 县水利局 | | 正在编制鉴定报告。 | |"
BEFORE = ONE.replace("正在编制", "已经委托")
CONFIG = """
office: {{name: 云溪县人民政府督查室}}
units: [县水利局, 县财政局, 县交通局, 县自然资源和规划局]
reports: [{{name: 决策事项, kind: {kind}, title: 关于决策事项办理情况的通报{more}}}]
"""


@dataclass(frozen=True)
class Case:
    """A problem's code with the ledgers that cause it, drawn: `now` of this period, `before` of the one before it.

    `head`: the header row of both. `change`: what is done to the workbook of this period. `more`: more settings of the
    report. `also`: the name of a further, empty file.
    """

    code: str
    title: str
    now: str | bytes = ONE
    before: str = ""
    kind: str = "meeting-decisions"
    head: str = HEAD
    change: Callable[[Workbook], object] | None = None
    more: str = ""
    name: str = "台账2022-02.xlsx"
    also: str = ""

    def problems(self) -> tuple[Problem, ...]:
        """All problems of a run on these ledgers."""
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) / "input" / "决策事项"
            folder.mkdir(parents=True)
            config = Path(made) / "config.yaml"
            config.write_text(CONFIG.format(kind=self.kind, more=self.more), encoding="utf-8")
            if self.before:
                folder.joinpath("台账2022-01.xlsx").write_bytes(saved(workbook(self.head + self.before)))
            if self.now != "":
                folder.joinpath(self.name).write_bytes(self._ledger())
            if self.also:
                folder.joinpath(self.also).write_bytes(b"")
            (job,) = plan(config, TEMPLATES, [], None, None)
            return run(job, draft=False, tell=lambda _: None, ask=lambda *_: None).problems

    def _ledger(self) -> bytes:
        if isinstance(self.now, bytes):
            return self.now
        book = workbook(*(part if part.startswith("| 序号") else self.head + part for part in self.now.split("\n\n")))
        if self.change:
            self.change(book)
        return saved(book)


def _hide_row(book: Workbook) -> None:
    book.worksheets[0].row_dimensions[2].hidden = True


def _hide_column(book: Workbook) -> None:
    book.worksheets[0].column_dimensions["D"].hidden = True


def _format(cell: str, value: str | float | date, code: str) -> Callable[[Workbook], None]:
    """Puts a value with a number format into a cell."""

    def change(book: Workbook) -> None:
        book.worksheets[0][cell] = value
        book.worksheets[0][cell].number_format = code

    return change


def _hide_sheet(book: Workbook) -> None:
    book.create_sheet("草表").sheet_state = "hidden"


def _closed(text: str) -> Callable[[Workbook], None]:
    """Adds a sheet 销号 with these rows."""

    def add(book: Workbook) -> None:
        sheet = book.create_sheet("销号")
        for line in text.strip().splitlines():
            sheet.append([cell.strip() or None for cell in line.strip("|").split("|")])

    return add


def _strike(cell: str) -> Callable[[Workbook], None]:
    """Strikes out what a cell holds."""

    def strike(book: Workbook) -> None:
        book.worksheets[0][cell].font = Font(strike=True)

    return strike


def _comment(book: Workbook) -> None:
    book.worksheets[0]["E2"].comment = Comment("已委托设计院编制鉴定报告", "甲")


def _of_signs(book: Workbook) -> None:
    book.worksheets[0]["E2"].font = Font(name="Wingdings")


def _outside(book: Workbook) -> None:
    book.worksheets[0]["J2"] = "联系电话"


HTML = "<html><body><table><tr><td>序号</td></tr></table></body></html>".encode()
CASES = (
    # finding ledgers
    Case("no_ledger", "文件夹里没有台账", now=""),
    Case("no_period", "文件名里没有期次", name="台账（终稿）.xlsx"),
    Case("two_for_one_period", "同一期有两本台账", also="台账2022年2月.xlsx"),
    Case("later_unread", "期次更晚的文件不是表格", also="台账2022-03.numbers"),
    Case("open_elsewhere", "台账还开着", also="~$台账2022-02.xlsx"),
    # files
    Case("file_empty", "空文件", now=b""),
    Case("file_html", "网页冒充表格", now=HTML, name="台账2022-02.xls"),
    Case("file_damaged", "文件坏了", now=b"PK\x03\x04" + b"\0" * 80),
    Case("file_other", "不是表格", now="这是一段话，没有表格。".encode("gb18030") + b"\0\1\2", name="台账2022-02.xlsx"),
    Case("empty_book", "表格是空的", now=saved(Workbook())),
    # sheets and headers
    Case("no_header", "没有表头", now="| 序号1 | 甲 |\n| 1 | 乙 |", head="| 一 | 二 |\n"),
    Case("missing_column", "缺少一列", now=ONE.rstrip("| ") + " |", head=HEAD.replace("| 备注 ", "")),
    Case("header_twice", "表头重复", now="| 1 | 完成鉴定。 | 县水利局 | 3月底前 | 4月底前 | 办理中。 | |", head=HEAD.replace("| 完成时限 |", "| 完成时限 | 完成时限 |")),
    Case("header_rivals", "两列像同一栏", now="| 1 | 完成鉴定。 | 县水利局 | 县财政局 | | 办理中。 | |", head=HEAD.replace("| 承办单位 |", "| 承办单位 | 承办部门 |")),
    Case("header_shared", "表头按通用词汇读取", now=ONE, head=HEAD.replace("完成情况", "目前进展")),
    Case("header_unsure", "两个通用的表头像同一栏", now="| 1 | 完成鉴定。 | 县水利局 | | 初审通过。 | 专家评审通过。 | |", head=HEAD.replace("| 完成情况 |", "| 本月进展 | 累计进展 |")),
    Case("header_unread", "一列没有用到", now=ONE, head=HEAD.replace("承办单位", "承办单位/联系人")),
    Case("several_sheets", "两张表都像台账", now=ONE + "\n\n" + ONE),
    Case("no_such_sheet", "配置里的表名不对", more=", sheet: 台帐"),
    Case("hidden_sheet", "隐藏的表", change=_hide_sheet),
    Case("closed_unread", "销号表没有表头", change=_closed("| 修桥 | 完成 |")),
    Case("no_items", "只有表头", now="| | | | | | |"),
    Case("nothing_left", "只有表头，事项都在销号表里", now="| | | | | | |", change=_closed("| 序号 | 交办事项 | 备注 |\n| 1 | 修桥。 | 完成 |")),
    # lines
    Case("gap", "中间空了几行", now=ONE + "\n===\n===\n" + ONE.replace("| 1 | 完成水库", "| 2 | 完成水闸")),
    Case("asides", "合计、说明和签字", now=ONE + "\n| 合计 | 1项 | | | | |\n| 填表人：陈知远 |"),
    Case("empty_heading", "标题下没有事项", now="| 第一次会议决策事项 |\n| 第二次会议决策事项 |\n" + ONE),
    Case("line_doubt", "看不出是什么的一行", now=ONE + "\n| | | | | 另有情况待补充。 | |"),
    Case("line_joined", "一项占了几行", now="| 1 | 完成鉴定。 | 县水利局 | | 已委托。 | |\n| ^ | ^ | ^ | | 已拨款。 | |"),
    Case("merge_straddles", "合并单元格跨了两项", now="| 1 | 完成水库大坝安全鉴定。 | 县水利局 | | 已经委托。 | |\n| ^ | ^ | 县财政局 | | 正在筹措资金。 | 正常推进 |\n| 2 | 修好青石大桥。 | ^ | | 正在施工。 | 正常推进 |"),
    Case("hidden_rows", "隐藏或筛选掉的行", change=_hide_row),
    Case("hidden_column", "隐藏的列", change=_hide_column),
    Case("hidden_by_format", "格式藏起来的内容", change=_format("E2", "正在委托。", ";;;")),
    Case("as_shown", "屏幕上显示的与存的不一样", change=_format("D2", date(2022, 3, 1), 'yyyy"年"m"月"')),
    Case("outside", "表格以外的字", change=_outside),
    Case("struck_item", "划掉的事项", now=ONE + "\n| 2 | 修好青石大桥。 | 县交通局 | | 正在施工。 | |", change=_strike("B3")),
    Case("struck_heading", "划掉的标题", now="| 第一次会议决策事项 |\n" + ONE, change=_strike("A2")),
    Case("struck_out", "划掉的字", change=_strike("E2")),
    Case("cell_picture", "单元格里是图片", now=ONE.replace("正在编制鉴定报告。", '=DISPIMG("ID_1F8C",1)')),
    Case("cell_unread", "符号字体里的字", now=ONE.replace("正在编制鉴定报告。", "J"), change=_of_signs),
    Case("only_comment", "内容写在批注里", now=ONE.replace("正在编制鉴定报告。", ""), change=_comment),
    Case("formula_uncached", "没有算过的公式", now="| 1 | 完成鉴定。 | 县水利局 | | =B9 | |"),
    # values
    Case("value_missing", "应填未填", now="| 1 | 水库 | 县重点 | 在建 | 2.5 | | |", kind="key-projects", head=PROJECTS),
    Case("value_unread", "不是金额", now="| 1 | 水库 | 县重点 | 在建 | 约2亿多 | 1.2 | |", kind="key-projects", head=PROJECTS),
    Case("amount_unit", "格式与表头的单位不一致", now="| 1 | 水库 | 县重点 | 在建 | 2.5 | 1.2 | 达序时 |", kind="key-projects", head=PROJECTS.replace("年度计划投资（亿元）", "年度计划投资（万元）"), change=_format("E2", 2.5, '0.00"亿元"')),
    Case("amount_magnitude", "数大得多，像是按别的单位填的", now="| 1 | 水库 | 县重点 | 在建 | #12345 | 1 | 达序时 |\n| 2 | 大桥 | 县重点 | 在建 | #123450000 | 1 | 达序时 |", kind="key-projects", head=PROJECTS.replace("年度计划投资（亿元）", "年度计划投资（万元）")),
    Case("no_number", "有事项没有序号", now=ONE + "\n" + ONE.replace("| 1 | 完成水库", "| | 完成水闸")),
    Case("number_twice", "序号重复", now=ONE + "\n" + ONE.replace("完成水库", "完成水闸")),
    Case("number_gap", "序号有缺", now=ONE + "\n" + ONE.replace("| 1 | 完成水库", "| 4 | 完成水闸")),
    Case("task_twice", "同一事项写了两行", now=ONE + "\n" + ONE.replace("| 1 |", "| 2 |")),
    Case("unit_missing", "没有单位", now=ONE.replace("县水利局", "")),
    Case("ditto", "写着同上", now=ONE + "\n| 2 | 完成水闸大坝安全鉴定。 | 同上 | | 正在委托。 | |"),
    Case("unit_doubt", "名册里没有的单位", now=ONE.replace("县水利局", "县水力局")),
    Case("unit_head", "单位旁边写着联系人", now=ONE.replace("县水利局", "县水利局 李明")),
    Case("units_from_another", "没有计单位的一列", head=HEAD.replace("承办单位", "责任单位")),
    Case("deadline_invalid", "没有这一天", now=ONE.replace("| | 正在", "| 2022年9月31日前 | 正在")),
    Case("deadline_ambiguous", "说不准的时限", now=ONE.replace("| | 正在", "| 2022年8月前 | 正在")),
    Case("deadline_unread", "看不懂的时限", now=ONE.replace("| | 正在", "| 看情况 | 正在")),
    Case("deadline_inferred", "时限没有写年份", now=ONE.replace("| | 正在", "| 4月底前 | 正在")),
    Case("deadline_in_text", "时限写在事项里", now=ONE.replace("完成水库大坝", "2022年6月底前完成水库大坝")),
    # the ledger's own control figures
    Case("total_differs", "合计与各行相加不符", now="| 1 | 水库 | 县重点 | 在建 | 2.5 | 1.2 | 达序时 |\n| 2 | 大桥 | 县重点 | 在建 | 1.5 | 1.2 | 达序时 |\n| 合计 | | | | 5 | 2.4 | |", kind="key-projects", head=PROJECTS),
    Case("count_differs", "写的项数与行数不符", now="| 第一次会议决策事项（3项） |\n" + ONE),
    Case("rate_differs", "完成率与两个金额不符", now="| 1 | 水库 | 县重点 | 在建 | 2.5 | 1 | 80% | 达序时 |", kind="key-projects", head=PROJECTS.replace("| 进度情况", "| 完成率 | 进度情况")),
    # status
    Case("status_unknown", "不认识的状态", now=ONE.removesuffix("|") + "需加快推近 |"),
    Case("status_shared", "状态按通用词汇统计", now=ONE.removesuffix("|") + "序时推进 |"),
    Case("status_ticked", "状态打了勾", now=ONE.removesuffix("|") + "√ |"),
    Case("status_unticked", "方框里没有打勾", now=ONE.removesuffix("|") + "□ |"),
    Case("status_remark", "状态后面还写了话", now=ONE.removesuffix("|") + "完成，资料已归档 |"),
    Case("status_proposed", "状态没填而时限已过", now=ONE.replace("| | 正在", "| 2022年1月30日 | 正在")),
    Case("overdue_on_track", "时限已过仍写正常", now=ONE.replace("| | 正在", "| 2022年1月30日 | 正在").removesuffix("|") + "正常推进 |"),
    Case("lagging_before_due", "时限未到已写滞后", now=ONE.replace("| | 正在", "| 2022年12月30日 | 正在").removesuffix("|") + "需加快推进 |"),
    Case("stalled_on_track", "进展说停工，状态说正常", now=ONE.replace("正在编制鉴定报告", "工地目前停工")),
    Case("finished_but_open", "进展说已完成，状态没有", now=ONE.replace("正在编制鉴定报告", "大坝安全鉴定已全部完成")),
    Case("done_but_unfinished", "状态说完成，进展说没有", now=ONE.replace("正在编制鉴定报告", "鉴定尚未完成").removesuffix("|") + "完成 |"),
    Case("not_agreed", "几个单位填的还没有商定", now=ONE.replace("正在编制", "【待商定】县水利局：正在编制")),
    Case("progress_missing", "没有填进展", now=ONE.replace("正在编制鉴定报告。", "").removesuffix("|") + "正常推进 |"),
    Case("reason_missing", "滞后没有写原因", now="| 1 | 水库 | 县重点 | 在建 | 2.5 | 1.2 | 未达序时 | |", kind="key-projects", head=PROJECTS.replace("| 进度情况 |", "| 进度情况 | 滞后原因 |")),
    Case("closed_not_done", "销号表里写着未完成", change=_closed("| 序号 | 交办事项 | 备注 |\n| 1 | 修桥 | 需加快推进 |")),
    Case("closed_twice", "办结的留在台账里，销号表里也有", now=ONE.removesuffix("|") + "完成 |", change=_closed("| 序号 | 交办事项 | 承办单位 | 备注 |\n| 1 | 完成水库大坝安全鉴定。 | 县水利局 | 完成 |"), before=BEFORE),
    Case("closed_but_open", "销号表里有，台账里还在办", change=_closed("| 序号 | 交办事项 | 承办单位 | 备注 |\n| 1 | 完成水库大坝安全鉴定。 | 县水利局 | 完成 |"), before=BEFORE),
    Case("annex_column", "附件要印的一列台账里没有", more=", annex: {columns: [交办事项, 完成时间]}"),
    # two periods
    Case("unaccounted", "上期的事项不见了", now=ONE, before=BEFORE + "\n| 2 | 修好青石大桥。 | 县交通局 | | 正在施工。 | |"),
    Case("undecided", "像是同一项，拿不准", now=ONE.replace("2022", "2023").replace("大坝安全鉴定", "大坝安全鉴定（2023年）"), before=BEFORE.replace("大坝安全鉴定", "大坝安全鉴定（2022年）")),
    Case("assumed", "有改动，按同一项计", now=ONE.replace("完成水库", "9月底前完成水库"), before=BEFORE),
    Case("reopened", "办结的又打开了", now=ONE, before=BEFORE.removesuffix("|") + "完成 |"),
    Case("closed_unseen", "从没见过就销号", before=BEFORE, change=_closed("| 序号 | 交办事项 | 备注 |\n| 1 | 修好青石大桥。 | 完成 |")),
    Case("withdrawn_unexplained", "撤销没有理由", now=ONE.removesuffix("|").replace("正在编制鉴定报告。", "") + "撤销 |", before=BEFORE),
    Case("progress_copied", "进展与上期一字不差", now=ONE.removesuffix("|") + "需加快推进 |", before=ONE.removesuffix("|") + "正常推进 |"),
    Case("unfilled", "本期没有填报", now=ONE.replace("正在编制鉴定报告。", ""), before=ONE.removesuffix("|") + "正常推进 |"),
    Case("status_by_default", "填了进展，没有填状态", now=ONE, before=BEFORE.removesuffix("|") + "正常推进 |"),
    Case("copied", "状态、进展都照抄上期", now=ONE.removesuffix("|") + "正常推进 |", before=ONE.removesuffix("|") + "正常推进 |"),
    Case("numeral_fell", "进度倒退", now=ONE.replace("正在编制鉴定报告", "累计完成投资70万元"), before=ONE.replace("正在编制鉴定报告", "累计完成投资80万元")),
    Case("amount_unchanged", "累计数与上期相同", now="| 1 | 水库 | 县重点 | 在建 | 2.5 | 1.2 | |", before="| 1 | 水库 | 县重点 | 在建 | 2.5 | 1.2 | |", kind="key-projects", head=PROJECTS),
    Case("next_step_past", "下一步的期限已经过去", now="| 1 | 水库 | 县重点 | 在建 | 2.5 | 1.2 | 未达序时 | 材料短缺 | 2022年1月底前签订协议 |", kind="key-projects", head=PROJECTS.replace("| 进度情况 |", "| 进度情况 | 滞后原因 | 下一步措施 |")),
    Case("long_lagging", "连续滞后", now=ONE.removesuffix("|") + "需加快推进 |", before=BEFORE.removesuffix("|") + "需加快推进 |"),
    Case("deadline_changed", "时限与上期不同", now=ONE.replace("| | 正在", "| 2022年12月30日 | 正在"), before=BEFORE.replace("| | 已经", "| 2022年6月30日 | 已经")),
    Case("units_changed", "责任单位与上期不同", now=ONE.replace("县水利局", "县财政局"), before=BEFORE),
    Case("status_merged", "状态合并了几行", now=ONE.removesuffix("|") + "正常推进 |\n| 2 | 修好青石大桥。 | 县交通局 | | 正在施工。 | ^ |"),
    Case("title_period", "表上的日期与文件名不符", now="| 更新时间：2021年11月30日 |\n" + HEAD + ONE, head=""),
    Case("id_copied", "编号用了两次", now="| 1 | 完成鉴定。 | 县水利局 | | 办理中。 | | A1 |\n| 2 | 修好大桥。 | 县交通局 | | 施工中。 | | A1 |", before="| 1 | 完成鉴定。 | 县水利局 | | 委托中。 | | A1 |\n| 2 | 修好大桥。 | 县交通局 | | 备料中。 | | A2 |", head=HEAD.replace("| 备注 |", "| 备注 | 编号 |")),
)  # fmt: skip

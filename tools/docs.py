"""Write the pages of `docs/` that are made from the code: `python -m tools.docs`.

They print the tables that the program itself uses, so they cannot contradict it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tongbao.circular.vocabulary import CHOICE_NAMES, FILTERS, NAMES, ROW_NAMES
from tongbao.config.kind_file import KEYS
from tongbao.config.kinds import STANDARD
from tongbao.model import (
    DEADLINE,
    ID,
    LAST_PROGRESS,
    NEXT_STEP,
    NO,
    PROGRESS,
    REASON,
    SHORT,
    STATUS,
    TASK,
    UNIT,
    Level,
    Problem,
)
from tongbao.outside.screen import line_of
from tools.gallery import CASES, Case

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- 本页由 python3 dev.py docs 生成，请勿手改 -->\n\n"

FIELDS: Mapping[str, str] = {
    ID: "稳定编号，由程序写入，两期衔接首先看它",
    NO: "序号，照台账所写；几行共一个序号时各行相同",
    TASK: "事项（必有）",
    SHORT: "通报简称，只用于正文",
    UNIT: "责任单位",
    STATUS: "状态词所在的列（必有，type 为 status）",
    DEADLINE: "完成时限",
    PROGRESS: "进展情况",
    LAST_PROGRESS: "上期进展",
    REASON: "滞后或未完成的原因",
    NEXT_STEP: "下一步工作",
}


OWN_TABLE = """循环 `附件.行` 的那张表就是附件的表。通报在 `config.yaml` 里写了 `annex` 的
（见《食谱》“附件照我们台账的样子印”），程序在填写之前把这张表换成台账自己的列，模板不用改，也不用为此另做一份。怎样换：

- 边框、底纹、表的总宽、页面方向照模板；列宽按台账里的比例分，表头几行就几行，每页重复，一行不跨两页。
- 表头照循环上面一行的第一格；整行标题照写着 `分节` 的那一行，没有的照文字格。
- 短的列（序号、时限、状态、数字）照事项行里居中的一格，没有居中的照第一格；其余照最后一个不居中的格。
- 格里第一段的样式、第一处文字的字体字号都照搬；这张表循环以外的行、格里的其他文字和条件不保留。
- 循环的变量可以叫任何名字；另有表格循环 `附件.行` 的，也一样换。

模板里没有循环 `附件.行` 的表（常务会议、重点项目、工作报告三种就没有），程序在成文日期所在的一节之后另起横排的一节，
印“附件”、标题和这张表，在署名前面加一行“附件：…”。用到的样式按名称找：附件标识、附件标题、附件说明、表头文字、表格分节、
表格文字、表格居中、署名、成文日期；找不到的，用模板的默认样式，没有“附件说明”或“署名”的不加那一行。
"""


def table(head: tuple[str, str], rows: Mapping[str, str]) -> str:
    """A Markdown table of two columns."""
    lines = [f"| {head[0]} | {head[1]} |", "| --- | --- |"]
    lines += [f"| `{name}` | {meaning.replace('|', chr(92) + '|')} |" for name, meaning in rows.items()]
    return "\n".join(lines) + "\n"


def template_names() -> str:
    """The page 模板名称: all names that a template may use."""
    return (
        MADE
        + "# 模板里可以用的名称\n\n"
        + "模板是普通的 Word 文件。要印的数写成 `{{ 名称 }}`；整段有条件时用 `{%p if … %}` 和 `{%p endif %}`，"
        + "表格逐行用 `{%tr for 行 in 附件.行 %}` 和 `{%tr endfor %}`。没有列在这里的名称不能用。\n\n"
        + "## 通用名称\n\n"
        + table(("名称", "含义"), NAMES)
        + "\n## 选择\n\n下面每一个都是一组事项，种类自己的 `classes`、`lists` 也一样用：\n\n"
        + table(("名称", "含义"), STANDARD)
        + "\n每一组事项（包括大纲的节、分组的组、单位表的行、变化的组）都有：\n\n"
        + table(("名称", "含义"), CHOICE_NAMES)
        + "\n两组之间用点相连，就是它们共有的事项：`组.滞后.数`、`节.新增完成.数`；这时“完成”指其中已完成的。\n"
        + "\n## 行\n\n`行.` 后面可以是种类 `columns` 里的任何名称，还可以是：\n\n"
        + table(("名称", "含义"), ROW_NAMES)
        + "\n## 附件的表\n\n"
        + OWN_TABLE
        + "\n## 过滤器\n\n"
        + table(("写法", "作用"), FILTERS)
    )


def kind_keys() -> str:
    """The page 种类写法: every key of `kind.yaml`."""
    return (
        MADE
        + "# kind.yaml 的写法\n\n"
        + "一种通报就是 `templates/` 下的一个文件夹：`kind.yaml`（读什么、怎样数）和 `circular.docx`（印成什么样）。"
        + "下面是 `kind.yaml` 能用的全部键，`*` 处是自己取的名称；写错的键会连同行号报出来。\n\n"
        + table(("键", "含义"), KEYS)
        + "\n## 程序认得的列名\n\n`columns` 里这些名称有固定含义，其余名称自取：\n\n"
        + table(("名称", "含义"), FIELDS)
        + "\n## 通用选择\n\n`of`、`within`、`ratio` 里可以用状态词、自己的类和名单，以及：\n\n"
        + table(("名称", "含义"), STANDARD)
    )


def gallery() -> str:
    """The page 问题一览: each problem with a small ledger that causes it, and the line that the clerk reads."""
    told = [(case, next(p for p in case.problems() if p.code == case.code)) for case in CASES]
    parts = [
        MADE,
        "# 问题一览\n\n程序会说的问题，每一条配一本最小的台账。",
        "**必改**的不改不出通报，**请核**的请看一眼，**提示**的只是告知。\n",
    ]
    for level in Level:
        parts.append(f"\n## {level.label}\n")
        parts += [_shown(case, problem) for case, problem in told if problem.level is level]
    return "".join(parts)


def _shown(case: Case, problem: Problem) -> str:
    drawn = [("上期", case.before), ("本期", case.now)] if case.before else [("", case.now)]
    tables = "".join(_drawn(name, case.head, now) for name, now in drawn if isinstance(now, str) and now)
    # The ledgers of the gallery lie in a temporary folder, which must not stand on the page.
    line = re.sub(r"\S*/(?=input/)", "", line_of(problem))
    return f"\n### {case.title}\n{tables}\n> {line}\n"


def _drawn(name: str, head: str, table: str) -> str:
    """A drawn ledger as a Markdown table; the text of a full-width row stands in the first cell."""
    columns = head.count("|") - 1
    lines = [line.strip() for line in table.splitlines() if line.strip() and line.strip() != "==="]
    cells = [line.strip("|").split("|") for line in lines if not line.startswith("| 序号")]
    rows = [
        "| " + " | ".join(c.strip() for c in [*row, *[""] * (columns - len(row))][:columns]) + " |" for row in cells
    ]
    title = f"\n{name}：\n" if name else ""
    return f"{title}\n{head.strip()}\n|{' --- |' * columns}\n" + "\n".join(rows) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "模板名称.md": template_names,
    "种类写法.md": kind_keys,
    "问题一览.md": gallery,
}


def main() -> int:
    """Writes every page that changed, and says which."""
    DOCS.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        text = make()
        target = DOCS / name
        changed = not target.exists() or target.read_text(encoding="utf-8") != text
        if changed:
            target.write_text(text, encoding="utf-8", newline="\n")
        print(f"docs/{name}: {'written' if changed else 'unchanged'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The commands: what each is called, what it does and which options it takes; the help for all and for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongbao.run.options import DRAFT, MERGING, OPTIONS, SETTING_UP, UNFILLED, YES, Option

HELP = {"-h", "--help", "-?", "/?", "--帮助", "help", "帮助"}
VERSION = {"-V", "--version", "--版本"}
_START = "python generate.py"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its word, the same in Chinese, what follows it, what it does; `own`: options that only it has.

    `icon`: the file in the folder 操作 that does the same by a double click. `more`: further lines of its help.
    """

    name: str
    chinese: str
    after: str
    does: str
    own: tuple[Option, ...] = ()
    icon: str = ""
    more: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """How it is typed."""
        return " ".join(filter(None, (_START, self.name, self.after)))


# What is done where no command is named. The first three lines of the whole help are its.
MAKE = Command("", "", "[台账…]", "生成通报", (DRAFT, UNFILLED))
_MAKES = (
    (_START, "生成 config.yaml 里每份通报的最新一期"),
    (f"{_START} 台账.xlsx", "只用这一本台账（把文件拖到图标上也是这样）"),
    (f"{_START} 通报.docx", "核稿，同 check 通报.docx"),
)
COMMANDS = (
    Command("check", "核稿", "通报.docx", "核稿：核对一份通报；是模板的，查模板", icon="核稿"),
    Command(
        "next",
        "下期",
        "[-p 期次]",
        "由最新一期台账生成下一期的台账",
        icon="生成下期台账",
        more=("不写 -p：按月、按季的往后推一期；看不出的会问。办结的事项移到“销号”表，状态清空待填。",),
    ),
    Command(
        "split",
        "分发",
        "",
        "把最新台账按单位分发，一个单位一本",
        icon="分发到单位",
        more=("各单位填好退回后，放进台账文件夹下的“退回”，再汇总。",),
    ),
    Command("merge", "汇总", "", "把各单位退回的表汇总成一本，写出催办单", MERGING, "汇总退回的表"),
    Command(
        "new",
        "新建",
        "种类 [-p 期次]",
        "生成一本空白台账",
        icon="新建台账",
        more=("种类写名称或代号都可以（见 kinds），如 new 年度重点工作任务；不写就照 -r 那份通报的。",),
    ),
    Command("import", "导入", "文件", "把旧通报的附件表（.docx）或别样的台账导入成本程序的台账", icon="导入旧通报"),
    Command(
        "setup",
        "建立",
        "台账…",
        "第一次用：照本单位的台账建好设置，出第一份通报（也可给上期通报、文件夹）",
        SETTING_UP,
        "建立通报",
        ("也可以把台账拖到“生成通报”的图标上：不认识的台账就这样建立。",),
    ),
    Command(
        "remove-samples",
        "删除示例",
        "[--yes]",
        "删去随附的示例台账、示例通报和用它们出的文件；改过的、本单位的不动",
        (YES,),
        "删除示例",
        more=("原来的设置另存为 config.示例.yaml，里面的说明还在。",),
    ),
    Command("kinds", "种类", "[种类]", "列出通报种类，或说明一种"),
)
# What each option does, in the order of the help.
_SAYS = {
    "config": "用另一份配置（默认 config.yaml）",
    "report": "只做这一份通报",
    "period": "做指定的一期，如 2022-02",
    "draft": "有必改问题也先出一份“草稿”",
    "unfilled": "本期没有填报的，照上期统计；写 未报送 的，列为未报送",
    "apply": "用汇总后的台账替换本期台账，原来的存进“备份”",
    "yes": "不再问，照提出的办",
    "name": "这份通报的名称",
    "kind": "指定通报种类",
    "joint": "几个单位填得不一样的，合写在一起；写 牵头 的，以牵头单位为准",
}
_SHOWN = {"config": "-c 文件", "report": "-r 名称", "period": "-p 期次", "unfilled": "--unfilled 照上期"}
_SHOWN |= {"joint": "--joint 合写", "name": "--name 名称", "kind": "--kind 种类"}


def parted(arguments: Sequence[str]) -> tuple[Command, list[str]]:
    """The command that is meant, and all other words; it is the first word that is no option and no option's value."""
    valued = {o for command in (MAKE, *COMMANDS) for o in (*OPTIONS, *command.own) if o.value}
    names = {name: command for command in COMMANDS for name in (command.name, command.chinese)}
    at = 0
    while at < len(arguments) and arguments[at] != "--":
        word = arguments[at]
        if word == "-" or not (word.startswith(("-", "/?")) or word in HELP):
            command = names.get(word)
            return (command, [*arguments[:at], *arguments[at + 1 :]]) if command else (MAKE, list(arguments))
        at += 2 if _takes_next(word, valued) else 1
    return MAKE, list(arguments)


def _takes_next(word: str, valued: set[Option]) -> bool:
    """Is the value of this option the next word? Not where it is glued to it."""
    if word.startswith("--"):
        return "=" not in word and len(word) > 2 and any(option.long.startswith(word) for option in valued)
    return len(word) == 2 and any(option.short == word[1] for option in valued)


# ---------------------------------------------------------------------------------------------- help


def usage() -> str:
    """The help for all commands."""
    lines = [*_MAKES, *((command.line, command.does) for command in COMMANDS)]
    options = [_told(option) for option in OPTIONS]
    options += [_told(o, f"{c.name} 用：" if c.name else "出通报用：") for c in (MAKE, *COMMANDS) for o in c.own]
    rest = [("-h", "这一页；只看一个命令的写 命令 -h，如 next -h"), ("--version", "程序的版本")]
    aliases = "、".join(f"{command.name} {command.chinese}" for command in COMMANDS)
    told = ["用法：", *_columns(lines, 42), "选项（写在命令前后都可以）：", *_columns([*options, *rest], 20)]
    return "\n".join([*told, f"命令也可以写中文：{aliases}"])


def help_of(command: Command) -> str:
    """The help for one command alone."""
    if command is MAKE:
        return usage()
    icon = [f"双击“操作”文件夹里的“{command.icon}”也是这样。"] if command.icon else []
    options = [_told(option) for option in (*command.own, *OPTIONS)]
    lines = [f"用法：{command.line}", f"  {command.does}。也可以写 {_START} {command.chinese}", *icon, *command.more]
    return "\n".join([*lines, "选项：", *_columns(options, 20)])


def _told(option: Option, whose: str = "") -> tuple[str, str]:
    return _SHOWN.get(option.name, option.long), whose + _SAYS[option.name]


def _columns(lines: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Two columns; a Chinese character is as wide as two others."""
    return [f"  {first}{' ' * max(1, width - _width(first))}{second}" for first, second in lines]


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 255 else 1 for sign in text)

"""Who may import what, and who may touch the outside world. The tables are the rules; a missing module breaks none.

Also among the tests and tools: tools know no tests; what tests share lies in `tests/support`, and they reach the tools
through few doors only.

A table names a module (`reading.sheets`) or a whole package (`workbooks`).
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.support.folders import ROOT

# One outside library has one home, a module or a package: its oddities are known there and nowhere else.
HOMES = {
    "dateutil": {"words.periods"},
    "docx": {"render"},
    "docxtpl": {"render"},
    "jinja2": {"render"},
    "lxml": {"render", "proof.story", "proof.comments"},
    "numpy": set[str](),
    "openpyxl": {"workbooks"},
    "pandas": {"figures"},
    "python_calamine": {"reading.sheets"},
    "rapidfuzz": {"matching.likeness"},
    "yaml": {"yamltext"},
}
# A stage takes records and gives records: it knows the model and pure helpers, not the stage before or after it.
STAGES = {"reading", "check", "matching.match", "matching.changes", "figures", "render", "proof"}
# What is above the stages, and what may import it.
ABOVE = {
    "cli": set[str](),
    "pipeline": {"cli"},
    "rounds.upkeep": {"cli"},
    "rounds.collecting": {"cli"},
    "rounds.importing": {"cli"},
    "proof.review": {"cli"},
    "deliver": {"cli", "intake", "pipeline", "rounds", "proof.review"},
    "screen": {"cli"},
    "environment": set[str](),
}
WRITERS = {"deliver", "environment", "locking"}  # the latter two make `.venv`, before there is anything to deliver
CLOCKS = {"cli"}
PRINTERS = {"screen"}
# What is started without circulars to make must not pay for pandas.
LIGHT = ("--help",), ("check", "没有这个文件.docx"), ("next", "-c", "没有这个配置.yaml")

# What tests and tools both need lies in the tools, and comes into the tests by these doors; a test of a tool needs none.
DOORS = {
    "tests.support.blocks": "tools.ooxml",
    "tests.support.drawing": "tools.drawing",
    "tests.test_options": "tools.bench",  # every command is asked for its options, those for developers too
}
TESTS_OF_TOOLS = "tests.tools"

FILES = sorted((ROOT / "tongbao").rglob("*.py"))
BESIDE = sorted([*(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py")])


def module(file: Path) -> str:
    """`reading.ledger`; a package itself goes by its name."""
    return ".".join(file.relative_to(ROOT / "tongbao").with_suffix("").parts).removesuffix(".__init__")


def within(name: str, places: Iterable[str]) -> str:
    """The place that a module is, or lies in; empty where it is none of them."""
    return next((place for place in places if name == place or name.startswith(place + ".")), "")


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call: its node, what it is called on (as written), and its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, ast.unparse(node.func.value), node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node, "", node.func.id


def breaches(file: Path, tree: ast.AST) -> Iterator[str]:
    """Every line of a file that breaks a rule, in words."""
    own = module(file)
    for line, name in imports(tree):
        top, _, inner = name.partition(".")
        if top in HOMES and not within(own, HOMES[top]):
            yield f"{line}: {top} is imported only by {sorted(HOMES[top])}"
        if top == "tongbao":
            above = within(inner, ABOVE)
            if above and own != above and not within(own, ABOVE[above]):
                yield f"{line}: {above} is imported only by {sorted(ABOVE[above])}"
            stage, other = within(own, STAGES), within(inner, STAGES)
            if stage and other and stage != other:
                yield f"{line}: a stage does not import another ({other})"
    for node, owner, name in calls(tree):
        if own not in WRITERS and touches_disk(node, owner, name):
            yield f"{node.lineno}: only {sorted(WRITERS)} write files ({name})"
        if own not in CLOCKS and (owner.split(".")[-1], name) in CLOCK_CALLS:
            yield f"{node.lineno}: the day comes in from {sorted(CLOCKS)}"
        if own not in PRINTERS and (owner, name) == ("", "print"):
            yield f"{node.lineno}: only {sorted(PRINTERS)} print"
        if name == "strftime":
            yield f"{node.lineno}: strftime fails on Chinese text under Windows"


CLOCK_CALLS = {("date", "today"), ("datetime", "today"), ("datetime", "now"), ("time", "time"), ("time", "localtime")}
DISK_CALLS = {"write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "rmtree", "touch", "rename"}


def touches_disk(node: ast.Call, owner: str, name: str) -> bool:
    if name in DISK_CALLS or owner == "shutil" or (owner, name) == ("os", "replace"):
        return True
    if name != "open":
        return False
    position = (
        1 if owner in ("", "io") else 0
    )  # open(file, mode), path.open(mode); a zip's open(part, mode) is not a file
    modes = [*node.args[position : position + 1], *(k.value for k in node.keywords if k.arg == "mode")]
    return any(isinstance(m, ast.Constant) and re.fullmatch("[rbt]*[wax+][rbt+]*", str(m.value)) for m in modes)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_rules_hold_in(file):
    assert list(breaches(file, ast.parse(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("check", "import pandas as pd", "pandas is imported only by"),
        ("figures", "import pandas as pd", ""),
        ("matching.match", "def f():\n    from tongbao.matching import changes", "a stage does not import another"),
        ("matching.match", "from tongbao.model import Row", ""),
        ("render", "from tongbao.deliver import deliver", "deliver is imported only by"),
        ("check", "open('x', 'w', encoding='utf-8')", "write files"),
        ("check", "path.open(mode='ab')", "write files"),
        ("check", "path.open(encoding='utf-8')", ""),
        ("check", "package.open('word/document.xml', 'w')", ""),
        ("check", "os.replace(a, b)", "write files"),
        ("check", "text.replace('a', 'b')", ""),
        ("check", "day = datetime.date.today()", "the day comes in from"),
        ("check", "print('x')", "print"),
    ],
)
def test_the_rules_can_be_broken(name, source, expected):
    found = list(breaches(ROOT / "tongbao" / f"{name.replace('.', '/')}.py", ast.parse(source)))
    assert (expected in found[0]) if expected else found == []


def strays(own: str, tree: ast.AST) -> Iterator[str]:
    """Every import of a test or a tool that goes where it must not, in words."""
    names = {name for _, name in imports(tree)}
    for name in sorted(names):
        if own.startswith("tools.") and within(name, {"tests"}):
            yield f"{own}: a tool does not import a test ({name})"
        if own.startswith("tests.") and within(name, {"tests"}) and not within(name, {"tests.support"}):
            yield f"{own}: what tests share lies in tests/support ({name})"
        if own.startswith("tests.") and within(name, {"tools"}) and not may_use(own, name):
            yield f"{own}: tools are reached through {sorted(DOORS)} ({name})"


def may_use(own: str, tool: str) -> bool:
    """Is this the door to a tool, or the tests of the tools? A test of one tool has its name: `test_docs`."""
    if within(own, {TESTS_OF_TOOLS}):
        return within(tool, {f"tools.{own.rpartition('.test_')[2]}"}) != ""
    return own in DOORS and within(tool, {DOORS[own]}) != ""


@pytest.mark.parametrize("file", BESIDE, ids=lambda file: str(file.relative_to(ROOT)))
def test_tests_and_tools_keep_to_their_side_in(file):
    own = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    assert list(strays(own, ast.parse(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("own", "source", "expected"),
    [
        ("tools.docs", "from tests.support.builders import xlsx", "a tool does not import a test"),
        ("tools.docs", "from tools.gallery import CASES", ""),
        ("tests.test_fuzz", "from tests.reading.test_sheets import binary_workbook", "lies in tests/support"),
        ("tests.test_fuzz", "from tests.conftest import golden", "lies in tests/support"),
        ("tests.test_fuzz", "from tests import simulator", "lies in tests/support"),
        ("tests.test_fuzz", "from tests import support", ""),
        ("tests.support.office", "from tests.support.drawing import xlsx", ""),
        ("tests.test_render", "from tools.ooxml import package", "tools are reached through"),
        ("tests.test_render", "import tools.ooxml", "tools are reached through"),
        ("tests.support.blocks", "from tools.ooxml import package", ""),
        ("tests.support.blocks", "from tools.templates import TEMPLATES", "tools are reached through"),
        ("tests.tools.test_templates", "from tools.templates import TEMPLATES", ""),
        ("tests.tools.test_samples", "from tools import samples", ""),
        ("tests.tools.test_samples", "from tools import docs", "tools are reached through"),
    ],
)
def test_their_sides_can_be_left(own, source, expected):
    found = list(strays(own, ast.parse(source)))
    assert (expected in found[0]) if expected else found == []


@pytest.mark.parametrize("arguments", LIGHT, ids=lambda arguments: arguments[0])
def test_pandas_is_not_loaded_without_figures_to_count(arguments):
    code = f"from tongbao import cli; import sys; cli.main({list(arguments)!r}); sys.exit('pandas' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

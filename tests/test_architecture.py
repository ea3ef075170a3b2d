"""The house: who may import what, who may touch the outside world, how large a thing may grow. The tables are the rules.

Also among the tests and tools: tools know no tests; what tests share lies in `tests/support`, and they reach the tools
through few doors only.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import product
from pathlib import Path

import pytest

from tests.support.folders import ROOT

# The house from the ground up, and what each room imports: a room stands above all that it imports.
LAW = {
    "model": "",
    "words": "model",
    "outside": "model words",
    "config": "model words outside",
    "word": "model words outside",
    "excel": "model words outside",
    "ledger": "model words outside config excel",
    "matching": "model words outside config excel ledger",
    "circular": "model words outside config word excel ledger matching",
    "proof": "model words outside config word matching circular",
    "rounds": "model words outside config word excel ledger matching proof",
    "run": "model words outside config word excel ledger matching circular proof rounds",
}
# The same inside the room that has rooms of its own.
INSIDE = {
    "proof": {
        "verdicts": "",
        "text": "verdicts",
        "basis": "text",
        "claims": "text verdicts",
        "against_ledger": "text basis verdicts",
        "layout_sheet": "",
        "against_standard": "layout_sheet",
        "remarks": "text basis claims against_ledger against_standard verdicts",
        "review": "text basis claims against_ledger against_standard remarks verdicts",
    },
}
ROOMS_OF_PROOF = {f"proof.{room}" for room in INSIDE["proof"]}
# One outside library has one home, a room or a module: its oddities are known there and nowhere else.
HOMES = {
    "dateutil": {"words.periods"},
    "docx": {"word.template"},
    "docxtpl": {"word.template"},
    "jinja2": {"word.template"},
    "lxml": {"word", "excel.formats.web.webpage"},  # the latter for its parser of web pages alone
    "numpy": {"matching.arrays"},
    "openpyxl": {"excel.writing", "ledger.marked_copy", "rounds"},  # the last two write workbooks of their own
    "pandas": {"circular.figures"},
    "python_calamine": {"excel.sheets"},
    "rapidfuzz": {"matching.likeness"},
    "yaml": {"config.yamltext", "config.yamllines"},
}
WRITERS = {
    *("outside.converter", "outside.deliver", "outside.environment", "outside.journal", "outside.locking"),
    "outside.removal",
}
READERS = {"outside.files", *WRITERS}
CLOCKS = {"run.cli"}
PRINTERS = {"outside.screen"}
# What is started without circulars to make must not pay for pandas.
LIGHT = ("--help",), ("check", "没有这个文件.docx"), ("next", "-c", "没有这个配置.yaml")

LONGEST_CLASS, LONGEST_MODULE = 120, 350
# What is longer, and how long. These are to be replaced as a whole, not polished: the numbers only fall.
LONGER = {
    "circular.figures._Tabulation": 168,
    "proof.against_ledger.prove._Case": 206,
    "config.yamltext.Section": 155,
}

# What tests and tools both need lies in the tools, and comes into the tests by these doors; a test of a tool needs none.
DOORS = {
    "tests.support.blocks": "tools.ooxml",
    "tests.support.drawing": "tools.drawing",
    "tests.test_screen_lines": "tools.gallery",
    "tests.run.test_options": "tools.bench",  # every command is asked for its options, those for developers too
}
TESTS_OF_TOOLS = "tests.tools"


def module(file: Path) -> str:
    """`ledger.read`; a room itself goes by its name."""
    return ".".join(file.relative_to(ROOT / "tongbao").with_suffix("").parts).removesuffix(".__init__")


def within(name: str, places: Iterable[str]) -> str:
    """The place that a module is, or lies in; empty where it is none of them."""
    return next((place for place in places if name == place or name.startswith(place + ".")), "")


FILES = {module(file): file for file in [ROOT / "tongbao" / "model.py", *sorted((ROOT / "tongbao").glob("*/**/*.py"))]}
BESIDE = sorted([*(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py")])


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, wherever in the file, for types alone too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


# ---------------------------------------------------------------------------------------------- rooms


@cache
def neighbours(own: str) -> set[str]:
    """The modules of the program that a module imports."""
    return {found for _, name in imports(parsed(FILES[own])) if (found := known(name)) and found != own}


def known(name: str) -> str:
    """The module that an imported name is, or stands in; empty where it is none of ours."""
    if not name.startswith("tongbao."):
        return ""
    inner = name.removeprefix("tongbao.")
    return next((home for home in (inner, inner.rpartition(".")[0]) if home in FILES), "")


@cache
def arrows(outer: str = "") -> dict[tuple[str, str], list[str]]:
    """(room, room that it imports) with the imports, in the whole house or inside one room."""
    found: dict[tuple[str, str], list[str]] = {}
    for own in FILES:
        for other in neighbours(own):
            if outer and not (within(own, [outer]) and within(other, [outer])):
                continue
            room, below = (name.removeprefix(f"{outer}.").partition(".")[0] for name in (own, other))
            if room != below:
                found.setdefault((room, below), []).append(f"{own} imports {other}")
    return found


def test_every_module_lies_in_a_room():
    assert {file.stem if file.is_file() else file.name for file in (ROOT / "tongbao").glob("[a-z]*")} == LAW.keys()


@pytest.mark.parametrize(("room", "other"), [pair for pair in product(LAW, LAW) if pair[0] != pair[1]])
def test_a_room_imports_what_the_law_allows(room, other):
    assert other in LAW[room].split() or arrows().get((room, other), []) == []


@pytest.mark.parametrize(
    ("outer", "room", "other"),
    [(outer, *pair) for outer, law in INSIDE.items() for pair in product(law, law) if pair[0] != pair[1]],
)
def test_a_room_inside_a_room_imports_what_the_law_allows(outer, room, other):
    assert other in INSIDE[outer][room].split() or arrows(outer).get((room, other), []) == []


@pytest.mark.parametrize("law", [LAW, *INSIDE.values()], ids=["house", *INSIDE])
def test_the_law_knows_no_way_up(law):
    floors = list(law)
    for room, below in law.items():
        assert set(below.split()) <= set(floors[: floors.index(room)])


def test_no_module_comes_back_to_itself():
    try:
        TopologicalSorter({own: neighbours(own) for own in FILES}).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]), pytrace=False)


def test_no_rule_is_waived_by_a_mark():
    waived = re.compile(r"# noqa(?!: D102)")  # a __new__ needs no sentence of its own
    assert [own for own, file in FILES.items() if waived.search(file.read_text(encoding="utf-8"))] == []


# ---------------------------------------------------------------------------------------------- the tests of the rooms


def module_of(file: Path) -> str:
    """The module that a test is named after: `tests/ledger/test_read.py` → `ledger.read`."""
    return ".".join(file.relative_to(ROOT / "tests").with_suffix("").parts).replace(".test_", ".")


@pytest.mark.parametrize("file", sorted((ROOT / "tests").glob("*/**/test_*.py")), ids=lambda file: file.stem)
def test_a_test_in_a_room_bears_the_name_of_a_module(file):
    assert module_of(file) in FILES or module_of(file).startswith("tools.")


def test_every_module_of_the_proof_has_a_test_of_its_name():
    names = {module_of(file) for file in (ROOT / "tests" / "proof").rglob("test_*.py")}
    assert {own for own in FILES if own.startswith("proof.")} - names - ROOMS_OF_PROOF == set()


# ---------------------------------------------------------------------------------------------- sizes


def sizes() -> Iterator[tuple[str, int, int]]:
    """Every module and class with its length in lines, and how long it may be."""
    for own, file in FILES.items():
        yield own, len(file.read_text(encoding="utf-8").splitlines()), LONGEST_MODULE
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ClassDef):
                yield f"{own}.{node.name}", (node.end_lineno or 0) - node.lineno + 1, LONGEST_CLASS


def test_what_is_longer_than_it_may_be_is_listed_and_only_shrinks():
    longer = {name: lines for name, lines, most in sizes() if lines > most}
    assert {name: lines for name, lines in longer.items() if lines > LONGER.get(name, 0)} == {}
    assert LONGER.keys() - longer.keys() == set(), "no longer too long: strike it from the list"


# ---------------------------------------------------------------------------------------------- the outside world


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call: its node, what it is called on (as written), and its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, ast.unparse(node.func.value), node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node, "", node.func.id


def breaches(own: str, tree: ast.AST) -> Iterator[str]:
    """Every line of a module that touches what it must not, in words."""
    for line, name in imports(tree):
        top = name.partition(".")[0]
        if top in HOMES and not within(own, HOMES[top]):
            yield f"{line}: {top} is imported only by {sorted(HOMES[top])}"
    for node, owner, name in calls(tree):
        if own not in WRITERS and touches_disk(node, owner, name):
            yield f"{node.lineno}: only {sorted(WRITERS)} write files ({name})"
        if own not in READERS and name in READ_CALLS:
            yield f"{node.lineno}: only {sorted(READERS)} read files ({name})"
        if own not in ASKERS and owner and asks_disk(node, name):
            yield f"{node.lineno}: only {sorted(ASKERS)} ask what is on the disk ({name})"
        if own not in CLOCKS and (owner.split(".")[-1], name) in CLOCK_CALLS:
            yield f"{node.lineno}: the day comes in from {sorted(CLOCKS)}"
        if own not in PRINTERS and (owner, name) == ("", "print"):
            yield f"{node.lineno}: only {sorted(PRINTERS)} print"
        if name == "strftime":
            yield f"{node.lineno}: strftime fails on Chinese text under Windows"


CLOCK_CALLS = {("date", "today"), ("datetime", "today"), ("datetime", "now"), ("time", "time"), ("time", "localtime")}
READ_CALLS = {"read_bytes", "read_text"}
# Each of them answers no, or raises, where a share went away: only `outside.files` says what the clerk is told then.
ASK_CALLS = {"exists", "is_file", "is_dir", "iterdir", "glob", "rglob", "stat", "lstat", "samefile", "cwd", "listdir"}
ASKERS = {*READERS, "outside.program"}
DISK_CALLS = {"write_text", "write_bytes", "mkdir", "makedirs", "unlink", "rmdir", "rmtree", "touch", "rename"}


def asks_disk(node: ast.Call, name: str) -> bool:
    """`path.is_dir()`, `path.resolve()`; where the program itself lies is known, and a roster resolves names."""
    if ast.unparse(node).startswith("Path(__file__)"):
        return False
    return name in ASK_CALLS or (name == "resolve" and not node.args)


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


@pytest.mark.parametrize("own", FILES)
def test_the_outside_world_is_touched_only_from_its_homes(own):
    assert list(breaches(own, parsed(FILES[own]))) == []


@pytest.mark.parametrize(
    ("own", "source", "expected"),
    [
        ("matching.contradictions", "import pandas as pd", "pandas is imported only by"),
        ("circular.figures", "import pandas as pd", ""),
        ("excel.sheets", "def f():\n    from openpyxl import Workbook", "openpyxl is imported only by"),
        ("matching.contradictions", "open('x', 'w', encoding='utf-8')", "write files"),
        ("matching.contradictions", "path.open(mode='ab')", "write files"),
        ("matching.contradictions", "path.open(encoding='utf-8')", ""),
        ("matching.contradictions", "package.open('word/document.xml', 'w')", ""),
        ("matching.contradictions", "os.replace(a, b)", "write files"),
        ("matching.contradictions", "text.replace('a', 'b')", ""),
        ("matching.contradictions", "day = datetime.date.today()", "the day comes in from"),
        ("matching.contradictions", "data = path.read_bytes()", "read files"),
        ("outside.files", "data = path.read_bytes()", ""),
        ("matching.contradictions", "there = path.exists()", "ask what is on the disk"),
        ("matching.contradictions", "path = Path('x').resolve()", "ask what is on the disk"),
        ("matching.contradictions", "unit = roster.resolve(name)", ""),
        ("run.cli", "home = Path(__file__).resolve()", ""),
        ("matching.contradictions", "print('x')", "print"),
    ],
)
def test_the_rules_can_be_broken(own, source, expected):
    found = list(breaches(own, ast.parse(source)))
    assert (expected in found[0]) if expected else found == []


@pytest.mark.parametrize("arguments", LIGHT, ids=lambda arguments: arguments[0])
def test_pandas_is_not_loaded_without_figures_to_count(arguments):
    code = f"from tongbao.run import cli; import sys; cli.main({list(arguments)!r}); sys.exit('pandas' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# ---------------------------------------------------------------------------------------------- tests and tools


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
        ("tests.test_fuzz", "from tests.excel.test_sheets import binary_workbook", "lies in tests/support"),
        ("tests.test_fuzz", "from tests.conftest import golden", "lies in tests/support"),
        ("tests.test_fuzz", "from tests import simulator", "lies in tests/support"),
        ("tests.test_fuzz", "from tests import support", ""),
        ("tests.support.office", "from tests.support.drawing import xlsx", ""),
        ("tests.word.template.test_rendering", "from tools.ooxml import package", "tools are reached through"),
        ("tests.word.template.test_rendering", "import tools.ooxml", "tools are reached through"),
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

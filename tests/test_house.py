"""The house keeps its rules: directions between rooms, sizes, the README's table of rooms."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
TABULATOR = PROJECT / "tabulator"

# From the ground up. A room imports itself and the floors below it: no neighbour, nothing above.
FLOORS = (
    {"errors"},
    {"config"},
    {"domain"},
    {"aggregate", "package"},
    {"storage"},
    {"documents", "reading", "audit", "sample"},
    {"actions", "people"},
    {"intake"},
    {"guard"},
    {"api", "web"},
    {"app"},
    {"cli"},
)
PURE = {"domain", "aggregate"}
PLAIN = PURE | {"errors", "config", "package", "sample"}  # no library but the standard one
FILES_AND_CLOCK = {"os", "pathlib", "glob", "shutil", "tempfile", "time", "socket", "sqlite3"}
FOREIGN = {
    "storage": {"flask", "marshmallow", "weasyprint"},
    "audit": {"flask", "marshmallow", "weasyprint"},
    "actions": {"flask", "marshmallow", "weasyprint"},
    "people": {"flask", "marshmallow", "weasyprint"},
    "intake": {"flask", "marshmallow", "weasyprint"},
    "documents": {"flask", "marshmallow", "sqlalchemy"},
    "reading": {"flask", "marshmallow", "sqlalchemy"},
}


def room(path: Path) -> str:
    return path.relative_to(TABULATOR).parts[0].removesuffix(".py")


IN_ROOMS = [path for path in sorted(TABULATOR.rglob("*.py")) if room(path) != "__init__"]


def imports(path: Path) -> Iterator[str]:
    """Full dotted names, from every place in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_below(name: str) -> set[str]:
    """The room itself and the floors under it; the pure rooms also keep away from settings."""
    floor = next(level for level, rooms in enumerate(FLOORS) if name in rooms)
    below = {name}.union(*FLOORS[:floor])
    return below - {"config"} if name in PURE else below


def allowed(name: str, imported: str) -> bool:
    top, _, rest = imported.partition(".")
    if top == "tabulator":
        return rest.partition(".")[0] in rooms_below(name)
    if name in PURE and top in FILES_AND_CLOCK:
        return False
    return top in sys.stdlib_module_names or (
        name not in PLAIN and top not in FOREIGN.get(name, ())
    )


def test_every_room_has_its_floor() -> None:
    assert {room(path) for path in IN_ROOMS} - set().union(*FLOORS) == set()


@pytest.mark.parametrize("path", IN_ROOMS, ids=lambda path: str(path.relative_to(TABULATOR)))
def test_a_room_imports_itself_and_the_floors_below(path: Path) -> None:
    assert [name for name in imports(path) if not allowed(room(path), name)] == []


@pytest.mark.parametrize("name", sorted(PURE))
def test_pure_rooms_open_no_file_and_read_no_clock(name: str) -> None:
    for path in (TABULATOR / name).rglob("*.py"):
        calls = [n.func for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
        named = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}
        assert named.isdisjoint({"open", "now", "utcnow", "today"}), path


def test_migrations_import_nothing_of_the_service() -> None:
    for path in (PROJECT / "migrations").rglob("*.py"):
        assert not [name for name in imports(path) if name.split(".")[0] == "tabulator"], path


def test_no_file_is_longer_than_300_lines_and_no_function_than_50() -> None:
    outgrown = []
    for folder in ("tabulator", "tests", "bench"):  # a migration may be one long list of columns
        for path in sorted((PROJECT / folder).rglob("*.py")):
            text = path.read_text()
            outgrown += [str(path)] if text.count("\n") > 300 else []
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    long = (node.end_lineno or 0) - node.lineno >= 50
                    outgrown += [f"{path}:{node.name}"] if long else []
    assert outgrown == []


def test_the_readme_names_every_room_and_no_other() -> None:
    rows = re.findall(r"^\| `(tabulator/[^`]+)` \|", (PROJECT / "README.md").read_text(), re.M)
    folders = {f"tabulator/{path.parent.name}/" for path in TABULATOR.glob("*/*.py")}
    modules = {f"tabulator/{path.name}" for path in TABULATOR.glob("*.py")}
    assert sorted(rows) == sorted(folders | modules - {"tabulator/__init__.py"})

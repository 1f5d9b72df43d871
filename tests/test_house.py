"""Promises of the whole house that no single module can keep: layers, lock and licences."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LAYERS = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]


def test_each_part_of_the_core_has_its_place_in_the_layers() -> None:
    placed = set(re.findall(r"qma_app\.(\w+)", " ".join(LAYERS)))
    parts = {
        path.stem
        for path in (ROOT / "qma_app").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert parts - placed - {"__init__", "__main__"} == set()


def test_the_domain_needs_nothing_but_the_standard_library() -> None:
    strangers = {
        f"{file.relative_to(ROOT)}: {module}"
        for file in (ROOT / "qma_app" / "domain").rglob("*.py")
        for module in _imported(ast.parse(file.read_text(encoding="utf-8")))
        if module not in sys.stdlib_module_names and module != "qma_app"
    }
    assert strangers == set()


def test_the_lock_names_no_registry() -> None:
    assert not re.search(r"https?:|index-url|find-links", LOCK)


def test_the_lock_holds_everything_the_project_asks_for_in_a_version_it_accepts() -> None:
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, flags=re.MULTILINE))
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    wrong = [text for text in asked if not _holds(Requirement(text), locked)]
    assert wrong == []


def test_each_line_of_the_lock_has_a_hash() -> None:
    pins = re.findall(r"^[a-z0-9-]+==.*?(?=^[a-z0-9-]+==|\Z)", LOCK, flags=re.MULTILINE | re.DOTALL)
    assert len(pins) > len(PROJECT["dependencies"])
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_licence_of_each_library_we_ship_is_named() -> None:
    asked, brought = _licence_tables((ROOT / "docs" / "licences.md").read_text(encoding="utf-8"))
    direct = {str(canonicalize_name(Requirement(text).name)) for text in PROJECT["dependencies"]}
    assert asked == direct
    assert brought == _brought_by(direct) - direct


def _holds(asked: Requirement, locked: dict[str, str]) -> bool:
    version = locked.get(canonicalize_name(asked.name))
    return version is not None and asked.specifier.contains(version)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def _licence_tables(text: str) -> tuple[set[str], set[str]]:
    _, asked, brought = re.split(r"^## Libraries .*$", text, flags=re.MULTILINE)
    rows = r"^\| ([a-z0-9-]+) \| [^|]+ \| [^|]+ \|$"
    return set(re.findall(rows, asked, flags=re.MULTILINE)), set(
        re.findall(rows, brought, flags=re.MULTILINE)
    )


def _brought_by(names: set[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        needs = map(Requirement, distribution(name).requires or ())
        waiting += [need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    return seen

"""No failure of the core leaves a coach without a word on what to do next."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import qma_app

CORE = Path(qma_app.__file__).parent
FAMILIES = {"NotFound", "RuleBroken", "StaleEdit", "StorageTrouble", "ImportTrouble"}


def failures(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAMILIES:
            yield node


def named(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


@pytest.mark.parametrize("part", ["domain", "storage", "content"])
def test_each_failure_has_a_code_and_a_way_out(part: str) -> None:
    """But for what the user stopped, where there is nothing to mend."""
    without = [
        f"{file.relative_to(CORE)}:{call.lineno}"
        for file in (CORE / part).rglob("*.py")
        for call in failures(file)
        if named(call, "code") is None or (named(call, "way_out") is None and not is_cancelling(call))
    ]
    assert without == []


def is_cancelling(call: ast.Call) -> bool:
    code = named(call, "code")
    return isinstance(code, ast.Constant) and str(code.value).endswith(".cancelled")

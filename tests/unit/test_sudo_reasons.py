"""Whoever steps over the access rules says why, beside the step."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("", "cli", "words", "controllers", "models", "report", "wizards")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).glob("*.py"))
MARK = "# sudo:"
# How far above the statement the reason may stand.
REACH = 3


def is_step(node: ast.AST) -> bool:
    """Whether this is ``.sudo()``; ``.sudo(False)`` steps back."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    back = [a for a in node.args if isinstance(a, ast.Constant) and not a.value]
    return node.func.attr == "sudo" and not back


def unexplained(source: str) -> list[int]:
    """Line numbers of steps without a reason."""
    lines, found, nodes = source.splitlines(), [], list(ast.walk(ast.parse(source)))
    statements = [node for node in nodes if isinstance(node, ast.stmt)]
    for step in filter(is_step, nodes):
        around = [s for s in statements if s.lineno <= step.end_lineno <= s.end_lineno]
        # The innermost statement begins last.
        first = max(s.lineno for s in around)
        near = lines[max(first - 1 - REACH, 0) : step.end_lineno]
        if not any(MARK in line for line in near):
            found.append(step.end_lineno)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_sudo_has_its_reason(path):
    assert not unexplained(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a.sudo()", [1]),
        ("# sudo: may\na.sudo()", []),
        ("a.sudo()  # sudo: may", []),
        ("a.sudo(False)", []),
        ("# sudo: may\nb\nc\nd\na.sudo()", [5]),
        ("# sudo: may\nx = (\n    a\n    .b()\n    .c()\n    .sudo()\n)", []),
    ],
)
def test_the_look_itself(source, lines):
    assert unexplained(source) == lines

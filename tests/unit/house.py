"""What the rooms of the house import from each other, read from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NAME = "account_email"
# Room → the rooms that it may ask. None of them may be asked back.
ARROWS = {
    "vault": (),
    "transport": (),
    "pdf": (),
    "ledger": (),
    "advice": ("transport",),
    "words": ("advice", "transport"),
    "report": ("ledger", "pdf", "words"),
    "models": ("report", "words", "vault", "advice", "transport", "ledger", "pdf"),
    "wizards": ("models", "report", "words", "vault", "advice", "transport", "pdf"),
    # The stream of a test runs the dialog's generator, which must be no method: server
    # actions could look into it.
    "controllers": ("wizards", "models", "words", "transport"),
    "cli": ("models", "vault"),
    "migrations": ("models", "vault", "transport", "advice", "words"),
}
PURE = ("vault", "transport", "pdf", "advice", "ledger")
# Rooms with a door: others see what their ``__init__`` shows.
DOORS = (*PURE, "words")
ALL = "__all__"
LOADERS = {"import_module", "__import__"}


class Import(NamedTuple):
    """One name that a file asks for: ``path`` is dotted, without the house's name."""

    file: str
    line: int
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'.'.join(self.path)}"


def imports_of(root: Path, file: Path) -> Iterator[Import]:
    """Everything that ``file`` imports, wherever it does; Odoo's begin with "odoo"."""
    name, here = file.relative_to(root).as_posix(), file.relative_to(root).parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, node.lineno, indoors(alias.name.split(".")))
        elif isinstance(node, ast.ImportFrom):
            module = node.module.split(".") if node.module else []
            start = here[: len(here) + 1 - node.level] if node.level else ()
            for alias in node.names:
                path = (*start, *module, alias.name)
                yield Import(name, node.lineno, path if node.level else indoors(path))
        elif isinstance(node, ast.Call) and called(node) in LOADERS:
            for word in node.args[:1]:
                path = str(getattr(word, "value", "")).strip(".").split(".")
                yield Import(name, node.lineno, indoors(path))


def looks_of(root: Path, file: Path) -> Iterator[Import]:
    """What ``file`` takes from a room that it has imported as a whole: ``pdf.MM``."""
    whole = {asked.path[0] for asked in imports_of(root, file) if len(asked.path) == 1}
    name = file.relative_to(root).as_posix()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in whole:
            yield Import(name, node.lineno, (getattr(node.value, "id", ""), node.attr))


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def indoors(path) -> tuple[str, ...]:
    """A dotted path as one inside the house, if it leads there."""
    path = tuple(path)
    for front in (("odoo", "addons", NAME), (NAME,)):
        if path[: len(front)] == front:
            return path[len(front) :]
    return path


def files_of(root: Path, room: str) -> list[Path]:
    return sorted((root / room).rglob("*.py"))


def shown(root: Path, room: str) -> set[str]:
    """The names in ``__all__`` of a room's door, or else those it takes from within."""
    names: set[str] = set()
    for node in ast.parse((root / room / "__init__.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == ALL:
            return set(ast.literal_eval(node.value))
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
    return names


def is_behind(root: Path, path: tuple[str, ...]) -> bool:
    """Whether an import reaches past a room's door, to a file or a name within."""
    room, *inside = path
    if room not in DOORS or not inside:
        return False
    return len(inside) > 1 or inside[0] not in shown(root, room)


def faults(root: Path) -> list[str]:
    """Everything in the house at ``root`` that goes where it should not."""
    files = [(room, file) for room in ARROWS for file in files_of(root, room)]
    return [
        f"{asked}: {words}"
        for room, file in files
        for asked in (*imports_of(root, file), *looks_of(root, file))
        if (words := judge(root, room, asked.path))
    ]


def judge(root: Path, room: str, path: tuple[str, ...]) -> str:
    """What is wrong with an import from ``room``, if anything is."""
    target = path[0] if path else ""
    if room in PURE and target == "odoo":
        return "a pure room knows no Odoo"
    if target in ARROWS and target not in (room, *ARROWS[room]):
        return f"{room} never asks {target}"
    if target != room and is_behind(root, path):
        return f"behind the door of {target}"
    return ""


def circles(arrows: dict[str, tuple[str, ...]]) -> list[str]:
    """Rooms that lead back to themselves."""

    def reach(room, seen):
        for target in set(arrows.get(room, ())) - seen:
            seen |= {target} | reach(target, seen | {target})
        return seen

    return [room for room in arrows if room in reach(room, set())]

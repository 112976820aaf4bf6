"""Where the keys are that seal the secrets: given, or in a file of their own."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from .sealing import generate_key


def read_keys(given: str | None, path: Path) -> list[str]:
    """The keys, the one that seals first.

    :param given: keys separated by commas, which come before the file
    :param path: the file, made at first use with mode 0600
    """
    text = given or _read_key_file(path)
    return [key.strip() for key in text.split(",") if key.strip()]


def _read_key_file(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return _create_key_file(path)


def _create_key_file(path: Path) -> str:
    """Make the key, or take the one that another process made meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked into place: nobody ever reads half a key.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(generate_key())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text(encoding="ascii")

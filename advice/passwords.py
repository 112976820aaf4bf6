"""What is easily copied along with a password and seen by nobody."""

from __future__ import annotations

import unicodedata

from .lookalike import hidden_marks


def odd_mark(password: str) -> str:
    """The name of the first thing in ``password`` that can't be seen, or nothing.

    ``blank`` is one at its beginning or end; blanks inside are seen, as in the app
    passwords that providers show in groups. Any other kind of space looks like one
    and is none.
    """
    if marks := hidden_marks(password):
        return marks[0]
    for char in password:
        if char != " " and unicodedata.category(char).startswith("Z"):
            return unicodedata.name(char, f"U+{ord(char):04X}").lower()
    return "blank" if password.strip(" ") != password else ""

"""Which face draws which letters of a text: the family's own, or a fallback."""

import unicodedata

from ..fonts import STAND_IN, report_missing
from .pieces import JOINERS


def split_faces(family, text, weight):
    """Return [(face, text)]: neighbours that one face can draw together."""
    parts = []
    for char in text:
        face, char = _choose(family, char, weight, parts[-1][0] if parts else None)
        if parts and parts[-1][0] is face:
            parts[-1][1].append(char)
        elif char:
            parts.append((face, [*_take_letter(parts, face, char), char]))
    return [(face, "".join(chars)) for face, chars in parts if chars]


def _choose(family, char, weight, previous):
    """Return the face for a character, and what is drawn for it."""
    main = family.face(weight)
    for face in _first_choices(char, previous, main):
        if char in face.advances:
            return face, char
    if char in JOINERS:
        return previous or main, char
    face = family.fallback(char, weight)
    if face:
        return face, char
    if unicodedata.category(char) in ("Cf", "Mn"):
        return previous or main, ""
    report_missing(char)
    face = family.fallback(STAND_IN, weight)
    return (face, STAND_IN) if face else (main, "?")


def _first_choices(char, previous, main):
    """A space, a joiner or an accent goes with the word it belongs to."""
    if previous and (char == " " or char in JOINERS):
        return previous, main
    if previous and unicodedata.category(char)[0] == "M":
        return (previous,)
    return (main,)


def _take_letter(parts, face, char):
    """Return the letters that go to another face with the accent that follows them."""
    if not parts or unicodedata.category(char)[0] != "M":
        return []
    chars = parts[-1][1]
    start = len(chars) - 1
    while start > 0 and (not chars[start] or unicodedata.combining(chars[start])):
        start -= 1
    letters = chars[start:]
    if not set("".join(letters)) <= face.advances.keys():
        return []
    del chars[start:]
    return letters

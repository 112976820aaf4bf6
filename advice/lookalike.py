"""Addresses that look like others: letters of another script, marks nobody sees."""

from __future__ import annotations

import unicodedata

from ..transport import UNSHOWN, to_ascii

# Scripts that are written together in one word.
TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH"}, {"CJK", "HANGUL"})


def hidden_marks(text: str) -> list[str]:
    """Names of the characters in ``text`` that show nothing or turn its direction."""
    return [
        unicodedata.name(char, f"U+{ord(char):04X}").lower()
        for char in text
        if unicodedata.category(char) in UNSHOWN
    ]


def _script(char: str) -> str:
    # The first word of a letter's name: LATIN, GREEK, CYRILLIC …
    return unicodedata.name(char, "UNKNOWN").partition(" ")[0]


def _scripts(word: str) -> set[str]:
    """Scripts of the letters of a word; none where they belong together."""
    found = {_script(char) for char in word if char.isalpha()}
    return set() if len(found) < 2 or any(found <= t for t in TOGETHER) else found


def _spelled(word: str) -> str:
    """``word`` with the letters that are not Latin as their numbers."""
    return "".join(
        f"[U+{ord(char):04X}]" if char.isalpha() and _script(char) != "LATIN" else char
        for char in word
    )


def plain_form(address: str) -> str:
    """How an address reads without its disguise, or nothing if it has none.

    A domain that mixes scripts reads in its ASCII form (``xn--…``), the part before
    the @ with each foreign letter as its number.
    """
    local, at, domain = address.rpartition("@")
    if not (_scripts(local) or _scripts(domain)):
        return ""
    if _scripts(domain):
        try:
            domain = to_ascii(domain)
        except (ValueError, UnicodeError):
            domain = _spelled(domain)
    return (_spelled(local) if _scripts(local) else local) + at + domain

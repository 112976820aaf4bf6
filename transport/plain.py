"""A text in one plain shape, whatever it was escaped with, and where it stood."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

ESCAPED = re.compile(
    r"%[0-9a-f]{2}|=[0-9a-f]{2}|=\r?\n|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[0-7]{3}"
    r"|&#x[0-9a-f]{1,6};?|&#[0-9]{1,7};?|&[a-z]{2,8};",
    re.IGNORECASE,
)


class Plain(NamedTuple):
    """A text in its plain shape, and where each character of it stood."""

    text: str
    spans: list[tuple[int, int]]

    def solid(self) -> Plain:
        """Without what stands between letters and digits."""
        kept = [n for n, char in enumerate(self.text) if char.isalnum()]
        return Plain("".join(self.text[n] for n in kept), [self.spans[n] for n in kept])


def octets_of(char: str) -> str:
    """One letter in small, as its octets: that is how escapes write it."""
    if char.isascii():
        return char.lower()
    plain = unicodedata.normalize("NFKC", char).casefold()
    return plain.encode("utf-8", "replace").decode("latin-1")


def _is_gap(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Zs")


def small(octets: str) -> str:
    """Latin letters in small; other octets are parts of a character."""
    return octets.encode("latin-1", "replace").lower().decode("latin-1")


def _unescaped(token: str) -> str:
    """What an escape stands for, in octets."""
    if token.startswith("&"):
        return "".join(map(octets_of, html.unescape(token)))
    digits = token.lstrip("%=\\xuXU").strip()
    if token[:2] in ("\\u", "\\U"):
        return octets_of(chr(int(digits, 16)))
    base = 8 if token[0] == "\\" and token[1] not in "xX" else 16
    return small(chr(int(digits, base) % 256)) if digits else ""


def plain(text: str, *, decode: bool) -> Plain:
    """:param decode: read what is escaped"""
    chars, spans, position = [], [], 0
    tokens: Iterator[re.Match] = ESCAPED.finditer(text) if decode else iter(())
    ends = [(match.start(), match.end()) for match in tokens]
    for start, end in [*ends, (len(text), len(text))]:
        for place in range(position, start):
            if not _is_gap(text[place]):
                octets = octets_of(text[place])
                chars.append(octets)
                spans += [(place, place + 1)] * len(octets)
        octets = _unescaped(text[start:end]) if end > start else ""
        chars.append(octets)
        spans += [(start, end)] * len(octets)
        position = end
    return Plain("".join(chars), spans)

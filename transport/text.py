"""What a stranger wrote, made fit to be shown and kept."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import unicodedata

from .masking import mask, secret_forms

__all__ = ["MAX_TEXT", "UNSHOWN", "clean", "first_ip", "has_unshown"]
__all__ += ["mask", "secret_forms"]

MAX_TEXT = 500
# Controls, format marks (bidi overrides), lone surrogates and private use.
UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """One line without control or bidi characters, cut to ``limit`` characters."""
    # Twice the limit is enough to look at: a reply may be large.
    words = "".join(
        " " if unicodedata.category(char) in UNSHOWN else char
        for char in text[: 2 * limit]
    )
    words = " ".join(words.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


# Digits and dots, or an address of IPv6, as it stands in a server's sentence.
IP = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]+)(?![\w:])"
)


def first_ip(text: str) -> str:
    """The first internet address in ``text``, or an empty string."""
    for word in IP.findall(text.lower()):
        with contextlib.suppress(ValueError):
            return str(ipaddress.ip_address(word.rstrip(".:")))
    return ""


def has_unshown(text: str) -> bool:
    """Whether ``text`` could break a line of a protocol, or show what it is not."""
    return any(unicodedata.category(char) in UNSHOWN for char in text)

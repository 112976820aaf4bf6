"""Which letters of a document no font on this machine draws, before it is drawn."""

import unicodedata
from dataclasses import fields, is_dataclass
from typing import NamedTuple

from .fonts import find_package
from .theme import typesetter
from .typeset.clean import clean

PLAIN = (False, False)
# Marks and joiners that are left out where no font has them, and missed by nobody.
UNSEEN = ("Cf", "Mn", "Cc", "Zs", "Zl", "Zp", "Cn", "Co", "Cs")


class MissingLetter(NamedTuple):
    """One letter of a script that no font draws, and Debian's package that does."""

    char: str
    script: str
    package: str


def find_missing(document, theme):
    """Return a MissingLetter for each script of the document that shows as squares.

    Scripts are named by Unicode's words (``THAI``, ``CJK``), in their order.
    """
    family = typesetter(theme, document.lang).family
    known, found = family.face(PLAIN).advances, {}
    for char in sorted(set(clean("".join(_strings(document)))) - known.keys()):
        if unicodedata.category(char) in UNSEEN or family.fallback(char, PLAIN):
            continue
        script, package = find_package(char)
        found.setdefault(script, MissingLetter(char, script, package))
    return tuple(found[script] for script in sorted(found))


def _strings(value):
    """Yield every string of nested dataclasses and tuples."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for item in fields(value):
            if item.name != "url":
                yield from _strings(getattr(value, item.name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _strings(item)

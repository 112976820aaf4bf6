"""One rule of the table, and the small words it is written with."""

from __future__ import annotations

import re
from typing import NamedTuple

from .reading import Said


class Rule(NamedTuple):
    """What must hold for an answer to have this meaning; empty fields ask nothing.

    :ivar words: searched in the server's own words, see ``reading.Said``
    :ivar codes: matched at the begin of "<code> <enhanced code>"
    :ivar steps: the steps at which the rule holds
    :ivar logins: what may be known of a login before, see ``reading.Said``
    :ivar unless: words that speak against it
    :ivar retry_after: seconds to wait
    """

    kind: str
    cause: str
    words: str = ""
    codes: str = ""
    steps: tuple[str, ...] = ()
    logins: tuple[bool | None, ...] = ()
    unless: str = ""
    retry_after: float | None = None

    def fits(self, said: Said) -> bool:
        """Whether the rule speaks of what was said."""
        if self.steps and said.step not in self.steps:
            return False
        if self.logins and said.logged_in not in self.logins:
            return False
        if not re.match(self.codes, f"{said.code} {said.enhanced}"):
            return False
        if not re.search(self.words, said.words):
            return False
        return not (self.unless and re.search(self.unless, said.words))


def near(first: str, second: str, distance: int = 60) -> str:
    """Both patterns within ``distance`` characters, whichever comes first."""
    gap = f".{{0,{distance}}}"
    return f"(?:{first}){gap}(?:{second})|(?:{second}){gap}(?:{first})"

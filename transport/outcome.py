"""What comes back up when things go well: receipts and steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .errors import TransportError


class Refusal(NamedTuple):
    """One recipient the server did not take: the kind says whether to try again."""

    address: str
    error: TransportError

    @property
    def code(self) -> int:
        """The server's code, or HTTP status; 0 where there was none."""
        return self.error.code or 0

    @property
    def text(self) -> str:
        """The server's own words, fit to be shown and kept."""
        return self.error.server_text


@dataclass(frozen=True)
class Receipt:
    """A letter the server has taken responsibility for.

    ``refused`` is empty when everybody was accepted; ``reply`` holds the server's
    own words; ``provider_id`` the id a provider or a queue gave the letter. Whom a
    provider took the letter for, or not, without a word of which, is in ``unknown``.
    """

    accepted: tuple[str, ...]
    refused: tuple[Refusal, ...] = ()
    reply: str = ""
    provider_id: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of a probe: ``seconds`` it took, ``detail`` in the server's words."""

    name: str
    ok: bool
    seconds: float
    detail: str = ""
    error: TransportError | None = None

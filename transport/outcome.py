"""What comes back up when things go well: receipts and steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .errors import TransportError
from .replies import reply_error
from .text import clean


class Refusal(NamedTuple):
    """One recipient the server did not take, with its own words."""

    address: str
    code: int
    text: str

    @property
    def error(self) -> TransportError:
        """The refusal as a classified error: its kind says whether to try again."""
        return reply_error(self.code, self.text, step="recipient")


def refused(address: str, code: int, text: str) -> Refusal:
    """A refusal whose words are fit to be shown and kept."""
    return Refusal(address, code, clean(text))


@dataclass(frozen=True)
class Receipt:
    """A letter the server has taken responsibility for.

    ``refused`` is empty when everybody was accepted; ``reply`` holds the server's
    own words; ``provider_id`` the id a provider or a queue gave the letter.
    """

    accepted: tuple[str, ...]
    refused: tuple[Refusal, ...] = ()
    reply: str = ""
    provider_id: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a probe: ``seconds`` it took, ``detail`` in the server's words."""

    name: str
    ok: bool
    seconds: float
    detail: str = ""
    error: TransportError | None = None

"""A second look at a failure, while somebody waits for the cure."""

from __future__ import annotations

from .errors import TransportError
from .profile import Profile


def examine(error: TransportError, profile: Profile, *, seconds: float) -> None:
    """Add to ``error`` what a second look within ``seconds`` shows."""

"""The one way to open a session, whatever the protocol."""

from __future__ import annotations

from .errors import TransportError
from .http import HttpSession
from .profile import Profile
from .smtp import SmtpSession

SESSIONS: dict[str, type[SmtpSession] | type[HttpSession]] = {
    "smtp": SmtpSession,
    "http": HttpSession,
}


def open_session(profile: Profile) -> SmtpSession | HttpSession:
    """A session to use with ``with``, which connects and logs in at its begin.

    ``session.send(message, sender, recipients, idempotency_key=None)`` returns a
    ``Receipt`` or raises ``TransportError``, any number of times.

    :raises TransportError: ``bad_profile`` for an unknown protocol
    """
    try:
        return SESSIONS[profile.protocol](profile)
    except KeyError as exc:
        raise TransportError("config", "bad_profile", step="resolve") from exc

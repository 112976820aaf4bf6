"""One exception type, and the only place that knows other people's exceptions."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.errors import MessageError

import requests

from .causes import BROKEN, CAUSES, COMMON_FACTS, KINDS
from .masking import Secrets, mask
from .text import clean

__all__ = ["CAUSES", "COMMON_FACTS", "KINDS", "TransportError", "classify", "failing"]

# A non-blocking read that found nothing.
NOTHING_WAITS = (BlockingIOError, ssl.SSLWantReadError)


class TransportError(Exception):
    """A letter or a connection failed, and why.

    :ivar kind: one of ``KINDS``
    :ivar cause: one word of ``CAUSES``
    :ivar step: the step that failed
    :ivar code: reply code or HTTP status, None when there was no answer
    :ivar server_text: the server's own words, without control characters, cut,
        never with a secret in it
    :ivar retry_after: seconds the server asked to wait, or None
    :ivar facts: plain data for the cure, keys as in ``CAUSES``
    :ivar refused: a ``Refusal`` for each recipient the server spoke of
    """

    def __init__(
        self,
        kind: str,
        cause: str,
        *,
        step: str = "",
        code: int | None = None,
        server_text: str = "",
        retry_after: float | None = None,
        facts: dict | None = None,
    ):
        self.kind = kind
        self.cause = cause
        self.step = step
        self.code = code
        self.server_text = clean(server_text)
        self.retry_after = retry_after
        self.facts = dict(facts or {})
        self.refused: tuple = ()
        super().__init__(kind, cause, step, code, self.server_text)

    def hide(self, secrets: Secrets) -> None:
        """Take what gives a secret away out of the server's words."""
        self.server_text = clean(mask(self.server_text, secrets))
        self.facts = {
            name: mask(value, secrets) if isinstance(value, str) else value
            for name, value in self.facts.items()
        }
        # They are what is printed.
        self.args = (*self.args[:4], self.server_text)

    @property
    def broken(self) -> bool:
        """Whether the connection is of no use after this."""
        # RFC 5321 3.8: after a 421 the server closes.
        return self.cause in BROKEN or self.kind in ("tls", "own") or self.code == 421

    def __str__(self) -> str:
        words = " ".join(str(word) for word in (self.code, self.server_text) if word)
        return f"{self.kind} ({self.cause}) at {self.step or '?'}: {words or '-'}"


AFTER_HANDSHAKE = {"greeting", "login", "sender", "recipient", "delivery"}
# X509_V_ERR_* of OpenSSL's x509_vfy.h.
CERTIFICATE_CAUSES = {
    9: "cert_not_yet_valid",
    10: "cert_expired",
    18: "cert_self_signed",
    19: "cert_unknown_ca",
    20: "cert_unknown_ca",
    21: "cert_unknown_ca",
    62: "cert_hostname",
    64: "cert_hostname",
}
# A plain server's greeting read as a TLS record; OpenSSL's word changed with 3.2.
PLAIN_ANSWER = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"}
OLD_TLS = {
    "UNSUPPORTED_PROTOCOL",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "NO_PROTOCOLS_AVAILABLE",
    "VERSION_TOO_LOW",
    "DH_KEY_TOO_SMALL",
}
UNREACHABLE = {
    errno.EHOSTUNREACH,
    errno.ENETUNREACH,
    errno.EADDRNOTAVAIL,
    errno.ENETDOWN,
    errno.EACCES,
    errno.EPERM,
    errno.EINVAL,
}


# Not the server's fault, nor the network's.
OWN_TROUBLE = {
    errno.EMFILE: "files_open",
    errno.ENFILE: "files_open",
    errno.ENOMEM: "memory_full",
    errno.ENOBUFS: "memory_full",
}


def _reason(exc: ssl.SSLError) -> str:
    return getattr(exc, "reason", None) or ""


def _classify_tls(exc: ssl.SSLError) -> tuple[str, str]:
    reason = _reason(exc)
    if reason in PLAIN_ANSWER:
        return "tls", "tls_on_plain"
    if reason in OLD_TLS:
        return "tls", "tls_version"
    if isinstance(exc, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return "transient", "closed"
    return "tls", "tls_failed"


def _classify_network(exc: OSError) -> tuple[str, str]:
    if isinstance(exc, socket.gaierror):
        # "Ask again" is no word about the name; it may well exist.
        asked = exc.errno in (socket.EAI_AGAIN, socket.EAI_FAIL)
        return "transient", "dns_timeout" if asked else "dns"
    if exc.errno in OWN_TROUBLE:
        return "own", OWN_TROUBLE[exc.errno]
    if isinstance(exc, ConnectionRefusedError):
        return "transient", "refused"
    if isinstance(exc, TimeoutError) or exc.errno == errno.ETIMEDOUT:
        return "transient", "timeout"
    if exc.errno in UNREACHABLE:
        return "transient", "unreachable"
    return "transient", "closed"


def classify(exc: BaseException, step: str = "") -> TransportError:
    """Turn an exception of a library into ours; ours pass through unchanged.

    :param step: the step during which ``exc`` was raised
    """
    if isinstance(exc, TransportError):
        exc.step = exc.step or step
        return exc
    if isinstance(exc, ssl.SSLCertVerificationError):
        cause = CERTIFICATE_CAUSES.get(exc.verify_code, "cert_invalid")
        return TransportError(
            "tls", cause, step="certificate", server_text=exc.verify_message
        )
    if isinstance(exc, ssl.SSLError):
        # After the handshake it is only a way to hang up: some servers close an idle
        # connection with words in the clear.
        agreed = step in AFTER_HANDSHAKE
        kind, cause = ("transient", "closed") if agreed else _classify_tls(exc)
        return TransportError(kind, cause, step=step, server_text=_reason(exc))
    if isinstance(exc, OSError) and not isinstance(exc, requests.RequestException):
        kind, cause = _classify_network(exc)
        return TransportError(kind, cause, step=step)
    if isinstance(exc, MemoryError):
        return TransportError("own", "memory_full", step=step)
    if isinstance(exc, (EOFError, http.client.RemoteDisconnected)):
        return TransportError("transient", "closed", step=step)
    if isinstance(exc, http.client.HTTPException):
        return TransportError("transient", "protocol", step=step)
    return TransportError("config", "bad_url", step=step)


# What the email package raises for a message it can't write or take apart.
ILLEGIBLE = (ValueError, LookupError, TypeError, AttributeError, MessageError)


@contextmanager
def legible() -> Iterator[None]:
    """A message that cannot be read inside leaves as ``letter_broken``."""
    try:
        yield
    except ILLEGIBLE as exc:
        raise TransportError("content", "letter_broken", step="delivery") from exc


CAUGHT = (OSError, EOFError, MemoryError, http.client.HTTPException)


@contextmanager
def failing(step: str) -> Iterator[None]:
    """Whatever the network throws inside leaves as a ``TransportError``."""
    try:
        yield
    except TransportError as error:
        error.step = error.step or step
        raise
    except CAUGHT as exc:
        raise classify(exc, step) from exc
    except Exception as exc:
        raise unforeseen(step) from exc


def unforeseen(step: str) -> TransportError:
    """What nobody has thought of, while the letter certainly has not left."""
    return TransportError("own", "letter_unready", step=step)

"""Other people's exceptions: what `smtplib` and `requests` raise, in our words.

Our own wire needs neither; whoever sends by them gets the same kinds and causes.
"""

from __future__ import annotations

import smtplib

import requests

from . import errors
from .errors import TransportError
from .outcome import Refusal
from .replies import reply_error
from .transaction import worst_of

STEP_OF = {
    smtplib.SMTPConnectError: "greeting",
    smtplib.SMTPHeloError: "greeting",
    smtplib.SMTPAuthenticationError: "login",
    smtplib.SMTPSenderRefused: "sender",
    smtplib.SMTPDataError: "delivery",
}
# The request had left when these came; the others are of the way there. The order
# counts, for some are kinds of others.
OF_REQUESTS = (
    (requests.exceptions.ChunkedEncodingError, "unknown", "lost_after_data"),
    (requests.exceptions.ContentDecodingError, "unknown", "lost_after_data"),
    (requests.exceptions.ReadTimeout, "unknown", "lost_after_data"),
    (requests.exceptions.ConnectTimeout, "transient", "timeout"),
    (requests.exceptions.SSLError, "tls", "tls_failed"),
    (requests.exceptions.ProxyError, "transient", "unreachable"),
    (requests.exceptions.ConnectionError, "transient", "closed"),
    (requests.exceptions.TooManyRedirects, "config", "redirect"),
)


def classify(exc: BaseException, step: str = "") -> TransportError:
    """Turn an exception of a library into ours; ours pass through unchanged.

    :param step: the step during which ``exc`` was raised
    """
    if isinstance(exc, smtplib.SMTPException):
        return _of_smtplib(exc, step)
    for kind_of, kind, cause in OF_REQUESTS:
        if isinstance(exc, kind_of):
            return TransportError(kind, cause, step=step or "delivery")
    return errors.classify(exc, step)


def _of_smtplib(exc: smtplib.SMTPException, step: str) -> TransportError:
    if isinstance(exc, smtplib.SMTPRecipientsRefused):
        refused = [
            Refusal(to, reply_error(code, _text(said), step="recipient"))
            for to, (code, said) in exc.recipients.items()
        ]
        return worst_of(refused)
    if isinstance(exc, smtplib.SMTPResponseException):
        step = STEP_OF.get(type(exc), step)
        return reply_error(exc.smtp_code, _text(exc.smtp_error), step=step)
    if isinstance(exc, smtplib.SMTPNotSupportedError):
        return TransportError("auth", "login_not_offered", step=step or "login")
    return TransportError("transient", "closed", step=step)


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said

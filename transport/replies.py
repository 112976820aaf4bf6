"""A negative SMTP reply as a classified error; see ``judging`` for the table."""

from __future__ import annotations

from .errors import TransportError
from .judging import judge, read
from .judging.reading import MAX_JUDGED
from .text import first_ip

# Whose texts name the address that this machine comes from.
ABOUT_AN_IP = {"blocklisted", "ip_not_allowed", "machine_refused"}


def reply_error(
    code: int,
    text: str,
    *,
    step: str,
    logged_in: bool | None = None,
    shown: str | None = None,
) -> TransportError:
    """A negative reply as a classified error.

    :param text: the server's words, judged as they are
    :param logged_in: whether we had logged in before; None where nobody knows
    :param shown: the words to keep, when a secret had to be masked in them
    """
    rule = judge(read(code, text, step=step, logged_in=logged_in))
    ip = first_ip(text[:MAX_JUDGED]) if rule.cause in ABOUT_AN_IP else ""
    return TransportError(
        rule.kind,
        rule.cause,
        step=step,
        code=code,
        server_text=text if shown is None else shown,
        retry_after=rule.retry_after,
        facts={"ip": ip} if ip else None,
    )

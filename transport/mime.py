"""One message as the bytes that go over the wire."""

from __future__ import annotations

import copy
import email.policy
import re
from email.message import EmailMessage
from email.utils import getaddresses

from .errors import legible
from .names import ascii_address
from .text import clean

ADDRESS_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc")
NEWLINE = re.compile(rb"\r\n|\r|\n")
# RFC 5322 2.1.1
LONGEST_HEADER = 998
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


def _is_broken(value: object) -> bool:
    """Whether a header's text would end its line, as an encoded word may hide it."""
    text = str(value)
    control = any(char < " " and char != "\t" for char in text)
    # The email package takes more characters for line ends, and refuses them.
    return control or len(text.splitlines()) > 1


def _broken_headers(message: EmailMessage) -> list[tuple[EmailMessage, str, str]]:
    """(part, name, text) of each."""
    return [
        (part, name, str(value))
        for part in message.walk()
        for name, value in part.items()
        if _is_broken(value)
    ]


def _mend(message: EmailMessage) -> None:
    for part, name, text in _broken_headers(message):
        # What is left must not be read as an encoded word once more.
        part.replace_header(name, clean(text, LONGEST_HEADER).replace("=?", "= ?"))


def _needs_change(message: EmailMessage) -> bool:
    return (
        "Bcc" in message
        or bool(_broken_headers(message))
        or any(
            not address.isascii()
            for header in ADDRESS_HEADERS
            for _name, address in getaddresses(
                [str(value) for value in message.get_all(header, [])]
            )
        )
    )


def fit_for_wire(message: EmailMessage) -> EmailMessage:
    """``message`` without Bcc, with the domains of its addresses in ASCII, and with
    every header in one line.

    An international domain then needs no SMTPUTF8 (RFC 6531); only a local part
    beyond ASCII does. Most messages come back as they are.
    """
    if not _needs_change(message):
        return message
    changed = copy.deepcopy(message)
    del changed["Bcc"]
    _mend(changed)
    for header in ADDRESS_HEADERS:
        values = [str(value) for value in changed.get_all(header, [])]
        if values:
            pairs = getaddresses(values)
            changed.replace_header(
                header,
                ", ".join(_format(name, ascii_address(addr)) for name, addr in pairs),
            )
    return changed


def _format(name: str, address: str) -> str:
    # `formataddr` refuses an address beyond ASCII, which SMTPUTF8 allows.
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if name else address


def serialize(
    message: EmailMessage, *, utf8: bool = False, eight_bit: bool = False
) -> bytes:
    """Bytes with CRLF line ends, each line as long as the message made it.

    :param utf8: leave headers in UTF-8 (SMTPUTF8)
    :param eight_bit: leave bodies in 8 bit (8BITMIME), else transfer-encode them
    :raises TransportError: ``letter_broken``
    """
    policy = email.policy.SMTP.clone(
        utf8=utf8, cte_type="8bit" if eight_bit else "7bit"
    )
    with legible():
        data = fit_for_wire(message).as_bytes(policy=policy)
    # A bare CR or LF is read as a line end by some servers and not by others
    # (SMTP smuggling): after this there is none.
    data = NEWLINE.sub(b"\r\n", data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def dot_stuffed(data: bytes) -> bytes:
    """``data`` with leading dots doubled (RFC 5321 4.5.2)."""
    return LEADING_DOT.sub(b"..", data)

"""One message as the bytes that go over the wire."""

from __future__ import annotations

import copy
import re
from email.message import EmailMessage
from email.policy import EmailPolicy

from . import header
from .errors import TransportError, legible

NEWLINE = re.compile(rb"\r\n|\r|\n")
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
FIELD_NAME = re.compile(rb"^([!-9;-~]+):", re.MULTILINE)


class WirePolicy(EmailPolicy):
    """The email package writes the parts, and every header is ours."""

    def fold(self, name, value):
        return header.write(name, value, utf8=self.utf8)

    def fold_binary(self, name, value):
        return self.fold(name, value).encode("utf-8")


POLICY = WirePolicy(linesep="\r\n")


def _check_fields(message: EmailMessage, data: bytes) -> None:
    """The last look: the header block says what was set, and nothing more.

    :raises TransportError: ``letter_broken``
    """
    block = data.partition(b"\r\n\r\n")[0]
    found = [name.decode("ascii").lower() for name in FIELD_NAME.findall(block)]
    wanted = [name.lower() for name in message]
    # The email package adds what a body needs to be read.
    extra = {"content-type", "content-transfer-encoding", "mime-version"}
    if [name for name in found if name not in extra] != [
        name for name in wanted if name not in extra
    ] or len(set(found) & extra) != len([name for name in found if name in extra]):
        raise TransportError("content", "letter_broken", step="delivery")


def serialize(
    message: EmailMessage, *, utf8: bool = False, eight_bit: bool = False
) -> bytes:
    """Bytes with CRLF line ends, without Bcc, each header as it was set.

    An international domain is written in ASCII and needs no SMTPUTF8 (RFC 6531); only
    a local part beyond ASCII does.

    :param utf8: a header may hold UTF-8 (SMTPUTF8)
    :param eight_bit: leave bodies in 8 bit (8BITMIME), else transfer-encode them
    :raises TransportError: ``letter_broken``
    """
    if "Bcc" in message:
        message = copy.copy(message)
        del message["Bcc"]
    policy = POLICY.clone(utf8=utf8, cte_type="8bit" if eight_bit else "7bit")
    with legible():
        data = message.as_bytes(policy=policy)
    # A bare CR or LF is read as a line end by some servers and not by others
    # (SMTP smuggling): after this there is none.
    data = NEWLINE.sub(b"\r\n", data)
    _check_fields(message, data)
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def dot_stuffed(data: bytes) -> bytes:
    """``data`` with leading dots doubled (RFC 5321 4.5.2)."""
    return LEADING_DOT.sub(b"..", data)

"""A complete message, taken apart for APIs that want fields."""

from __future__ import annotations

import base64
import copy
import dataclasses
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from typing import NamedTuple

from .. import mime, names
from ..errors import TransportError
from ..header import mailboxes, show_mailbox
from ..text import clean, has_unshown

# What each API has a field of its own for, or writes by itself.
OWN_FIELDS = {
    "bcc",
    "cc",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "mime-version",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
    "user-agent",
    "x-mailer",
}


class Address(NamedTuple):
    """A display name (may be empty) and a bare address."""

    name: str
    email: str

    def __str__(self) -> str:
        return show_mailbox(self.name, self.email)


class File(NamedTuple):
    """An attachment; ``content_id`` is set for a picture inside the HTML."""

    name: str
    content_type: str
    data: bytes
    content_id: str

    @property
    def base64(self) -> str:
        return base64.b64encode(self.data).decode("ascii")


@dataclass(frozen=True)
class Letter:
    """One message and the recipients it goes to.

    ``to``, ``cc`` and ``bcc`` hold exactly the recipients asked for, once each:
    visible ones by their header, all others blind. ``to`` is never empty, since APIs
    insist on one: when a letter is repeated for a copy alone, the copy stands there.
    ``envelope`` holds them all with their domains in ASCII, ``recipients`` as given.
    """

    message: EmailMessage
    sender: Address
    recipients: tuple[str, ...]
    envelope: tuple[str, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    key: str = ""

    def without(self, field: str) -> Letter | None:
        """The same for fewer people: without ``cc`` or ``bcc``; None if that is all, or
        nothing."""
        people = {"cc": self.cc, "bcc": self.bcc}.get(field, ())
        gone = {address.email.casefold() for address in people}
        kept = [
            pair
            for pair in zip(self.recipients, self.envelope, strict=True)
            if pair[1].casefold() not in gone
        ]
        if not gone or not kept:
            return None
        return dataclasses.replace(
            self,
            recipients=tuple(to for to, _bare in kept),
            envelope=tuple(bare for _to, bare in kept),
            cc=self.cc if field != "cc" else (),
            bcc=self.bcc if field != "bcc" else (),
        )

    @cached_property
    def text(self) -> str:
        return _body(self.message, "plain")

    @cached_property
    def html(self) -> str:
        return _body(self.message, "html")

    @cached_property
    def files(self) -> tuple[File, ...]:
        return tuple(_file(part) for part in _file_parts(self.message))

    @cached_property
    def headers(self) -> dict[str, str]:
        """Message-ID, References and the like: what no field stands for."""
        return {
            name: clean(str(value), 998)
            for name, value in self.message.items()
            if name.lower() not in OWN_FIELDS
        }

    @cached_property
    def mime(self) -> bytes:
        """The message as SMTP would carry it, in 7 bit."""
        return mime.serialize(self.message)

    @cached_property
    def addressed_mime(self) -> bytes:
        """The message for APIs that deliver to those whom its headers name: exactly
        the recipients asked for, the blind ones in Bcc, which such an API takes out.
        """
        message = copy.deepcopy(self.message)
        for header, addresses in (("To", self.to), ("Cc", self.cc)):
            del message[header]
            if addresses:
                message[header] = ", ".join(str(address) for address in addresses)
        data = mime.serialize(message)
        if not self.bcc:
            return data
        blind = ",\r\n ".join(address.email for address in self.bcc)
        return f"Bcc: {blind}\r\n".encode() + data


def _addresses(message: EmailMessage, header: str) -> list[Address]:
    return [
        Address(clean(name, 200), names.ascii_address(email))
        for name, email in mailboxes(message, header)
    ]


def _body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return part.get_content().replace("\r\n", "\n") if part else ""


def _file_parts(message: EmailMessage):
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    for part in message.walk():
        if not part.is_multipart() and all(part is not body for body in bodies):
            yield part


def _file(part: EmailMessage) -> File:
    content_type = part.get_content_type()
    # Some APIs refuse a file without a name, one drops it without an extension.
    extension = mimetypes.guess_extension(content_type) or ".bin"
    name = clean(part.get_filename() or "", 200) or f"attachment{extension}"
    if "." not in name:
        name += extension
    inline = part.get_content_disposition() == "inline"
    content_id = str(part.get("Content-ID", "")).strip("<> ") if inline else ""
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    return File(name, content_type, data, content_id)


def read_letter(
    message: EmailMessage, sender: str, *, recipients: Sequence[str], key: str = ""
) -> Letter:
    """Take ``message`` apart; every recipient ends in exactly one of to, cc, bcc.

    :raises TransportError: ``bad_address``
    """
    author = (_addresses(message, "From") or [Address("", sender)])[0]
    if author.email:
        names.envelope_address(author.email, step="sender")
    envelope = [names.envelope_address(to, step="recipient") for to in recipients]
    to, cc, bcc = _divide(message, envelope)
    return Letter(
        message=message,
        sender=author,
        recipients=tuple(recipients),
        envelope=tuple(envelope),
        to=to,
        cc=cc,
        bcc=bcc,
        reply_to=tuple(
            address
            for address in _addresses(message, "Reply-To")
            if not has_unshown(address.email)
        ),
        subject=clean(str(message.get("Subject", "")), 998),
        key=key[:256],
    )


def _divide(message: EmailMessage, envelope: Sequence[str]) -> tuple[tuple, ...]:
    """Every address of ``envelope`` in exactly one of to, cc and bcc."""
    left = {email.casefold(): email for email in envelope}

    def chosen(header: str) -> tuple[Address, ...]:
        found = _addresses(message, header)
        return tuple(a for a in found if left.pop(a.email.casefold(), None))

    to, cc = chosen("To"), chosen("Cc")
    bcc = tuple(Address("", email) for email in left.values())
    to, cc = (to, cc) if to else (cc[:1], cc[1:])
    to, bcc = (to, bcc) if to else (bcc[:1], bcc[1:])
    if not to:
        raise TransportError("recipient", "bad_address", step="recipient")
    return to, cc, bcc

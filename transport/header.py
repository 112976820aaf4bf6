"""Header fields: what they say, and the lines they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.header import decode_header
from email.message import EmailMessage
from email.policy import Policy

from .encoded import (
    encoded_words,
    fold,
    is_plain,
    one_line,
    parameter_pieces,
    phrase_pieces,
    text_pieces,
)
from .errors import TransportError
from .names import ascii_address, is_address

ADDRESS_FIELDS = {"from", "sender", "reply-to", "to", "cc"}
ID_FIELDS = {"message-id", "references", "in-reply-to", "content-id"}
PARAMETER_FIELDS = {"content-type", "content-disposition"}
# One mailbox of a list: its name, quoted or not, and its address.
MAILBOX = re.compile(
    r"""\s*
    (?: (?: "(?P<quoted>(?:[^"\\]|\\.)*)" | (?P<words>[^",<>]*) )
        \s* <(?P<address>[^<>]*)>
    | (?P<bare> (?: "(?:[^"\\]|\\.)*" | [^",<>] )+ )
    )
    \s* (?:[,;]|$)""",
    re.VERBOSE | re.DOTALL,
)
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+\Z")
LINES = re.compile(r"[!-9;-~]+:[^\r\n]*(?:\r\n[ \t][^\r\n]*[^\s][^\r\n]*)*\r\n\Z")
# RFC 5322, 2.1.1, and what a Message-ID may need of it.
LONGEST_LINE = 998
LONGEST_ID = 900


class Field(str):
    """The value of a header that no builder takes apart and puts together anew.

    The email package stores a value with a name as it is.
    """

    name: str
    mailboxes: tuple[tuple[str, str], ...] = ()

    def fold(self, *, policy: Policy) -> str:
        """As the email package asks for it, where it writes the message itself."""
        return write(self.name, self).replace("\r\n", policy.linesep)


def address_field(name: str, mailboxes: Iterable[tuple[str, str]]) -> Field:
    """From, To and the like of pairs of a display name as typed and an address."""
    pairs = tuple((one_line(words).strip(), address) for words, address in mailboxes)
    field = Field(", ".join(show_mailbox(*pair) for pair in pairs))
    field.name, field.mailboxes = name, pairs
    return field


def text_field(name: str, text: str) -> Field:
    """Subject and the like, as typed: nothing in it is read as an encoded word."""
    field = Field(one_line(text))
    field.name = name
    return field


def show_mailbox(name: str, address: str) -> str:
    """As people read it; a quoted name is nothing but itself."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if name else address


def decoded(words: str) -> str:
    """Encoded words as text (RFC 2047, 6.2); what can't be read stays as it is."""
    try:
        parts = decode_header(words)
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii")
            for part, charset in parts
        )
    except (ValueError, LookupError):
        return words


def read_mailboxes(text: str) -> list[tuple[str, str]]:
    """Pairs of a display name and an address, from a header or from what was typed.

    RFC 2047, 5: an encoded word within quotation marks is none.
    """
    found, position = [], 0
    while match := MAILBOX.match(text, position):
        position = match.end()
        quoted, address = match["quoted"], match["address"] or match["bare"] or ""
        name = decoded((match["words"] or "").strip())
        if quoted is not None:
            name = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)
        if address.strip():
            found.append((one_line(name).strip(), one_line(address).strip()))
        if position >= len(text):
            break
    return found


def are_addresses(text: str | bool | None) -> bool:
    """Whether what was typed for a contact is addresses, and nothing beside them."""
    text = (text or "") and str(text).strip()
    found = read_mailboxes(text) if text else []
    shown = "".join(part for pair in found for part in pair)
    kept = sum(char.isalnum() or char == "@" for char in shown)
    typed = sum(char.isalnum() or char == "@" for char in text)
    return bool(found) and kept == typed and all(is_address(pair[1]) for pair in found)


def mailboxes_of(value: object) -> list[tuple[str, str]]:
    """The same of a header's value, whoever made it."""
    if isinstance(value, Field):
        return list(value.mailboxes)
    pairs = []
    for address in getattr(value, "addresses", None) or [str(value)]:
        # A list of strings is stored without having been taken apart.
        if isinstance(address, str):
            pairs += read_mailboxes(address)
        elif address.addr_spec not in ("", "<>"):
            name = one_line(address.display_name or "").strip()
            pairs.append((name, one_line(address.addr_spec)))
    return pairs


def mailboxes(message: EmailMessage, header: str) -> list[tuple[str, str]]:
    """All pairs of a header that may stand there more than once."""
    values = message.get_all(header, [])
    return [pair for value in values for pair in mailboxes_of(value)]


def _written_address(address: str, *, utf8: bool) -> str:
    """``address`` with its domain in ASCII.

    What is then left beyond ASCII is for a server that knows SMTPUTF8; in the letters
    of others, who don't need it, it is shown as well as can be.
    """
    address = ascii_address(address)
    if utf8 or address.isascii():
        return address
    return "@".join(
        part if part.isascii() else "".join(encoded_words(part))
        for part in address.split("@")
    )


def _mailbox_pieces(name: str, address: str, lead: int) -> list[str]:
    if not name:
        return [f" {address}"]
    if is_plain(name) and len(name) < 60 and "  " not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        phrase = [f" {name}" if ATOMS.match(name) else f' "{quoted}"']
    else:
        phrase = phrase_pieces(name, lead)
    return [*phrase, f" <{address}>"]


def _address_pieces(header: str, value: object, *, utf8: bool) -> list[str]:
    pieces: list[str] = []
    for name, address in mailboxes_of(value):
        lead = 0 if pieces else len(header) + 1
        if pieces:
            pieces[-1] += ","
        pieces += _mailbox_pieces(name, _written_address(address, utf8=utf8), lead)
    return pieces


def _parameter_pieces(value) -> list[str]:
    kind = getattr(value, "content_type", None) or value.content_disposition
    pieces = [f" {one_line(kind or 'application/octet-stream')}"]
    for name, text in value.params.items():
        pieces[-1] += ";"
        more = parameter_pieces(name, str(text))
        pieces += [*(f"{piece};" for piece in more[:-1]), more[-1]]
    return pieces


def _id_pieces(value: object) -> list[str]:
    words = [word for word in one_line(str(value)).split() if len(word) <= LONGEST_ID]
    return [f" {word}" for word in words if word.isascii()]


def _pieces(name: str, value: object, *, utf8: bool) -> list[str]:
    kind = name.lower()
    if kind in ADDRESS_FIELDS:
        return _address_pieces(name, value, utf8=utf8)
    if kind in ID_FIELDS:
        return _id_pieces(value)
    if kind in PARAMETER_FIELDS and hasattr(value, "params"):
        return _parameter_pieces(value)
    return text_pieces(str(value), len(name) + 1)


def _as_received(name: str, value: object) -> str:
    """A line of a letter that was read from bytes, if it can stay as it is."""
    if type(value) is not str:
        return ""
    text = re.sub(r"\r\n|\r|\n", "\r\n", f"{name}: {value}\r\n")
    return text if text.isascii() and _is_one_field(text) else ""


def _is_one_field(text: str) -> bool:
    lines = text.encode("utf-8", "replace").split(b"\r\n")
    return bool(LINES.match(text)) and max(map(len, lines)) <= LONGEST_LINE


def write(name: str, value: object, *, utf8: bool = False) -> str:
    """The field with its line ends: this field, and nothing after it.

    :param utf8: an address may hold UTF-8 (SMTPUTF8)
    :raises TransportError: ``letter_broken``
    """
    text = _as_received(name, value) or fold(name, _pieces(name, value, utf8=utf8))
    if not _is_one_field(text):
        raise TransportError("content", "letter_broken", step="delivery")
    return text

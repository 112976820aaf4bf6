"""Host names and mail addresses as they go over the wire."""

from __future__ import annotations

import ipaddress
import re

import idna

from .errors import TransportError
from .text import has_unshown

# A server's name may have an underscore; in EHLO no server need take one.
HELO_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)\Z")
LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)\Z")
# RFC 5322, 3.2.3: dot-atom, and letters of every script (RFC 6531).
LOCAL = re.compile(
    r"(?=.{1,64}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+"
    r"(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+)*\Z"
)
# A host named by its address: RFC 5321, 4.1.3.
ADDRESS_LITERAL = re.compile(r"\[[A-Za-z0-9.:-]+\]\Z")


def to_ascii(domain: str) -> str:
    """A domain in its ASCII form (IDNA 2008, RFC 5891); raises ``ValueError``."""
    if domain.isascii():
        return domain
    return idna.encode(domain, uts46=True, transitional=False).decode("ascii")


def ascii_address(address: str) -> str:
    """``address`` with its domain in ASCII; one that cannot be stays as it is."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{to_ascii(domain)}"
    except (ValueError, UnicodeError):
        return address


def host_name(host: str) -> str:
    """A host name or address fit for a look-up: the one rule for all that is typed,
    published or listed. International names come back in their ASCII form.

    :raises TransportError: ``bad_host`` for anything that is neither
    """
    plain = host.strip().rstrip(".")
    try:
        return str(ipaddress.ip_address(_without_brackets(plain)))
    except ValueError:
        pass
    try:
        # Marks that nobody sees would be dropped from the name without a word.
        name = "" if has_unshown(plain) else to_ascii(plain)
    except (ValueError, UnicodeError):
        name = ""
    if len(name) > 253 or not all(LABEL.match(part) for part in name.split(".")):
        raise TransportError("config", "bad_host", step="resolve", facts={"host": host})
    return name


def _without_brackets(host: str) -> str:
    return host[1:-1] if host[:1] == "[" and host[-1:] == "]" else host


def is_same_host(one: str, other: str) -> bool:
    """Whether both name the same host, whatever their case and writing."""
    try:
        return host_name(one).casefold() == host_name(other).casefold()
    except TransportError:
        return False


def helo_name(wanted: str, local_address: str) -> str:
    """The name for EHLO (RFC 5321 4.1.1.1): a name, else an address literal."""
    name = wanted.rstrip(".")
    labels = name.split(".")
    is_name = len(labels) > 1 and len(name) <= 253 and not labels[-1].isdecimal()
    if is_name and all(HELO_LABEL.match(label) for label in labels):
        return name
    address = local_address.partition("%")[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def login_shape(username: str) -> str:
    """What a username looks like: ``address``, ``word``, or ``none`` if it is empty."""
    if not username.strip():
        return "none"
    return "address" if "@" in username.strip()[1:-1] else "word"


def is_address(text: str) -> bool:
    """Whether ``text`` is an address that is sent to as it was typed.

    What servers read in several ways, such as a quoted part before the @ or a comment,
    is none.
    """
    local, _at, domain = text.rpartition("@")
    if len(text) > 320 or not LOCAL.match(local) or has_unshown(text):
        return False
    try:
        name = to_ascii(domain)
    except (ValueError, UnicodeError):
        return False
    return len(name) <= 253 and all(LABEL.match(part) for part in name.split("."))


def envelope_address(address: str, *, step: str) -> str:
    """A bare address for MAIL or RCPT, its domain in ASCII.

    The part before the @ stays as it is; whether it needs SMTPUTF8 is
    ``isascii()`` of the result.

    :raises TransportError: ``bad_address``; nothing that could end the command or
        begin another one passes
    """
    bare = address.strip()
    local, at, domain = bare.rpartition("@")
    try:
        domain = domain if ADDRESS_LITERAL.match(domain) else to_ascii(domain)
    except (ValueError, UnicodeError):
        domain = ""
    bad = not (local and at and domain) or has_unshown(bare)
    if bad or re.search(r"[\s<>]", local + domain) or len(bare) > 320:
        kind = "sender" if step == "sender" else "recipient"
        raise TransportError(kind, "bad_address", step=step, facts={"address": address})
    return f"{local}@{domain}"

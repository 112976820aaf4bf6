"""Login: AUTH PLAIN, LOGIN and CRAM-MD5 (RFC 4954, 4616, 2195)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from .deadline import Deadline
from .errors import TransportError
from .text import secret_forms
from .wire import Reply, Wire


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    # An encoding error would carry the password in its object.
    return text.encode("utf-8", "replace")


def _plain(wire: Wire, username: str, password: str, *, deadline: Deadline) -> Reply:
    token = _b64(b"\0" + _bytes(username) + b"\0" + _bytes(password))
    wire.secrets += (token,)
    reply = wire.command(f"AUTH PLAIN {token}", deadline)
    # RFC 4954 4: a server need not take the token along with the command.
    return wire.command(token, deadline) if reply.code == 334 else reply


def _login(wire: Wire, username: str, password: str, *, deadline: Deadline) -> Reply:
    reply = wire.command("AUTH LOGIN", deadline)
    for secret in (username, password):
        if reply.code != 334:
            break
        reply = wire.command(_b64(_bytes(secret)), deadline)
    return reply


def _cram_md5(wire: Wire, username: str, password: str, *, deadline: Deadline) -> Reply:
    reply = wire.command("AUTH CRAM-MD5", deadline)
    if reply.code != 334:
        return reply
    try:
        challenge = base64.b64decode(reply.lines[0], validate=False)
    except ValueError as exc:
        raise TransportError("transient", "protocol", step="login") from exc
    digest = hmac.new(_bytes(password), challenge, hashlib.md5).hexdigest()
    return wire.command(_b64(_bytes(f"{username} {digest}")), deadline)


MECHANISMS = {"PLAIN": _plain, "LOGIN": _login, "CRAM-MD5": _cram_md5}
# Encrypted, PLAIN works with every way a server may store passwords; in the clear
# the one that does not show the password goes first.
ENCRYPTED_ORDER = ("PLAIN", "LOGIN", "CRAM-MD5")
CLEAR_ORDER = ("CRAM-MD5", "PLAIN", "LOGIN")
# "I do not do this mechanism", as against "wrong password": another one may work,
# and no failed login was counted against the mailbox.
NOT_THIS_ONE = {500, 501, 502, 503, 504}


def login(
    wire: Wire,
    username: str,
    password: str,
    *,
    offered: str,
    encrypted: bool,
    deadline: Deadline,
) -> str:
    """Log in with the best mechanism both sides know; returns mechanism and words.

    A refused password is never tried again by another mechanism: providers lock
    mailboxes after a few failures.

    :param offered: parameters of the AUTH extension, e.g. ``"PLAIN LOGIN"``
    :raises TransportError: ``login_not_offered`` or what the server's reply means
    """
    wire.step = "login"
    wire.secrets = secret_forms(password)
    words = set(offered.upper().replace("=", " ").split())
    order = ENCRYPTED_ORDER if encrypted else CLEAR_ORDER
    reply = None
    for name in (name for name in order if name in words):
        reply = MECHANISMS[name](wire, username, password, deadline=deadline)
        if reply.code not in NOT_THIS_ONE:
            break
    if reply is None:
        facts = {"offered": " ".join(sorted(words))}
        raise TransportError("auth", "login_not_offered", step="login", facts=facts)
    if wire.require(reply).code != 235:
        text = reply.text
        raise TransportError("transient", "protocol", step="login", server_text=text)
    return f"{name}: {reply.text}"

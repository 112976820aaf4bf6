"""Login: AUTH PLAIN, LOGIN and CRAM-MD5 (RFC 4954, 4616, 2195), and XOAUTH2.

XOAUTH2: developers.google.com/gmail/imap/xoauth2-protocol and Microsoft's
"Authenticate an IMAP, POP or SMTP connection using OAuth".
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from .deadline import Deadline
from .errors import TransportError
from .masking import secret_forms
from .wire import Reply, Wire


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    # An encoding error would carry the password in its object.
    return text.encode("utf-8", "replace")


def _plain(wire: Wire, username: str, password: str, *, deadline: Deadline) -> Reply:
    token = _b64(b"\0" + _bytes(username) + b"\0" + _bytes(password))
    wire.secrets = wire.secrets.with_more(token)
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
    wire.secrets = wire.secrets.with_more(digest)
    return wire.command(_b64(_bytes(f"{username} {digest}")), deadline)


def _xoauth2(wire: Wire, username: str, token: str, *, deadline: Deadline) -> Reply:
    words = _b64(_bytes(f"user={username}\1auth=Bearer {token}\1\1"))
    wire.secrets = wire.secrets.with_more(words)
    reply = wire.command(f"AUTH XOAUTH2 {words}", deadline)
    # Why it was refused comes as a challenge; the refusal itself after an empty line.
    return wire.command("", deadline) if reply.code == 334 else reply


MECHANISMS = {"PLAIN": _plain, "LOGIN": _login, "CRAM-MD5": _cram_md5}
# Encrypted, PLAIN works with every way a server may store passwords; in the clear
# the one that does not show the password goes first.
ENCRYPTED_ORDER = ("PLAIN", "LOGIN", "CRAM-MD5")
CLEAR_ORDER = ("CRAM-MD5", "PLAIN", "LOGIN")
# "I do not do this mechanism", as against "wrong password": another one may work,
# and no failed login was counted against the mailbox.
NOT_THIS_ONE = {500, 501, 502, 503, 504}


def login_by_token(
    wire: Wire,
    username: str,
    password: str,
    *,
    offered: str,
    encrypted: bool,
    deadline: Deadline,
) -> str:
    """Log in to the mailbox ``username`` with an access token as the password.

    :raises TransportError: ``token_refused``, ``token_mailbox``, ``login_not_offered``,
        ``login_unencrypted`` or what the server's reply means
    """
    wire.step = "login"
    if not encrypted:
        raise TransportError("tls", "login_unencrypted", step="login")
    wire.secrets = secret_forms(password)
    if "XOAUTH2" not in offered.upper().replace("=", " ").split():
        raise TransportError("config", "token_not_offered", step="login")
    reply = _xoauth2(wire, username, password, deadline=deadline)
    try:
        words = wire.require(reply).text
    except TransportError as error:
        raise _of_token(error, username) from error
    if reply.code != 235:
        raise TransportError("transient", "protocol", step="login", server_text=words)
    return f"XOAUTH2: {words}"


# Where a refusal with a password says nothing of the sort, with a token it does.
PASSWORD_CAUSES = {"login_refused", "app_password", "ms_oauth", "login_missing"}


def _of_token(error: TransportError, username: str) -> TransportError:
    """The failure of a login by token: what it says of passwords does not apply."""
    if error.cause in PASSWORD_CAUSES:
        # Exchange answers 5.7.3 to a token that is good, but not for this mailbox.
        other = error.code == 535 and "5.7.3" in error.server_text
        error.cause = "token_mailbox" if other else "token_refused"
        error.facts["address"] = username
    return error


def _not_offered(words: set[str], reply: Reply | None = None) -> TransportError:
    """This server wants no login at all, or none of ours."""
    facts = {"offered": " ".join(sorted(words))}
    code, said = (reply.code, reply.text) if reply else (None, "")
    return TransportError(
        "auth",
        "login_not_offered",
        step="login",
        code=code,
        server_text=said,
        facts=facts,
    )


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
        raise _not_offered(words)
    try:
        wire.require(reply)
    except TransportError as error:
        general = reply.code in NOT_THIS_ONE and error.cause == "login_refused"
        if general or error.cause == "login_not_offered":
            raise _not_offered(words, reply) from error
        raise
    if reply.code != 235:
        text = reply.text
        raise TransportError("transient", "protocol", step="login", server_text=text)
    return f"{name}: {reply.text}"

"""The steps of a delivery by SMTP, one function each.

Session and probe run these same functions; each raises ``TransportError`` with its
own step's name, or an exception that ``errors.failing`` turns into one.
"""

from __future__ import annotations

import contextlib
import socket
import time

from . import auth, dial, guard, names
from .deadline import Deadline
from .errors import TransportError, failing
from .outcome import Refusal
from .profile import Profile, secret_of
from .wire import Reply, Wire


def resolve(host: str, port: int, profile: Profile, deadline: Deadline) -> list[str]:
    """Addresses of ``host`` that may be connected to; see ``guard``."""
    with failing("resolve"):
        if not 1 <= port <= 65535:
            raise TransportError("config", "bad_port", facts={"port": port})
        addresses = dial.lookup(names.host_name(host), port, deadline)
        return guard.permitted(host, addresses, profile.allowed_hosts)


def connect(
    addresses: list[str], port: int, deadline: Deadline
) -> tuple[socket.socket, str]:
    """An open socket to the first of ``addresses`` that answers, and which it is."""
    with failing("connect"):
        sock, address = dial.dial(addresses, port, deadline)
    # The server may have closed again by now; that is the greeting's failure.
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock, address


def greet(wire: Wire, deadline: Deadline) -> Reply:
    """The server's first words (RFC 5321 3.1)."""
    wire.step = "greeting"
    with failing("greeting"):
        return wire.require(wire.read_reply(deadline))


def hello(wire: Wire, local_hostname: str, deadline: Deadline) -> dict[str, str]:
    """Say EHLO, or HELO to an old server; returns extensions and their parameters."""
    # The second time it is said under encryption, but it is still the greeting.
    wire.step = "greeting"
    with failing("greeting"):
        name = names.helo_name(local_hostname, wire.sock.getsockname()[0])
        reply = wire.command(f"EHLO {name}", deadline)
        if reply.code in {500, 501, 502, 504}:
            wire.demand(f"HELO {name}", deadline)
            return {}
        wire.require(reply)
    pairs = (line.partition(" ") for line in reply.lines[1:])
    found: dict[str, str] = {}
    for word, _, parameters in pairs:
        # Some old servers announce "AUTH=LOGIN" beside or instead of "AUTH LOGIN".
        key, _, inline = word.upper().partition("=")
        found[key] = f"{found.get(key, '')} {inline} {parameters}".strip()
    return found


def start_tls(wire: Wire, deadline: Deadline) -> None:
    """Ask for encryption on the open connection (RFC 3207)."""
    wire.step = "encryption"
    with failing("encryption"):
        wire.demand("STARTTLS", deadline)
        # Words sent along in the clear would count as encrypted ones.
        wire.check_silent()


def authenticate(
    wire: Wire,
    profile: Profile,
    *,
    extensions: dict[str, str],
    encrypted: bool,
    deadline: Deadline,
) -> str:
    """Log in; returns mechanism and the server's words."""
    if not encrypted and not (profile.security == "none" and profile.plain_login):
        raise TransportError("tls", "login_unencrypted", step="login")
    log_in = auth.login
    if profile.by_token:
        log_in = auth.login_by_token
        # Whoever holds a token needs nothing else: only to whom we know it is shown.
        encrypted &= profile.verify_tls and profile.security != "none"
    with failing("login"):
        said = log_in(
            wire,
            profile.username,
            secret_of(profile),
            offered=extensions.get("AUTH", ""),
            encrypted=encrypted,
            deadline=deadline,
        )
    wire.logged_in = True
    return said


def sender(wire: Wire, address: str, options: str, deadline: Deadline) -> Reply:
    """MAIL FROM with the ESMTP ``options`` of this letter."""
    wire.step = "sender"
    with failing("sender"):
        bare = names.envelope_address(address, step="sender")
        return wire.demand(f"MAIL FROM:<{bare}>{options}", deadline)


def recipient(wire: Wire, address: str, deadline: Deadline) -> Refusal | None:
    """RCPT TO; a refusal is returned, since others may be accepted.

    :raises TransportError: when the server says it is closing (421)
    """
    wire.step = "recipient"
    with failing("recipient"):
        bare = names.envelope_address(address, step="recipient")
        reply = wire.command(f"RCPT TO:<{bare}>", deadline)
        if reply.positive:
            return None
        if reply.code == 421 or not reply.negative:
            wire.require(reply)
        return Refusal(address, wire.error(reply))


def announce(wire: Wire, deadline: Deadline) -> float:
    """DATA: may the letter follow? Returns the seconds the answer took."""
    wire.step = "delivery"
    began = time.monotonic()
    with failing("delivery"):
        reply = wire.command("DATA", deadline)
        if reply.code != 354:
            wire.require(reply)
            raise TransportError(
                "transient", "protocol", code=reply.code, server_text=reply.text
            )
    return time.monotonic() - began


def upload(
    wire: Wire, data: bytes, deadline: Deadline, *, stall: float, turnaround: float
) -> None:
    """The letter without its final dot: not accepted yet, whatever happens here."""
    with failing("delivery"):
        try:
            wire.send(data, deadline, stall=stall)
            wire.settle(turnaround)
        except ConnectionError:
            # Why the server hung up may wait behind the broken connection.
            wire.require(wire.read_reply(Deadline(1)))
            raise


def finish(wire: Wire, deadline: Deadline) -> Reply:
    """The final dot. From its first byte on only a reply tells the outcome.

    :raises TransportError: kind ``unknown`` for anything that is not a reply
    """
    try:
        with failing("delivery"):
            wire.send(b".\r\n", deadline)
            reply = wire.read_reply(deadline)
    except TransportError as error:
        raise lost(error.server_text) from error
    if not (reply.positive or reply.negative):
        raise lost(reply.text)
    try:
        return wire.require(reply)
    except TransportError:
        raise
    except Exception as exc:
        raise lost(reply.text) from exc


def lost(said: str) -> TransportError:
    """The letter has left, and what became of it can't be told."""
    return TransportError(
        "unknown", "lost_after_data", step="delivery", server_text=said
    )

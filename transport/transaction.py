"""One letter over an open SMTP connection."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from email.message import EmailMessage

from . import mime, names, steps
from .connection import Connection
from .deadline import Deadline
from .errors import TransportError
from .outcome import Receipt, Refusal
from .text import clean
from .wire import Reply

# A server that reads slower than this is not worth a worker.
SLOWEST_BYTES_PER_SECOND = 50_000
# Some servers look each recipient up at the recipient's own server.
SECONDS_PER_RECIPIENT = 2
QUEUE_ID = re.compile(r"queued as ([\w.-]+)|\bid=<?([\w.@-]+)", re.IGNORECASE)


def run(
    connection: Connection,
    message: EmailMessage,
    sender: str,
    *,
    recipients: Sequence[str],
    essential: Sequence[str] = (),
    pass_gate: Callable[[], None] = lambda: None,
) -> Generator[tuple[str, str], None, Receipt]:
    """Yield (step, detail) as each step is passed; return the receipt.

    :param essential: those of ``recipients`` without one of whom the letter is not
        handed over at all; all by default
    :param pass_gate: raises where the letter must not go on to its final dot
    :raises TransportError: nobody was accepted, or (kind ``unknown``) no answer
    """
    profile, wire = connection.profile, connection.wire
    data, options = _prepare(connection.extensions, message, sender, recipients)
    reply = steps.sender(wire, sender, options, Deadline(profile.timeout))
    yield "sender", reply.text
    seconds = profile.timeout + SECONDS_PER_RECIPIENT * (len(recipients) - 1)
    refused = _offer(wire, recipients, Deadline(seconds), essential or recipients)
    yield "recipient", "; ".join(f"{r.code} {r.text}" for r in refused)
    turnaround = steps.announce(wire, Deadline(profile.timeout))
    seconds = profile.delivery_timeout + len(data) / SLOWEST_BYTES_PER_SECOND
    deadline, data = Deadline(seconds), mime.dot_stuffed(data)
    stall = profile.timeout
    steps.upload(wire, data, deadline, stall=stall, turnaround=turnaround)
    pass_gate()
    reply = steps.finish(wire, deadline)
    yield "delivery", reply.text
    try:
        return _receipt(recipients, refused, reply)
    except Exception as exc:
        # Whatever it was, the server has the letter: nobody may send it again.
        raise steps.lost(reply.text) from exc


def _prepare(extensions, message, sender, recipients) -> tuple[bytes, str]:
    """The letter as bytes this server takes, and the parameters it needs of MAIL."""
    utf8 = _needs_utf8(sender, recipients, extensions)
    eight_bit = "8BITMIME" in extensions
    data = mime.serialize(message, utf8=utf8, eight_bit=eight_bit)
    return data, _options(data, extensions, utf8=utf8)


def _needs_utf8(sender: str, recipients: Sequence[str], extensions: dict) -> bool:
    """Whether the letter needs SMTPUTF8 (RFC 6531).

    Every address is checked here, before the server hears of the letter.
    """
    steps_of = {names.envelope_address(sender, step="sender"): "sender"}
    for address in recipients:
        bare = names.envelope_address(address, step="recipient")
        steps_of.setdefault(bare, "recipient")
    foreign = next((bare for bare in steps_of if not bare.isascii()), None)
    if foreign and "SMTPUTF8" not in extensions:
        step, facts = steps_of[foreign], {"address": foreign}
        raise TransportError(step, "smtputf8_missing", step=step, facts=facts)
    return foreign is not None


def _options(data: bytes, extensions: dict[str, str], *, utf8: bool) -> str:
    """ESMTP parameters of MAIL (RFC 1870, 6152, 6531).

    :raises TransportError: ``too_big`` before a byte of the letter has left
    """
    options = ""
    if "SIZE" in extensions:
        limit = extensions["SIZE"]
        if limit.isdecimal() and 0 < int(limit[:15]) < len(data):
            facts = {"size": len(data), "limit": int(limit[:15])}
            raise TransportError("content", "too_big", step="sender", facts=facts)
        options += f" SIZE={len(data)}"
    if "8BITMIME" in extensions and not data.isascii():
        options += " BODY=8BITMIME"
    return options + (" SMTPUTF8" if utf8 else "")


def _offer(
    wire, recipients: Sequence[str], deadline: Deadline, essential: Sequence[str]
) -> tuple[Refusal, ...]:
    """RCPT for each; :raises TransportError: nobody who is essential was accepted."""
    answers = [steps.recipient(wire, to, deadline) for to in recipients]
    refused = tuple(answer for answer in answers if answer)
    missed = [refusal for refusal in refused if refusal.address in essential]
    if len(missed) < len(set(essential)):
        return refused
    if not missed:
        raise TransportError("recipient", "bad_address", step="recipient")
    error = worst_of(missed)
    error.refused = refused
    raise error


def worst_of(refused: Sequence[Refusal]) -> TransportError:
    """The error for a letter that nobody took, with the address it names.

    One refusal that may pass later keeps the whole letter alive: nobody has it yet.
    """
    by_kind = {refusal.error.kind: refusal for refusal in reversed(refused)}
    chosen = by_kind.get("quota") or by_kind.get("transient") or refused[0]
    chosen.error.facts["address"] = chosen.address
    return chosen.error


def _receipt(
    recipients: Sequence[str], refused: tuple[Refusal, ...], reply: Reply
) -> Receipt:
    lost = {refusal.address for refusal in refused}
    match = QUEUE_ID.search(reply.text)
    return Receipt(
        accepted=tuple(address for address in recipients if address not in lost),
        refused=refused,
        reply=clean(f"{reply.code} {reply.text}"),
        provider_id=clean(next(filter(None, match.groups()), "") if match else ""),
    )

"""The test: a delivery, slowly, with a look after each step."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from email.message import EmailMessage

from .errors import TransportError
from .outcome import Receipt, Step
from .profile import Profile, altered
from .session import open_session
from .symptoms import examine
from .text import clean

# The order in which steps may appear; HTTP and unencrypted ways have fewer.
STEPS = (
    "token",
    "scope",
    "who",
    "resolve",
    "connect",
    "encryption",
    "certificate",
    "greeting",
    "login",
    "mailbox",
    "sender",
    "recipient",
    "delivery",
)
# Somebody is watching: a dead server costs at most this, second look included.
PROBE_SECONDS = 11.0
EXAMINE_SECONDS = 3.0


def probe(
    profile: Profile,
    *,
    message: EmailMessage | None = None,
    sender: str = "",
    recipients: Sequence[str] = (),
) -> Iterator[Step]:
    """Yield each step as it is over; the last one is the first that failed.

    Without ``message`` the probe ends after the login and sends nothing. Closing
    the generator at any time closes the connection.
    """
    seconds = min(profile.timeout, PROBE_SECONDS)
    profile = altered(
        profile,
        timeout=seconds,
        delivery_timeout=min(profile.delivery_timeout, seconds),
    )
    session = open_session(profile)
    try:
        passed = yield from _watch(session.opening(), profile)
        if passed and message is not None:
            sender = sender or profile.sender
            letter = session.transaction(message, sender, recipients)
            yield from _watch(letter, profile)
    finally:
        session.quit()


def _watch(
    progress: Generator[tuple[str, str], None, Receipt | None], profile: Profile
) -> Generator[Step, None, bool]:
    """Time each step of ``progress``; returns whether all were passed."""
    while True:
        began = time.monotonic()
        try:
            name, detail = next(progress)
        except StopIteration as done:
            yield from _partly_refused(done.value)
            return True
        except TransportError as error:
            examine(error, profile, seconds=EXAMINE_SECONDS)
            spent = time.monotonic() - began
            yield Step(error.step, False, spent, error.server_text, error)
            return False
        yield Step(name, True, time.monotonic() - began, clean(detail))


def _partly_refused(receipt: Receipt | None) -> Iterator[Step]:
    """A letter that reached only some is no success for a test."""
    for refusal in receipt.refused if receipt else ():
        error = refusal.error
        error.facts["address"] = refusal.address
        yield Step("recipient", False, 0.0, error.server_text, error)
    for address in receipt.unknown if receipt else ():
        facts = {"address": address}
        error = TransportError("unknown", "not_told", step="delivery", facts=facts)
        yield Step("delivery", False, 0.0, receipt.reply if receipt else "", error)

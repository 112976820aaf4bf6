"""Whatever breaks: before a letter has left it may be repeated, afterwards never."""

from __future__ import annotations

import contextlib
import random

import pytest
from account_email.transport import (
    CAUSES,
    KINDS,
    TransportError,
    connection,
    mime,
    open_session,
    steps,
    transaction,
    wire,
)
from account_email.transport.http import HttpSession
from transport_scripts import http_server, scripted
from transport_servers import fail, http_profile, letter, smtp_profile

TO = ["jane@customer.example"]
STRANGE = (RuntimeError, AttributeError, KeyError, RecursionError, UnicodeError)
BEFORE = (
    (steps, "sender"),
    (steps, "recipient"),
    (steps, "announce"),
    (steps, "upload"),
    (mime, "serialize"),
    (mime, "dot_stuffed"),
    (transaction, "_options"),
)


def raising(kind):
    def broken(*args, **kwargs):
        raise kind("never thought of")

    return broken


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize(("place", "name"), BEFORE)
def test_before_the_letter_has_left(monkeypatch, place, name, kind):
    monkeypatch.setattr(place, name, raising(kind))
    with scripted(lambda s: s.converse()) as port:
        error = fail(smtp_profile(port))
    assert error.kind not in ("unknown", "config")
    assert error.cause == "letter_unready"


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("name", ["resolve", "connect", "greet", "hello"])
def test_on_the_way_to_the_server(monkeypatch, name, kind):
    monkeypatch.setattr(steps, name, raising(kind))
    with scripted(lambda s: s.converse()) as port:
        error = fail(smtp_profile(port))
    assert (error.kind, error.cause) == ("own", "letter_unready")


@pytest.mark.parametrize("kind", STRANGE)
def test_after_the_letter_has_left(monkeypatch, kind):
    monkeypatch.setattr(transaction, "_receipt", raising(kind))
    with scripted(lambda s: s.converse()) as port:
        error = fail(smtp_profile(port))
    assert (error.kind, error.cause) == ("unknown", "lost_after_data")


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("place", ["read_reply", "require"])
def test_while_the_last_answer_is_read(monkeypatch, place, kind):
    sound = getattr(wire.Wire, place)

    def broken(self, *args):
        if self.ended:
            raise kind("never thought of")
        return sound(self, *args)

    def send(self, data, deadline, **options):
        self.ended = data == b".\r\n"
        return sent(self, data, deadline, **options)

    sent = wire.Wire.send
    monkeypatch.setattr(wire.Wire, "ended", False, raising=False)
    monkeypatch.setattr(wire.Wire, "send", send)
    monkeypatch.setattr(wire.Wire, place, broken)
    with scripted(lambda s: s.converse()) as port:
        error = fail(smtp_profile(port))
    assert (error.kind, error.cause) == ("unknown", "lost_after_data")


@pytest.mark.parametrize("name", ["command", "close"])
def test_a_goodbye_that_fails_hides_no_outcome(monkeypatch, name):
    sound = getattr(wire.Wire, name)

    def broken(self, *args):
        if name == "close" or args[0] in ("QUIT", "RSET"):
            raise RuntimeError("never thought of")
        return sound(self, *args)

    monkeypatch.setattr(wire.Wire, name, broken)
    with scripted(lambda s: s.converse()) as port:
        with open_session(smtp_profile(port)) as session:
            receipt = session.send(letter(), "a@sender.example", TO)
        assert receipt.accepted == tuple(TO)
    with scripted(lambda s: s.converse(RCPT="550 5.1.1 nobody\r\n")) as port:
        assert fail(smtp_profile(port)).kind == "recipient"


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize(
    ("name", "outcome"),
    [("_masked", "unknown"), ("_renew", "own"), ("_calls", "own")],
)
def test_http(monkeypatch, name, outcome, kind):
    monkeypatch.setattr(HttpSession, name, raising(kind))
    with (
        http_server(lambda request: (200, {}, b"Ok")) as (_seen, url),
        pytest.raises(TransportError) as caught,
        open_session(http_profile(url)) as session,
    ):
        session.send(letter(), "a@sender.example", TO)
    assert caught.value.kind == outcome


WORDS = ("250", "354", "421", "550", "999", "abc", "25", "220-", "250-", "\0", "\x1c")


def odd_word(chance: random.Random) -> bytes:
    parts = [chance.choice(WORDS).encode() for _ in range(chance.randint(1, 3))]
    parts.append(chance.randbytes(chance.randint(0, 12)))
    chance.shuffle(parts)
    return chance.choice((b"", b" ", b"-")).join(parts) + chance.choice(ENDS)


ENDS = (b"\r\n", b"\n", b"\r", b"", b"\r\n250 more\r\n")
MOMENTS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot", "RSET", "QUIT")


@pytest.mark.parametrize("seed", range(120))
def test_odd_servers_give_known_failures(seed):
    chance = random.Random(seed)
    moment, said = MOMENTS[seed % len(MOMENTS)], odd_word(chance)
    dots = []

    def odd(script):
        if moment == "dot":
            dots.append(said)
        with contextlib.suppress(OSError):
            script.say(said)
        # What was not a whole line ends here.
        return chance.random() < 0.5 and said.endswith(b"\n")

    with scripted(lambda s: s.converse(**{moment: odd})) as port:
        try:
            with open_session(smtp_profile(port, timeout=2)) as session:
                session.send(letter(), "a@sender.example", TO)
        except TransportError as error:
            assert error.kind in KINDS
            assert error.cause in CAUSES
            assert error.cause != "letter_unready"
            assert error.kind != "unknown" or dots


def test_what_ends_the_process_is_no_failure_of_the_letter(monkeypatch):
    monkeypatch.setattr(steps, "sender", raising(KeyboardInterrupt))
    with (
        scripted(lambda s: s.converse()) as port,
        pytest.raises(KeyboardInterrupt),
        open_session(smtp_profile(port)) as session,
    ):
        session.send(letter(), "a@sender.example", TO)
    assert isinstance(session._connection, connection.Connection)
    assert not session._connection.is_open

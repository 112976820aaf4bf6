"""Servers that misbehave: the right failure, within the time, and never a hang."""

from __future__ import annotations

import socket
import threading
import time

import pytest
from transport_servers import (
    LOGIN,
    SENDER,
    free_port,
    letter,
    scripted,
    server_context,
    smtp_profile,
)

from transport import CAUSES, KINDS, TransportError, open_session
from transport.causes import COMMON_FACTS

TO = ["jane@customer.example"]
SECONDS = 1.0
# One step may take SECONDS; saying goodbye and a busy machine take the rest.
AT_MOST = 2.5


def hang(script):
    script.silence()


def drip(piece: bytes, pause: float = 0.2):
    """Never end a reply, and never stay silent long enough for a read to time out."""

    def play(script):
        for _turn in range(100):
            script.say(piece)
            if script.stop.wait(pause):
                return

    return play


def flood(piece: bytes):
    def play(script):
        while not script.stop.is_set():
            script.say(piece)

    return play


def reset(script):
    script.reset()


def hang_up(script):
    return False


def say(*words):
    """Say something and close."""

    def play(script):
        for word in words:
            script.say(word)

    return play


def say_and_reset(word):
    def play(script):
        script.say(word)
        script.reset()

    return play


def refuse_early(script):
    """Refuse in the middle of a letter and close, as some servers do when full."""
    script.sock.recv(100)
    script.say("552 5.3.4 message too big\r\n")
    script.sock.shutdown(socket.SHUT_WR)
    raise EOFError


# name: (what the server does differently, kind, cause, step)
CASES = {
    "silent greeting": ({"greeting": hang}, "transient", "timeout", "greeting"),
    "greeting drips": ({"greeting": drip(b"2")}, "transient", "timeout", "greeting"),
    "greeting never ends": (
        {"greeting": drip(b"220-wait\r\n")},
        "transient",
        "timeout",
        "greeting",
    ),
    "greeting floods lines": (
        {"greeting": flood(b"220-" + b"x" * 500 + b"\r\n")},
        "transient",
        "reply_too_long",
        "greeting",
    ),
    "greeting is one huge line": (
        {"greeting": flood(b"220 " + b"x" * 5000)},
        "transient",
        "reply_too_long",
        "greeting",
    ),
    "closes at once": ({"greeting": hang_up}, "transient", "closed", "greeting"),
    "resets at once": ({"greeting": reset}, "transient", "closed", "greeting"),
    "greets with 554": (
        {"greeting": say("554 no SMTP service here\r\n")},
        "config",
        "greeting_refused",
        "greeting",
    ),
    "greets with 421": (
        {"greeting": say("421 too busy\r\n")},
        "transient",
        "busy",
        "greeting",
    ),
    "is blocklisted": (
        {"greeting": say("554 5.7.1 blocked using zen.spamhaus.org\r\n")},
        "content",
        "blocklisted",
        "greeting",
    ),
    "speaks HTTP": (
        {"greeting": say("HTTP/1.1 400 Bad Request\r\n\r\n")},
        "config",
        "not_smtp",
        "greeting",
    ),
    "speaks IMAP": (
        {"greeting": say("* OK IMAP4rev1 ready\r\n")},
        "config",
        "not_smtp",
        "greeting",
    ),
    "speaks POP3": (
        {"greeting": say("+OK POP3 ready\r\n")},
        "config",
        "not_smtp",
        "greeting",
    ),
    "speaks SSH": (
        {"greeting": say("SSH-2.0-OpenSSH_9.2\r\n")},
        "config",
        "not_smtp",
        "greeting",
    ),
    "greets with binary": (
        {"greeting": say(b"\x00\xff\xfe\x1b[31m\r\n")},
        "transient",
        "protocol",
        "greeting",
    ),
    "greets with an empty line": (
        {"greeting": say("\r\n")},
        "transient",
        "protocol",
        "greeting",
    ),
    "mixes codes": (
        {"greeting": say("220-one\r\n250 two\r\n")},
        "transient",
        "protocol",
        "greeting",
    ),
    "code out of range": (
        {"greeting": say("999 strange\r\n")},
        "transient",
        "protocol",
        "greeting",
    ),
    "says too much": (
        {"greeting": "220 hi\r\n250 and more\r\n"},
        "transient",
        "protocol",
        "greeting",
    ),
    "EHLO hangs": ({"EHLO": hang}, "transient", "timeout", "greeting"),
    "EHLO and HELO refused": (
        {"EHLO": "500 no\r\n", "HELO": "554 neither\r\n"},
        "config",
        "greeting_refused",
        "greeting",
    ),
    "AUTH not offered": (
        {"EHLO": "250 script\r\n"},
        "auth",
        "login_not_offered",
        "login",
    ),
    "AUTH only by OAuth": (
        {"EHLO": "250-script\r\n250 AUTH XOAUTH2\r\n"},
        "auth",
        "login_not_offered",
        "login",
    ),
    "AUTH hangs": ({"AUTH": hang}, "transient", "timeout", "login"),
    "AUTH hangs up": ({"AUTH": hang_up}, "transient", "closed", "login"),
    "AUTH refused": ({"AUTH": "535 5.7.8 no\r\n"}, "auth", "login_refused", "login"),
    "AUTH broken for now": (
        {"AUTH": "454 4.7.0 temporary failure\r\n"},
        "transient",
        "login_temporary",
        "login",
    ),
    "AUTH asks on and on": ({"AUTH": "334 \r\n"}, "transient", "protocol", "login"),
    "MAIL refused": (
        {"MAIL": "550 5.7.60 no permissions to send as this sender\r\n"},
        "sender",
        "sender_denied",
        "sender",
    ),
    "MAIL drips": ({"MAIL": drip(b"250-x\r\n")}, "transient", "timeout", "sender"),
    "MAIL closes": (
        {"MAIL": say("421 4.3.0 shutting down\r\n")},
        "transient",
        "busy",
        "sender",
    ),
    "RCPT greylisted": (
        {"RCPT": "450 4.2.0 greylisted, try again\r\n"},
        "transient",
        "greylisted",
        "recipient",
    ),
    "RCPT hangs": ({"RCPT": hang}, "transient", "timeout", "recipient"),
    "relay denied": (
        {"RCPT": "554 5.7.1 Relay access denied\r\n"},
        "config",
        "relay_denied",
        "recipient",
    ),
    "DATA refused": (
        {"DATA": "554 5.5.1 no valid recipients\r\n"},
        "content",
        "content_refused",
        "delivery",
    ),
    "DATA answered with 250": (
        {"DATA": "250 thanks\r\n"},
        "transient",
        "protocol",
        "delivery",
    ),
    "closes during the letter": (
        {"body": lambda script: script.reset()},
        "transient",
        "closed",
        "delivery",
    ),
    "refuses during the letter": (
        {"body": refuse_early},
        "content",
        "too_big",
        "delivery",
    ),
    "never reads the letter": ({"body": hang}, "transient", "timeout", "delivery"),
    "letter refused": (
        {"dot": "554 5.7.1 this looks like spam\r\n"},
        "content",
        "spam",
        "delivery",
    ),
    "letter refused with 421": (
        {"dot": say("421 4.3.2 shutting down\r\n")},
        "transient",
        "busy",
        "delivery",
    ),
    "closes after the dot": (
        {"dot": hang_up},
        "unknown",
        "lost_after_data",
        "delivery",
    ),
    "resets after the dot": ({"dot": reset}, "unknown", "lost_after_data", "delivery"),
    "silent after the dot": ({"dot": hang}, "unknown", "lost_after_data", "delivery"),
    "half a reply after the dot": (
        {"dot": say_and_reset("25")},
        "unknown",
        "lost_after_data",
        "delivery",
    ),
    "drips after the dot": (
        {"dot": drip(b"250-x\r\n")},
        "unknown",
        "lost_after_data",
        "delivery",
    ),
    "floods after the dot": (
        {"dot": flood(b"250-" + b"x" * 1000 + b"\r\n")},
        "unknown",
        "lost_after_data",
        "delivery",
    ),
    "nonsense after the dot": (
        {"dot": say("what?\r\n")},
        "unknown",
        "lost_after_data",
        "delivery",
    ),
    "354 after the dot": (
        {"dot": "354 more\r\n"},
        "unknown",
        "lost_after_data",
        "delivery",
    ),
}


def fail(profile, message=None):
    with pytest.raises(TransportError) as caught, open_session(profile) as session:
        session.send(message or letter(), SENDER, TO)
    return caught.value


@pytest.mark.parametrize("name", CASES)
def test_misbehaviour(name):
    replies, kind, cause, step = CASES[name]
    message = letter()
    if "body" in replies:
        # More than the kernel's buffers take.
        message.add_attachment(
            b"x" * 8_000_000, maintype="a", subtype="b", filename="c"
        )
        replies = {"EHLO": "250-script\r\n250 AUTH PLAIN\r\n", **replies}
    with scripted(lambda script: script.converse(**replies)) as port:
        profile = smtp_profile(
            port,
            timeout=SECONDS,
            delivery_timeout=SECONDS,
            username=LOGIN[0],
            password=LOGIN[1],
        )
        began = time.monotonic()
        error = fail(profile, message)
        spent = time.monotonic() - began
    assert (error.kind, error.cause, error.step) == (kind, cause, step)
    assert error.kind in KINDS
    assert error.cause in CAUSES
    assert set(error.facts) <= {*COMMON_FACTS, *CAUSES[error.cause]}
    assert len(error.server_text) <= 500
    assert error.server_text.isprintable()
    assert spent < AT_MOST


def test_many_misbehave_at_once_and_none_holds_the_others():
    with scripted(lambda script: script.silence()) as port:
        profile = smtp_profile(port, timeout=SECONDS)
        threads = [
            threading.Thread(target=fail, args=(profile,), daemon=True)
            for _number in range(8)
        ]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert time.monotonic() - began < 2 * AT_MOST


def test_nobody_listens():
    error = fail(smtp_profile(free_port()))
    assert (error.kind, error.cause, error.step) == ("transient", "refused", "connect")


def test_an_unknown_name():
    error = fail(smtp_profile(25, host="no-such-host.invalid", timeout=10))
    assert (error.kind, error.step) == ("transient", "resolve")
    assert error.cause in {"dns", "dns_timeout"}


@pytest.mark.parametrize(
    "host",
    [
        "",
        "a b",
        "http://x",
        "x/y",
        "-x-",
        "a..b",
        "x" * 64,
        "a:b",
        "x@y",
        "a\r\nb",
        "\ud800",
    ],
)
def test_a_name_that_is_none(host):
    error = fail(smtp_profile(25, host=host))
    assert (error.kind, error.cause, error.step) == ("config", "bad_host", "resolve")


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none(port):
    error = fail(smtp_profile(port))
    assert (error.kind, error.cause) == ("config", "bad_port")


def test_encryption_on_a_plain_port():
    with scripted(lambda script: script.converse()) as port:
        error = fail(smtp_profile(port, security="tls", timeout=SECONDS))
    assert (error.kind, error.cause, error.step) == (
        "tls",
        "tls_on_plain",
        "encryption",
    )


def test_the_handshake_drips():
    with scripted(drip(b"\x16\x03\x03\x40\x00")) as port:
        began = time.monotonic()
        error = fail(smtp_profile(port, security="tls", timeout=SECONDS))
        assert time.monotonic() - began < AT_MOST
    assert error.step == "encryption"


def test_starttls_is_not_offered():
    with scripted(lambda script: script.converse()) as port:
        profile = smtp_profile(
            port, security="starttls", username=LOGIN[0], password=LOGIN[1]
        )
        error = fail(profile)
    assert (error.kind, error.cause) == ("tls", "starttls_missing")


def test_words_before_the_encryption_do_not_count_after_it():
    seen = []

    def play(script):
        script.say("220 hi\r\n")
        script.line()
        script.say("250-x\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n")
        script.line()
        script.say("220 go\r\n250 injected\r\n")
        seen.append(script.sock.recv(100))

    with scripted(play) as port:
        error = fail(smtp_profile(port, security="starttls"))
    assert (error.cause, error.step) == ("protocol", "encryption")


def test_a_secret_that_is_echoed_is_not_repeated():
    def echo(script):
        script.say(b"535 I refuse " + LOGIN[1].encode() + b" and AHM= \r\n")
        return True

    with scripted(lambda script: script.converse(AUTH=echo)) as port:
        profile = smtp_profile(port, username=LOGIN[0], password=LOGIN[1])
        error = fail(profile)
    assert error.kind == "auth"
    assert LOGIN[1] not in f"{error!r} {error} {error.server_text} {error.args}"
    assert "***" in error.server_text


def test_an_old_server_that_knows_only_helo():
    with (
        scripted(lambda script: script.converse(EHLO="502 unknown\r\n")) as port,
        open_session(smtp_profile(port)) as session,
    ):
        assert session.send(letter(), SENDER, TO).accepted == tuple(TO)


@pytest.mark.parametrize("words", ["AUTH=LOGIN", "AUTH LOGIN", "auth login plain"])
def test_the_login_may_be_announced_the_old_way(words):
    with scripted(
        lambda script: script.converse(EHLO=f"250-x\r\n250 {words}\r\n")
    ) as port:
        profile = smtp_profile(port, username=LOGIN[0], password=LOGIN[1])
        with open_session(profile):
            pass


def idle_and_gone(script, farewell):
    """Serve one letter, then say ``farewell`` unasked and close."""
    script.answer({}, "greeting", "220 script\r\n")
    for verb in ("EHLO", "MAIL", "RCPT", "DATA"):
        script.line()
        script.say(f"{354 if verb == 'DATA' else 250} ok\r\n")
    script.data()
    script.say("250 queued\r\n" + farewell)


@pytest.mark.parametrize("farewell", ["", "421 idle too long\r\n"])
def test_a_server_that_closes_after_each_letter(farewell):
    connections = []

    def play(script):
        connections.append(script.number)
        idle_and_gone(script, farewell)

    with (
        scripted(play) as port,
        open_session(smtp_profile(port)) as session,
    ):
        for _number in range(3):
            receipt = session.send(letter(), SENDER, TO)
            assert receipt.accepted == tuple(TO)
            time.sleep(0.05)
    assert len(connections) == 3


def test_a_letter_whose_outcome_is_unknown_is_not_repeated():
    letters = []

    def play(script):
        def lose_second(script):
            letters.append(script.number)
            if len(letters) == 1:
                script.say("250 queued\r\n")
            return len(letters) == 1

        script.converse(dot=lose_second)

    with (
        scripted(play) as port,
        open_session(smtp_profile(port)) as session,
    ):
        session.send(letter(), SENDER, TO)
        with pytest.raises(TransportError) as caught:
            session.send(letter(), SENDER, TO)
    assert caught.value.kind == "unknown"
    assert len(letters) == 2


def test_a_bad_letter_does_not_take_the_blame_to_the_next():
    """Even when the server loses its connection over it."""
    bad = []

    def play(script):
        def refuse_first(script):
            bad.append(1)
            script.say("550 no\r\n" if len(bad) == 1 else "250 queued\r\n")
            return True

        script.converse(dot=refuse_first, RSET=lambda script: False)

    with (
        scripted(play) as port,
        open_session(smtp_profile(port)) as session,
    ):
        with pytest.raises(TransportError):
            session.send(letter(), SENDER, TO)
        assert session.send(letter(), SENDER, TO).accepted == tuple(TO)


def test_a_certificate_nobody_vouches_for():
    with scripted(lambda s: s.converse(), tls=server_context()) as port:
        error = fail(smtp_profile(port, security="tls", ca_file=""))
        assert (error.kind, error.cause) == ("tls", "cert_unknown_ca")
        profile = smtp_profile(port, security="tls", ca_file="", verify_tls=False)
        with open_session(profile) as session:
            session.send(letter(), SENDER, TO)

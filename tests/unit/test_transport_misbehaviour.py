"""Servers that misbehave: the right failure, within the time, and never a hang."""

from __future__ import annotations

import socket
import threading

import pytest
from account_email.transport import CAUSES, KINDS, dial
from account_email.transport.causes import COMMON_FACTS
from pace import Pace
from transport_misbehaviours import CASES, drip
from transport_scripts import scripted
from transport_servers import (
    LOGIN,
    fail,
    free_port,
    letter,
    smtp_profile,
)

TO = ["jane@customer.example"]
SECONDS = 1.0
# One step may take SECONDS, saying goodbye as much again.
AT_MOST = 2.5 * SECONDS


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
        with Pace() as passed:
            error = fail(profile, message)
    assert (error.kind, error.cause, error.step) == (kind, cause, step)
    assert error.kind in KINDS
    assert error.cause in CAUSES
    assert set(error.facts) <= {*COMMON_FACTS, *CAUSES[error.cause]}
    assert len(error.server_text) <= 500
    assert error.server_text.isprintable()
    assert passed.seconds < AT_MOST


def test_many_misbehave_at_once_and_none_holds_the_others():
    with scripted(lambda script: script.silence()) as port:
        profile = smtp_profile(port, timeout=SECONDS)
        threads = [
            threading.Thread(target=fail, args=(profile,), daemon=True)
            for _number in range(8)
        ]
        with Pace() as passed:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        # One after the other they would take as often as long.
        assert passed.seconds < len(threads) * SECONDS / 2


def test_nobody_listens():
    error = fail(smtp_profile(free_port()))
    assert (error.kind, error.cause, error.step) == ("transient", "refused", "connect")


@pytest.mark.parametrize(
    ("code", "cause"),
    [(socket.EAI_NONAME, "dns"), (socket.EAI_AGAIN, "dns_timeout")],
)
def test_an_unknown_name(monkeypatch, code, cause):
    def unknown(*_args, **_options):
        raise socket.gaierror(code, "no such name")

    monkeypatch.setattr(dial.socket, "getaddrinfo", unknown)
    error = fail(smtp_profile(25, host="no-such-host.invalid"))
    assert (error.kind, error.cause, error.step) == ("transient", cause, "resolve")


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
    with scripted(drip(b"\x16\x03\x03\x40\x00")) as port, Pace() as passed:
        error = fail(smtp_profile(port, security="tls", timeout=SECONDS))
    assert passed.seconds < AT_MOST
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

"""Every reply that providers are known to give, and what it means."""

from __future__ import annotations

import errno
import http.client
import re
import smtplib
import socket
import ssl
import time
from pathlib import Path

import pytest
import requests
from account_email.transport import CAUSES, KINDS, TransportError, classify, delay
from account_email.transport.judging import RULES
from account_email.transport.replies import reply_error
from account_email.transport.text import clean, mask, secret_forms
from hypothesis import given
from hypothesis import strategies as st

TABLE = [
    tuple(line.split(" | "))
    for line in (Path(__file__).parent / "data/smtp_replies.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


LOGINS = {"in": True, "out": False, "-": None}


@pytest.mark.parametrize(("step", "login", "reply", "meaning"), TABLE)
def test_reply(step, login, reply, meaning):
    kinds, _, cause = meaning.partition(" ")
    code, text = int(reply[:3]), reply[4:]
    error = reply_error(code, text, step=step, logged_in=LOGINS[login])
    assert error.kind in kinds.split("/")
    assert cause in ("", error.cause)
    assert (error.step, error.code, error.server_text) == (step, code, clean(text))


@pytest.mark.parametrize(
    ("step", "text", "seconds"),
    [
        ("login", "454 4.7.0 Too many login attempts", 900),
        ("delivery", "421 4.7.28 unusual rate", 3600),
        ("sender", "432 4.3.2 Concurrent connections limit exceeded", 60),
        ("delivery", "454 Throttling failure: Maximum sending rate exceeded", 5),
    ],
)
def test_how_long_to_wait(step, text, seconds):
    error = reply_error(int(text[:3]), text[4:], step=step)
    assert error.retry_after == seconds
    assert delay(error.kind, 1, error.retry_after) == seconds


def test_every_rule_uses_known_words():
    assert {rule.kind for rule in RULES} <= set(KINDS)
    assert {rule.cause for rule in RULES} <= set(CAUSES)


STEPS = ["greeting", "encryption", "login", "sender", "recipient", "delivery", ""]


@given(st.integers(400, 599), st.text(), st.sampled_from(STEPS))
def test_any_reply_is_classified(code, text, step):
    error = reply_error(code, text, step=step)
    assert error.kind in KINDS
    assert error.cause in CAUSES
    # A number alone never makes a lasting failure out of a passing one.
    if code < 500 and not text:
        assert error.kind in {"transient", "quota"}


@pytest.mark.parametrize(
    "piece", ["4.7.1 ", "sender ", "domain ", "(limit) ", "a" * 80]
)
def test_a_long_reply_is_judged_quickly(piece):
    """Four times the text costs no more than about four times the work."""
    short, long = cost(piece * 10_000), cost(piece * 40_000)
    assert long < 8 * short + cost("x" * 40_000)


def cost(text):
    """Seconds of this thread alone, the least of some tries."""
    spent = []
    for _try in range(5):
        began = time.thread_time()
        reply_error(550, text, step="delivery")
        spent.append(time.thread_time() - began)
    return min(spent)


def _tls(reason, number=1):
    error = ssl.SSLError(number, f"[SSL: {reason}] words")
    error.reason = reason
    return error


def _certificate(number):
    error = ssl.SSLCertVerificationError(1, "words")
    error.verify_code, error.verify_message = number, "words"
    return error


@pytest.mark.parametrize(
    ("exc", "meaning"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "transient dns"),
        (ConnectionRefusedError(), "transient refused"),
        (TimeoutError(), "transient timeout"),
        (OSError(errno.ETIMEDOUT, ""), "transient timeout"),
        (OSError(errno.EHOSTUNREACH, ""), "transient unreachable"),
        (OSError(errno.ENETUNREACH, ""), "transient unreachable"),
        (ConnectionResetError(), "transient closed"),
        (BrokenPipeError(), "transient closed"),
        (EOFError(), "transient closed"),
        (ssl.SSLEOFError(), "transient closed"),
        (_tls("WRONG_VERSION_NUMBER"), "tls tls_on_plain"),
        (_tls("RECORD_LAYER_FAILURE"), "tls tls_on_plain"),
        (_tls("UNSUPPORTED_PROTOCOL"), "tls tls_version"),
        (_tls("TLSV1_ALERT_PROTOCOL_VERSION"), "tls tls_version"),
        (_tls("SSLV3_ALERT_HANDSHAKE_FAILURE"), "tls tls_failed"),
        (_certificate(9), "tls cert_not_yet_valid"),
        (_certificate(10), "tls cert_expired"),
        (_certificate(18), "tls cert_self_signed"),
        (_certificate(19), "tls cert_unknown_ca"),
        (_certificate(20), "tls cert_unknown_ca"),
        (_certificate(62), "tls cert_hostname"),
        (_certificate(64), "tls cert_hostname"),
        (_certificate(23), "tls cert_invalid"),
        (http.client.RemoteDisconnected(), "transient closed"),
        (http.client.BadStatusLine("x"), "transient protocol"),
        (requests.exceptions.InvalidURL("x"), "config bad_url"),
        (requests.exceptions.ConnectTimeout("x"), "transient timeout"),
        (requests.exceptions.SSLError("x"), "tls tls_failed"),
        (requests.exceptions.ConnectionError("x"), "transient closed"),
        (TransportError("quota", "rate"), "quota rate"),
    ],
)
def test_exceptions(exc, meaning):
    error = classify(exc, "connect")
    assert f"{error.kind} {error.cause}" == meaning
    assert error.step == ("certificate" if "cert" in meaning else "connect")


UNKNOWN, LIMIT = (550, b"5.1.1 User unknown"), (450, b"4.7.1 Hourly limit reached")


@pytest.mark.parametrize(
    ("exc", "meaning"),
    [
        (
            smtplib.SMTPRecipientsRefused({"a@b.example": UNKNOWN}),
            "recipient recipient",
        ),
        (
            smtplib.SMTPRecipientsRefused({"a@b.example": UNKNOWN, "c@d": LIMIT}),
            "quota recipient",
        ),
        (smtplib.SMTPSenderRefused(553, b"not owned by user", "a@b"), "sender sender"),
        (smtplib.SMTPAuthenticationError(535, b"wrong"), "auth login"),
        (smtplib.SMTPConnectError(554, b"go away"), "config greeting"),
        (smtplib.SMTPDataError(554, b"spam"), "content delivery"),
        (smtplib.SMTPServerDisconnected("x"), "transient connect"),
        (requests.exceptions.ChunkedEncodingError("x"), "unknown connect"),
        (requests.exceptions.ReadTimeout("x"), "unknown connect"),
    ],
)
def test_exceptions_of_other_clients(exc, meaning):
    error = classify(exc, "connect")
    assert f"{error.kind} {error.step}" == meaning


@pytest.mark.parametrize("step", ["greeting", "login", "sender", "delivery"])
def test_encryption_that_breaks_after_the_handshake_is_a_hang_up(step):
    error = classify(_tls("WRONG_VERSION_NUMBER"), step)
    assert f"{error.kind} {error.cause}" == "transient closed"


def test_words_are_made_fit_to_be_shown():
    assert clean("a\r\nb\0c\x1b[31m \u202eevil\u2066") == "a b c [31m evil"
    assert clean("x" * 9999) == "x" * 499 + "…"
    assert clean("\ud800ok") == "ok"


@given(st.text(max_size=700))
def test_clean_words_are_printable_and_short(text):
    words = clean(text)
    assert len(words) <= 500
    assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", words)


def test_secrets_are_masked_in_every_form():
    forms = secret_forms("pa55", "")
    assert mask("pa55 or cGE1NQ== or pa55", forms) == "*** or *** or ***"


@pytest.mark.parametrize("kind", KINDS)
def test_delays(kind):
    waits = [delay(kind, attempt) for attempt in range(1, 30)]
    if kind in ("quota", "own"):
        assert None not in waits
        assert max(waits) <= 86400
    elif kind == "transient":
        known = [wait for wait in waits if wait is not None]
        assert known[:3] == [300, 900, 3600]
        assert sum(known) <= 86400
        assert waits[len(known) :] == [None] * (29 - len(known))
    else:
        assert waits == [None] * 29


@pytest.mark.parametrize(
    ("asked", "given_"), [(2, 2), (0, 1), (-5, 1), (7200, 7200), (10**9, 86400)]
)
def test_the_server_may_ask_for_a_wait(asked, given_):
    assert delay("transient", 1, asked) == given_
    assert delay("quota", 50, asked) == given_
    assert delay("auth", 1, asked) is None
    assert delay("transient", 50, asked) is None

"""Letters over SMTP, to real servers."""

from __future__ import annotations

import email
import email.policy

import pytest
from account_email.transport import TransportError, open_session, probe, smtp
from transport_servers import (
    LOGIN,
    SENDER,
    catcher,
    letter,
    server_context,
    smtp_profile,
)

TO = ["jane@customer.example", "copy@sender.example"]


def failure(session, recipients, message=None):
    """Send a letter that must fail; the error."""
    with pytest.raises(TransportError) as caught:
        session.send(message or letter(), SENDER, recipients)
    return caught.value


def parsed(caught):
    return email.message_from_bytes(caught.data, policy=email.policy.default)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
@pytest.mark.parametrize("credentials", [None, LOGIN])
def test_a_letter_arrives_whole(security, credentials, host):
    context = server_context()
    kinds = {"tls": {"tls": context}, "starttls": {"starttls": context}, "none": {}}
    username, password = credentials or ("", "")
    with catcher(**kinds[security]) as (handler, port):
        profile = smtp_profile(
            port, security=security, username=username, password=password, host=host
        )
        with open_session(profile) as session:
            receipt = session.send(letter(), SENDER, TO)
    (caught,) = handler.letters
    assert receipt.accepted == tuple(TO)
    assert receipt.refused == ()
    assert receipt.provider_id == "Q1"
    assert caught.recipients == TO
    message = parsed(caught)
    assert message.get_body(("plain",)).get_content().splitlines() == [
        "Guten Tag,",
        ".",
        ".. two dots",
        "Grüße",
    ]
    (pdf,) = message.iter_attachments()
    assert pdf.get_content().startswith(b"%PDF-1.7 \0\1\2")
    assert message["Subject"] == "Invoice INV/2026/0001 – für Sie"
    assert message["Bcc"] is None
    if credentials:
        assert handler.logins == [("PLAIN", True, security != "none")]


def test_none_takes_encryption_when_it_is_offered():
    with catcher(starttls=server_context("other.example")) as (handler, port):
        profile = smtp_profile(port, username=LOGIN[0], password=LOGIN[1])
        with open_session(profile) as session:
            session.send(letter(), SENDER, TO)
    assert handler.logins == [("PLAIN", True, True)]
    assert handler.letters[0].encrypted


@pytest.mark.parametrize("mechanism", ["LOGIN", "PLAIN"])
def test_mechanisms(mechanism):
    excluded = {"LOGIN", "PLAIN"} - {mechanism}
    with catcher(tls=server_context(), auth_exclude_mechanism=excluded) as (
        handler,
        port,
    ):
        profile = smtp_profile(
            port, security="tls", username=LOGIN[0], password=LOGIN[1]
        )
        with open_session(profile):
            pass
    assert handler.logins == [(mechanism, True, True)]


def test_a_wrong_password_is_shown_once():
    with catcher(tls=server_context()) as (handler, port):
        profile = smtp_profile(
            port, security="tls", username=LOGIN[0], password="wrong word"
        )
        with pytest.raises(TransportError) as caught, open_session(profile):
            pass
    error = caught.value
    assert (error.kind, error.step, error.code) == ("auth", "login", 535)
    assert len(handler.logins) == 1
    assert "wrong word" not in f"{error}{error!r}{error.__cause__!r}{profile!r}"


def test_some_recipients_are_refused():
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        receipt = session.send(letter(), SENDER, ["550@x.example", *TO])
    assert receipt.accepted == tuple(TO)
    (refusal,) = receipt.refused
    assert (refusal.address, refusal.code) == ("550@x.example", 550)
    assert (refusal.error.kind, refusal.error.cause) == (
        "recipient",
        "recipient_unknown",
    )
    assert handler.letters[0].recipients == TO


def test_all_recipients_are_refused_and_the_next_letter_goes():
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        error = failure(session, ["550@x.example"])
        assert (error.kind, error.step) == ("recipient", "recipient")
        assert error.facts["address"] == "550@x.example"
        session.send(letter(), SENDER, TO)
    assert [caught.recipients for caught in handler.letters] == [TO]
    assert len(handler.peers) == 1


def test_a_temporary_refusal_keeps_the_letter_alive():
    with catcher() as (_handler, port), open_session(smtp_profile(port)) as session:
        error = failure(session, ["550@x.example", "450@x.example"])
    assert error.kind == "transient"


def test_blind_copies_stay_blind():
    message = letter(Bcc="hidden@sender.example")
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        session.send(message, SENDER, [*TO, "hidden@sender.example"])
    assert b"hidden" not in handler.letters[0].data
    assert message["Bcc"] == "hidden@sender.example"


def test_many_letters_share_a_connection_which_is_renewed(monkeypatch):
    monkeypatch.setattr(smtp, "LETTERS_PER_CONNECTION", 20)
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        for _number in range(45):
            session.send(letter(), SENDER, TO)
    assert len(handler.letters) == 45
    assert len(handler.peers) == 3


def test_too_big_is_known_before_it_is_sent():
    with (
        catcher(data_size_limit=1000) as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        error = failure(session, TO)
    assert (error.kind, error.cause, error.facts["limit"]) == (
        "content",
        "too_big",
        1000,
    )
    assert error.facts["size"] > 1000
    assert not handler.letters


def test_an_international_domain_needs_nothing_special():
    to = "jane@bücher.example"
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        receipt = session.send(letter(To=f"Jané <{to}>"), SENDER, [to])
    assert receipt.accepted == (to,)
    assert handler.letters[0].recipients == ["jane@xn--bcher-kva.example"]
    assert "xn--bcher-kva" in parsed(handler.letters[0])["To"]


def test_an_international_mailbox_needs_the_servers_help():
    to = "jörg@bücher.example"
    with (
        catcher(enable_SMTPUTF8=True) as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        session.send(letter(To=f"Jörg <{to}>"), SENDER, [to])
    assert "SMTPUTF8" in handler.letters[0].options
    assert "jörg@".encode() in handler.letters[0].data
    with (
        catcher(enable_SMTPUTF8=False) as (handler, port),
        open_session(smtp_profile(port)) as session,
    ):
        error = failure(session, [to], letter(To=to))
    assert (error.kind, error.cause) == ("recipient", "smtputf8_missing")


@pytest.mark.parametrize(
    "address",
    ["a@b.example>\r\nRCPT TO:<evil@c.example", "a b@c.example", "nobody", "@", ""],
)
def test_an_address_cannot_smuggle_a_command(address):
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        error = failure(session, [TO[0], address])
    assert error.cause == "bad_address"
    assert not handler.letters


def test_probe_shows_every_step():
    with catcher(starttls=server_context()) as (handler, port):
        profile = smtp_profile(
            port, security="starttls", username=LOGIN[0], password=LOGIN[1]
        )
        steps = list(probe(profile, message=letter(), recipients=TO))
    assert all(step.ok and step.seconds >= 0 for step in steps)
    assert [step.name for step in steps] == [
        "resolve",
        "connect",
        "greeting",
        "encryption",
        "certificate",
        "login",
        "sender",
        "recipient",
        "delivery",
    ]
    assert len(handler.letters) == 1
    assert "TLSv1" in steps[3].detail
    assert "localhost" in steps[4].detail


def test_probe_stops_at_the_step_that_failed():
    with catcher(tls=server_context("other.example")) as (_handler, port):
        steps = list(probe(smtp_profile(port, security="tls")))
    assert [(step.name, step.ok) for step in steps] == [
        ("resolve", True),
        ("connect", True),
        ("encryption", True),
        ("certificate", False),
    ]
    assert (steps[-1].error.kind, steps[-1].error.cause) == ("tls", "cert_hostname")


def test_probe_can_be_closed_at_any_time():
    with catcher() as (handler, port):
        steps = probe(smtp_profile(port), message=letter(), recipients=TO)
        assert next(steps).name == "resolve"
        assert next(steps).name == "connect"
        steps.close()
    assert not handler.letters

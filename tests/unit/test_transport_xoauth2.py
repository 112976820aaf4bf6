"""AUTH XOAUTH2 against a server that checks the string and lets tokens expire."""

from __future__ import annotations

import pytest
from account_email.transport import open_session, probe
from transport_servers import fail, letter, server_context, smtp_profile
from transport_signin import JANE, access, app_of, provider, sign_in

from devtools.authority import token_smtp_server

TO = ["jane@customer.example"]
OFF = (
    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for"
)


def profile_of(port, tokens, **values):
    defaults = {
        "security": "starttls",
        "username": JANE,
        "password": access(tokens),
        "by_token": True,
        "sender": JANE,
    }
    return smtp_profile(port, **{**defaults, **values})


def test_a_letter_by_token():
    with (
        provider() as there,
        token_smtp_server(there, server_context()) as (port, box),
    ):
        profile = profile_of(port, sign_in(app_of(), "smtp"))
        steps = list(probe(profile, message=letter(), recipients=TO))
        assert all(step.ok for step in steps)
        assert "login" in [step.name for step in steps]
        assert box.logins == [(JANE, True)]
        assert box.letters[0][1] == TO


def test_an_expired_token_is_refused_once():
    with (
        provider() as there,
        token_smtp_server(there, server_context()) as (port, box),
    ):
        tokens = sign_in(app_of(), "smtp")
        there.expire_all()
        error = fail(profile_of(port, tokens))
        assert (error.kind, error.cause, error.step) == (
            "auth",
            "token_refused",
            "login",
        )
        assert box.logins == [(JANE, False)]
        assert access(tokens) not in f"{error}{error.facts}"


@pytest.mark.parametrize(
    ("refusal", "kind", "cause"),
    [
        (
            f"{OFF} the Mailbox.",
            "auth",
            "ms_mailbox",
        ),
        (
            f"{OFF} the Tenant.",
            "auth",
            "ms_tenant",
        ),
        ("535 5.7.3 Authentication unsuccessful", "auth", "token_mailbox"),
        ("535 5.7.8 Username and Password not accepted.", "auth", "token_refused"),
        ("454 4.7.0 Temporary authentication failure", "transient", "login_temporary"),
    ],
)
def test_what_a_refusal_means(refusal, kind, cause):
    with (
        provider() as there,
        token_smtp_server(there, server_context(), refusal=refusal) as (port, _box),
    ):
        error = fail(profile_of(port, sign_in(app_of(), "smtp")))
    assert (error.kind, error.cause) == (kind, cause)


def test_a_shared_mailbox_with_and_without_the_right():
    shared = "invoices@example.com"
    rights = {JANE: (shared,)}
    with (
        provider() as there,
        token_smtp_server(there, server_context(), rights=rights) as (port, box),
    ):
        tokens = sign_in(app_of(), "smtp")
        with open_session(profile_of(port, tokens, username=shared)) as session:
            session.send(letter(), shared, TO)
        assert box.letters[0][0] == shared
        error = fail(profile_of(port, tokens, username="boss@example.com"))
    assert (error.cause, error.facts["address"]) == (
        "token_mailbox",
        "boss@example.com",
    )


@pytest.mark.parametrize(
    "values", [{"security": "none"}, {"security": "starttls", "verify_tls": False}]
)
def test_a_token_is_shown_only_to_a_server_that_is_known(values):
    with (
        provider() as there,
        token_smtp_server(there, server_context()) as (port, box),
    ):
        error = fail(profile_of(port, sign_in(app_of(), "smtp"), **values))
    assert (error.kind, error.cause) == ("tls", "login_unencrypted")
    assert box.logins == []

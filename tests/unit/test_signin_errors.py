"""What a provider refuses, and in which words: each ends in one cause."""

from __future__ import annotations

import pytest
from account_email.transport import CAUSES, TransportError, signin
from account_email.transport.signin.meaning import NUMBERS, WORDS
from transport_signin import REDIRECT, SECRET, app_of, is_sealed, provider, sign_in

TRACE = "\r\nTrace ID: 1f3a-77\r\nCorrelation ID: 0\r\nTimestamp: 2026-11-27 00:00:00Z"
REFUSALS = [
    # number or none, error, kind, cause
    (700082, "invalid_grant", "auth", "signin_again"),
    (70008, "invalid_grant", "auth", "signin_again"),
    (50173, "invalid_grant", "auth", "signin_again"),
    (70043, "invalid_grant", "auth", "signin_again"),
    (50076, "interaction_required", "auth", "signin_again"),
    (50079, "interaction_required", "auth", "signin_again"),
    (None, "invalid_grant", "auth", "signin_again"),
    (7000222, "invalid_client", "config", "client_secret_expired"),
    (7000215, "invalid_client", "config", "client_secret_wrong"),
    (None, "invalid_client", "config", "client_secret_wrong"),
    (7000218, "invalid_client", "config", "public_client_off"),
    (65001, "invalid_grant", "config", "consent_missing"),
    (90094, "access_denied", "config", "consent_missing"),
    (65004, "access_denied", "config", "signin_declined"),
    (None, "access_denied", "config", "signin_declined"),
    (None, "admin_policy_enforced", "config", "consent_missing"),
    (None, "org_internal", "config", "consent_missing"),
    (50011, "invalid_request", "config", "redirect_mismatch"),
    (None, "redirect_uri_mismatch", "config", "redirect_mismatch"),
    (700016, "unauthorized_client", "config", "client_unknown"),
    (50020, "invalid_request", "config", "tenant_unknown"),
    (90002, "invalid_request", "config", "tenant_unknown"),
    (53003, "access_denied", "config", "access_policy"),
    (50105, "invalid_grant", "config", "access_policy"),
    (530002, "invalid_grant", "config", "access_policy"),
    (90033, "temporarily_unavailable", "transient", "temporary"),
    (90006, "server_error", "transient", "temporary"),
    (None, "temporarily_unavailable", "transient", "temporary"),
    # Numbers change: what nobody knows is still told.
    (9999999, "invalid_grant", "auth", "signin_again"),
    (9999999, "never_heard_of", "config", "http_refused"),
]


def refused(there, app, status, body):
    there.refusals = [(status, body)]
    with pytest.raises(TransportError) as caught:
        signin.renew(app, "rt-of-somebody", road="http")
    return caught.value


def test_refusals_of_the_token_end_point():
    with provider() as there:
        app = app_of(client_id="11111111-2222-3333-4444-555555555555")
        for number, word, kind, cause in REFUSALS:
            words = f"AADSTS{number}: No.{TRACE}" if number else "No."
            body = {"error": word, "error_description": words, "error_codes": [number]}
            error = refused(there, app, 400, body)
            assert (error.kind, error.cause) == (kind, cause), (number, word)
            assert "\r" not in error.server_text
            assert word in error.server_text
            link = error.facts.get("link", "https://")
            assert link.startswith("https://")


def test_every_meaning_has_a_cause_that_is_known():
    for kind, cause in (*NUMBERS.values(), *WORDS.values()):
        assert TransportError(kind, cause)
        assert cause in CAUSES


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (500, "oops", ("transient", "temporary")),
        (503, {"error": "x"}, ("transient", "temporary")),
        (429, "<html>slow down</html>", ("quota", "rate")),
        (404, "<html>nothing here</html>", ("config", "http_refused")),
        (200, "<html>a portal wants a login</html>", ("transient", "protocol")),
        (200, [], ("transient", "protocol")),
        (200, {}, ("transient", "protocol")),
        (200, {"access_token": "a", "token_type": "mac"}, ("transient", "protocol")),
        (
            200,
            {"access_token": ["a"], "token_type": "bearer"},
            ("transient", "protocol"),
        ),
        (
            200,
            {"access_token": "a\r\nX: y", "token_type": "bearer"},
            ("transient", "protocol"),
        ),
        (
            200,
            {"access_token": "a", "token_type": "Bearer", "id_token": "a.b"},
            ("config", "signin_forged"),
        ),
        (302, "moved", ("transient", "protocol")),
    ],
)
def test_answers_that_are_none(status, body, meaning):
    with provider() as there:
        error = refused(there, app_of(), status, body)
    assert (error.kind, error.cause) == meaning
    assert is_sealed(str(error))


@pytest.mark.parametrize("expires", ["soon", None, -5, 10**12, [], "NaN"])
def test_a_life_that_is_no_number_is_the_usual_one(expires):
    body = {"access_token": "a", "token_type": "Bearer", "expires_in": expires}
    with provider() as there:
        there.refusals = [(200, body)]
        try:
            tokens = signin.renew(app_of(), "rt", road="http")
        except TransportError as error:
            assert (error.kind, error.cause) == ("transient", "protocol")
        else:
            assert 0 < tokens.expires_in <= 3600


def test_an_echoed_secret_is_masked():
    with provider() as there:
        words = f"Invalid client secret {SECRET} provided."
        body = {"error": "invalid_client", "error_description": words}
        error = refused(there, app_of(), 401, body)
    assert SECRET not in str(error)


def test_a_provider_that_is_not_there():
    with provider() as there:
        app = app_of(timeout=1.0)
        there.delay = 3.0
        error = refused(there, app, 200, {})
        assert (error.kind, error.cause) == ("transient", "timeout")
    error = pytest.raises(TransportError, signin.renew, app, "rt", road="http").value
    assert error.step == "token"


def test_private_networks_stay_closed():
    with provider():
        app = app_of(allowed_hosts=frozenset())
        with pytest.raises(TransportError) as caught:
            signin.renew(app, "rt", road="http")
    assert caught.value.cause == "dns"


def test_the_redirect_address_is_told():
    with provider() as there:
        app = app_of()
        tokens = sign_in(app)
        assert tokens
        gone = signin.Departure(REDIRECT, "v" * 43, "n")
        body = {"error": "invalid_request", "error_description": "AADSTS50011: no"}
        there.refusals = [(400, body)]
        with pytest.raises(TransportError) as caught:
            signin.redeem(app, gone, "code")
    assert caught.value.facts["redirect"] == REDIRECT

"""Every grant against a real authorization server on loopback."""

from __future__ import annotations

import pickle
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from account_email.transport import TransportError, signin
from account_email.transport.profile import secret_of
from account_email.transport.signin import library
from transport_signin import (
    JANE,
    REDIRECT,
    SECRET,
    access,
    app_of,
    consent,
    is_sealed,
    leave,
    provider,
    refresh,
    sign_in,
)


def failure(function, *args, **options):
    with pytest.raises(TransportError) as caught:
        function(*args, **options)
    error = caught.value
    assert error.step == "token"
    assert is_sealed(str(error), repr(error.facts), repr(error.__cause__))
    return error.kind, error.cause


@pytest.mark.parametrize("key", ["google", "microsoft"])
@pytest.mark.parametrize("road", ["smtp", "http"])
def test_a_person_signs_in(key, road):
    with provider(key, needs_consent_prompt=key == "google") as there:
        tokens = sign_in(app_of(key), road)
        assert tokens.account == JANE
        assert tokens.subject == f"sub-{JANE}"
        assert tokens.expires_in == 3600
        assert there.check_access(access(tokens)).user == JANE
        assert refresh(tokens).startswith("rt-")
        signin.check_scope(tokens, signin.SERVICES[key].sending_scope(road))


def test_what_leaves_with_the_browser():
    with provider() as there:
        gone = leave(app_of(), login_hint=JANE, shared=True)
        query = {k: v[0] for k, v in parse_qs(urlsplit(gone.url).query).items()}
    assert gone.url.startswith(f"{there.base}/common/oauth2/v2.0/authorize?")
    assert query["redirect_uri"] == REDIRECT
    assert query["code_challenge_method"] == "S256"
    assert query["prompt"] == "select_account"
    assert query["login_hint"] == JANE
    assert "Mail.Send.Shared" in query["scope"]
    assert "offline_access" in query["scope"]
    assert secret_of(gone.departure, "verifier") not in gone.url
    assert SECRET not in gone.url


def test_the_code_alone_is_worth_nothing():
    with provider():
        app = app_of()
        gone, other = leave(app), leave(app)
        code = consent(gone.url)["code"]
        # PKCE: only who left can come back.
        assert failure(signin.redeem, app, other.departure, code)[0] == "auth"
        signin.redeem(app, gone.departure, code)
        # And only once.
        stale = failure(signin.redeem, app, gone.departure, code)
        assert stale == ("auth", "signin_stale")


def test_an_answer_for_somebody_else_is_refused():
    forged = ("config", "signin_forged")
    with provider() as there:
        app = app_of()
        for claims, meaning in (
            ({"aud": "another-app"}, forged),
            ({"nonce": "of another departure"}, forged),
            ({"exp": 1}, forged),
            ({"iss": "https://accounts.google.com"}, ("config", "other_issuer")),
            ({"iss": f"{there.issuer}.evil.example"}, ("config", "other_issuer")),
        ):
            there.claims = claims
            gone = leave(app)
            code = consent(gone.url)["code"]
            assert failure(signin.redeem, app, gone.departure, code) == meaning


PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad"
WORK = "72f988bf-86f1-41af-91ab-2d7cd011db47"


@pytest.mark.parametrize(
    ("tenant", "tid", "fits"),
    [
        ("organizations", PERSONAL, False),
        ("consumers", PERSONAL, True),
        ("consumers", WORK, False),
        (
            "72F988BF-86f1-41af-91ab-2d7cd011db47",
            "72f988bf-86f1-41af-91ab-2d7cd011db47",
            1,
        ),
        (
            "00000000-86f1-41af-91ab-2d7cd011db47",
            "72f988bf-86f1-41af-91ab-2d7cd011db47",
            0,
        ),
        ("example.com", WORK, True),
    ],
)
def test_the_tenant_that_answers_is_the_one_that_was_asked(tenant, tid, fits):
    with provider() as there:
        there.tenant_id = tid
        app = app_of(tenant=tenant)
        gone = leave(app)
        code = consent(gone.url)["code"]
        if fits:
            assert signin.redeem(app, gone.departure, code).account == JANE
        else:
            assert failure(signin.redeem, app, gone.departure, code) == (
                "config",
                "other_issuer",
            )


@pytest.mark.parametrize("tenant", ["../evil", "a/b", "x?y", "evil.com#", "a..b", "ä"])
def test_a_tenant_changes_nothing_but_the_tenant(tenant):
    assert failure(leave, app_of(tenant=tenant)) == ("config", "tenant_unknown")


@pytest.mark.parametrize("minutes", [-14, -10, -5, 5, 10, 55])
def test_clocks_that_differ_by_minutes(minutes):
    with provider(clock_off=minutes * 60 - (3600 if minutes < 0 else 0)):
        tokens = sign_in(app_of())
        # How long a token lives is counted from the answer, not by any clock.
        assert tokens.expires_in == 3600


@pytest.mark.parametrize("key", ["google", "microsoft"])
def test_renewal_replaces_the_refresh_token(key):
    with provider(key) as there:
        app = app_of(key)
        first = sign_in(app)
        second = signin.renew(app, refresh(first), road="http")
        assert refresh(second) not in ("", refresh(first))
        assert there.check_access(access(second))
        # Who comes with the old one is a thief: the whole family dies.
        again = ("auth", "signin_again")
        assert failure(signin.renew, app, refresh(first), road="http") == again
        assert failure(signin.renew, app, refresh(second), road="http") == again
        assert there.reused == [refresh(first)]


def test_a_provider_that_does_not_rotate():
    with provider("google", rotates=False):
        app = app_of("google")
        first = sign_in(app)
        second = signin.renew(app, refresh(first), road="http")
        assert refresh(second) in ("", refresh(first))
        assert access(second) != access(first)


def test_a_device_code():
    with provider() as there:
        app = app_of(client_id="public-app", secret="")
        device = signin.begin_device(app, road="smtp")
        assert device.address == f"{there.base}/devicelogin"
        assert device.interval == 5
        code = secret_of(device, "code")
        assert signin.poll_device(app, code) == 0.0
        there.is_slowed = True
        assert signin.poll_device(app, code) == 5.0
        there.decide(device.user_code, JANE)
        tokens = signin.poll_device(app, code)
        assert tokens.account == JANE
        assert refresh(tokens)
        # Once more after success is nobody's failure but this question's.
        assert failure(signin.poll_device, app, code)[0] == "config"
        assert signin.renew(app, refresh(tokens), road="smtp")


def test_a_device_code_that_was_refused():
    with provider() as there:
        app = app_of(client_id="public-app", secret="")
        device = signin.begin_device(app, road="smtp")
        there.decide(device.user_code, JANE, allowed=False)
        refused = failure(signin.poll_device, app, secret_of(device, "code"))
        assert refused == ("config", "signin_declined")
        there.refusals = [(400, {"error": "expired_token"})]
        stale = failure(signin.poll_device, app, secret_of(device, "code"))
        assert stale == ("auth", "signin_stale")


def test_an_application_without_a_person():
    with provider() as there:
        tokens = signin.for_application(app_of(tenant="example.com"), road="http")
        assert (tokens.account, refresh(tokens)) == ("", "")
        assert there.check_access(access(tokens)).user == ""
        for tenant in ("", "common", "organizations", "consumers"):
            refused = failure(
                signin.for_application, app_of(tenant=tenant), road="http"
            )
            assert refused == ("config", "tenant_unknown")
        wrong = app_of(tenant="example.com", secret="wrong")
        refused = failure(signin.for_application, wrong, road="http")
        assert refused == ("config", "client_secret_wrong")


def test_revocation():
    with provider("google") as there:
        app = app_of("google")
        tokens = sign_in(app)
        assert signin.revoke(app, refresh(tokens))
        assert not there.check_access(access(tokens))
    with provider("microsoft"):
        assert not signin.revoke(app_of(), "rt")


def test_a_scope_that_was_unticked():
    with provider("google") as there:
        there.client.withheld = {"https://www.googleapis.com/auth/gmail.send"}
        tokens = sign_in(app_of("google"))
        wanted = signin.SERVICES["google"].sending_scope("http")
        with pytest.raises(TransportError) as caught:
            signin.check_scope(tokens, wanted)
    assert (caught.value.kind, caught.value.cause) == ("config", "scope_missing")
    assert caught.value.facts["scope"] == wanted
    # Google writes "email" in another way: that is no missing scope.
    assert "userinfo.email" in caught.value.facts["granted"]


def test_secrets_are_in_no_representation():
    with provider():
        app = app_of()
        gone, tokens = leave(app), sign_in(app)
    for value in (app, tokens, gone.departure):
        shown = [repr(value), str(value), str(vars(value)), f"{value.__dict__}"]
        assert is_sealed(*shown)
        assert secret_of(gone.departure, "verifier") not in "".join(shown)
        with pytest.raises(AttributeError):
            value.secret_text  # noqa: B018
    assert is_sealed(str(pickle.dumps(app)))


def test_without_the_library_a_sentence_asks_for_it():
    def missing(name, *args, **options):
        raise ImportError(name)

    library._client_class.cache_clear()
    with patch("builtins.__import__", side_effect=missing):
        refused = failure(leave, app_of())
    assert refused == ("config", "library_missing")
    assert leave(app_of()).url

"""The grants: a person's consent, a device code, an application, a renewal."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import InitVar, dataclass
from typing import Any

import requests

from ..errors import TransportError
from ..profile import hide, secret_of
from ..text import clean
from .app import App
from .library import Channel, Refused, client_of
from .meaning import refusal
from .tokens import Tokens, read_seconds, read_tokens

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
# RFC 8628 3.5
DEVICE_SECONDS, SLOWER_SECONDS = 5, 5
STILL_WAITING = {"authorization_pending", "slow_down"}


def new_secret() -> str:
    """A random word for state, nonce or verifier (RFC 7636 4.1: 43 to 128)."""
    return secrets.token_urlsafe(48)


@dataclass(frozen=True, eq=False)
class Departure:
    """What must come back as it left: ``secret_of`` gives verifier and nonce."""

    redirect_uri: str
    verifier: InitVar[str]
    nonce: InitVar[str]

    def __post_init__(self, verifier: str, nonce: str) -> None:
        hide(self, verifier=verifier, nonce=nonce)


@dataclass(frozen=True, eq=False)
class DeviceCode:
    """What a person types at ``address``; :func:`secret_of` gives the ``code`` of ours.

    ``expires_in`` and ``interval`` are seconds.
    """

    user_code: str
    address: str
    expires_in: float
    interval: float
    code: InitVar[str]

    def __post_init__(self, code: str) -> None:
        hide(self, code=code)


@contextlib.contextmanager
def _understood(app: App) -> Iterator[None]:
    """Whatever goes wrong at the provider leaves as a ``TransportError``."""
    try:
        yield
    except Refused as exc:
        raise refusal(app, exc.error, exc.description) from exc
    except TransportError as error:
        # Nothing was sent by this: an answer that was lost may be asked for again.
        if error.kind == "unknown":
            error.kind, error.cause = "transient", "timeout"
        error.step = "token"
        raise
    except requests.HTTPError as exc:
        status = exc.response.status_code
        kind = "quota" if status == 429 else "transient" if status >= 500 else "config"
        cause = {"quota": "rate", "transient": "temporary"}.get(kind, "http_refused")
        raise TransportError(kind, cause, step="token", code=status) from exc
    except ValueError as exc:
        raise TransportError("transient", "protocol", step="token") from exc


def depart(
    app: App,
    departure: Departure,
    *,
    road: str,
    state: str,
    login_hint: str = "",
    shared: bool = False,
) -> str:
    """The address at the provider that the browser is sent to (RFC 6749 4.1.1, 7636).

    :param road: ``smtp`` or ``http``
    :raises TransportError: ``library_missing``, ``tenant_unknown``
    """
    with _understood(app):
        client = client_of(
            app,
            redirect_uri=departure.redirect_uri,
            scope=app.service.scope_for(road, shared=shared),
        )
        hint = {"login_hint": login_hint} if login_hint else {}
        url, _state = client.create_authorization_url(
            app.endpoint("authorize"),
            state=state,
            code_verifier=secret_of(departure, "verifier"),
            nonce=secret_of(departure, "nonce"),
            **app.service.extra,
            **hint,
        )
    return url


def redeem(app: App, departure: Departure, code: str) -> Tokens:
    """The tokens for a code that came back with the browser.

    :raises TransportError: see ``meaning``; ``signin_stale`` for a code that was used
    """
    try:
        with _understood(app):
            client = client_of(app, redirect_uri=departure.redirect_uri)
            answer = client.fetch_token(
                app.endpoint("token"),
                grant_type="authorization_code",
                code=code,
                code_verifier=secret_of(departure, "verifier"),
            )
            return read_tokens(app, answer, nonce=secret_of(departure, "nonce"))
    except TransportError as error:
        if error.cause == "signin_again":
            error.cause = "signin_stale"
        if error.cause == "redirect_mismatch":
            error.facts["redirect"] = departure.redirect_uri
        raise


def begin_device(app: App, *, road: str, shared: bool = False) -> DeviceCode:
    """Ask for a code that a person types in any browser (RFC 8628 3.1).

    :raises TransportError: see ``meaning``
    """
    with _understood(app):
        if not app.service.device:
            raise TransportError("config", "bad_profile", step="token")
        # Authlib has no client for this step, a plain form.
        response = Channel(app).post(
            app.endpoint("device"),
            data={
                "client_id": app.client_id.strip(),
                "scope": app.service.scope_for(road, shared=shared),
            },
            headers={"Accept": "application/json"},
        )
        answer = client_of(app).parse_response_token(response)
        return _read_device(answer)


def _read_device(answer: Mapping[str, Any]) -> DeviceCode:
    code = str(answer.get("device_code") or "")
    address = str(answer.get("verification_uri") or answer.get("verification_url"))
    if not code or not address.startswith(("https://", "http://")):
        raise TransportError("transient", "protocol", step="token")
    return DeviceCode(
        clean(str(answer.get("user_code") or ""), 40),
        clean(address, 300),
        read_seconds(answer.get("expires_in"), 900),
        read_seconds(answer.get("interval"), DEVICE_SECONDS),
        code,
    )


def poll_device(app: App, code: str) -> Tokens | float:
    """The tokens, or how many seconds more to wait between two questions.

    :param code: ``secret_of(device_code, "code")``
    :raises TransportError: ``signin_declined``, ``signin_stale`` and others
    """
    try:
        with _understood(app):
            answer = client_of(app).fetch_token(
                app.endpoint("token"), grant_type=DEVICE_GRANT, device_code=code
            )
            return read_tokens(app, answer)
    except TransportError as error:
        cause = error.__cause__
        if isinstance(cause, Refused) and cause.error in STILL_WAITING:
            return SLOWER_SECONDS if cause.error == "slow_down" else 0.0
        if error.cause == "signin_again":
            error.cause = "signin_stale"
        raise


def for_application(app: App, *, road: str) -> Tokens:
    """An access token without any person (RFC 6749 4.4).

    :raises TransportError: see ``meaning``; ``tenant_unknown`` for a shared tenant
    """
    with _understood(app):
        if not app.has_own_tenant or road not in app.service.application_scopes:
            raise TransportError("config", "tenant_unknown", step="token")
        answer = client_of(app).fetch_token(
            app.endpoint("token"),
            grant_type="client_credentials",
            scope=app.service.application_scopes[road],
        )
        return read_tokens(app, answer)


def renew(app: App, refresh: str, *, road: str, shared: bool = False) -> Tokens:
    """New tokens for a refresh token (RFC 6749 6).

    A new refresh token replaces ``refresh``; an empty one means that it still holds.

    :raises TransportError: ``signin_again`` where it holds no longer
    """
    scope = app.service.scope_for(road, shared=shared)
    named = {"scope": scope} if app.service.renewal_has_scope else {}
    with _understood(app):
        answer = client_of(app).refresh_token(
            app.endpoint("token"), refresh_token=refresh, **named
        )
        return read_tokens(app, answer)


def revoke(app: App, token: str) -> bool:
    """Give a token back (RFC 7009); whether the provider took it, if it can.

    :raises TransportError: it could not be reached
    """
    if not app.service.revoke:
        return False
    with _understood(app):
        client = client_of(app)
        response = client.revoke_token(app.endpoint("revoke"), token=token)
    return response.status_code == 200

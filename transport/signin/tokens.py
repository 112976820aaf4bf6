"""What a provider hands out: tokens, for how long, for what, and whose they are."""

from __future__ import annotations

import base64
import binascii
import json
import time
from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from typing import Any

from ..errors import TransportError
from ..profile import hide
from ..text import clean
from .app import App
from .services import CONSUMERS_ID

# Between the provider's clock and ours. RFC 7519 4.1.4 speaks of "a few minutes"; an
# id token is good for an hour, and a clock that is wrong is no attack.
CLOCK_SECONDS = 15 * 60
# What is handed out without a word about its life.
USUAL_SECONDS = 3600.0


@dataclass(frozen=True, eq=False)
class Tokens:
    """One answer of the token end point.

    ``secret_of(tokens, "access")`` and ``secret_of(tokens, "refresh")`` give the
    tokens themselves; no new refresh token is an empty one.

    :ivar expires_in: seconds from the answer, whatever any clock shows
    :ivar scope: what was granted, None where the provider does not say (RFC 6749 5.1:
        then it is what was asked for)
    :ivar account: address of the one who signed in, for showing
    :ivar subject: her lasting name at the provider
    :ivar issuer: who says so
    :ivar refresh_expires_in: seconds until a new sign-in is needed, where the provider
        tells (Google, for a consent screen in testing), else 0
    """

    expires_in: float
    scope: tuple[str, ...] | None = None
    account: str = ""
    subject: str = ""
    issuer: str = ""
    refresh_expires_in: float = 0.0
    access: InitVar[str] = ""
    refresh: InitVar[str] = ""
    claims: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self, access: str, refresh: str) -> None:
        hide(self, access=access, refresh=refresh)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def read_seconds(value: Any, usual: float = USUAL_SECONDS) -> float:
    """A span as a provider writes it, or the usual one where it is none."""
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        return usual
    return seconds if 0 < seconds < 10**8 else usual


def read_tokens(app: App, answer: Mapping[str, Any], *, nonce: str = "") -> Tokens:
    """The answer of the token end point, checked.

    :param nonce: what the id token must repeat, where one was asked for
    :raises TransportError: ``protocol``, ``other_issuer``, ``signin_forged``
    """
    access = _text(answer.get("access_token"))
    kind = _text(answer.get("token_type")).lower()
    # Before it stands in a header or a command: no other characters (RFC 6750 2.1).
    if not access or kind != "bearer" or not _is_printable(access):
        raise TransportError("transient", "protocol", step="token")
    scope = answer.get("scope")
    claims = read_claims(app, _text(answer.get("id_token")), nonce)
    return Tokens(
        read_seconds(answer.get("expires_in")),
        scope=tuple(scope.split()) if isinstance(scope, str) else None,
        account=clean(_account(claims), 254),
        subject=clean(_text(claims.get("sub")), 255),
        issuer=clean(_text(claims.get("iss")), 255),
        refresh_expires_in=read_seconds(answer.get("refresh_token_expires_in"), 0.0),
        access=access,
        refresh=_text(answer.get("refresh_token")),
        claims=claims,
    )


def _is_printable(token: str) -> bool:
    return token.isascii() and token.isprintable() and " " not in token


def _account(claims: Mapping[str, Any]) -> str:
    return _text(claims.get("email")) or _text(claims.get("preferred_username"))


def read_claims(app: App, id_token: str, nonce: str) -> dict[str, Any]:
    """What an id token says, or nothing where there is none.

    It came from the token end point itself, over a connection whose certificate was
    verified: by OpenID Connect Core 3.1.3.7 (6) that stands for its signature.
    """
    if not id_token:
        if nonce:
            raise TransportError("config", "signin_forged", step="token")
        return {}
    claims = _decode(id_token)
    _check_issuer(app, claims)
    audience = claims.get("aud")
    known = audience if isinstance(audience, list) else [audience]
    expires = claims.get("exp")
    fresh = isinstance(expires, (int, float)) and expires > time.time() - CLOCK_SECONDS
    same = not nonce or claims.get("nonce") == nonce
    if app.client_id.strip() not in known or not same or not fresh:
        raise TransportError("config", "signin_forged", step="token")
    return claims


def _decode(id_token: str) -> dict[str, Any]:
    try:
        body = id_token.split(".")[1]
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        claims = json.loads(raw)
    except (IndexError, ValueError, binascii.Error, RecursionError) as exc:
        raise TransportError("config", "signin_forged", step="token") from exc
    if not isinstance(claims, dict):
        raise TransportError("config", "signin_forged", step="token")
    return claims


def _check_issuer(app: App, claims: Mapping[str, Any]) -> None:
    """Against mixed-up providers and tenants: who says so must be whom we asked."""
    issuer, tenant_id = _text(claims.get("iss")), _text(claims.get("tid"))
    known = {name.replace("{tid}", tenant_id) for name in app.service.issuers}
    if issuer not in known or not _is_of_tenant(app, tenant_id):
        raise TransportError(
            "config", "other_issuer", step="token", facts={"issuer": clean(issuer, 200)}
        )


def _is_of_tenant(app: App, tenant_id: str) -> bool:
    tenant = app.tenant.strip().lower()
    personal = tenant_id == CONSUMERS_ID
    if tenant == "organizations":
        return not personal
    if tenant == "consumers":
        return personal
    # A domain can't be compared with an id: there the provider itself checks.
    is_id = len(tenant) == 36 and tenant.count("-") == 4
    return not is_id or tenant == tenant_id.lower()


def _short(scope: str) -> str:
    # Microsoft answers "Mail.Send" for "https://graph.microsoft.com/Mail.Send".
    return scope.rstrip("/").rpartition("/")[2].casefold()


def check_scope(tokens: Tokens, wanted: str) -> None:
    """That what was granted includes sending; people may untick it.

    :param wanted: the one scope that is needed, see ``Service.sending_scope``
    :raises TransportError: ``scope_missing``
    """
    if tokens.scope is None:
        return
    if _short(wanted) not in {_short(scope) for scope in tokens.scope}:
        facts = {"scope": wanted, "granted": clean(" ".join(tokens.scope), 300)}
        raise TransportError("config", "scope_missing", step="scope", facts=facts)

"""What the browser brings back from the provider, or what anybody else may send."""

import hmac
import json

from odoo.http import request

from ..transport import TransportError, signin
from .account_email_application import get_app
from .account_email_signin import SESSION_KEY, complete, digest
from .sealed_columns import open_column
from .signin_redirect import get_redirect_uri


def come_back(env, params):
    """What the browser brought back from the provider.

    :param dict params: of the address, from anybody at all
    :return: the settings that are signed in now
    :raise TransportError: they are not; what was stored before is as it was
    """
    row = _take(env, params.get("state") or "")
    application, settings = row.application_id, row.settings_id
    issuer = params.get("iss")
    opened = json.loads(open_column(row, "sealed", row._get_sealed_place()) or "{}")
    app = get_app(application)
    row.unlink()
    if issuer and not _is_issuer(app, issuer):
        facts = {"issuer": issuer[:200]}
        raise TransportError("config", "other_issuer", step="token", facts=facts)
    if params.get("error") or not params.get("code") or not opened:
        raise signin.refusal(
            app,
            params.get("error") or "invalid_request",
            params.get("error_description") or "",
            redirect_uri=get_redirect_uri(env),
        )
    tokens = signin.redeem(app, signin.Departure(**opened), params["code"])
    settings = settings.with_env(env)
    complete(settings, application, tokens)
    settings._signed_in(tokens.account)
    return settings


def _is_issuer(app, issuer):
    """RFC 9207: an answer that names its issuer must name the one we asked."""
    known = app.service.issuers
    stems = [name.partition("{tid}")[0] for name in known]
    return issuer in known or any(
        stem != name and issuer.startswith(stem)
        for stem, name in zip(stems, known, strict=True)
    )


def _take(env, state):
    """The one row of ``state``, if it left from this user's very browser.

    It is locked, so that a second answer with the same state finds nothing.
    :raise TransportError: ``signin_forged``; the row, if it is another's, stays
    """
    # sudo: nobody reads what others left with
    rows = env["account.email.signin"].sudo()
    found = rows.search([("state_hash", "=", digest(state)), ("kind", "=", "browser")])
    key = request.session.get(SESSION_KEY) or ""
    mine = (
        found
        and found.create_uid == env.user
        and hmac.compare_digest(found.session_hash or "", digest(key))
        and found._is_fresh()
        and found.try_lock_for_update()
    )
    settings = found.settings_id.with_env(env)
    if not mine or not settings._may_sign_in(found.company_id):
        raise TransportError("config", "signin_forged", step="token")
    if settings.application_id != found.application_id:
        # The form was changed meanwhile: this consent is for what it was before.
        raise TransportError("config", "signin_forged", step="token")
    return found

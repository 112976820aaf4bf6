"""What a provider's refusal means: Microsoft's numbers first, then the error's word.

learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes and
developers.google.com/identity/protocols/oauth2/web-server#authorization-errors.
"""

from __future__ import annotations

import re

from ..errors import TransportError
from ..masking import mask, secret_forms
from ..profile import secret_of
from ..text import clean
from .app import App
from .services import TENANT

NUMBER = re.compile(r"AADSTS(\d{4,7})")
# Number → kind and cause.
NUMBERS = {
    700082: ("auth", "signin_again"),
    70008: ("auth", "signin_again"),
    700084: ("auth", "signin_again"),
    50173: ("auth", "signin_again"),
    50133: ("auth", "signin_again"),
    70043: ("auth", "signin_again"),
    50076: ("auth", "signin_again"),
    50078: ("auth", "signin_again"),
    50079: ("auth", "signin_again"),
    50057: ("auth", "account_disabled"),
    50053: ("auth", "login_locked"),
    54005: ("auth", "signin_stale"),
    7000222: ("config", "client_secret_expired"),
    7000215: ("config", "client_secret_wrong"),
    7000218: ("config", "public_client_off"),
    700025: ("config", "public_client_off"),
    65001: ("config", "consent_missing"),
    65004: ("config", "signin_declined"),
    90094: ("config", "consent_missing"),
    90095: ("config", "consent_missing"),
    50011: ("config", "redirect_mismatch"),
    700016: ("config", "client_unknown"),
    700038: ("config", "client_unknown"),
    50020: ("config", "tenant_unknown"),
    90002: ("config", "tenant_unknown"),
    50034: ("config", "tenant_unknown"),
    50194: ("config", "tenant_unknown"),
    53003: ("config", "access_policy"),
    53000: ("config", "access_policy"),
    50105: ("config", "access_policy"),
    530002: ("config", "access_policy"),
    530003: ("config", "access_policy"),
    70011: ("config", "scope_missing"),
    90033: ("transient", "temporary"),
    90006: ("transient", "temporary"),
    90012: ("transient", "temporary"),
    90055: ("quota", "rate"),
}
WORDS = {
    "invalid_grant": ("auth", "signin_again"),
    "interaction_required": ("auth", "signin_again"),
    "login_required": ("auth", "signin_again"),
    "expired_token": ("auth", "signin_stale"),
    "code_expired": ("auth", "signin_stale"),
    "access_denied": ("config", "signin_declined"),
    "authorization_declined": ("config", "signin_declined"),
    "consent_required": ("config", "consent_missing"),
    "admin_policy_enforced": ("config", "consent_missing"),
    "org_internal": ("config", "consent_missing"),
    "invalid_client": ("config", "client_secret_wrong"),
    "unauthorized_client": ("config", "client_unknown"),
    "deleted_client": ("config", "client_unknown"),
    "redirect_uri_mismatch": ("config", "redirect_mismatch"),
    "invalid_scope": ("config", "scope_missing"),
    "temporarily_unavailable": ("transient", "temporary"),
    "server_error": ("transient", "temporary"),
    "slow_down": ("quota", "rate"),
}


def refusal(
    app: App, error: str, description: str = "", *, redirect_uri: str = ""
) -> TransportError:
    """A refusal of the provider, from its end point or along with the browser.

    :param error: the short word of RFC 6749 5.2, anything at all
    """
    match = NUMBER.search(description[:2000])
    meaning = NUMBERS.get(int(match[1])) if match else None
    kind, cause = meaning or WORDS.get(error) or ("config", "http_refused")
    words = mask(f"{error}: {description}", secret_forms(secret_of(app, "secret")))
    facts = {"link": page_for(app, cause), "redirect": redirect_uri}
    return TransportError(
        kind,
        cause,
        step="token",
        server_text=clean(words.removesuffix(": ")),
        facts={name: fact for name, fact in facts.items() if fact},
    )


MICROSOFT_APP = (
    "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade"
    "/~/{page}/appId/{client}"
)
PAGES = {
    "client_secret_expired": "Credentials",
    "client_secret_wrong": "Credentials",
    "redirect_mismatch": "Authentication",
    "public_client_off": "Authentication",
    "client_unknown": "Overview",
    "scope_missing": "CallAnAPI",
    "right_missing": "CallAnAPI",
}
CONSENT_CAUSES = ("consent_missing", "signin_declined", "access_policy")
GMAIL_API = "https://console.cloud.google.com/apis/library/gmail.googleapis.com"
CLIENT = re.compile(r"[0-9A-Za-z.-]{1,200}\Z")


def page_for(app: App, cause: str) -> str:
    """The page at the provider where this is put right, or an empty string."""
    client = app.client_id.strip()
    if not CLIENT.match(client):
        return ""
    if cause in CONSENT_CAUSES:
        own = app.has_own_tenant and TENANT.match(app.tenant.strip())
        tenant = app.tenant.strip() if own else "organizations"
        return app.service.consent.format(tenant=tenant, client=client)
    if cause == "api_off":
        return GMAIL_API
    if cause not in PAGES:
        return ""
    if app.service_key == "microsoft":
        return MICROSOFT_APP.format(page=PAGES[cause], client=client)
    return app.service.console

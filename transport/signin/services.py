"""Where one signs in, and what one may ask for there: facts of the two providers.

developers.google.com/identity/protocols/oauth2/web-server,
learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow and
…/v2-oauth2-device-code; autumn 2026.
No address here is taken from a form: whoever could choose one would be sent the tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,252}\Z")
# Tenants that stand for many: no application acts for all of them at once.
SHARED_TENANTS = ("common", "organizations", "consumers")
# The tenant of all personal accounts at Microsoft.
CONSUMERS_ID = "9188040d-6c67-4c5b-b112-36a304b66dad"


@dataclass(frozen=True)
class Service:
    """One provider.

    :ivar issuers: what the id token may name as its issuer; ``{tid}`` stands for the
        token's own tenant
    :ivar scopes: road (``smtp``, ``http``) → the scope that allows sending
    :ivar application_scopes: road → what an application without a person asks for
    :ivar shared_scope: for sending over HTTP from a mailbox of somebody else
    :ivar extra: parameters of the authorization address, beside the usual ones
    :ivar renewal_has_scope: whether a renewal must name what the token is for
    :ivar servers: tenant → host, port and security of the SMTP server; ``""`` for all
        others
    :ivar api: base address of the HTTP interface
    :ivar http_provider: its key in ``transport.providers``
    :ivar presets: keys in ``advice.presets`` of its SMTP servers, the usual one last
    :ivar unused_days: days without use after which a refresh token dies
    :ivar console: where the application is registered
    :ivar consent: where an administrator allows the application
    :ivar account_page: where a person takes her consent back
    """

    key: str
    name: str
    authorize: str
    token: str
    issuers: tuple[str, ...]
    scopes: Mapping[str, str]
    servers: Mapping[str, tuple[str, int, str]]
    api: str
    http_provider: str
    presets: tuple[str, ...]
    unused_days: int
    console: str
    consent: str
    device: str = ""
    revoke: str = ""
    account_page: str = ""
    application_scopes: Mapping[str, str] = field(default_factory=dict)
    shared_scope: str = ""
    offline_scope: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    renewal_has_scope: bool = False

    def scope_for(self, road: str, *, shared: bool = False) -> str:
        """All scopes to ask a person for, separated by blanks."""
        sending = [self.scopes[road]]
        if shared and road == "http" and self.shared_scope:
            sending.append(self.shared_scope)
        words = [*sending, self.offline_scope, "openid", "email"]
        return " ".join(filter(None, words))

    def sending_scope(self, road: str, *, shared: bool = False) -> str:
        """The one scope without which nothing can be sent."""
        is_shared = shared and road == "http" and self.shared_scope
        return self.shared_scope if is_shared else self.scopes[road]


GOOGLE = Service(
    key="google",
    name="Google",
    authorize="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",
    revoke="https://oauth2.googleapis.com/revoke",
    issuers=("https://accounts.google.com", "accounts.google.com"),
    scopes={
        "smtp": "https://mail.google.com/",
        "http": "https://www.googleapis.com/auth/gmail.send",
    },
    # Without consent asked for anew there is no refresh token the second time.
    extra={"access_type": "offline", "prompt": "consent"},
    servers={"": ("smtp.gmail.com", 465, "tls")},
    api="https://gmail.googleapis.com",
    http_provider="gmail_api",
    presets=("gmail", "google"),
    unused_days=180,
    console="https://console.cloud.google.com/apis/credentials",
    consent="https://admin.google.com/ac/owl/list?tab=apps",
    account_page="https://myaccount.google.com/connections",
)
MICROSOFT = Service(
    key="microsoft",
    name="Microsoft",
    authorize="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
    token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
    device="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode",
    issuers=("https://login.microsoftonline.com/{tid}/v2.0",),
    scopes={
        "smtp": "https://outlook.office.com/SMTP.Send",
        "http": "https://graph.microsoft.com/Mail.Send",
    },
    application_scopes={
        "smtp": "https://outlook.office365.com/.default",
        "http": "https://graph.microsoft.com/.default",
    },
    shared_scope="https://graph.microsoft.com/Mail.Send.Shared",
    offline_scope="offline_access",
    extra={"prompt": "select_account"},
    renewal_has_scope=True,
    servers={
        "": ("smtp.office365.com", 587, "starttls"),
        "consumers": ("smtp-mail.outlook.com", 587, "starttls"),
    },
    api="https://graph.microsoft.com",
    http_provider="graph",
    presets=("outlook", "microsoft365"),
    unused_days=90,
    console="https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps"
    "/ApplicationsListBlade",
    consent="https://login.microsoftonline.com/{tenant}/adminconsent?client_id={client}",
    account_page="https://myapplications.microsoft.com",
)

SERVICES: dict[str, Service] = {service.key: service for service in (GOOGLE, MICROSOFT)}

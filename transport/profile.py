"""All that is needed to connect, as one frozen value."""

from __future__ import annotations

import dataclasses
import weakref
from dataclasses import InitVar, dataclass, field
from typing import Any


class _Secrets:
    """Texts that nothing prints, by their name."""

    __slots__ = ("texts",)

    def __init__(self, texts: dict[str, str]):
        self.texts = texts


# Beside the profiles and not in them: code that people write in server actions and
# mail templates may hold a profile, and "{0.x.y[z]}".format(profile) reaches every
# attribute and every item by name. A key that is no text can't be written there.
_SECRETS: weakref.WeakKeyDictionary[Any, _Secrets] = weakref.WeakKeyDictionary()


def hide(owner: Any, **texts: str) -> None:
    """Keep secrets of ``owner``, which is known by its identity, while it lives."""
    _SECRETS[owner] = _Secrets(texts)


def secret_of(owner: Any, name: str = "password") -> str:
    """The password, for those who log in with it and for nobody else."""
    return _SECRETS[owner].texts[name]


# eq=False: two profiles that differ in nothing but their password are two.
@dataclass(frozen=True, eq=False)
class Profile:
    """How to reach one mail service.

    :param protocol: ``smtp`` or ``http``
    :param security: ``tls`` (from the first byte), ``starttls`` (mandatory) or
        ``none`` (still encrypted when the server offers STARTTLS)
    :param provider: key of ``advice.presets`` (SMTP) or ``transport.providers``
        (HTTP); an HTTP profile without one speaks Manager's protocol
    :param plain_login: the password may go over an unencrypted connection, if
        ``security`` allows one
    :param http_url: the address of the generic HTTP protocol; for a named
        provider another base address than its usual one (a region)
    :param username: SMTP login; for HTTP what the provider needs beside the key
        (Mailgun: domain, Mailjet: API key, SES: access key id)
    :param by_token: the password is an access token of the provider (OAuth), and
        ``username`` the mailbox to send from
    :param sender: address of the envelope and of From
    :param timeout: seconds for the whole way from name look-up to login, and for
        each later command
    :param delivery_timeout: seconds the server may take to answer a whole letter
    :param allowed_hosts: names or addresses that may lead to private networks
    :param ca_file: more trusted authorities (PEM), beside the system's
    """

    protocol: str
    host: str = ""
    port: int = 0
    security: str = "tls"
    username: str = ""
    by_token: bool = False
    # Given, never read back: see ``secret_of``.
    password: InitVar[str] = ""
    verify_tls: bool = True
    plain_login: bool = True
    # May hold a token in its path or query.
    http_url: str = field(default="", repr=False)
    provider: str = ""
    sender: str = ""
    local_hostname: str = ""
    timeout: float = 30.0
    delivery_timeout: float = 120.0
    allowed_hosts: frozenset[str] = frozenset()
    ca_file: str = ""

    def __post_init__(self, password: str) -> None:
        hide(self, password=password)


def altered(profile: Profile, **changes: Any) -> Profile:
    """The profile with other values; ``replace`` itself would lose the password."""
    return dataclasses.replace(profile, **{"password": secret_of(profile)} | changes)


def to_values(profile: Profile) -> dict[str, Any]:
    """Everything that makes the profile, the password included: to be sealed."""
    return dataclasses.asdict(profile) | {"password": secret_of(profile)}

"""The shape of a provider's facts."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from ..transport import TransportError, host_name


@dataclass(frozen=True)
class Limits:
    """What the provider allows; 0 where nothing is published.

    ``recipients_day`` counts recipients, ``letters_day`` letters; ``size_mb`` is the
    whole encoded letter.
    """

    letters_minute: int = 0
    letters_day: int = 0
    recipients_day: int = 0
    size_mb: int = 0
    connections: int = 0


@dataclass(frozen=True)
class Notice:
    """A change of the provider's policy: shown from ``shown_from`` on.

    ``key`` names the text, which tells the day from which it bites.
    """

    key: str
    shown_from: datetime.date


@dataclass(frozen=True)
class Preset:
    """One provider.

    :ivar username: ``address`` (the whole email address), ``local`` (what stands
        before the @), ``own`` (given by the provider), or ``=word`` (always this word)
    :ivar secret: ``password``, ``app_password`` (never the normal one),
        ``maybe_app_password`` (with two-factor login), ``token``, ``api_key``,
        ``smtp_key``, or ``oauth`` (no password works)
    :ivar url: page on which the secret is made, or that explains how
    :ivar regions: region → host, where there are several; ``host`` is the first
    :ivar domains: mail domains of the provider itself
    :ivar mx: suffixes of the MX hosts of customers' domains
    :ivar spf: what a domain's SPF record includes when it may send through here
    :ivar selectors: usual DKIM selectors
    :ivar own_return_path: SPF concerns the provider's domain; DKIM has to align
    :ivar http: key in ``transport.providers`` of the same service's HTTP API
    """

    key: str
    name: str
    host: str
    port: int = 465
    security: str = "tls"
    username: str = "address"
    secret: str = "app_password"
    url: str = ""
    regions: dict[str, str] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    spf: str = ""
    selectors: tuple[str, ...] = ()
    own_return_path: bool = False
    http: str = ""
    limits: Limits = Limits()
    notices: tuple[Notice, ...] = ()

    def login_for(self, address: str) -> str:
        """The username for ``address``; empty when only the user can know it."""
        if self.username.startswith("="):
            return self.username[1:]
        local = address.rpartition("@")[0]
        return {"address": address, "local": local}.get(self.username, "")

    def notices_on(self, day: datetime.date) -> tuple[Notice, ...]:
        """Notices to be shown on ``day``."""
        return tuple(notice for notice in self.notices if notice.shown_from <= day)

    def host_matches(self, host: str) -> bool:
        """Whether ``host`` is one of this provider's servers."""
        try:
            name = host_name(host).casefold()
        except TransportError:
            return False
        known = {self.host, *self.regions.values()}
        pattern = re.escape(self.host).replace("<region>", "[a-z0-9-]+")
        return name in known or bool(re.fullmatch(pattern.replace(r"\<", "<"), name))

"""The application that was registered at the provider, for which one signs in."""

from __future__ import annotations

from dataclasses import InitVar, dataclass

from ..errors import TransportError
from ..profile import Profile, hide
from .services import SERVICES, SHARED_TENANTS, TENANT, Service


@dataclass(frozen=True, eq=False)
class App:
    """A registration: at which provider, in which tenant, under which id.

    :param tenant: of Microsoft alone: a GUID, a domain, or one of ``SHARED_TENANTS``
    :param secret: empty for a public client (device code)
    :param allowed_hosts: as in :class:`transport.Profile`
    :param timeout: seconds for each request to the provider
    """

    service_key: str
    client_id: str
    tenant: str = ""
    # Given, never read back: see ``secret_of``.
    secret: InitVar[str] = ""
    allowed_hosts: frozenset[str] = frozenset()
    ca_file: str = ""
    timeout: float = 20.0

    def __post_init__(self, secret: str) -> None:
        hide(self, secret=secret)

    @property
    def service(self) -> Service:
        """The provider's facts; :raises TransportError: ``bad_profile``."""
        try:
            return SERVICES[self.service_key]
        except KeyError as exc:
            raise TransportError("config", "bad_profile", step="token") from exc

    def endpoint(self, name: str) -> str:
        """The address ``authorize``, ``token``, ``device`` or ``revoke``.

        :raises TransportError: ``tenant_unknown`` for what can't be a tenant
        """
        address: str = getattr(self.service, name)
        if "{tenant}" not in address:
            return address
        tenant = self.tenant.strip() or "common"
        if not TENANT.match(tenant) or ".." in tenant:
            raise TransportError("config", "tenant_unknown", step="token")
        return address.replace("{tenant}", tenant)

    @property
    def has_own_tenant(self) -> bool:
        """Whether it acts for one organisation, as without a person it must."""
        return bool(self.tenant.strip()) and self.tenant not in SHARED_TENANTS

    @property
    def profile(self) -> Profile:
        """How to reach the provider: always verified, never a private network."""
        return Profile(
            "http",
            allowed_hosts=self.allowed_hosts,
            ca_file=self.ca_file,
            timeout=self.timeout,
        )

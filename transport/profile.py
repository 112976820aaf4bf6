"""All that is needed to connect, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Profile:
    """How to reach one mail service.

    :param protocol: ``smtp`` or ``http``
    :param security: ``tls`` (from the first byte), ``starttls`` (mandatory) or
        ``none`` (still encrypted when the server offers STARTTLS)
    :param provider: key of ``transport.presets`` (SMTP) or ``transport.providers``
        (HTTP); an HTTP profile without one speaks Manager's protocol
    :param http_url: the address of the generic HTTP protocol; for a named
        provider another base address than its usual one (a region)
    :param username: SMTP login; for HTTP what the provider needs beside the key
        (Mailgun: domain, Mailjet: API key, SES: access key id)
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
    password: str = field(default="", repr=False)
    verify_tls: bool = True
    # May hold a token in its path or query.
    http_url: str = field(default="", repr=False)
    provider: str = ""
    sender: str = ""
    local_hostname: str = ""
    timeout: float = 30.0
    delivery_timeout: float = 120.0
    allowed_hosts: frozenset[str] = frozenset()
    ca_file: str = ""

"""Mozilla's autoconfig files: wiki.mozilla.org/Thunderbird:Autoconfiguration."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import requests

from ..transport import (
    Deadline,
    HttpConnection,
    Profile,
    TransportError,
    failing,
    host_name,
)

MAX_BYTES = 100_000
# A file for mail programs declares no types; who does has other plans.
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
SECURITY = {"SSL": "tls", "STARTTLS": "starttls"}


def fetcher(seconds: float = 5.0, **options) -> Callable[[str], bytes]:
    """A function that gets an https address, within ``seconds`` for all together.

    Private networks are closed and redirects not followed, as everywhere.

    :param options: further fields of ``Profile``, such as ``allowed_hosts``
    """
    deadline = Deadline(seconds)

    def fetch(url: str) -> bytes:
        with failing("connect"):
            left = deadline.left()
        profile = Profile(protocol="http", http_url=url, timeout=left, **options)
        connection = HttpConnection(url, profile)
        try:
            for _step in connection.opening():
                pass
            request = requests.Request("GET", url).prepare()
            answer = connection.exchange(request, deadline)
        finally:
            connection.close()
        if answer.status != 200 or len(answer.body) > MAX_BYTES:
            raise TransportError("config", "not_found", step="delivery")
        return answer.body

    return fetch


def parse_autoconfig(body: bytes, address: str) -> list[tuple[str, int, str, str]]:
    """SMTP servers of an autoconfig file as (host, port, security, username).

    Encrypted ones only; nothing for a file that cannot be read.
    """
    if len(body) > MAX_BYTES or any(word in body for word in DECLARATIONS):
        return []
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError:
        return []
    servers = (_server(node, address) for node in root.iter("outgoingServer"))
    return [server for server in servers if server]


def _server(node, address: str) -> tuple[str, int, str, str] | None:
    values = {child.tag: (child.text or "").strip() for child in node}
    security = SECURITY.get(values.get("socketType", ""))
    port = values.get("port", "")
    if node.get("type") != "smtp" or not security or not port.isdecimal():
        return None
    try:
        host = host_name(_filled(values.get("hostname", ""), address))
    except TransportError:
        return None
    username = _filled(values.get("username", "%EMAILADDRESS%"), address)
    return host, int(port[:6]), security, username


def _filled(text: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    for name, value in (
        ("%EMAILADDRESS%", address),
        ("%EMAILLOCALPART%", local),
        ("%EMAILDOMAIN%", domain),
    ):
        text = text.replace(name, value)
    return text

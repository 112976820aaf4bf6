"""Encryption: what we insist on, and what a handshake has shown."""

from __future__ import annotations

import ssl
from collections.abc import Generator

from .deadline import Deadline
from .errors import TransportError, failing
from .profile import Profile


def context_for(profile: Profile, *, verify: bool = True) -> ssl.SSLContext:
    """A client context: TLS 1.2 at least (RFC 8997), the system's trust store.

    :raises TransportError: ``bad_profile`` when ``ca_file`` cannot be read
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif profile.ca_file:
        try:
            context.load_verify_locations(profile.ca_file)
        except OSError as exc:
            raise TransportError("config", "bad_profile", step="encryption") from exc
    return context


def describe_certificate(sock: ssl.SSLSocket) -> str:
    """Names and end of the verified certificate, e.g. ``mx.example.com, until …``."""
    certificate: dict = sock.getpeercert() or {}
    names = [name for _kind, name in certificate.get("subjectAltName", ())]
    until = certificate.get("notAfter", "")
    return f"{', '.join(names)}; {until}" if names else ""


def handshake(
    sock, host: str, profile: Profile, *, deadline: Deadline, verify: bool = True
) -> Generator[tuple[str, str], None, ssl.SSLSocket]:
    """Encrypt ``sock``: a generator of the steps, which returns the new socket.

    One handshake is two steps: that a connection was encrypted, and whom it leads
    to. A refused certificate still proves the first.
    """
    verify = verify and profile.verify_tls
    context = context_for(profile, verify=verify)
    sock.settimeout(deadline.left())
    try:
        with failing("encryption"):
            secure = context.wrap_socket(sock, server_hostname=host)
    except TransportError as error:
        if error.step == "certificate":
            yield "encryption", ""
        raise
    cipher = secure.cipher()
    yield "encryption", f"{secure.version()} {cipher[0] if cipher else ''}".strip()
    if verify:
        yield "certificate", describe_certificate(secure)
    return secure

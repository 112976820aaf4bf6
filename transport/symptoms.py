"""A second look at a failure, while somebody waits for the cure.

Only the test does this: a delivery has no use for it, and it costs connections.
"""

from __future__ import annotations

import contextlib
import datetime
import ssl
from collections.abc import Callable

from cryptography import x509
from cryptography.x509.oid import NameOID

from . import dial, names, steps, tls
from .deadline import Deadline
from .errors import TransportError
from .profile import Profile, altered
from .wire import Wire

# What mail servers listen on, and nothing else: this is no port scanner.
MAIL_PORTS = (25, 465, 587, 2465, 2525, 2587)
PORTS_SECONDS = 1.5


def examine(error: TransportError, profile: Profile, *, seconds: float) -> None:
    """Add to ``error`` what a second look within ``seconds`` shows.

    Looks only at the addresses the guard lets pass, and never fails itself.
    """
    look = LOOKS.get((error.step, error.cause)) or LOOKS.get((error.step, ""))
    if not look:
        return
    if profile.protocol == "http" and error.step == "certificate":
        facts = error.facts
        host, port = facts.get("host", ""), facts.get("port", 0)
        profile = altered(profile, host=host, port=port, security="tls")
    elif profile.protocol != "smtp":
        return
    deadline = Deadline(seconds)
    with contextlib.suppress(TransportError, OSError, EOFError, ValueError):
        addresses = steps.resolve(profile.host, profile.port, profile, deadline)
        look(error, profile, addresses=addresses, deadline=deadline)


def _other_ports(error, profile, *, addresses, deadline) -> None:
    """Which of the usual ports of this server do answer."""
    ports = [port for port in MAIL_PORTS if port != profile.port]
    seconds = min(deadline.left(), PORTS_SECONDS)
    error.facts["ports"] = tuple(dial.answering(addresses, ports, seconds))


def _maybe_encrypted(error, profile, *, addresses, deadline) -> None:
    """A server that waits in silence may be waiting for a TLS handshake."""
    if _peek(profile, addresses, deadline) is None:
        return
    error.kind, error.cause = "tls", "plain_on_tls"
    error.facts["suggested"] = "tls"
    # What greets under encryption may still be another kind of server.
    sock, _address = steps.connect(addresses, profile.port, deadline)
    with contextlib.closing(Wire(sock)) as wire:
        _wrap(wire, profile, deadline)
        _greeted(error, wire, deadline)


def _maybe_starttls(error, profile, *, addresses, deadline) -> None:
    """A server that talks at once; does it offer to encrypt later?"""
    sock, _address = steps.connect(addresses, profile.port, deadline)
    with contextlib.closing(Wire(sock)) as wire:
        _greeted(error, wire, deadline)
        extensions = steps.hello(wire, profile.local_hostname, deadline)
    error.kind, error.cause = "tls", "tls_on_plain"
    offered = "STARTTLS" in extensions
    error.facts["suggested"] = "starttls" if offered else "none"


def _greeted(error: TransportError, wire: Wire, deadline: Deadline) -> None:
    """The greeting; one in another protocol's words becomes the ``error``.

    :raises TransportError: it was no greeting of a mail server
    """
    try:
        steps.greet(wire, deadline)
    except TransportError as other:
        if other.cause == "not_smtp":
            error.kind, error.cause = other.kind, other.cause
            error.facts.pop("suggested", None)
            error.facts.update(other.facts)
        raise


def _certificate(error, profile, *, addresses, deadline) -> None:
    """Names, dates and issuer of the certificate that was refused."""
    data = _peek(profile, addresses, deadline, starttls=profile.security != "tls")
    if data:
        error.facts.update(_describe(x509.load_der_x509_certificate(data)))


def _peek(
    profile: Profile, addresses: list[str], deadline: Deadline, *, starttls=False
) -> bytes | None:
    """The server's certificate, taken without trusting it: None where nobody speaks
    TLS, empty where somebody does and refuses us."""
    sock, _address = steps.connect(addresses, profile.port, deadline)
    with contextlib.closing(Wire(sock)) as wire:
        if starttls:
            steps.greet(wire, deadline)
            steps.hello(wire, profile.local_hostname, deadline)
            steps.start_tls(wire, deadline)
        try:
            secure = _wrap(wire, profile, deadline)
        except OSError as exc:
            # A refusal in the language of TLS is still no plain server.
            return b"" if "ALERT" in str(getattr(exc, "reason", "")) else None
        return secure.getpeercert(binary_form=True)


def _wrap(wire: Wire, profile: Profile, deadline: Deadline) -> ssl.SSLSocket:
    """Encrypt without trusting; :raises OSError: nobody there speaks TLS."""
    context = tls.context_for(profile, verify=False)
    wire.sock.settimeout(deadline.left())
    name = names.host_name(profile.host)
    wire.sock = secure = context.wrap_socket(wire.sock, server_hostname=name)
    return secure


def _describe(certificate: x509.Certificate) -> dict:
    """The facts of ``cert_*``: texts as they stand in the certificate, ISO dates."""
    try:
        found = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        ).value
        known = [str(name.value) for name in found]
    except (x509.ExtensionNotFound, ValueError):
        known = [
            str(name.value)
            for name in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        ]
    return {
        "names": tuple(known[:10]),
        "starts": _day(certificate, "not_valid_before"),
        "expires": _day(certificate, "not_valid_after"),
        "issuer": certificate.issuer.rfc4514_string()[:200],
    }


def _day(certificate: x509.Certificate, name: str) -> str:
    # Older releases of the library know only the name without the time zone.
    moment: datetime.datetime = getattr(certificate, f"{name}_utc", None) or getattr(
        certificate, name
    )
    return moment.date().isoformat()


LOOKS: dict[tuple[str, str], Callable] = {
    ("connect", "refused"): _other_ports,
    ("connect", "timeout"): _other_ports,
    ("connect", "unreachable"): _other_ports,
    ("greeting", "timeout"): _maybe_encrypted,
    ("greeting", "closed"): _maybe_encrypted,
    ("encryption", "tls_on_plain"): _maybe_starttls,
    ("encryption", "closed"): _maybe_starttls,
    ("encryption", "timeout"): _maybe_starttls,
    ("certificate", ""): _certificate,
}

"""Real servers on loopback for the tests of the wire, and letters to send."""

from __future__ import annotations

import contextlib
import email
import email.policy
import functools
import socket
import ssl
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
import trustme
from account_email.transport import Profile, TransportError, open_session
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SENDER = "accounts@sender.example"
LOGIN = ("accounts@sender.example", "s3cret pässword")


@functools.lru_cache
def authority() -> trustme.CA:
    return trustme.CA()


@functools.lru_cache
def ca_file() -> str:
    with authority().cert_pem.tempfile() as path, open(path, "rb") as source:
        pem = source.read()
    return _keep(pem)


@functools.lru_cache
def _folder():
    import tempfile

    # Kept in a global so that it lives, and is removed, with the test run.
    return tempfile.TemporaryDirectory(prefix="wire-")


def _keep(pem: bytes) -> str:
    path = f"{_folder().name}/ca.pem"
    with open(path, "wb") as target:
        target.write(pem)
    return path


def server_context(*names: str, **options) -> ssl.SSLContext:
    """A server's TLS context with a certificate of our authority."""
    issuer = options.pop("issuer", None) or authority()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert(*(names or ("localhost", "127.0.0.1")), **options).configure_cert(
        context
    )
    return context


def smtp_profile(port: int, **values) -> Profile:
    defaults = {
        "protocol": "smtp",
        "host": "localhost",
        "port": port,
        "security": "none",
        "sender": SENDER,
        "timeout": 5.0,
        "delivery_timeout": 5.0,
        "allowed_hosts": LOOPBACK,
        "ca_file": ca_file(),
    }
    return Profile(**{**defaults, **values})


def http_profile(url, **values) -> Profile:
    defaults = {
        "protocol": "http",
        "http_url": url,
        "sender": SENDER,
        "timeout": 1.0,
        "delivery_timeout": 1.0,
        "allowed_hosts": LOOPBACK,
        "ca_file": ca_file(),
    }
    return Profile(**{**defaults, **values})


def parts_of(request) -> dict:
    """The parts of a multipart request by name: (value or bytes, file name)."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + request.body, policy=email.policy.default)
    return {
        part.get_param("name", header="content-disposition"): (
            part.get_payload(decode=True) or part.get_payload(0).as_bytes(),
            part.get_filename(),
        )
        for part in message.iter_parts()
    }


def letter(**values) -> EmailMessage:
    """A letter of the real shape: text, HTML, one PDF."""
    message = EmailMessage()
    headers = {
        "From": f'"Acmé & Söhne, Inc." <{SENDER}>',
        "To": "Jane <jane@customer.example>",
        "Subject": "Invoice INV/2026/0001 – für Sie",
        "Message-ID": "<0001@sender.example>",
        **values,
    }
    for name, value in headers.items():
        if value is not None:
            message[name] = value
    message.set_content("Guten Tag,\n.\n.. two dots\nGrüße\n")
    message.add_alternative("<p>Guten Tag</p>", subtype="html")
    message.add_attachment(
        b"%PDF-1.7 " + bytes(range(256)) * 20,
        maintype="application",
        subtype="pdf",
        filename="INV 2026 0001.pdf",
    )
    return message


class Catcher:
    """Keeps what it is sent; knows one user; refuses addresses that say so."""

    def __init__(self):
        self.letters = []
        self.logins = []
        self.peers = set()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        user = address.partition("@")[0]
        if user.isdigit():
            return f"{user} 5.1.1 {address} refused"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.peers.add(session.peer)
        self.letters.append(
            SimpleNamespace(
                sender=envelope.mail_from,
                recipients=list(envelope.rcpt_tos),
                data=envelope.original_content,
                options=list(envelope.mail_options),
                encrypted=_encrypted(server),
                hostname=session.host_name,
            )
        )
        return f"250 2.0.0 OK: queued as Q{len(self.letters)}"

    def authenticate(self, server, session, envelope, mechanism, auth_data):
        known = (
            isinstance(auth_data, LoginPassword)
            and (
                auth_data.login.decode(),
                auth_data.password.decode(),
            )
            == LOGIN
        )
        self.logins.append((mechanism, known, _encrypted(server)))
        return AuthResult(success=known, handled=False)


def _encrypted(server) -> bool:
    return server.transport.get_extra_info("sslcontext") is not None


class _Controller(Controller):
    def factory(self):
        return SMTP(self.handler, **self.SMTP_kwargs)


@contextlib.contextmanager
def catcher(*, tls=None, starttls=None, **options):
    """A catching SMTP server; yields (handler, port)."""
    handler = Catcher()
    options.setdefault("authenticator", handler.authenticate)
    options.setdefault("auth_require_tls", False)
    controller = _Controller(
        handler,
        hostname="localhost",
        port=free_port(),
        ssl_context=tls,
        tls_context=starttls,
        **options,
    )
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def fail(
    profile: Profile, message=None, recipients=("jane@customer.example",), **options
):
    """Send a letter, which must fail; the error."""
    with pytest.raises(TransportError) as caught, open_session(profile) as session:
        session.send(message or letter(), SENDER, recipients, **options)
    return caught.value

"""An internet of our own on loopback: names, ports and who answers there."""

import base64
import contextlib
import os
import socket
import ssl
import tempfile
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import trustme

from ..transport import dial
from .unit.transport_scripts import http_server, scripted

# The package gives out the function of this name.
probe = import_module(f"{dial.__package__}.probe")
# Somebody looks at the test: here nobody does, and silence is waited for.
PROBE_SECONDS = 1.5
AUTHORITY = trustme.CA()


def certificate(*names, issuer=AUTHORITY, **options):
    """A server's context with a certificate for ``names``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert(*names, **options).configure_cert(context)
    return context


def mail(tls=None, starttls=None, password="", **replies):
    """A mail server, except for ``replies``; see ``Script.converse``.

    :param tls, starttls: context; without one the server does not encrypt so
    :param password: the only one that it takes; without it there is no login
    """
    offers = ["script", "8BITMIME", "SIZE 10000000"]
    if starttls:
        offers.append("STARTTLS")
        replies.setdefault("STAR", lambda script: _encrypt(script, starttls))
    if password:
        offers.append("AUTH PLAIN LOGIN")
        replies.setdefault("AUTH", lambda script: _log_in(script, password))
    lines = [f"250-{offer}\r\n" for offer in offers[:-1]] + [f"250 {offers[-1]}\r\n"]
    replies.setdefault("EHLO", "".join(lines))
    said = {verb: _line(reply) for verb, reply in replies.items()}
    return scripted(lambda script: script.converse(**said), tls=tls)


def _line(reply):
    return f"{reply}\r\n" if isinstance(reply, str) and reply[-1:] != "\n" else reply


def _encrypt(script, context):
    script.say("220 go\r\n")
    script.sock = context.wrap_socket(script.sock, server_side=True)
    return True


def _log_in(script, password):
    token = base64.b64decode(script.last.split()[-1])
    right = token.endswith(b"\0" + password.encode())
    script.say("235 welcome\r\n" if right else "535 5.7.8 authentication failed\r\n")
    return True


@contextlib.contextmanager
def api(answer, *names, tls=None):
    """An HTTP service; ``answer`` is (status, headers, body) or a function of the
    request that gives them."""
    given = answer if callable(answer) else lambda _request: answer
    with http_server(given, tls=tls or certificate(*names)) as (_seen, address):
        yield int(address.rpartition(":")[2])


@contextlib.contextmanager
def internet(servers, addresses=None):
    """For a while, names and ports lead to ``servers`` and nothing else exists.

    :param servers: (host, port) -> context manager that gives the real port
    :param addresses: host -> address, or the error of the look-up; the others are
        somewhere on the public internet
    """
    known, real = dict(addresses or {}), {}
    for number, (host, _port) in enumerate(servers, start=1):
        known.setdefault(host, f"9.9.9.{number}")
    with contextlib.ExitStack() as stack:
        for (host, port), server in servers.items():
            real[known[host], port] = stack.enter_context(server)
        stack.enter_context(patch.object(dial, "socket", _sockets(known, real)))
        stack.enter_context(patch.object(probe, "PROBE_SECONDS", PROBE_SECONDS))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = Path(folder) / "ca.pem"
        AUTHORITY.cert_pem.write_to_path(path)
        stack.enter_context(patch.dict(os.environ, {"SSL_CERT_FILE": str(path)}))
        yield


def _sockets(known, real):
    """The ``socket`` module as one sees it there."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = unused.getsockname()[1]

    class Socket(socket.socket):
        def connect_ex(self, address):
            return super().connect_ex(("127.0.0.1", real.get(address, closed)))

    def getaddrinfo(host, port, **_options):
        address = known.get(host, socket.gaierror(socket.EAI_NONAME, "no such name"))
        if isinstance(address, OSError):
            raise address
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    names = {**vars(socket), "socket": Socket, "getaddrinfo": getaddrinfo}
    return SimpleNamespace(**names)

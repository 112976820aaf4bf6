"""Real mail servers on loopback, for as long as a ``with`` block lasts."""

import contextlib
import os
import ssl
import tempfile
import threading
from base64 import b64encode
from email import message_from_bytes, policy
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

HOST = "127.0.0.1"
USERNAME = "office@example.com"
PASSWORD = "correct horse battery"


class Mailbox:
    """Handler that keeps every letter with its envelope, and answers as told."""

    def __init__(self, **replies):
        self.letters = []
        self.replies = replies  # of "MAIL", "RCPT", "DATA"

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if "RCPT" in self.replies and address.startswith("refused"):
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if "DATA" in self.replies:
            return self.replies["DATA"]
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 2.0.0 OK: queued as 4F2A"


def _authenticator(password):
    """:param password: the one of USERNAME; a refusal repeats what was given"""

    def authenticate(server, _session, _envelope, _mechanism, data):
        success = (data.login, data.password) == (USERNAME.encode(), password.encode())
        if not success:
            said = f"{data.password.decode()} / {b64encode(data.password).decode()}"
            # The server's own refusal comes behind it; nobody reads two.
            server._writer.write(f"535 5.7.8 Wrong: {said}\r\n".encode())
        return AuthResult(success=success, handled=success)

    return authenticate


class _Controller(Controller):
    def __init__(self, handler, *, context=None, security="none", login=False):
        tls = {"ssl_context": context} if security == "tls" else {}
        super().__init__(handler, hostname=HOST, port=0, **tls)
        self.options = {
            "tls_context": context if security == "starttls" else None,
            "require_starttls": security == "starttls",
            "auth_required": bool(login),
            "auth_require_tls": security == "starttls",
            "authenticator": _authenticator(PASSWORD if login is True else login),
        }

    def _trigger_server(self):
        # Port 0 was asked for; from here on it has its real number.
        self.port = self.server.sockets[0].getsockname()[1]
        return super()._trigger_server()

    def factory(self):
        return SMTP(self.handler, hostname="localhost", **self.options)


@contextlib.contextmanager
def smtp_server(handler=None, *, security="none", login=False):
    """Yield ``(port, mailbox)`` of a server whose certificate is trusted meanwhile.

    :param login: whether one has to log in, or the password it takes
    """
    mailbox = handler or Mailbox()
    with trusted_context() as context:
        controller = _Controller(
            mailbox, context=context, security=security, login=login
        )
        controller.start()
        try:
            yield controller.port, mailbox
        finally:
            controller.stop()


@contextlib.contextmanager
def trusted_context():
    authority = trustme.CA()
    certificate = authority.issue_cert(HOST, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ca.pem"
        authority.cert_pem.write_to_path(path)
        with patch.dict(os.environ, {"SSL_CERT_FILE": str(path)}):
            yield context


class _HttpHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        form = BytesParser(policy=policy.HTTP).parsebytes(head + body)
        self.server.forms.append(
            {
                part.get_param("name", header="content-disposition"): part
                for part in form.iter_parts()
            }
        )
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_args):
        """Silent: a test's output is the runner's."""


@contextlib.contextmanager
def http_server(*, status=200, answer=b""):
    """Yield ``(url, forms)`` of a server that speaks Manager's protocol."""
    server = ThreadingHTTPServer((HOST, 0), _HttpHandler)
    server.forms, server.status, server.answer = [], status, answer
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/send", server.forms
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Where tokens are good for something: an SMTP server and two HTTP interfaces."""

import contextlib
import email
import email.policy
import json
from base64 import b64decode, b64encode

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from flask import Response, jsonify, request

CHALLENGE = b64encode(
    json.dumps({"status": "400", "schemes": "Bearer", "scope": "mail"}).encode()
)
GRAPH_LIMIT = 4 * 1024 * 1024


class MailApis:
    """Gmail's and Graph's end points, with what they were sent.

    :ivar answers: answers to give first: (status, object, headers)
    :ivar rights: account → mailboxes that she may send from besides her own
    """

    def __init__(self, authority):
        self.authority = authority
        self.letters = []
        self.answers = []
        self.rights = {}
        app = authority.app
        app.add_url_rule(
            "/upload/gmail/v1/users/me/messages/send",
            view_func=self.gmail,
            methods=["POST"],
        )
        app.add_url_rule("/v1.0/me/sendMail", view_func=self.graph, methods=["POST"])
        app.add_url_rule(
            "/v1.0/users/<mailbox>/sendMail",
            endpoint="graph_of",
            view_func=self.graph,
            methods=["POST"],
        )

    def _who(self, scope):
        """:return: account of the token, and whether it may do ``scope``"""
        kind, _blank, text = request.headers.get("Authorization", "").partition(" ")
        token = self.authority.check_access(text) if kind == "Bearer" else None
        return token, bool(token) and scope in token.scope.casefold()

    def _keep(self, account, data):
        message = email.message_from_bytes(data, policy=email.policy.default)
        everybody = [
            address.addr_spec
            for header in ("To", "Cc", "Bcc")
            for address in (message[header].addresses if message[header] else ())
        ]
        del message["Bcc"]
        self.letters.append((account, everybody, message))

    def _prepared(self):
        if not self.answers:
            return None
        status, body, headers = self.answers.pop(0)
        return Response(
            json.dumps(body), status, {"Content-Type": "application/json", **headers}
        )

    def gmail(self):
        token, may = self._who("gmail.send")
        if not token:
            return _gmail_error(401, "Request had invalid credentials.", "authError")
        if not may:
            words = "Request had insufficient authentication scopes."
            return _gmail_error(403, words, "insufficientPermissions")
        prepared = self._prepared()
        if prepared:
            return prepared
        self._keep(token.user, request.get_data())
        return jsonify({"id": f"g{len(self.letters)}", "labelIds": ["SENT"]})

    def graph(self, mailbox=""):
        token, may = self._who("mail.send")
        is_application = bool(token) and not token.user
        if not token:
            return _graph_error(401, "InvalidAuthenticationToken")
        if not may and not is_application:
            return _graph_error(403, "ErrorAccessDenied")
        prepared = self._prepared()
        if prepared:
            return prepared
        own = mailbox in ("", token.user) and not is_application
        if not own and mailbox not in self.rights.get(token.user, ()):
            return _graph_error(403, "ErrorAccessDenied")
        if len(request.get_data()) > GRAPH_LIMIT:
            # As they do: success, and nothing is sent.
            return Response("", 200)
        self._keep(mailbox or token.user, b64decode(request.get_data()))
        return Response("", 202, {"request-id": f"r{len(self.letters)}"})


def _gmail_error(status, words, reason):
    body = {"code": status, "message": words, "errors": [{"reason": reason}]}
    return jsonify({"error": body}), status


def _graph_error(status, code):
    return jsonify({"error": {"code": code, "message": "Refused."}}), status


class TokenMailbox:
    """Keeps letters; lets those in who show a living token for their mailbox."""

    def __init__(self, authority, rights=None, refusal=""):
        self.authority = authority
        self.rights = rights or {}
        self.refusal = refusal
        self.letters = []
        self.logins = []

    async def auth_XOAUTH2(self, server, args):
        words = b64decode(args[1]).decode()
        fields = dict(part.partition("=")[::2] for part in words.split("\1") if part)
        user, text = fields.get("user", ""), fields.get("auth", "")
        exact = words == f"user={user}\1auth={text}\1\1" and text.startswith("Bearer ")
        token = exact and self.authority.check_access(text.removeprefix("Bearer "))
        self.logins.append((user, bool(token)))
        if not token or self.refusal:
            return await self._refuse(
                server, self.refusal or "535 5.7.8 Username and Password not accepted."
            )
        if user != token.user and user not in self.rights.get(token.user, ()):
            return await self._refuse(
                server, "535 5.7.3 Authentication unsuccessful [X.PROD.OUTLOOK.COM]"
            )
        return AuthResult(success=True, auth_data=user)

    async def _refuse(self, server, words):
        answer = await server.challenge_auth(CHALLENGE.decode(), encode_to_b64=False)
        await server.push(words if answer == b"" else "501 5.5.4 An empty line!")
        return AuthResult(success=False, handled=True)

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(
            envelope.content, policy=email.policy.default
        )
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 2.0.0 OK: queued as T1"


class _Controller(Controller):
    def __init__(self, handler, context):
        super().__init__(handler, hostname="localhost", port=0)
        self.context = context

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        return super()._trigger_server()

    def factory(self):
        return SMTP(
            self.handler,
            hostname="localhost",
            tls_context=self.context,
            require_starttls=True,
            auth_required=True,
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
        )


@contextlib.contextmanager
def token_smtp_server(authority, context, **options):
    """Yield ``(port, mailbox)`` of a server that wants STARTTLS and a token.

    :param context: server's TLS context, for ``localhost``
    """
    mailbox = TokenMailbox(authority, **options)
    controller = _Controller(mailbox, context)
    controller.start()
    try:
        yield controller.port, mailbox
    finally:
        controller.stop()

"""The authorization server: its pages, its end points, its knobs."""

import contextlib
import secrets
import threading
import time
from dataclasses import replace

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import Flask, Response, jsonify, request
from werkzeug.serving import WSGIRequestHandler, make_server

from .grants import ENDPOINTS, GRANTS, bound, claims_for, id_token
from .store import Client, Store, Token

# Authlib takes http for safe on localhost alone.
HOST = "localhost"
CONSENT = """<!doctype html><title>Sign in</title><h1>{client} wants to send mail</h1>
<form method="post"><input name="user" value="{user}"/>
<button name="answer" value="allow" id="allow">Allow</button>
<button name="answer" value="refuse" id="refuse">Cancel</button></form>"""
DEVICE = """<!doctype html><title>Device</title><form method="post">
<input name="user_code"/><input name="user" value="jane@example.com"/>
<button name="answer" value="allow">Allow</button></form>"""


class Authority:
    """One provider. What it does can be changed while it runs:

    :ivar rotates: each renewal brings a new refresh token
    :ivar is_lenient: an old refresh token goes on working, as mostly at Microsoft
    :ivar lifetime: seconds of an access token
    :ivar clock_off: seconds that its clock is ahead
    :ivar claims: what the id token says instead
    :ivar refusals: answers of the token end point to give first: (status, object)
    :ivar needs_consent_prompt: a refresh token only for ``prompt=consent``, as Google
    :ivar delay: seconds that each answer of the token end point takes
    """

    def __init__(self):
        self.store = Store()
        self.rotates, self.is_lenient, self.is_slowed = True, False, False
        self.lifetime, self.clock_off, self.delay = 3600, 0, 0.0
        self.claims, self.refusals = {}, []
        self.needs_consent_prompt = False
        self.tenant_id = "72f988bf-86f1-41af-91ab-2d7cd011db47"
        self.requests, self.refreshes, self.reused = [], [], []
        self.base = self.issuer = ""
        self.app = Flask("authority")
        self.server = AuthorizationServer(
            self.app, self.store.clients.get, self._save_token
        )
        self.server.register_token_generator("default", self._generate_token)
        self._register()

    def _register(self):
        code, *others = bound(self, GRANTS)
        self.server.register_grant(code, [CodeChallenge(required=True)])
        for grant in others:
            self.server.register_grant(grant)
        for endpoint in bound(self, ENDPOINTS):
            self.server.register_endpoint(endpoint)
        paths = {
            "/<tenant>/oauth2/v2.0/authorize": self._authorize,
            "/<tenant>/oauth2/v2.0/token": self._token,
            "/<tenant>/oauth2/v2.0/devicecode": self._device,
            "/<tenant>/oauth2/v2.0/revoke": self._revoke,
            "/devicelogin": self._device_login,
        }
        for path, view in paths.items():
            self.app.add_url_rule(
                path, view.__name__, view, methods=["GET", "POST"], defaults={}
            )

    def add_client(self, client_id, secret="", *redirect_uris, withheld=()):
        client = Client(client_id, secret, redirect_uris, set(withheld))
        self.store.clients[client_id] = client
        return client

    def service(self, original, **changes):
        """``original`` with this provider's addresses: for the tests' own table."""
        where = f"{self.base}/{{tenant}}/oauth2/v2.0"
        if original.key == "google":
            where = where.format(tenant="google")
        addresses = {"authorize": f"{where}/authorize", "token": f"{where}/token"}
        if original.device:
            addresses["device"] = f"{where}/devicecode"
        if original.revoke:
            addresses["revoke"] = f"{where}/revoke"
        return replace(
            original,
            **{**addresses, "issuers": (self.issuer,), "api": self.base} | changes,
        )

    # ------------------------------------------------------------
    # Pages and end points
    # ------------------------------------------------------------

    def _authorize(self, tenant):
        self.requests.append(("authorize", dict(request.args)))
        grant = self.server.get_consent_grant(end_user="anybody")
        if request.method == "GET":
            user = request.args.get("login_hint") or "jane@example.com"
            return CONSENT.format(client=grant.client.client_id, user=user)
        allowed = request.form.get("answer") == "allow"
        return self.server.create_authorization_response(
            grant_user=request.form["user"] if allowed else None, grant=grant
        )

    def _token(self, tenant):
        self.requests.append(("token", dict(request.form)))
        if self.delay:
            time.sleep(self.delay)
        if self.refusals:
            status, body = self.refusals.pop(0)
            if isinstance(body, str):
                return Response(body, status)
            return jsonify(body), status
        with self.store.lock:
            return self.server.create_token_response()

    def _device(self, tenant):
        return self.server.create_endpoint_response("device_authorization")

    def _revoke(self, tenant):
        self.requests.append(("revoke", dict(request.form)))
        return self.server.create_endpoint_response("revocation")

    def _device_login(self):
        if request.method == "GET":
            return DEVICE
        self.decide(request.form["user_code"], request.form["user"])
        return "You may close this page."

    def decide(self, user_code, user, allowed=True):
        """What the person who typed ``user_code`` has answered."""
        self.store.decisions[user_code] = (user, allowed)

    # ------------------------------------------------------------
    # Tokens
    # ------------------------------------------------------------

    def _generate_token(
        self, grant_type, client, user=None, scope=None, expires_in=None, **options
    ):
        token = {
            "token_type": "Bearer",
            "access_token": f"at-{secrets.token_urlsafe(60)}",
            "expires_in": self.lifetime,
            "scope": client.get_allowed_scope(scope),
        }
        if options.get("include_refresh_token", True) and user:
            token["refresh_token"] = f"rt-{secrets.token_urlsafe(60)}"
        return token

    def _save_token(self, token, oauth_request):
        code = getattr(oauth_request, "authorization_code", None)
        if code and self.needs_consent_prompt and not code.has_consent:
            token.pop("refresh_token", None)
        old = getattr(oauth_request, "refresh_token", None)
        refresh = token.get("refresh_token", "")
        saved = Token(
            token["access_token"],
            refresh or (old.refresh if old else ""),
            oauth_request.client.client_id,
            oauth_request.user or "",
            token["scope"],
            time.time() + self.lifetime,
            old.family if old else secrets.token_hex(8),
        )
        if old and not refresh:
            # The same one goes on: only the access token is new.
            saved.refresh = ""
        self.store.tokens.append(saved)
        if saved.user and "openid" in token["scope"].split():
            nonce = code.nonce if code else ""
            token["id_token"] = id_token(claims_for(self, saved, nonce))
        token["scope"] = self.rename(token["scope"])

    def keep(self, token, client_id, user):
        """Take ``token`` for one that was given to ``user``."""
        end = time.time() + self.lifetime
        refresh = token.get("refresh_token", "")
        scope, family = token["scope"], secrets.token_hex(8)
        saved = Token(
            token["access_token"], refresh, client_id, user, scope, end, family
        )
        self.store.tokens.append(saved)
        return saved

    def rename(self, scope):
        """Scopes as the provider writes them in its answer."""
        new = {"email": "https://www.googleapis.com/auth/userinfo.email"}
        return " ".join(new.get(word, word) for word in scope.split())

    def check_access(self, text):
        """:return: the living token of this access part, or None"""
        token = self.store.find_token(text)
        living = token and token.access == text and not token.is_expired()
        return token if living else None

    def expire_all(self):
        """End the life of every access token."""
        for token in self.store.tokens:
            token.expires_at = 0


class _Quiet(WSGIRequestHandler):
    def log(self, *_args, **_options):
        """Silent: a test's output is the runner's."""


@contextlib.contextmanager
def open_authority(*extensions):
    """Yield a running :class:`Authority`.

    :param extensions: functions that take it and add their own end points
    """
    authority = Authority()
    for extend in extensions:
        extend(authority)
    server = make_server(HOST, 0, authority.app, threaded=True, request_handler=_Quiet)
    authority.base = authority.issuer = f"http://{HOST}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

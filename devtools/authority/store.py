"""What an authorization server remembers: clients, codes, devices, tokens."""

import threading
import time
from dataclasses import dataclass, field

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin
from authlib.oauth2.rfc8628 import DeviceCredentialDict


@dataclass
class Client(ClientMixin):
    """A registered application; without a secret it is a public one."""

    client_id: str
    secret: str = ""
    redirect_uris: tuple = ()
    withheld: set = field(default_factory=set)

    def get_client_id(self):
        return self.client_id

    def get_default_redirect_uri(self):
        return self.redirect_uris[0]

    def get_allowed_scope(self, scope):
        return " ".join(w for w in (scope or "").split() if w not in self.withheld)

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret):
        return self.secret == client_secret

    def check_endpoint_auth_method(self, method, endpoint):
        return method == ("client_secret_post" if self.secret else "none")

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return True


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    client_id: str
    redirect_uri: str
    scope: str
    user: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    has_consent: bool

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope


@dataclass
class Token(TokenMixin):
    """``family`` is shared by all that were made from one consent."""

    access: str
    refresh: str
    client_id: str
    user: str
    scope: str
    expires_at: float
    family: str
    is_used: bool = False

    def check_client(self, client):
        return client.client_id == self.client_id

    def get_scope(self):
        return self.scope

    def get_expires_in(self):
        return max(0, int(self.expires_at - time.time()))

    def is_expired(self):
        return time.time() > self.expires_at

    def is_revoked(self):
        return False

    def get_user(self):
        return self.user

    def get_client(self):
        return None


class Store:
    """All of it, behind one lock."""

    def __init__(self):
        self.lock = threading.RLock()
        self.clients = {}
        self.codes = {}
        self.devices = {}
        self.decisions = {}
        self.tokens = []
        self.dead_families = set()
        self.nonces = {}

    def find_token(self, text):
        """The token whose access or refresh part ``text`` is, of a living family."""
        with self.lock:
            for token in self.tokens:
                if text and text in (token.access, token.refresh):
                    return token if token.family not in self.dead_families else None
        return None

    def kill(self, token):
        self.dead_families.add(token.family)

    def save_device(self, client_id, scope, data):
        values = {
            "client_id": client_id,
            "scope": scope,
            "expires_at": int(time.time()) + data["expires_in"],
        }
        self.devices[data["device_code"]] = DeviceCredentialDict(
            {**values, "user_code": data["user_code"]}
        )

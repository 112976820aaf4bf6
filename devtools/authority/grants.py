"""The grants of the server: Authlib's, over our store."""

import json
import time
from base64 import urlsafe_b64encode

from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc6749.errors import InvalidGrantError
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCodeGrant

from .store import Code

METHODS = ["client_secret_post", "none"]


def id_token(claims):
    """Unsigned: it is believed because of the connection that it comes over."""
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256"}, claims)]
    words = [urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
    return ".".join([*words, "c2ln"])


class _Bound:
    """A class of Authlib's that knows whose it is."""

    authority = None

    @property
    def store(self):
        return self.authority.store


def bound(authority, classes):
    """:return: ``classes`` of one ``authority``; Authlib makes the objects itself"""
    return [type(cls.__name__, (cls,), {"authority": authority}) for cls in classes]


class AuthorizationCode(_Bound, grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def save_authorization_code(self, code, request):
        data = request.payload.data
        self.store.codes[code] = Code(
            code,
            request.client.client_id,
            request.payload.redirect_uri,
            request.client.get_allowed_scope(request.payload.scope),
            request.user,
            data.get("nonce", ""),
            data.get("code_challenge", ""),
            data.get("code_challenge_method", ""),
            "consent" in data.get("prompt", ""),
        )

    def query_authorization_code(self, code, client):
        found = self.store.codes.get(code)
        return found if found and found.client_id == client.client_id else None

    def delete_authorization_code(self, authorization_code):
        self.store.codes.pop(authorization_code.code, None)

    def authenticate_user(self, authorization_code):
        return authorization_code.user


class Refresh(_Bound, grants.RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    @property
    def INCLUDE_NEW_REFRESH_TOKEN(self):
        return self.authority.rotates

    def authenticate_refresh_token(self, refresh_token):
        self.authority.refreshes.append(refresh_token)
        token = self.store.find_token(refresh_token)
        if token and token.is_used and not self.authority.is_lenient:
            # RFC 9700 4.14.2: somebody has it who should not.
            self.authority.reused.append(refresh_token)
            self.store.kill(token)
            raise InvalidGrantError("The refresh token was used already.")
        return token

    def authenticate_user(self, refresh_token):
        return refresh_token.user

    def revoke_old_credential(self, refresh_token):
        refresh_token.is_used = self.authority.rotates

    def _validate_token_scope(self, token):
        """Microsoft takes scopes of one consent in any order and number."""


class Application(_Bound, grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS


class Device(_Bound, DeviceCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = METHODS

    def query_device_credential(self, device_code):
        return self.store.devices.get(device_code)

    def query_user_grant(self, user_code):
        return self.store.decisions.get(user_code)

    def should_slow_down(self, credential):
        return self.authority.is_slowed

    def create_token_response(self):
        # A code that was answered is gone.
        self.store.devices.pop(self.request.payload.data["device_code"], None)
        return super().create_token_response()


class DeviceCode(_Bound, DeviceAuthorizationEndpoint):
    CLIENT_AUTH_METHODS = METHODS

    def get_verification_uri(self):
        return f"{self.authority.base}/devicelogin"

    def save_device_credential(self, client_id, scope, data):
        # Microsoft's answer has no address with the code in it.
        data.pop("verification_uri_complete", None)
        self.store.save_device(client_id, scope, data)


class Revocation(_Bound, RevocationEndpoint):
    CLIENT_AUTH_METHODS = METHODS

    def query_token(self, token_string, token_type_hint):
        return self.store.find_token(token_string)

    def revoke_token(self, token, request):
        self.store.kill(token)


GRANTS = (AuthorizationCode, Refresh, Application, Device)
ENDPOINTS = (DeviceCode, Revocation)


def claims_for(authority, token, nonce):
    now = time.time() + authority.clock_off
    return {
        "iss": authority.issuer,
        "aud": token.client_id,
        "sub": f"sub-{token.user}",
        "email": token.user,
        "tid": authority.tenant_id,
        "iat": int(now),
        "exp": int(now + 3600),
        **({"nonce": nonce} if nonce else {}),
        **authority.claims,
    }

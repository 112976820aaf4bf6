"""The one place that knows Authlib, and gives it our own connection to speak over."""

from __future__ import annotations

import importlib.util
import io
from functools import cache
from typing import Any

import requests
from requests.structures import CaseInsensitiveDict

from ..deadline import Deadline
from ..errors import TransportError
from ..exchange import HttpConnection
from ..profile import secret_of
from ..progress import finish
from .app import App


class Refused(Exception):
    """The provider's ``error`` and ``error_description``, whatever stands in them.

    Authlib's own exception refuses line ends, which all of Microsoft's texts have.
    """

    def __init__(self, error: object = None, description: object = None):
        self.error = str(error or "")
        self.description = str(description or "")
        super().__init__(self.error)


class Channel:
    """What Authlib needs of a session: one guarded request each, never redirected."""

    def __init__(self, app: App):
        self._app = app

    def post(self, url, data=None, headers=None, auth=None, **_ignored):
        """:raises TransportError: there was no answer; it may be asked for again"""
        request = requests.Request(
            "POST", url, data=data, headers=headers, auth=auth
        ).prepare()
        connection = HttpConnection(url, self._app.profile)
        finish(connection.opening())
        try:
            answer = connection.exchange(request, Deadline(self._app.timeout))
        finally:
            connection.close()
        response = requests.Response()
        response.status_code = answer.status
        response.raw = io.BytesIO(answer.body)
        response.headers = CaseInsensitiveDict(answer.headers.items())
        # Without a query: its text may end in an exception.
        response.url = url.partition("?")[0]
        return response


def is_available() -> bool:
    """Whether Authlib is installed; it is not looked into before it is needed."""
    return importlib.util.find_spec("authlib") is not None


@cache
def _client_class() -> type:
    try:
        from authlib.integrations.requests_client.oauth2_session import OAuth2ClientAuth
        from authlib.oauth2.client import OAuth2Client
    except ImportError as exc:
        raise TransportError("config", "library_missing", step="token") from exc

    class Client(OAuth2Client):
        client_auth_class = OAuth2ClientAuth
        oauth_error_class = Refused

    return Client


def client_of(app: App, **options: Any):
    """Authlib's client for ``app``; :raises TransportError: ``library_missing``."""
    secret = secret_of(app, "secret")
    # In the body: Microsoft's secrets hold characters that break HTTP Basic.
    method = "client_secret_post" if secret else "none"
    return _client_class()(
        Channel(app),
        client_id=app.client_id.strip(),
        client_secret=secret or None,
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
        code_challenge_method="S256",
        **options,
    )

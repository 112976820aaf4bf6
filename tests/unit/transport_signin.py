"""A provider of our own, and the applications that are registered there."""

from __future__ import annotations

import contextlib
import re
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import requests
from account_email.transport import signin
from account_email.transport.profile import secret_of
from transport_servers import LOOPBACK, ca_file

from devtools.authority import MailApis, open_authority

REDIRECT = "http://localhost:8069/account_email/signin"
SECRET = "s3cret~of.the-app"
JANE = "jane@example.com"


@contextlib.contextmanager
def provider(key="microsoft", **knobs):
    """Yield a running provider that stands in the table for the real one."""
    apis = []
    with open_authority(lambda authority: apis.append(MailApis(authority))) as there:
        for name, value in knobs.items():
            setattr(there, name, value)
        there.apis = apis[0]
        there.client = there.add_client("our-app", SECRET, REDIRECT)
        there.add_client("public-app", "", REDIRECT)
        service = there.service(signin.SERVICES[key])
        with patch.dict(signin.SERVICES, {key: service}):
            yield there


def app_of(key="microsoft", **values):
    defaults = {
        "client_id": "our-app",
        "secret": SECRET,
        "allowed_hosts": LOOPBACK,
        "ca_file": ca_file(),
        "timeout": 5.0,
    }
    return signin.App(key, **{**defaults, **values})


def leave(app, road="http", **options):
    """Set out for the provider; what to come back with, and the address."""
    departure = signin.Departure(REDIRECT, signin.new_secret(), signin.new_secret())
    state = signin.new_secret()
    url = signin.depart(app, departure, road=road, state=state, **options)
    return SimpleNamespace(departure=departure, state=state, url=url)


def consent(url, *, user=JANE, answer="allow"):
    """What a person does in her browser; the parameters she comes back with."""
    page = requests.get(url, timeout=5)
    assert page.ok, page.text
    form = {"user": user, "answer": answer}
    back = requests.post(url, data=form, timeout=5, allow_redirects=False)
    where = urlsplit(back.headers["Location"])
    assert back.headers["Location"].startswith(REDIRECT)
    return {name: values[0] for name, values in parse_qs(where.query).items()}


def sign_in(app, road="http", **options):
    """The whole way to tokens."""
    there = leave(app, road, **options)
    back = consent(there.url)
    assert back["state"] == there.state
    return signin.redeem(app, there.departure, back["code"])


def access(tokens):
    return secret_of(tokens, "access")


def refresh(tokens):
    return secret_of(tokens, "refresh")


def is_sealed(*texts):
    """Whether none of ``texts`` holds a token or a secret."""
    return not any(re.search(r"(at|rt)-\w{20}|s3cret", text) for text in texts)

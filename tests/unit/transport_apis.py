"""The HTTP APIs and the answers they are known to give."""

from __future__ import annotations

import json
from pathlib import Path

from account_email.transport.providers import PROVIDERS
from transport_servers import http_profile

TO = ["jane@customer.example", "boss@customer.example", "copy@sender.example"]
SECRET = "k3y-of-the-account"
NAMED = sorted(set(PROVIDERS) - {"manager"})
ANSWERS = [
    tuple(field.strip() for field in line.split(" | "))
    for line in (Path(__file__).parent / "data/http_answers.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]
GOOD = {}
for _provider, _status, _headers, _body, _outcome in ANSWERS:
    if _outcome.startswith("accepted"):
        GOOD.setdefault(_provider, (int(_status), json.loads(_headers), _body.encode()))


def profile_of(provider, url, **values):
    defaults = {"provider": provider, "username": "user", "password": SECRET}
    return http_profile(url, **{**defaults, **values})

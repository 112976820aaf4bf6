"""A provider is one file and one line: here is another one, and it is all there."""

from __future__ import annotations

import json

import pytest
from account_email.transport import PROVIDERS, Receipt, open_session, probe
from account_email.transport.providers import base
from transport_apis import SECRET, TO, profile_of
from transport_scripts import http_server
from transport_servers import SENDER, letter


class Pigeon(base.Provider):
    key = "pigeon"
    label = "Pigeon Post"
    default_base = "https://api.pigeon.example"
    needs_username = True
    steps = "Password: a ring."

    def calls(self, letter):
        body = {"to": letter.envelope, "subject": letter.subject}
        options = {"auth": (self.profile.username, self.secret), "json": body}
        return [base.Call(self.url("fly"), letter.recipients, options)]

    def accepted(self, call, answer):
        return Receipt(call.recipients, reply=answer.text, provider_id="ring-1")


@pytest.fixture
def pigeon(monkeypatch):
    monkeypatch.setitem(PROVIDERS, Pigeon.key, Pigeon)


@pytest.mark.usefixtures("pigeon")
def test_a_new_one_takes_letters_and_is_tested():
    with http_server(lambda request: (200, {}, b"arrived")) as (seen, url):
        profile = profile_of("pigeon", url)
        with open_session(profile) as session:
            receipt = session.send(letter(), SENDER, TO)
        steps = list(probe(profile, message=letter(), sender=SENDER, recipients=TO))
    assert receipt.accepted == tuple(TO) and receipt.provider_id == "ring-1"
    assert all(step.ok for step in steps)
    assert json.loads(seen[0].body)["to"] == TO
    assert SECRET not in repr(receipt)


@pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)
def test_each_has_its_facts(provider):
    assert provider.key and provider.label and provider.steps
    assert provider.default_base.startswith("https://") or provider.key == "manager"

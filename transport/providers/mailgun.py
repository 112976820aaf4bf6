"""Mailgun: documentation.mailgun.com, "Send an email in MIME format".

The account's domain goes into the address: the username of the profile, else the
domain of the sender. Accounts in the EU use ``https://api.eu.mailgun.net`` as base.
"""

from __future__ import annotations

import dataclasses
from urllib.parse import quote

from ..errors import TransportError
from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt
from .letter import Letter


class Mailgun(Provider):
    key = "mailgun"
    label = "Mailgun"
    example_username = "mg.example.com"
    default_base = "https://api.mailgun.net"
    needs_username = True
    steps = _lt(
        "Username: your domain at Mailgun. Password: the API key. For the European "
        "region enter https://api.eu.mailgun.net as the server."
    )

    def calls(self, letter: Letter) -> list[Call]:
        domain = self.profile.username or letter.sender.email.rpartition("@")[2]
        options = {
            "auth": ("api", self.secret),
            "data": {"to": ", ".join(letter.envelope)},
            "files": {"message": ("message.mime", letter.mime, "message/rfc822")},
        }
        url = self.url(f"v3/{quote(domain.strip(), safe='')}/messages.mime")
        return [Call(url, letter.recipients, options)]

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        found = answer.json().get("id")
        if not isinstance(found, str):
            # The service's greeting, which a wrong address gives with status 200.
            if "Magnificent" in answer.text:
                raise TransportError(
                    "config",
                    "not_found",
                    step="delivery",
                    code=answer.status,
                    server_text=answer.text,
                )
            raise self.unclear(answer)
        receipt = super().accepted(call, answer)
        return dataclasses.replace(receipt, provider_id=found.strip("<>"))

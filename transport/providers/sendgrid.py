"""SendGrid: www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send.

Accounts in the EU use ``https://api.eu.sendgrid.com`` as base.
"""

from __future__ import annotations

import dataclasses

from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt, without_empty
from .letter import File, Letter


class SendGrid(Provider):
    key = "sendgrid"
    label = "SendGrid"
    default_base = "https://api.sendgrid.com"
    steps = _lt("Password: an API key that may send.")

    def calls(self, letter: Letter) -> list[Call]:
        envelope = {
            "to": _people(letter.to),
            "cc": _people(letter.cc),
            "bcc": _people(letter.bcc),
        }
        # Plain text has to stand first.
        content = [
            {"type": kind, "value": value}
            for kind, value in (("text/plain", letter.text), ("text/html", letter.html))
            if value
        ]
        body = {
            "personalizations": [without_empty(envelope)],
            "from": _people([letter.sender])[0],
            "reply_to_list": _people(letter.reply_to),
            "subject": letter.subject,
            "content": content or [{"type": "text/plain", "value": " "}],
            "attachments": [_attachment(file) for file in letter.files],
            "headers": letter.headers,
        }
        options = {
            "headers": {"Authorization": f"Bearer {self.secret}"},
            "json": without_empty(body),
        }
        return [Call(self.url("v3/mail/send"), letter.recipients, options)]

    def words(self, answer: Answer) -> str:
        errors = answer.json().get("errors")
        if not isinstance(errors, list):
            return answer.text
        found = [e.get("message", "") for e in errors if isinstance(e, dict)]
        return "; ".join(map(str, filter(None, found)))

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        if answer.status != 202:
            raise self.unclear(answer)
        receipt = super().accepted(call, answer)
        found = answer.headers.get("X-Message-Id", "")
        return dataclasses.replace(receipt, reply="202 Accepted", provider_id=found)


def _people(addresses) -> list[dict]:
    return [without_empty({"email": a.email, "name": a.name}) for a in addresses]


def _attachment(file: File) -> dict:
    return without_empty(
        {
            "content": file.base64,
            "type": file.content_type,
            "filename": file.name,
            "disposition": "inline" if file.content_id else "attachment",
            "content_id": file.content_id,
        }
    )

"""Brevo: developers.brevo.com/reference/send-transac-email.

The idempotency key is remembered for 15 to 30 minutes only (their pages disagree),
too short for our retries: it is sent, but an unknown outcome stays unknown.
"""

from __future__ import annotations

import dataclasses
import uuid
from email.header import Header

from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt, without_empty
from .letter import Letter

MEANINGS = {
    "unauthorized": ("auth", "login_refused"),
    "permission_denied": ("auth", "login_refused"),
    "not_enough_credits": ("quota", "quota_plan"),
    "account_under_validation": ("auth", "account_disabled"),
}
UNVERIFIED = "sender is not valid"
# RFC 5322 3.2.3.
SPECIALS = set('()<>[]:;@\\,."')


class Brevo(Provider):
    key = "brevo"
    label = "Brevo"
    default_base = "https://api.brevo.com"
    one_reply_to = True
    steps = _lt("Password: an API key, not the SMTP key.")

    def calls(self, letter: Letter) -> list[Call]:
        body = {
            "sender": _people([letter.sender])[0],
            "to": _people(letter.to),
            "cc": _people(letter.cc),
            "bcc": _people(letter.bcc),
            # There is room for one.
            "replyTo": next(iter(_people(letter.reply_to)), None),
            "subject": letter.subject,
            "htmlContent": letter.html,
            "textContent": letter.text,
            "attachment": [{"name": f.name, "content": f.base64} for f in letter.files],
            "headers": _headers(letter),
        }
        options = {
            "headers": {"api-key": self.secret, "Accept": "application/json"},
            "json": without_empty(body),
        }
        return [Call(self.url("v3/smtp/email"), letter.recipients, options)]

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        if UNVERIFIED in self.words(answer):
            return "sender", "sender_unverified"
        return MEANINGS.get(str(answer.json().get("code")))

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        found = answer.json().get("messageId")
        if not isinstance(found, str):
            raise self.unclear(answer)
        receipt = super().accepted(call, answer)
        return dataclasses.replace(receipt, provider_id=found.strip("<>"))


def _people(addresses) -> list[dict]:
    return [without_empty({"email": a.email, "name": _name(a.name)}) for a in addresses]


def _name(name: str) -> str:
    # Brevo drops a name with a special beside letters beyond ASCII, unless encoded.
    if name.isascii() or not SPECIALS & set(name):
        return name
    return Header(name, "utf-8").encode()


def _headers(letter: Letter) -> dict:
    # Other characters would leave unencoded.
    headers = {k: v for k, v in letter.headers.items() if v.isascii()}
    if letter.key:
        headers["idempotencyKey"] = str(uuid.uuid5(uuid.NAMESPACE_URL, letter.key))
    return headers

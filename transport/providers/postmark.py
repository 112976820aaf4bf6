"""Postmark: postmarkapp.com/developer/api/email-api and …/overview (error codes)."""

from __future__ import annotations

import re

from ..errors import TransportError
from ..exchange import Answer
from ..outcome import Receipt, Refusal
from .base import Call, Provider, _lt, joined
from .letter import File, Letter

MEANINGS = {
    10: ("auth", "login_refused"),
    400: ("sender", "sender_unverified"),
    401: ("sender", "sender_unverified"),
    405: ("quota", "quota_plan"),
    406: ("recipient", "recipient_refused"),
    411: ("content", "attachment_refused"),
    412: ("auth", "account_disabled"),
    413: ("auth", "account_disabled"),
}
INACTIVE = re.compile(r"inactive addresses:\s*(.*?)\.(?:\s|$)", re.DOTALL)


class Postmark(Provider):
    key = "postmark"
    label = "Postmark"
    default_base = "https://api.postmarkapp.com"
    steps = _lt("Password: the token of your Postmark server.")

    def calls(self, letter: Letter) -> list[Call]:
        headers = [{"Name": k, "Value": v} for k, v in letter.headers.items()]
        body = {
            "From": str(letter.sender),
            "To": joined(letter.to),
            "Cc": joined(letter.cc),
            "Bcc": joined(letter.bcc),
            "ReplyTo": joined(letter.reply_to),
            "Subject": letter.subject,
            "TextBody": letter.text,
            "HtmlBody": letter.html,
            "Headers": headers,
            "Attachments": [_attachment(file) for file in letter.files],
        }
        options = {
            "headers": {
                "Accept": "application/json",
                "X-Postmark-Server-Token": self.secret,
            },
            "json": {name: value for name, value in body.items() if value},
        }
        return [Call(self.url("email"), letter.recipients, options)]

    def words(self, answer: Answer) -> str:
        found = answer.json().get("Message")
        return found if isinstance(found, str) else answer.text

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        if answer.status != 422:
            return None
        code = answer.json().get("ErrorCode")
        return MEANINGS.get(code) if isinstance(code, int) else None

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        found = answer.json()
        if found.get("ErrorCode", 0) != 0:
            raise self.failure(call, answer)
        if not isinstance(found.get("MessageID"), str):
            raise self.unclear(answer)
        words = self.words(answer)
        # The only place where a partial refusal is told is this sentence.
        match = INACTIVE.search(f"{words} ")
        inactive = {a.strip().casefold() for a in match[1].split(",")} if match else ()
        without = [to for to in call.recipients if to.casefold() in inactive]
        taken = tuple(to for to in call.recipients if to not in without)
        # It speaks of somebody, but not in the words that are known to name him.
        lost = not without and "inactive" in words.lower()
        return Receipt(
            accepted=() if lost else taken,
            refused=tuple(Refusal(to, _inactive(answer, words)) for to in without),
            reply=f"{answer.status} {words}",
            provider_id=found["MessageID"],
            unknown=taken if lost else (),
        )


def _inactive(answer: Answer, words: str) -> TransportError:
    """One address of several that gets no letters any more; the others got theirs."""
    return TransportError(
        *MEANINGS[406], step="recipient", code=answer.status, server_text=words
    )


def _attachment(file: File) -> dict:
    value = {
        "Name": file.name,
        "Content": file.base64,
        "ContentType": file.content_type,
    }
    return (
        {**value, "ContentID": f"cid:{file.content_id}"} if file.content_id else value
    )

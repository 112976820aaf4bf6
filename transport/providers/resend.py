"""Resend: resend.com/docs/api-reference/emails/send-email and …/errors."""

from __future__ import annotations

import dataclasses

from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt, without_empty
from .letter import File, Letter

MEANINGS = {
    "missing_api_key": ("auth", "login_refused"),
    "invalid_api_key": ("auth", "login_refused"),
    "restricted_api_key": ("auth", "login_refused"),
    "invalid_from_address": ("sender", "sender_refused"),
    "daily_quota_exceeded": ("quota", "quota_daily"),
    "monthly_quota_exceeded": ("quota", "quota_plan"),
    "rate_limit_exceeded": ("transient", "rate"),
    "concurrent_idempotent_requests": ("transient", "concurrent"),
    "invalid_idempotent_request": ("unknown", "lost_after_data"),
    "invalid_attachment": ("content", "attachment_refused"),
}


class Resend(Provider):
    key = "resend"
    label = "Resend"
    default_base = "https://api.resend.com"
    steps = _lt("Password: an API key.")

    def calls(self, letter: Letter) -> list[Call]:
        body = {
            "from": str(letter.sender),
            "to": [str(a) for a in letter.to],
            "cc": [str(a) for a in letter.cc],
            "bcc": [str(a) for a in letter.bcc],
            "reply_to": [str(a) for a in letter.reply_to],
            "subject": letter.subject,
            "html": letter.html,
            "text": letter.text,
            "attachments": [_attachment(file) for file in letter.files],
            "headers": letter.headers,
        }
        headers = {"Authorization": f"Bearer {self.secret}"}
        if letter.key:
            # Remembered for 24 hours, as long as we try.
            headers["Idempotency-Key"] = letter.key
        options = {"headers": headers, "json": without_empty(body)}
        url = self.url("emails")
        return [Call(url, letter.recipients, options, repeatable=bool(letter.key))]

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        return MEANINGS.get(str(answer.json().get("name")))

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        found = answer.json().get("id")
        if not isinstance(found, str):
            raise self.unclear(answer)
        return dataclasses.replace(super().accepted(call, answer), provider_id=found)


def _attachment(file: File) -> dict:
    return without_empty(
        {
            "filename": file.name,
            "content": file.base64,
            "content_type": file.content_type,
            "content_id": file.content_id,
        }
    )

"""Gmail: developers.google.com/workspace/gmail/api, users.messages.send and the guide
to its errors. The key is an access token.

The API knows no key for a letter that is sent once more: after a lost answer nobody
knows whether it left.
"""

from __future__ import annotations

import dataclasses
import re

from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt, too_big
from .letter import Letter

# The whole message, as the page of the method says.
LIMIT = 36_700_160
MEANINGS = {
    "authError": ("auth", "token_refused"),
    "insufficientPermissions": ("config", "scope_missing"),
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": ("config", "scope_missing"),
    "accessNotConfigured": ("config", "api_off"),
    "SERVICE_DISABLED": ("config", "api_off"),
    "domainPolicy": ("config", "consent_missing"),
    "delegationDenied": ("sender", "sender_denied"),
    "rateLimitExceeded": ("quota", "rate"),
    "userRateLimitExceeded": ("quota", "rate"),
    "dailyLimitExceeded": ("quota", "quota_daily"),
    "quotaExceeded": ("quota", "quota_daily"),
    "uploadTooLarge": ("content", "too_big"),
}
# One reason for many things: the words tell them apart.
BY_SENTENCE = (
    (re.compile("mail service not enabled", re.I), ("config", "mailbox_missing")),
    (re.compile("invalid (to|cc|bcc) header", re.I), ("recipient", "bad_address")),
    (re.compile("recipient address required", re.I), ("recipient", "bad_address")),
    (re.compile("invalid from header", re.I), ("sender", "sender_refused")),
    (re.compile("user-rate limit exceeded", re.I), ("quota", "quota_daily")),
)


class GmailApi(Provider):
    key = "gmail_api"
    label = "Gmail (Google sign-in)"
    default_base = "https://gmail.googleapis.com"
    steps = _lt("There is no password: sign in with Google.")
    by_token = True
    proves = ("mailbox", "sender")

    def calls(self, letter: Letter) -> list[Call]:
        if len(letter.addressed_mime) > LIMIT:
            raise too_big(letter, LIMIT)
        options = {
            "headers": {
                "Authorization": f"Bearer {self.secret}",
                "Content-Type": "message/rfc822",
            },
            "data": letter.addressed_mime,
        }
        path = "upload/gmail/v1/users/me/messages/send?uploadType=media"
        return [Call(self.url(path), letter.recipients, options)]

    def words(self, answer: Answer) -> str:
        found = _error(answer).get("message")
        return found if isinstance(found, str) else answer.text

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        words = self.words(answer)
        for pattern, meaning in BY_SENTENCE:
            if pattern.search(words):
                return meaning
        found = next((MEANINGS[r] for r in _reasons(answer) if r in MEANINGS), None)
        if not found and answer.status == 401:
            return "auth", "token_refused"
        return found

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        found = answer.json().get("id")
        if answer.status != 200 or not isinstance(found, str):
            raise self.unclear(answer)
        return dataclasses.replace(
            super().accepted(call, answer), reply="200 OK", provider_id=found
        )


def _error(answer: Answer) -> dict:
    found = answer.json().get("error")
    return found if isinstance(found, dict) else {}


def _reasons(answer: Answer) -> list[str]:
    """All reasons of an error, the old list and the new one."""
    error = _error(answer)
    entries = [
        entry
        for name in ("details", "errors")
        if isinstance(error.get(name), list)
        for entry in error[name]
    ]
    return [str(e["reason"]) for e in entries if isinstance(e, dict) and "reason" in e]

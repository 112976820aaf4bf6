"""Microsoft Graph: learn.microsoft.com/en-us/graph/api/user-sendmail, in MIME, and
…/graph/errors. The key is an access token.

The profile's username is the mailbox to send from; without one it is that of whoever
signed in. Graph keeps a copy in Sent Items by itself, and knows no key for a letter
that is sent once more: after a lost answer nobody knows whether it left.
"""

from __future__ import annotations

import base64
import dataclasses
from urllib.parse import quote

from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt, too_big
from .letter import Letter

# A request may have 4 MB, and the message stands in it as base64. Larger ones were
# answered with success and never sent (microsoft-graph-docs 13979).
LIMIT = 3_000_000
MEANINGS = {
    "InvalidAuthenticationToken": ("auth", "token_refused"),
    "AuthenticationError": ("auth", "token_refused"),
    "CompactToken": ("auth", "token_refused"),
    "ErrorSendAsDenied": ("sender", "sender_denied"),
    "ErrorSubmissionQuotaExceeded": ("quota", "quota_daily"),
    "ErrorMessageSubmissionBlocked": ("auth", "account_disabled"),
    "ErrorAccountSuspend": ("auth", "account_disabled"),
    "ErrorQuotaExceeded": ("config", "mailbox_full"),
    "ErrorAccessDenied": ("config", "right_missing"),
    "Authorization_RequestDenied": ("config", "right_missing"),
    "AccessDenied": ("config", "right_missing"),
    "MailboxNotEnabledForRESTAPI": ("config", "mailbox_missing"),
    "MailboxNotSupportedForRESTAPI": ("config", "mailbox_missing"),
    "MailboxNotHostedInExchangeOnline": ("config", "mailbox_missing"),
    "ResourceNotFound": ("config", "mailbox_missing"),
    "Request_ResourceNotFound": ("config", "mailbox_missing"),
    "ErrorInvalidUser": ("config", "mailbox_missing"),
    "ErrorNonExistentMailbox": ("config", "mailbox_missing"),
    "ErrorMailboxMoveInProgress": ("transient", "temporary"),
    "ErrorInvalidRecipients": ("recipient", "recipient_refused"),
    "ErrorMessageSizeExceeded": ("content", "too_big"),
    "RequestEntityTooLarge": ("content", "too_big"),
    "ApplicationThrottled": ("quota", "rate"),
    "TooManyRequests": ("quota", "rate"),
    "ErrorMailboxConcurrency": ("transient", "concurrent"),
}


class Graph(Provider):
    key = "graph"
    label = "Microsoft 365 (Microsoft sign-in)"
    default_base = "https://graph.microsoft.com"
    steps = _lt("There is no password: sign in with Microsoft.")
    by_token = True
    proves = ("mailbox", "sender")

    def calls(self, letter: Letter) -> list[Call]:
        if len(letter.addressed_mime) > LIMIT:
            raise too_big(letter, LIMIT)
        mailbox = self.profile.username.strip()
        who = f"users/{quote(mailbox, safe='@')}" if mailbox else "me"
        options = {
            "headers": {
                "Authorization": f"Bearer {self.secret}",
                "Content-Type": "text/plain",
            },
            "data": base64.b64encode(letter.addressed_mime),
        }
        return [Call(self.url(f"v1.0/{who}/sendMail"), letter.recipients, options)]

    def words(self, answer: Answer) -> str:
        error = _error(answer)
        words = [error.get("code"), error.get("message")]
        return ": ".join(w for w in words if isinstance(w, str)) or answer.text

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        found = MEANINGS.get(str(_error(answer).get("code")))
        if not found and answer.status == 401:
            return "auth", "token_refused"
        if not found and answer.status == 403:
            return "config", "right_missing"
        return found

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        if answer.status != 202:
            raise self.unclear(answer)
        # No id of the letter, but what Microsoft's support asks for.
        found = answer.headers.get("request-id", "")
        return dataclasses.replace(super().accepted(call, answer), provider_id=found)


def _error(answer: Answer) -> dict:
    found = answer.json().get("error")
    return found if isinstance(found, dict) else {}

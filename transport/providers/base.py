"""What all HTTP providers have in common."""

from __future__ import annotations

import calendar
import time
from dataclasses import dataclass, field
from email.utils import parsedate
from typing import Any

import requests

from ..errors import TransportError
from ..exchange import Answer
from ..outcome import Receipt, Refusal
from ..profile import Profile, secret_of
from ..text import first_ip
from .letter import Letter
from .meaning import by_field, by_page, by_place, by_words, refused_copy

# No server asks for a wait of thirty years.
EPOCH_NOT_SPAN = 1e9
# Kind or cause → the step that it concerns.
STEP_OF = {
    "auth": "login",
    "sender": "sender",
    "recipient": "recipient",
    "mailbox_missing": "mailbox",
    "right_missing": "sender",
}
# A gateway in between gave up: the letter may have passed it before.
GATEWAY_STATUS = {502, 504, 520, 524}


@dataclass(frozen=True)
class Call:
    """One request of a letter, and whom it reaches.

    :param options: keywords of ``requests.Request``
    :param repeatable: the provider recognises a second request for the same letter
    """

    url: str
    recipients: tuple[str, ...]
    options: dict[str, Any] = field(repr=False, default_factory=dict)
    repeatable: bool = False

    def prepare(self) -> requests.PreparedRequest:
        """The request with its body encoded."""
        return requests.Request("POST", self.url, **self.options).prepare()

    def refused(self, error: TransportError) -> Receipt:
        """The receipt of a call that failed after another one had succeeded."""
        if error.kind == "unknown":
            return Receipt((), unknown=self.recipients)
        return Receipt((), tuple(Refusal(to, error) for to in self.recipients))


def _lt(text: str) -> str:
    """Mark words for the translators' export, which looks for calls of this name.

    They stay English here; ``words/providers.py`` translates them when they are shown.
    """
    return text


class Provider:
    """One API: ``calls`` turns a letter into requests, ``receipt`` reads answers.

    :cvar key: the word that is stored, never to be changed
    :cvar label: its name, the same in every language
    :cvar default_base: where its API is, "" if only the user knows
    :cvar needs_username: whether it wants something beside the key
    :cvar needs_secret: whether it wants a key or a password
    :cvar needs_address: whether it wants the sender's address
    :cvar one_reply_to: whether only one address may get the replies
    :cvar steps: what a person has to do there, in English
    """

    key = ""
    label = ""
    default_base = ""
    # For the form: what the address and the username look like.
    example_base = ""
    example_username = ""
    # Whether success is told by the status alone, in whatever words.
    any_words = False
    # Whether the key is an access token, for which a person signs in.
    by_token = False
    # What a letter that was taken proves on its way, for the test to show.
    proves: tuple[str, ...] = ()
    needs_username = False
    needs_secret = True
    needs_address = True
    one_reply_to = False
    steps = ""

    def __init__(self, profile: Profile):
        self.profile = profile
        self.secret = secret_of(profile)
        self.base = (profile.http_url or self.default_base).strip()
        # A header with other characters would raise with the key in its text.
        if not (self.secret.isascii() and self.secret.isprintable()):
            raise TransportError("config", "bad_secret", step="login")

    def url(self, path: str) -> str:
        """``path`` under the base address."""
        return f"{self.base.rstrip('/')}/{path.lstrip('/')}"

    def calls(self, letter: Letter) -> list[Call]:
        """The letter as requests; the first carries the letter itself."""
        raise NotImplementedError

    def receipt(self, call: Call, answer: Answer) -> Receipt:
        """What the answer means; :raises TransportError: it was no success."""
        if not answer.is_success:
            raise self.failure(call, answer)
        return self.accepted(call, answer)

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        """The receipt of a 2xx answer, if the provider means success by it."""
        return Receipt(call.recipients, reply=f"{answer.status} {self.words(answer)}")

    def words(self, answer: Answer) -> str:
        """The provider's own words in an answer."""
        found = answer.json().get("message")
        return found if isinstance(found, str) else answer.text

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        """Kind and cause by the provider's own error codes; None: by words."""
        return None

    def failure(self, call: Call, answer: Answer) -> TransportError:
        """A negative answer as a classified error."""
        said = self.words(answer)
        # Codes of a wrong key are also given for the right key from a wrong place.
        kind, cause = (
            by_page(answer)
            or by_place(answer.status, said)
            or self.meaning(answer)
            or by_field(answer, said)
            or by_words(answer.status, said)
        )
        if answer.status in GATEWAY_STATUS and not call.repeatable:
            kind, cause = "unknown", "lost_after_data"
        facts: dict[str, Any] = {"page": True} if answer.is_page else {}
        if kind == "recipient" and (copy := refused_copy(answer, said)):
            facts["field"] = copy
        if cause == "redirect":
            facts["location"] = answer.headers.get("Location", "")[:200]
        if cause == "ip_not_allowed":
            facts["ip"] = first_ip(said)
        return TransportError(
            kind,
            cause,
            step=STEP_OF.get(cause) or STEP_OF.get(kind, "delivery"),
            code=answer.status,
            server_text=said,
            retry_after=retry_after(answer),
            facts=facts,
        )

    def unclear(self, answer: Answer) -> TransportError:
        """A 2xx answer that is not this provider's: nobody knows what happened.

        Only a web page tells: whoever it is of has not sent the letter.
        """
        kind, cause = by_page(answer) or ("unknown", "lost_after_data")
        return TransportError(
            kind,
            cause,
            step="delivery",
            code=answer.status,
            server_text=self.words(answer),
            facts={"page": True} if answer.is_page else None,
        )


def without_empty(values: dict) -> dict:
    """``values`` without the fields that say nothing; some APIs refuse empty ones."""
    return {name: value for name, value in values.items() if value}


def too_big(letter: Letter, limit: int) -> TransportError:
    """What a provider would say to a letter of more than ``limit`` bytes, said here."""
    facts = {"size": len(letter.addressed_mime), "limit": limit}
    return TransportError("content", "too_big", step="delivery", facts=facts)


def joined(addresses) -> str:
    """Addresses as they stand in a header."""
    return ", ".join(str(address) for address in addresses)


def retry_after(answer: Answer) -> float | None:
    """Seconds the answer asks to wait, or None.

    Retry-After holds seconds or a date (RFC 9110 10.2.3), X-RateLimit-Reset, with a
    429 alone, seconds or a moment since 1970.
    """
    value = answer.headers.get("Retry-After", "").strip()
    if not value and answer.status == 429:
        value = answer.headers.get("X-RateLimit-Reset", "").strip()
    if value.isdecimal():
        seconds = float(value[:12])
        return seconds if seconds < EPOCH_NOT_SPAN else max(seconds - time.time(), 0.0)
    date = parsedate(value) if value else None
    if not date:
        return None
    try:
        return max(calendar.timegm(date) - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None

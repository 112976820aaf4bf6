"""Amazon SES v2: docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html.

The profile's username is the access key id, its password the secret access key; the
region stands in the base address, ``https://email.<region>.amazonaws.com``.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime
import re
from email.utils import formataddr

from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt, without_empty
from .letter import Address, Letter
from .sigv4 import signed_headers

REGION = re.compile(r"email(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com")
DEFAULT_REGION = "us-east-1"
MEANINGS = {
    "AccountSuspendedException": ("auth", "account_disabled"),
    "SendingPausedException": ("auth", "account_disabled"),
    "MailFromDomainNotVerifiedException": ("sender", "sender_unverified"),
    "TooManyRequestsException": ("transient", "rate"),
    "LimitExceededException": ("quota", "quota_daily"),
    "ThrottlingException": ("transient", "rate"),
    "SignatureDoesNotMatch": ("auth", "ses_signature"),
    "InvalidSignatureException": ("auth", "ses_signature"),
    "IncompleteSignature": ("auth", "ses_signature"),
    "UnrecognizedClientException": ("auth", "ses_key"),
    "InvalidClientTokenId": ("auth", "ses_key"),
    "AccessDeniedException": ("auth", "ses_rights"),
    "AccessDenied": ("auth", "ses_rights"),
    "RequestExpired": ("auth", "ses_clock"),
}
# A signature may be wrong for reasons that only the words tell.
SIGNATURES = (
    (re.compile(r"signature (has )?expired|not yet current", re.I), "ses_clock"),
    (re.compile(r"scoped to|valid region", re.I), "ses_region"),
)


class Ses(Provider):
    key = "ses"
    label = "Amazon SES"
    example_username = "AKIA…"
    default_base = f"https://email.{DEFAULT_REGION}.amazonaws.com"
    needs_username = True
    steps = _lt(
        "Username: the access key ID. Password: the secret access key. Enter "
        "https://email.REGION.amazonaws.com as the server, with your region."
    )

    def calls(self, letter: Letter) -> list[Call]:
        destination = {
            "ToAddresses": [a.email for a in letter.to],
            "CcAddresses": [a.email for a in letter.cc],
            "BccAddresses": [a.email for a in letter.bcc],
        }
        body = {
            "FromEmailAddress": _mailbox(letter.sender),
            "Destination": without_empty(destination),
            "Content": {"Raw": {"Data": base64.b64encode(letter.mime).decode("ascii")}},
        }
        url = self.url("v2/email/outbound-emails")
        return [_SignedCall(url, letter.recipients, {"json": body}, signer=self)]

    def sign(self, request) -> dict[str, str]:
        """Headers that sign a prepared request, valid for some minutes."""
        match = REGION.search(self.base)
        return signed_headers(
            request,
            key=(self.profile.username.strip(), self.secret),
            scope=(match[1] if match else DEFAULT_REGION, "ses"),
            now=datetime.datetime.now(datetime.timezone.utc),
        )

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        name = answer.headers.get("X-Amzn-ErrorType") or answer.json().get("__type")
        name = re.split(r"[:#]", str(name or ""))
        found = next((MEANINGS[part] for part in name if part in MEANINGS), None)
        words = self.words(answer)
        if "quota" in words.lower():
            return "quota", "quota_daily"
        if found == ("auth", "ses_signature"):
            told = (cause for known, cause in SIGNATURES if known.search(words))
            return "auth", next(told, "ses_signature")
        if answer.status == 403 and not found:
            return "auth", "ses_credentials"
        return found

    def words(self, answer: Answer) -> str:
        found = answer.json()
        words = found.get("message") or found.get("Message")
        return words if isinstance(words, str) else answer.text

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        found = answer.json().get("MessageId")
        if not isinstance(found, str):
            raise self.unclear(answer)
        return dataclasses.replace(super().accepted(call, answer), provider_id=found)


def _mailbox(address: Address) -> str:
    """The API takes 7 bit alone: names in encoded words (RFC 2047)."""
    return formataddr((address.name, address.email))


@dataclasses.dataclass(frozen=True)
class _SignedCall(Call):
    signer: Ses = dataclasses.field(kw_only=True)

    def prepare(self):
        request = super().prepare()
        request.headers.update(self.signer.sign(request))
        return request

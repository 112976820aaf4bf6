"""SparkPost: developers.sparkpost.com/api/transmissions.

Accounts in the EU use ``https://api.eu.sparkpost.com`` as base.
"""

from __future__ import annotations

from ..errors import TransportError
from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt
from .letter import Letter

# 420 is SparkPost's own "sending limit exceeded".
MEANINGS = {420: ("quota", "quota_daily"), 403: ("auth", "key_rights")}


class SparkPost(Provider):
    key = "sparkpost"
    label = "SparkPost"
    default_base = "https://api.sparkpost.com"
    steps = _lt(
        "Password: an API key. For the European region enter "
        "https://api.eu.sparkpost.com as the server."
    )

    def calls(self, letter: Letter) -> list[Call]:
        body = {
            "options": {
                "transactional": True,
                "open_tracking": False,
                "click_tracking": False,
            },
            "recipients": [{"address": {"email": to}} for to in letter.envelope],
            "content": {"email_rfc822": letter.mime.decode("ascii", "replace")},
        }
        options = {"headers": {"Authorization": self.secret}, "json": body}
        url = self.url("api/v1/transmissions/")
        return [Call(url, letter.recipients, options)]

    def words(self, answer: Answer) -> str:
        errors = answer.json().get("errors")
        if not isinstance(errors, list):
            return answer.text
        words = [
            str(e.get(name, ""))
            for e in errors
            if isinstance(e, dict)
            for name in ("message", "description")
        ]
        return " ".join(filter(None, words))

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        return MEANINGS.get(answer.status)

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        results = answer.json().get("results")
        if not isinstance(results, dict):
            raise self.unclear(answer)
        taken = results.get("total_accepted_recipients")
        if not isinstance(taken, int):
            raise self.unclear(answer)
        if not taken:
            raise TransportError(
                "recipient",
                "recipient_refused",
                step="recipient",
                code=answer.status,
                server_text=answer.text,
            )
        reply = f"{answer.status} {taken} of {len(call.recipients)} accepted"
        # It tells how many were rejected, but not who.
        all_taken = taken >= len(call.recipients) or (
            results.get("total_rejected_recipients") == 0
        )
        return Receipt(
            call.recipients if all_taken else (),
            reply=reply,
            provider_id=str(results.get("id", "")),
            unknown=() if all_taken else call.recipients,
        )

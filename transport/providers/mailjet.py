"""Mailjet: dev.mailjet.com/email/guides/send-api-v31.

The profile's username is the API key, its password the secret key.
"""

from __future__ import annotations

from ..exchange import Answer
from ..outcome import Receipt
from .base import Call, Provider, _lt, without_empty
from .letter import File, Letter

MEANINGS = {
    "send-0008": ("sender", "sender_unverified"),
}
FIELDS = ("To", "Cc", "Bcc")


class Mailjet(Provider):
    key = "mailjet"
    label = "Mailjet"
    default_base = "https://api.mailjet.com"
    needs_username = True
    one_reply_to = True
    steps = _lt("Username: the API key. Password: the secret key.")

    def calls(self, letter: Letter) -> list[Call]:
        files = [file for file in letter.files if not file.content_id]
        inline = [file for file in letter.files if file.content_id]
        message = {
            "From": _people([letter.sender])[0],
            "To": _people(letter.to),
            "Cc": _people(letter.cc),
            "Bcc": _people(letter.bcc),
            # There is room for one.
            "ReplyTo": next(iter(_people(letter.reply_to)), None),
            "Subject": letter.subject,
            "TextPart": letter.text,
            "HTMLPart": letter.html,
            "Attachments": [_attachment(file) for file in files],
            "InlinedAttachments": [_attachment(file) for file in inline],
            "Headers": letter.headers,
            "CustomID": letter.key,
        }
        options = {
            "auth": (self.profile.username.strip(), self.secret),
            "json": {"Messages": [without_empty(message)]},
        }
        return [Call(self.url("v3.1/send"), letter.recipients, options)]

    def words(self, answer: Answer) -> str:
        found = [str(e.get("ErrorMessage", "")) for e in _errors(answer)]
        top = answer.json().get("ErrorMessage")
        return "; ".join(filter(None, found)) or str(top or "") or answer.text

    def meaning(self, answer: Answer) -> tuple[str, str] | None:
        codes = [MEANINGS.get(str(e.get("ErrorCode"))) for e in _errors(answer)]
        return next(filter(None, codes), None)

    def accepted(self, call: Call, answer: Answer) -> Receipt:
        message = _message(answer)
        if message.get("Status") == "error":
            raise self.failure(call, Answer(400, answer.body, answer.headers))
        if message.get("Status") != "success":
            raise self.unclear(answer)
        ids = [
            str(person.get("MessageID", ""))
            for field in FIELDS
            for person in _dicts(message.get(field))
        ]
        lost = _find_lost(call.options.get("json", {}), message)
        return Receipt(
            tuple(to for to in call.recipients if to.casefold() not in lost),
            reply=f"{answer.status} success",
            provider_id=next(filter(None, ids), ""),
            unknown=tuple(to for to in call.recipients if to.casefold() in lost),
        )


def _find_lost(asked: dict, told: dict) -> set[str]:
    """Whom an answer leaves out of a list with others of ours: nobody knows of them."""
    lost = set()
    asked = next(iter(_dicts(asked.get("Messages"))), {})
    for field in FIELDS:
        named = {str(p.get("Email")).casefold() for p in _dicts(told.get(field))}
        wanted = {str(p.get("Email")).casefold() for p in _dicts(asked.get(field))}
        lost |= wanted - named if wanted & named else set()
    return lost


def _message(answer: Answer) -> dict:
    return next(iter(_dicts(answer.json().get("Messages"))), {})


def _errors(answer: Answer) -> list[dict]:
    return _dicts(_message(answer).get("Errors"))


def _dicts(value: object) -> list[dict]:
    """The objects in a list, and none of anything else."""
    return [e for e in value if isinstance(e, dict)] if isinstance(value, list) else []


def _people(addresses) -> list[dict]:
    return [without_empty({"Email": a.email, "Name": a.name}) for a in addresses]


def _attachment(file: File) -> dict:
    return without_empty(
        {
            "ContentType": file.content_type,
            "Filename": file.name,
            "Base64Content": file.base64,
            "ContentID": file.content_id,
        }
    )

"""The generic protocol, as accounting programs of the Manager family speak it.

One multipart POST to a URL of the user's own, without a login: ``from`` (a display
name), ``reply_to``, ``to``, ``subject``, ``body`` (HTML) and one part per file. Any
2xx is success; otherwise the answer's body is meant for the user.

The protocol has no copy. Cc is visible to everybody anyway and joins ``to``; a blind
copy goes out as a request of its own, so that nobody sees it.
"""

from __future__ import annotations

import html

from ..exchange import Answer
from .base import Call, Provider, _lt
from .letter import Letter


class Manager(Provider):
    key = "manager"
    label = "Manager.io"
    any_words = True
    needs_secret = False
    needs_address = False
    steps = _lt(
        "Enter the address that Manager.io, or a server that understands its requests, "
        "has given you."
    )
    example_base = "https://email.manager.io/…"

    def calls(self, letter: Letter) -> list[Call]:
        visible = tuple(address.email for address in letter.to + letter.cc)
        groups = [visible, *((address.email,) for address in letter.bcc)]
        return [self._call(letter, group) for group in groups]

    def _call(self, letter: Letter, recipients: tuple[str, ...]) -> Call:
        reply_to = letter.reply_to or (letter.sender,)
        fields = {
            "from": letter.sender.name or letter.sender.email,
            "reply_to": ", ".join(address.email for address in reply_to),
            "to": ", ".join(recipients),
            "subject": letter.subject,
            "body": letter.html or _as_html(letter.text),
        }
        parts: list[tuple] = [(name, (None, value)) for name, value in fields.items()]
        parts += [
            (f"file{number}", (file.name, file.data, file.content_type))
            for number, file in enumerate(letter.files, start=1)
        ]
        return Call(self.base, recipients, {"files": parts})

    def words(self, answer: Answer) -> str:
        return answer.text


def _as_html(text: str) -> str:
    return "<br>\n".join(html.escape(line) for line in text.splitlines())

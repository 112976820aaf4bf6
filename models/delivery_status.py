"""What a letter that came back says of itself (RFC 3464): plain data."""

import re
from typing import NamedTuple

from odoo.tools.mail import email_normalize, html2plaintext

CODE = re.compile(r"\b([245]\d\d)\b")
# A report without a code of its own tells of a letter that did not arrive.
REFUSED = 550
TEXT_LENGTH = 500


class Report(NamedTuple):
    """One recipient in a delivery status notification.

    :ivar addresses: as it was delivered to and as it was asked for
    :ivar failed: whether it is over; else the letter is only late, or arrived
    """

    addresses: list
    failed: bool
    code: int
    text: str


def read_reports(message, body=""):
    """:param message: EmailMessage that Odoo's gateway took for a bounce
    :param body: its words, for servers that send no machine-readable part
    :return: list of :class:`Report`, one a recipient
    """
    blocks = [
        block
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in part.get_payload()
        if not isinstance(block, str)
        and ("Final-Recipient" in block or "Original-Recipient" in block)
    ]
    if not blocks:
        text = " ".join(html2plaintext(body or "").split())[:TEXT_LENGTH]
        return [Report([], True, _find_code(text), text)]
    return [_read_block(block) for block in blocks]


def _read_block(block):
    fields = [block.get(name) for name in ("Final-Recipient", "Original-Recipient")]
    addresses = [email_normalize(_value(field)) for field in fields if field]
    status = str(block.get("Status") or "")
    text = _value(block.get("Diagnostic-Code")) or status
    action = str(block.get("Action") or "failed").strip().lower()
    return Report(
        [address for address in addresses if address],
        action == "failed",
        _find_code(text, status),
        " ".join(text.split())[:TEXT_LENGTH],
    )


def _value(field):
    """Behind the type: ``rfc822; jane@example.com``."""
    return str(field or "").partition(";")[2].strip()


def _find_code(text, status=""):
    found = CODE.search(text[:40])
    if found:
        return int(found[1])
    return 450 if status.startswith("4") else REFUSED

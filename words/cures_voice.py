"""Cures for letters in the two voices: of a test and of a delivery.

A test speaks to the person who sets up, and its letter goes to herself and the copy;
a delivery to the one who waits. One row a sentence, the nearest first; see
``cure.Cure``.
"""

from odoo.tools import LazyTranslate

from .cure import Cure

_lt = LazyTranslate(__name__)

TEST = {"voice": "test"}
COPY = {"voice": "test", "whose": "copy"}
NO_RECIPIENT = "recipient_unknown recipient_domain recipient_refused bad_address"

VOICE_CURES = (
    Cure(
        "greylisted",
        {"voice": "test"},
        _lt(
            "The server lets strangers wait a little before it takes their first "
            "letter. Leave this window open: the test goes on by itself at %(again)s. "
            "Or close it and test again then."
        ),
    ),
    Cure(
        "greylisted",
        {"voice": "test"},
        _lt(
            "The server lets strangers wait a little before it takes their first "
            "letter. Nothing is wrong with the settings: test again in five minutes."
        ),
    ),
    Cure(
        "temporary busy",
        TEST,
        _lt(
            "The server can't take the letter right now, for the reason in its "
            "answer. The settings up to here are right: test again in some minutes."
        ),
    ),
    Cure(
        "rate concurrent",
        TEST,
        _lt(
            "The login works, but the provider has had too many letters or "
            "connections in a short time. Wait some minutes, then test again."
        ),
    ),
    Cure(
        "quota_daily",
        TEST,
        _lt(
            "The login works, but the mail account has sent as much as its provider "
            "allows for today. Test again tomorrow, or ask the provider for more."
        ),
    ),
    Cure(
        "quota_plan",
        TEST,
        _lt(
            "The login works, but the plan at the mail provider is used up. Renew or "
            "enlarge it there, then test again."
        ),
    ),
    Cure(
        "mailbox_full",
        COPY,
        _lt(
            "The mailbox of the copy, %(address)s, is full. Empty it, or enter another "
            "address for copies, then test again."
        ),
    ),
    Cure(
        "mailbox_full",
        TEST,
        _lt(
            "Your own mailbox %(address)s is full. Empty it, then test again: the test "
            "writes to your own address."
        ),
    ),
    Cure(
        NO_RECIPIENT,
        COPY,
        _lt(
            "The address for copies, %(address)s, is refused. Correct it, or untick "
            "“Send a copy of every email to this address”."
        ),
    ),
    Cure(
        NO_RECIPIENT,
        {"voice": "test", "protocol": "http", "provider": ("", "manager")},
        _lt(
            "Your own address %(address)s is refused. Correct it under Reply to: the "
            "test writes to that address."
        ),
    ),
    Cure(
        NO_RECIPIENT,
        {"voice": "test", "protocol": "smtp", "login": "address"},
        _lt(
            "Your own address %(address)s is refused. Correct it in the Username: the "
            "test writes to that address."
        ),
    ),
    Cure(
        NO_RECIPIENT,
        TEST,
        _lt(
            "Your own address %(address)s is refused. Correct it under Email address: "
            "the test writes to that address."
        ),
    ),
    Cure(
        "too_big",
        {"voice": "test"},
        _lt(
            "The server takes letters of at most %(limit)s, not even this test of "
            "%(size)s. Ask your provider for a higher limit."
        ),
    ),
    Cure(
        "too_big",
        {},
        _lt(
            "The letter has %(size)s, but the server takes at most %(limit)s. Send it "
            "with fewer or smaller files."
        ),
    ),
    Cure(
        "spam unauthenticated",
        TEST,
        _lt(
            "The settings work, but the receiver takes the test for spam or can't see "
            "that it is really yours. Press “Will my letters arrive?” in the settings "
            "and enter what it says at your domain's provider, then test again."
        ),
    ),
    Cure(
        "content_refused http_refused attachment_refused",
        TEST,
        _lt(
            "The login works, but the server refuses the test letter, for the reason "
            "in its answer. Ask your provider about it."
        ),
    ),
    Cure(
        "smtputf8_missing",
        TEST,
        _lt(
            "The server can't send from or to addresses with letters such as ä or ë "
            "before the @. Use another address than %(address)s."
        ),
    ),
    Cure(
        "lost_after_data",
        TEST,
        _lt(
            "The connection broke while the test letter was being handed over. If it "
            "is in your mailbox, everything is right; if not, test again."
        ),
    ),
    Cure(
        "blocklisted",
        {"protocol": "smtp", "login": "none"},
        _lt(
            "The internet address of this Odoo (%(ip)s) is on a list of senders of "
            "spam. Send through the mail server of your provider with Username, "
            "Password and port 465 or 587; or ask the hosting company of this Odoo to "
            "have the address taken off the list."
        ),
    ),
    Cure(
        "blocklisted",
        {},
        _lt(
            "The internet address %(ip)s is on a list of senders of spam. If it is the "
            "one of this Odoo, ask its hosting company to have it taken off; if it is "
            "your provider's, ask the provider."
        ),
    ),
    Cure(
        "sender_denied sender_refused",
        {"protocol": "smtp", "provider": "microsoft365"},
        _lt(
            "This mailbox may not send as %(address)s. Log in as that mailbox, or let "
            "the administrator give it the right Send As in the Exchange admin center."
        ),
    ),
    Cure(
        "sender_denied sender_refused",
        {"protocol": "smtp", "login": "address"},
        _lt(
            "The server does not let %(address)s send. Enter as the Username the "
            "address of a mailbox that really exists there."
        ),
    ),
    Cure(
        "sender_denied sender_refused",
        {"protocol": "smtp", "login": "word"},
        _lt(
            "This login may not send as %(address)s. Enter the address of the mail "
            "account under Email address."
        ),
    ),
    Cure(
        "sender_denied sender_refused",
        {"protocol": "smtp", "login": "none"},
        _lt(
            "The server does not let %(address)s send. Enter an address that it knows "
            "under Email address, or log in with Username and Password."
        ),
    ),
)

"""What a server has against the letter of a test; see ``mistakes``."""

from .mistakes import (
    LOGIN,
    OFFICE,
    USER,
    VERIFY,
    Mistake,
    at,
    good,
    office,
    refusing,
    typed,
)

COPY = {"send_copy": True, "copy_address": "archive@acme.example"}


def to(address, reply):
    """A server that refuses one recipient."""

    def answer(script):
        refused = address.encode() in script.last
        script.say(f"{reply}\r\n" if refused else "250 fine\r\n")
        return True

    return refusing("RCPT", answer)


LETTERS = {
    "the sender of somebody else": Mistake(
        refusing("MAIL", "553 5.7.1 Sender address rejected: not owned by user me"),
        typed(username="me", email_address="you@acme.example"),
        ("you@acme.example", "Email address"),
        ("by itself",),
        {"email_address": USER},
        after=good,
    ),
    "the sender of somebody else at Microsoft": Mistake(
        at(
            OFFICE,
            587,
            starttls=True,
            password="right",
            dot="550 5.7.60 SMTP; Client does not have permissions to send as this "
            "sender",
        ),
        typed(OFFICE),
        ("Send As",),
        after=office,
    ),
    "her own address is wrong": Mistake(
        to(USER, "550 5.1.1 User unknown"),
        typed(),
        ("Your own address me@acme.example", "Username"),
        ("contact", "by itself"),
        after=good,
    ),
    "the copy's address is wrong": Mistake(
        to("archive", "550 5.1.1 User unknown"),
        typed(**COPY),
        ("address for copies, archive@acme.example", "Correct it"),
        ("contact", "Tell the recipient"),
        {"copy_address": "books@acme.example"},
    ),
    "her own mailbox is full": Mistake(
        to(USER, "452 4.2.2 Mailbox full"),
        typed(),
        ("Your own mailbox me@acme.example is full", "test again"),
        ("Tell the recipient", "by itself"),
        after=good,
    ),
    "the copy's mailbox is full": Mistake(
        to("archive", "552 5.2.2 Mailbox full"),
        typed(**COPY),
        ("mailbox of the copy, archive@acme.example, is full",),
        ("Tell the recipient",),
        {"copy_address": "books@acme.example"},
    ),
    "greylisted": Mistake(
        refusing("RCPT", "450 4.2.0 Greylisted, try again in 300 seconds"),
        typed(),
        ("goes on by itself at", "Leave this window open"),
        ("is sent again by itself", "password"),
        after=good,
    ),
    "this Odoo is on a list": Mistake(
        refusing(
            "greeting",
            "554 5.7.1 Service unavailable; Client host [9.9.9.1] blocked using "
            "zen.spamhaus.org",
        ),
        typed(),
        ("9.9.9.1", "list of senders of spam"),
        (VERIFY, "DKIM"),
        after=good,
    ),
    "taken for spam": Mistake(
        refusing("dot", "550 5.7.1 Message rejected as spam by content filtering"),
        typed(),
        ("Will my letters arrive?",),
        ("by itself", "password is wrong"),
        after=good,
    ),
    "Google's relay does not know this Odoo": Mistake(
        at(
            "smtp-relay.gmail.com",
            587,
            starttls=True,
            RCPT="550 5.7.1 Invalid credentials for relay [9.9.9.1]. The IP address "
            "you've registered does not match",
        ),
        typed("smtp-relay.gmail.com", username=False, email_address=USER, password=""),
        ("9.9.9.1", "SMTP relay service"),
        ("contact", "by itself"),
        after=at("smtp-relay.gmail.com", 587, starttls=True),
    ),
    "the day's letters are used up": Mistake(
        refusing("MAIL", "550 5.4.5 Daily user sending limit exceeded"),
        typed(),
        ("The login works", "tomorrow"),
        ("by itself",),
        after=good,
    ),
    "the server is busy": Mistake(
        refusing("dot", "451 4.3.0 Temporary failure"),
        typed(),
        ("test again",),
        ("by itself",),
        after=good,
    ),
    "relay without a login": Mistake(
        refusing("RCPT", "554 5.7.1 Relay access denied"),
        typed(username=False, email_address=USER, password=False),
        ("Enter the username and the password",),
        cured=LOGIN,
        after=good,
    ),
}

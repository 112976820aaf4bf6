"""Mistakes at setting up, what must be said of each, and what must not.

To add one: a row with the servers there are (host, port), what was typed, words the
cure must have and words it must not, and the cure followed: other values in the form,
or other servers. See ``internet``.
"""

import datetime
import socket
from collections.abc import Callable
from typing import Any, NamedTuple

import trustme

from .internet import certificate, mail

USER = "me@acme.example"
WRONG, RIGHT = {"password": "wrong"}, {"password": "right"}
LOGIN = {"username": USER, **RIGHT}
PAST = datetime.datetime(2026, 3, 5, tzinfo=datetime.timezone.utc)
AVAST = trustme.CA(organization_name="avast! Web/Mail Shield")
FORTINET = trustme.CA(organization_name="Fortinet")
STRANGER = trustme.CA(organization_name="Acme Home CA")
VERIFY = "Do not verify"


class Mistake(NamedTuple):
    """
    :ivar servers: a function that gives the servers anew
    :ivar addresses: host -> where it leads, until it was cured
    :ivar cured: other values that the cure asks for
    :ivar after: the servers when somebody else did what the cure asks for
    """

    servers: Callable
    typed: dict[str, Any]
    says: tuple[str, ...]
    never: tuple[str, ...] = ()
    cured: dict[str, Any] = {}
    after: Callable | None = None
    addresses: dict[str, Any] = {}


def at(host, port, **options):
    """A function that gives a mail server, its certificate in order."""

    def servers():
        made = dict(options)
        for kind in ("tls", "starttls"):
            if made.get(kind) is True:
                made[kind] = certificate(host)
        return {(host, port): mail(**made)}

    return servers


def both(*functions):
    return lambda: {key: cm for servers in functions for key, cm in servers().items()}


def refusing(verb, reply, host="mx.acme.example", **options):
    """A mail server that refuses at one step, and what was typed for it."""
    options = {"starttls": True, "password": "right", verb: reply, **options}
    return at(host, 587, **options)


def typed(host="mx.acme.example", port=587, security=None, **values):
    """What stands in the form; the encryption follows the port as there."""
    usual = {465: "tls", 25: "none"}.get(port, "starttls")
    values = {"smtp_host": host, "smtp_port": port, **LOGIN, **values}
    return values | {"security": security or usual}


GMAIL, OFFICE = "smtp.gmail.com", "smtp.office365.com"
good = at("mx.acme.example", 587, starttls=True, password="right")
good_465 = at("mx.acme.example", 465, tls=True, password="right")
own_tls = at("mx.acme.example", 4650, tls=True, password="right")
own_starttls = at("mx.acme.example", 4650, starttls=True, password="right")
own_plain = at("mx.acme.example", 4650)
gmail = both(
    at(GMAIL, 465, tls=True, password="right"),
    at(GMAIL, 587, starttls=True, password="right"),
)
office = at(OFFICE, 587, starttls=True, password="right")


def imap(host, port, tls=True):
    context = {"tls": certificate(host)} if tls else {}
    return lambda: {(host, port): mail(greeting="* OK IMAP4rev1 ready", **context)}


TYPING = {
    "host misspelt": Mistake(
        gmail,
        typed("smtp.gmial.com"),
        ("Did you mean smtp.gmail.com?", "Hostname"),
        ("smtp.example.com",),
        {"smtp_host": GMAIL},
    ),
    "the domain instead of the server": Mistake(
        gmail,
        typed("gmail.com"),
        ("smtp.gmail.com",),
        (VERIFY,),
        {"smtp_host": GMAIL},
        addresses={"gmail.com": "9.9.9.99"},
    ),
    "own host misspelt": Mistake(
        good,
        typed("mx.acme.exmaple"),
        ("There is no server of the name mx.acme.exmaple",),
        ("Did you mean", "firewall"),
        {"smtp_host": "mx.acme.example"},
    ),
    "the server that receives": Mistake(
        gmail,
        typed("aspmx.l.google.com"),
        ("Enter smtp.gmail.com as the Hostname",),
        cured={"smtp_host": GMAIL},
        addresses={"aspmx.l.google.com": "9.9.9.98"},
    ),
    "name servers do not answer": Mistake(
        good,
        typed(),
        ("name servers", "may be right", "test again"),
        ("There is no server", "by itself"),
        after=good,
        addresses={"mx.acme.example": socket.gaierror(socket.EAI_AGAIN, "try again")},
    ),
    "password wrong": Mistake(
        good,
        typed(**WRONG),
        ("Username or password is wrong",),
        (VERIFY, "Choose port"),
        RIGHT,
    ),
    "username without the domain": Mistake(
        office,
        typed(OFFICE, username="me", email_address=USER, **WRONG),
        ("the whole email address", "Username"),
        ("Entra", "Exchange admin"),
        LOGIN,
    ),
    "own server, a word as the username": Mistake(
        good,
        typed(username="me", email_address=USER, **WRONG),
        ("with the @",),
        cured=LOGIN,
    ),
}
PORTS = {
    "wrong port, another answers": Mistake(
        good,
        typed(port=465),
        ("does not answer on port 465", "Choose 587 under Port"),
        ("firewall",),
        {"smtp_port": 587, "security": "starttls"},
    ),
    "wrong port, one of its own answers": Mistake(
        at("mx.acme.example", 2525, starttls=True, password="right"),
        typed(),
        ("Under Port choose Other and enter 2525",),
        cured={"smtp_port": 2525, "security": "starttls"},
    ),
    "own port, TLS chosen, STARTTLS spoken": Mistake(
        own_starttls,
        typed(port=4650, security="tls"),
        ("Set Encryption to “STARTTLS, required”",),
        ("587", "465 or", VERIFY),
        {"security": "starttls"},
    ),
    "own port, STARTTLS chosen, TLS spoken": Mistake(
        own_tls,
        typed(port=4650),
        ("Set Encryption to “TLS from the start”",),
        ("587", "Choose"),
        {"security": "tls"},
    ),
    "own port, nothing chosen, TLS spoken": Mistake(
        own_tls,
        typed(port=4650, security="none", accept_plain_password=True),
        ("Set Encryption to “TLS from the start”",),
        cured={"security": "tls"},
    ),
    "own port, TLS chosen, nothing spoken": Mistake(
        own_plain,
        typed(port=4650, security="tls", username=False, email_address=USER),
        ("set Encryption to “STARTTLS if offered, else none”",),
        ("Send the password",),
        {"security": "none"},
    ),
    "own port, STARTTLS chosen, nothing spoken": Mistake(
        at("mx.acme.example", 4650, password="right"),
        typed(port=4650),
        ("“STARTTLS if offered, else none”", "Send the password without encryption"),
        cured={"security": "none", "accept_plain_password": True},
    ),
    "465 on a server of 587": Mistake(
        both(
            at("mx.acme.example", 465, starttls=True, password="right"),
            good,
        ),
        typed(port=465),
        ("port 587",),
        cured={"smtp_port": 587, "security": "starttls"},
    ),
    "587 on a server of TLS": Mistake(
        both(at("mx.acme.example", 587, tls=True, password="right"), good_465),
        typed(),
        ("Choose port 465",),
        cured={"smtp_port": 465, "security": "tls"},
    ),
    "no STARTTLS on 587": Mistake(
        both(at("mx.acme.example", 587, password="right"), good_465),
        typed(),
        ("Choose port 465",),
        cured={"smtp_port": 465, "security": "tls"},
    ),
    "IMAP host": Mistake(
        gmail,
        typed("imap.gmail.com"),
        ("IMAP", "Hostname smtp.gmail.com"),
        (VERIFY,),
        {"smtp_host": GMAIL},
        addresses={"imap.gmail.com": "9.9.9.97"},
    ),
    "IMAP port": Mistake(
        both(imap("mx.acme.example", 993), good),
        typed(port=993),
        ("IMAP", "Hostname mx.acme.example", "Port 465 or 587"),
        ("Set Encryption",),
        {"smtp_port": 587},
    ),
    "POP port without encryption": Mistake(
        both(
            lambda: {("mx.acme.example", 110): mail(greeting="+OK ready")},
            good,
        ),
        typed(port=110, security="tls"),
        ("POP3", "Port 465 or 587"),
        ("Set Encryption",),
        {"smtp_port": 587, "security": "starttls"},
    ),
    "IMAP on a port of its own": Mistake(
        both(imap("mx.acme.example", 4650, tls=False), good),
        typed(port=4650),
        ("IMAP", "Port 465 or 587"),
        ("Set Encryption",),
        {"smtp_port": 587},
    ),
    "a web server": Mistake(
        both(
            lambda: {("mx.acme.example", 80): mail(greeting="HTTP/1.1 400 Bad")},
            good,
        ),
        typed(port=80),
        ("web server", "465 or 587"),
        cured={"smtp_port": 587},
    ),
    "private host": Mistake(
        at("mx.acme.example", 587, starttls=True, password="right"),
        typed(),
        ("account_email.allowed_hosts", "value mx.acme.example"),
        (VERIFY,),
        after=good,
        addresses={"mx.acme.example": "192.168.1.5"},
    ),
}

"""What stands between, and certificates; see ``mistakes``."""

from .internet import certificate
from .mistakes import (
    AVAST,
    FORTINET,
    GMAIL,
    PAST,
    STRANGER,
    VERIFY,
    Mistake,
    at,
    both,
    gmail,
    good,
    good_465,
    refusing,
    typed,
)

BETWEEN = {
    "antivirus on a known server": Mistake(
        at(GMAIL, 465, tls=certificate(GMAIL, issuer=AVAST), password="right"),
        typed(GMAIL, 465),
        ("antivirus", "Avast", "Switch off its scan", "smtp.gmail.com"),
        (VERIFY, "Enter "),
        after=gmail,
    ),
    "antivirus on a server of one's own": Mistake(
        at(
            "mx.acme.example",
            587,
            starttls=certificate("mx.acme.example", issuer=AVAST),
        ),
        typed(),
        ("antivirus", "Avast"),
        (VERIFY,),
        after=good,
    ),
    "firewall reads along": Mistake(
        at(
            "mx.acme.example",
            465,
            tls=certificate("mx.acme.example", issuer=FORTINET),
        ),
        typed(port=465),
        ("Fortinet", "administrator", "exception"),
        (VERIFY,),
        after=good_465,
    ),
    "firewall masks STARTTLS": Mistake(
        both(
            at("mx.acme.example", 587, EHLO="250-x\r\n250-XXXXXXXA\r\n250 SIZE\r\n"),
            good_465,
        ),
        typed(),
        ("firewall", "port 465"),
        ("Send the password without",),
        {"smtp_port": 465, "security": "tls"},
    ),
    "antivirus takes the encryption away": Mistake(
        at(GMAIL, 587, password="right"),
        typed(GMAIL),
        ("antivirus", "scan of outgoing mail"),
        ("else none",),
        after=gmail,
    ),
    "antivirus can't reach the server": Mistake(
        at(GMAIL, 465, tls=True, greeting="421 Cannot connect to SMTP server 9.9.9.9"),
        typed(GMAIL, 465),
        ("antivirus", "proxy", "test again"),
        ("by itself",),
        after=gmail,
    ),
    "captive portal by name": Mistake(
        gmail,
        typed(GMAIL, 465),
        ("private network", "captive portal", "Gmail"),
        ("allowed_hosts",),
        after=gmail,
        addresses={GMAIL: "10.0.0.1"},
    ),
    "captive portal by certificate": Mistake(
        at(GMAIL, 465, tls=certificate("login.hotel.example")),
        typed(GMAIL, 465),
        ("captive portal", "Gmail"),
        (VERIFY, "Hostname"),
        after=gmail,
    ),
    "STARTTLS breaks off": Mistake(
        both(
            refusing("STAR", lambda script: script.say("220 go\r\n")),
            good_465,
        ),
        typed(),
        ("firewall", "port 465"),
        ("from the start", "password", "Choose port 587"),
        {"smtp_port": 465, "security": "tls"},
    ),
    "the server says nothing": Mistake(
        at(GMAIL, 587, greeting=lambda script: script.silence(5)),
        typed(GMAIL),
        ("said nothing", "antivirus"),
        ("Hostname", "by itself"),
        after=gmail,
    ),
    "the server hangs up at once": Mistake(
        at("mx.acme.example", 587, greeting=lambda script: script.reset()),
        typed(),
        ("hung up", "firewall"),
        ("by itself",),
        after=good,
    ),
    "everything is blocked": Mistake(
        lambda: {},
        typed(GMAIL),
        ("blocks the way", "firewall", "HTTP"),
        ("Check the Hostname",),
        after=gmail,
        addresses={GMAIL: "9.9.9.9"},
    ),
}
CERTIFICATES = {
    "expired": Mistake(
        at(
            "mx.acme.example",
            465,
            tls=certificate("mx.acme.example", not_after=PAST),
            password="right",
        ),
        typed(port=465),
        ("expired on 03/05/2026", "renew"),
        cured={"skip_tls_verification": True},
    ),
    "a known server's expired": Mistake(
        at(GMAIL, 465, tls=certificate(GMAIL, not_after=PAST)),
        typed(GMAIL, 465),
        ("clock",),
        (VERIFY,),
        after=gmail,
    ),
    "from an authority of one's own": Mistake(
        at(
            "mx.acme.example",
            587,
            starttls=certificate("mx.acme.example", issuer=STRANGER),
            password="right",
        ),
        typed(),
        (VERIFY, "your own server"),
        cured={"skip_tls_verification": True},
    ),
    "by the server's number": Mistake(
        both(
            at("9.9.9.50", 465, tls=certificate("mail.hoster.example")),
            at("mail.hoster.example", 465, tls=True, password="right"),
        ),
        typed("9.9.9.50", 465),
        ("Enter mail.hoster.example as the Hostname",),
        cured={"smtp_host": "mail.hoster.example"},
        addresses={"9.9.9.50": "9.9.9.50"},
    ),
    "for another name": Mistake(
        both(
            at(
                "mx.acme.example",
                465,
                tls=certificate("mail.hoster.example"),
                password="right",
            ),
            at("mail.hoster.example", 465, tls=True, password="right"),
        ),
        typed(port=465),
        ("Enter mail.hoster.example as the Hostname",),
        (VERIFY,),
        {"smtp_host": "mail.hoster.example"},
    ),
    "for names of a wildcard": Mistake(
        both(
            at("mx.acme.example", 465, tls=certificate("*.hoster.example")),
            at("s7.hoster.example", 465, tls=True, password="right"),
        ),
        typed(port=465),
        ("end in .hoster.example",),
        ("*.", "Enter hoster"),
        {"smtp_host": "s7.hoster.example"},
    ),
}

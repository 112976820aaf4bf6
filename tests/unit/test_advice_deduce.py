"""What the facts of a failure add up to."""

from __future__ import annotations

import pytest
from account_email.advice.deduce import deduce
from account_email.advice.watchers import find_watcher

# facts -> the circumstances that matter
TABLE = [
    ({"host": "smtp.gmial.com"}, {"meant": "smtp.gmail.com", "own": True}),
    ({"host": "smtp.gmail.con"}, {"meant": "smtp.gmail.com"}),
    ({"host": "gmail.com"}, {"meant": "smtp.gmail.com"}),
    ({"host": "aspmx.l.google.com"}, {"meant": "smtp.gmail.com"}),
    (
        {"host": "acme-com.mail.protection.outlook.com"},
        {"meant": "smtp.office365.com"},
    ),
    ({"host": "outlook.office365.com"}, {"meant": "smtp.office365.com"}),
    ({"host": "smtp.gmail.com"}, {"provider": "gmail", "own": False}),
    ({"host": "SMTP.gmail.com."}, {"provider": "gmail"}),
    ({"host": "smtp.gmail.com", "provider": "google"}, {"provider": "google"}),
    # A provider that was chosen before another server was typed is not its server's.
    ({"host": "mail.acme.example", "provider": "gmail"}, {"provider": "", "own": True}),
    (
        {"host": "imap.gmail.com", "port": 587},
        {"receiving": "IMAP", "sending": "smtp.gmail.com"},
    ),
    (
        {"host": "pop3.acme.example", "port": 587},
        {"receiving": "POP3", "sending": "smtp.acme.example"},
    ),
    (
        {"host": "imap.zoho.eu", "port": 993},
        {"receiving": "IMAP", "sending": "smtp.zoho.eu"},
    ),
    (
        {"host": "imap.gmx.net", "port": 993},
        {"receiving": "IMAP", "sending": "mail.gmx.net"},
    ),
    (
        {"host": "mail.acme.example", "port": 993},
        {"receiving": "IMAP", "sending": "mail.acme.example", "port_kind": "own"},
    ),
    (
        {"host": "mail.acme.example", "port": 4000, "speaks": "pop3"},
        {"receiving": "POP3"},
    ),
    ({"host": "x.example", "port": 465}, {"port_kind": "offered"}),
    ({"host": "x.example", "port": 4650}, {"port_kind": "own"}),
    ({"host": "x.example", "port": 443}, {"port_kind": "web"}),
    ({"ports": (25, 465)}, {"best": 465, "best_kind": "offered"}),
    ({"ports": [25, 2525]}, {"best": 2525, "best_kind": "own"}),
    ({"ports": []}, {"best_kind": "none"}),
    ({"offered": ""}, {"logins": "none"}),
    ({"offered": "XOAUTH2"}, {"logins": "sign_in"}),
    ({"offered": "GSSAPI NTLM"}, {"logins": "windows"}),
    ({"offered": "SCRAM-SHA-256"}, {"logins": "other"}),
    ({"host": "192.0.2.7"}, {"by_ip": True, "own": True}),
    (
        {"host": "mail.acme.example", "names": ["*.hoster.example", "hoster.example"]},
        {"certificate": "wildcard", "ends": ".hoster.example"},
    ),
    (
        {"host": "mail.acme.example", "names": ["hoster.example", "mx.hoster.example"]},
        {"certificate": "named", "enter": "mx.hoster.example"},
    ),
    (
        {"host": "mail.acme.example", "names": ["www.acme.example", "*.acme.org"]},
        {"certificate": "wildcard", "ends": ".acme.org"},
    ),
    (
        {"issuer": "CN=avast! Web/Mail Shield Root,O=AVAST Software"},
        {"watched_by": "antivirus", "watcher": "Avast"},
    ),
    (
        {"protocol": "http", "host": "api.brevo.com", "provider": "brevo"},
        {"provider": "brevo", "service": "Brevo", "own": False},
    ),
    (
        {"protocol": "http", "host": "x.example", "provider": "manager"},
        {"provider": "manager", "own": False},
    ),
]


@pytest.mark.parametrize(("facts", "wanted"), TABLE)
def test_deduce(facts, wanted):
    found = deduce(facts)
    assert {name: found.get(name) for name in wanted} == wanted


ABSENT = [
    # A server of one's own resembles nobody's.
    ({"host": "smtp.acme.example"}, "meant"),
    ({"host": "mail.acme.example", "port": 587}, "receiving"),
    # What it speaks is known, whatever its name.
    ({"host": "imap.acme.example", "port": 587, "speaks": "ssh"}, "receiving"),
    ({"names": ["localhost", "192.0.2.7", "www.acme.example"]}, "certificate"),
    ({"issuer": "CN=R3,O=Let's Encrypt,C=US"}, "watcher"),
    ({"issuer": "CN=GlobalSign,O=GlobalSign nv-sa"}, "watcher"),
    ({"issuer": "CN=Sectigo RSA Domain Validation"}, "watcher"),
    ({}, "meant"),
]


@pytest.mark.parametrize(("facts", "name"), ABSENT)
def test_what_is_not_known_is_not_said(facts, name):
    assert name not in deduce(facts)


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("CN=Kaspersky Anti-Virus Personal Root Certificate", "antivirus"),
        ("CN=ESET SSL Filter CA,O=ESET", "antivirus"),
        ("CN=Bitdefender Personal CA.Net-Defender", "antivirus"),
        ("CN=AVG Web/Mail Shield Root", "antivirus"),
        ("CN=Norton Web/Mail Shield Root", "antivirus"),
        ("CN=G DATA Mail Security", "antivirus"),
        ("CN=FG100D,OU=Certificate Authority,O=Fortinet", "firewall"),
        ("CN=Zscaler Intermediate Root CA", "firewall"),
        ("CN=Sophos SSL CA_C0100", "firewall"),
        ("CN=squid.acme.local", "firewall"),
        ("CN=DigiCert TLS RSA SHA256 2020 CA1", ""),
        ("CN=WR2,O=Google Trust Services", ""),
    ],
)
def test_who_reads_along(issuer, kind):
    assert find_watcher(issuer)[0] == kind

"""Facts about providers, and how the right one is found."""

from __future__ import annotations

import datetime

import pytest
from account_email.advice.autoconfig import fetcher, parse_autoconfig
from account_email.advice.lookup import Suggestion, lookup
from account_email.advice.presets import PRESETS, by_domain, by_host, by_mx
from account_email.advice.resolver import DnsUnavailable, system_query
from account_email.transport import TransportError
from account_email.transport.names import host_name
from account_email.transport.providers import PROVIDERS
from pace import Pace
from transport_scripts import http_server
from transport_servers import LOOPBACK, ca_file, server_context

SECRETS = {
    "password",
    "app_password",
    "maybe_app_password",
    "token",
    "api_key",
    "smtp_key",
    "oauth",
}


def zone(**records):
    """A query over a few records; names with "__" for "." are spelled in full."""
    known = {tuple(key.split("|")): value for key, value in records.items()}

    def query(name, kind):
        return known.get((name, kind), [])

    return query


def no_network(name, kind):
    raise DnsUnavailable("no network")


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_is_whole(preset):
    assert preset.secret in SECRETS
    assert preset.username.startswith("=") or preset.username in {
        "address",
        "local",
        "own",
    }
    assert (preset.security == "tls") == (preset.port in {465, 2465})
    assert preset.http in {"", *PROVIDERS}
    if preset.key in PROVIDERS:
        assert preset.name == PROVIDERS[preset.key].label
    assert not preset.url or preset.url.startswith("https://")
    for host in {
        preset.host.replace("<region>", "eu-west-1"),
        *preset.regions.values(),
    }:
        assert host_name(host) == host
        assert by_host(host.upper()).host_matches(host)
    if preset.regions:
        assert preset.host in preset.regions.values()


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("jane@gmail.com", "gmail"),
        ("JANE@GoogleMail.com.", "gmail"),
        ("yahoo.co.uk", "yahoo"),
        ("a@yahoo.de", "yahoo"),
        ("a@hotmail.fr", "outlook"),
        ("a@outlook.com", "outlook"),
        ("a@me.com", "icloud"),
        ("a@gmx.at", "gmx"),
        ("a@web.de", "webde"),
        ("a@fastmail.fm", "fastmail"),
        ("a@proton.me", "proton"),
        ("a@mailbox.org", "mailbox"),
        ("a@yahoo.evil.example", None),
        ("a@notgmail.com", None),
        ("a@yahoo", None),
        ("", None),
    ],
)
def test_by_domain(address, key):
    preset = by_domain(address)
    assert (preset.key if preset else None) == key


@pytest.mark.parametrize(
    ("hosts", "key"),
    [
        (["aspmx.l.google.com."], "google"),
        (["sender-example.mail.protection.outlook.com"], "microsoft365"),
        (["in1-smtp.messagingengine.com"], "fastmail"),
        (["mx.zoho.eu"], "zoho"),
        (["mail.sender.example"], None),
        (["evilgoogle.com"], None),
        ([], None),
    ],
)
def test_by_mx(hosts, key):
    preset = by_mx(hosts)
    assert (preset.key if preset else None) == key


def test_by_host():
    assert by_host("SMTP.Gmail.com").key == "gmail"
    assert by_host("email-smtp.eu-west-1.amazonaws.com").key == "ses"
    assert by_host("smtp.zoho.eu").key == "zoho"
    assert by_host("mail.example") is None


def test_logins():
    assert PRESETS["gmail"].login_for("a@gmail.com") == "a@gmail.com"
    assert PRESETS["webde"].login_for("a@web.de") == "a"
    assert PRESETS["sendgrid"].login_for("a@b.example") == "apikey"
    assert PRESETS["ses"].login_for("a@b.example") == ""


def test_a_notice_shows_before_it_bites():
    preset = PRESETS["microsoft365"]
    assert preset.notices_on(datetime.date(2026, 1, 1)) == ()
    (notice,) = preset.notices_on(datetime.date(2026, 11, 24))
    assert notice.key == "ms_basic_auth_2026"


@pytest.mark.parametrize(
    ("query", "host", "security"),
    [
        (
            zone(
                **{
                    "_submissions._tcp.sender.example|SRV": [
                        "20 0 465 b.sender.example.",
                        "10 5 465 c.sender.example.",
                        "10 9 465 a.sender.example.",
                    ],
                    "_submission._tcp.sender.example|SRV": [
                        "0 0 587 z.sender.example."
                    ],
                }
            ),
            "a.sender.example",
            "tls",
        ),
        (
            zone(
                **{
                    "_submissions._tcp.sender.example|SRV": ["0 0 0 ."],
                    "_submission._tcp.sender.example|SRV": [
                        "0 0 587 z.sender.example."
                    ],
                }
            ),
            "z.sender.example",
            "starttls",
        ),
        (
            zone(**{"sender.example|MX": ["10 aspmx.l.google.com."]}),
            "smtp.gmail.com",
            "tls",
        ),
    ],
)
def test_lookup_by_dns(query, host, security):
    found = lookup("jane@sender.example", query)
    assert (found.host, found.security, found.username) == (
        host,
        security,
        "jane@sender.example",
    )


def test_lookup_of_nonsense():
    broken = zone(**{"_submission._tcp.sender.example|SRV": ["x y z", "", "1 2"]})
    assert lookup("jane@sender.example", broken) is None
    with pytest.raises(DnsUnavailable):
        lookup("jane@sender.example", no_network)


CONFIG = b"""<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="x">
<incomingServer type="imap"><hostname>imap.sender.example</hostname></incomingServer>
<outgoingServer type="smtp"><hostname>plain.sender.example</hostname><port>25</port>
<socketType>plain</socketType></outgoingServer>
<outgoingServer type="smtp"><hostname>smtp.%EMAILDOMAIN%</hostname><port>465</port>
<socketType>SSL</socketType><username>%EMAILLOCALPART%</username></outgoingServer>
</emailProvider></clientConfig>"""


def test_lookup_by_autoconfig():
    asked = []

    def fetch(url):
        asked.append(url)
        if "autoconfig.sender" in url:
            raise TransportError("config", "not_found")
        return CONFIG

    found = lookup("jane@sender.example", no_network, fetch)
    assert found == Suggestion("autoconfig", "smtp.sender.example", 465, "tls", "jane")
    assert "jane" not in "".join(asked)


@pytest.mark.parametrize(
    ("mx", "asked"),
    [
        (["10 mx1.hoster.example."], ["hoster.example"]),
        (
            ["20 z.other.example.", "10 mx1.a.hoster.example."],
            ["a.hoster.example", "hoster.example"],
        ),
        (["10 mx.hoster.co.uk."], ["hoster.co.uk"]),
        (["10 mail.sender.example."], []),
        (["0 ."], []),
        ([], []),
    ],
)
def test_lookup_by_the_provider_of_the_receiving_server(mx, asked):
    """Hosted domains have no file of their own; their provider has one."""
    urls = []

    def fetch(url):
        urls.append(url)
        raise TransportError("config", "not_found")

    query = zone(**{"sender.example|MX": mx})
    assert lookup("jane@sender.example", query, fetch) is None
    others = [url for url in urls if "sender.example" not in url]
    assert list(dict.fromkeys(url.split("/")[2] for url in others)) == [
        host for name in asked for host in (f"autoconfig.{name}", name)
    ]
    assert "jane" not in "".join(urls)

    def hosted(url):
        if "//autoconfig." not in url or "sender.example" in url:
            raise TransportError("config", "not_found")
        return CONFIG.replace(b"smtp.%EMAILDOMAIN%", b"smtp.hoster.example")

    found = lookup("jane@sender.example", query, hosted)
    assert bool(found) == bool(asked)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"<a/>",
        b"x" * 200_000,
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        CONFIG.replace(b"smtp.%EMAILDOMAIN%", b"a b"),
        CONFIG.replace(b"465", b"many"),
    ],
)
def test_autoconfig_files_that_are_none(body):
    assert parse_autoconfig(body, "jane@sender.example") == []


def test_fetching_stays_within_bounds():
    answers = {"status": 200, "headers": {}, "body": CONFIG}
    options = {"allowed_hosts": LOOPBACK, "ca_file": ca_file()}
    with http_server(lambda r: tuple(answers.values()), tls=server_context()) as (
        _s,
        url,
    ):
        assert fetcher(5, **options)(url + "/x") == CONFIG
        answers.update(status=302, headers={"Location": "https://10.0.0.1/"})
        with pytest.raises(TransportError):
            fetcher(5, **options)(url)
        with pytest.raises(TransportError) as caught:
            fetcher(5)(url)
    assert caught.value.cause == "dns"


def test_a_resolver_without_network(monkeypatch):
    resolver = pytest.importorskip("dns.resolver")
    monkeypatch.setattr(resolver.Resolver, "nameservers", ["127.0.0.1"], raising=False)
    seconds = 0.5
    with Pace() as passed, pytest.raises(DnsUnavailable):
        system_query(seconds)("sender.example", "MX")
    assert passed.seconds < 3 * seconds

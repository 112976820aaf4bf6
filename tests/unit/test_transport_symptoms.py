"""The second look of the test: what it finds, and what it may cost."""

from __future__ import annotations

import datetime

import pytest
import trustme
from account_email.transport import probe, symptoms
from pace import Pace
from transport_scripts import scripted
from transport_servers import catcher, free_port, letter, server_context, smtp_profile


def last_step(profile, **options):
    *passed, last = probe(profile, **options)
    assert all(step.ok for step in passed)
    assert not last.ok
    assert last.error.step == last.name
    return last


YESTERDAY = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(1)
CERTIFICATES = {
    "cert_hostname": {"names": ("mail.other.example", "*.third.example")},
    "cert_expired": {"names": ("localhost",), "not_after": YESTERDAY},
    "cert_unknown_ca": {"names": ("localhost",), "issuer": trustme.CA()},
}


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("cause", CERTIFICATES)
def test_a_certificate_is_described(cause, security):
    values = dict(CERTIFICATES[cause])
    names = values.pop("names")
    context = server_context(*names, **values)
    kind = {"tls": {"tls": context}, "starttls": {"starttls": context}}
    with catcher(**kind[security]) as (_handler, port):
        step = last_step(smtp_profile(port, security=security))
    assert (step.name, step.error.kind, step.error.cause) == (
        "certificate",
        "tls",
        cause,
    )
    facts = step.error.facts
    assert facts["names"] == names
    assert "trustme" in facts["issuer"]
    assert datetime.date.fromisoformat(facts["expires"])
    assert (facts["expires"] <= YESTERDAY.date().isoformat()) == (
        cause == "cert_expired"
    )


def test_a_self_signed_certificate(tmp_path):
    with catcher(tls=self_signed(tmp_path)) as (_handler, port):
        step = last_step(smtp_profile(port, security="tls"))
        assert step.error.cause == "cert_self_signed"
        assert step.error.facts["names"] == ("localhost",)
        profile = smtp_profile(port, security="tls", verify_tls=False)
        assert all(step.ok for step in probe(profile))


def self_signed(folder):
    import ssl

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(YESTERDAY)
        .not_valid_after(YESTERDAY + datetime.timedelta(30))
        .sign(key, hashes.SHA256())
    )
    path = folder / "self.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.mark.parametrize("starttls", [True, False])
def test_encryption_on_a_plain_port(starttls):
    options = {"starttls": server_context()} if starttls else {}
    with catcher(**options) as (_handler, port):
        step = last_step(smtp_profile(port, security="tls"))
    assert (step.name, step.error.cause) == ("encryption", "tls_on_plain")
    assert step.error.facts["suggested"] == ("starttls" if starttls else "none")


@pytest.mark.parametrize("security", ["starttls", "none"])
def test_no_encryption_on_an_encrypted_port(security):
    with catcher(tls=server_context()) as (_handler, port):
        step = last_step(smtp_profile(port, security=security, timeout=1))
    assert (step.name, step.error.kind, step.error.cause) == (
        "greeting",
        "tls",
        "plain_on_tls",
    )
    assert step.error.facts["suggested"] == "tls"


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
@pytest.mark.parametrize("encrypted", [True, False])
@pytest.mark.parametrize(
    ("greeting", "tongue"), [("* OK IMAP4rev1 ready", "imap"), ("+OK ready", "pop3")]
)
def test_a_server_of_another_kind(greeting, tongue, encrypted, security):
    def play(script):
        script.say(greeting + "\r\n")
        script.line()

    with scripted(play, tls=server_context() if encrypted else None) as port:
        step = last_step(smtp_profile(port, security=security, timeout=1))
    assert (step.error.cause, step.error.facts["speaks"]) == ("not_smtp", tongue)
    assert "suggested" not in step.error.facts


def test_an_encryption_that_breaks_off_is_no_wrong_port():
    def play(script):
        ehlo = "250-script\r\n250 STARTTLS\r\n"
        script.converse(EHLO=ehlo, STAR=lambda s: s.say("220 go\r\n"))

    with scripted(play) as port:
        step = last_step(smtp_profile(port, security="starttls", timeout=1))
    assert (step.name, step.error.cause) == ("encryption", "starttls_broken")


def test_a_firewall_that_writes_over_what_the_server_offers():
    ehlo = "250-script\r\n250-XXXXXXXA\r\n250 SIZE 1000\r\n"
    with scripted(lambda script: script.converse(EHLO=ehlo)) as port:
        step = last_step(smtp_profile(port, security="starttls"))
    assert (step.error.cause, step.error.facts["masked"]) == ("starttls_missing", True)


def test_other_ports_that_answer(monkeypatch):
    with (
        scripted(lambda script: script.converse()) as first,
        scripted(lambda script: script.converse()) as second,
    ):
        monkeypatch.setattr(symptoms, "MAIL_PORTS", (first, second, free_port()))
        step = last_step(smtp_profile(free_port()))
    assert (step.name, step.error.cause) == ("connect", "refused")
    assert step.error.facts["ports"] == tuple(sorted([first, second]))


@pytest.mark.parametrize("trick", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"])
def test_a_dead_server_is_no_wait_for_the_one_who_tests(trick):
    replies = {trick: lambda script: script.silence()}
    with scripted(lambda script: script.converse(**replies)) as port:
        seconds = 0.5
        profile = smtp_profile(port, timeout=seconds, delivery_timeout=seconds)
        with Pace() as passed:
            last_step(profile, message=letter(), recipients=["jane@customer.example"])
    assert passed.seconds < 2 * seconds + symptoms_seconds()


def symptoms_seconds():
    from account_email.transport.probe import EXAMINE_SECONDS, PROBE_SECONDS

    # The promise of the test: a dead server costs at most fifteen seconds.
    assert PROBE_SECONDS + EXAMINE_SECONDS < 15
    return EXAMINE_SECONDS


def test_the_second_look_obeys_the_guard():
    step = last_step(smtp_profile(free_port(), allowed_hosts=frozenset()))
    assert (step.name, step.error.cause) == ("resolve", "dns")
    assert "ports" not in step.error.facts


def test_a_partly_refused_letter_is_no_success():
    with catcher() as (handler, port):
        steps = list(
            probe(
                smtp_profile(port),
                message=letter(),
                recipients=["jane@customer.example", "550@x.example"],
            )
        )
    assert handler.letters
    assert [(step.name, step.ok) for step in steps[-2:]] == [
        ("delivery", True),
        ("recipient", False),
    ]
    assert steps[-1].error.facts["address"] == "550@x.example"

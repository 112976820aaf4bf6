"""What receivers make of a sender, by DNS alone."""

from __future__ import annotations

import pytest
from account_email.advice.presets import PRESETS
from account_email.advice.spf import check_spf
from account_email.advice.verdict import OUTCOMES, STATES, sender_verdict
from test_advice_presets import no_network, zone

DOMAIN = "sender.example"
GOOGLE = PRESETS["google"]
SPF = {f"{DOMAIN}|TXT": ["other=1", "v=spf1 include:_spf.google.com ~all"]}
DKIM = {f"google._domainkey.{DOMAIN}|TXT": ["v=DKIM1; k=rsa; p=MIGf"]}


def dmarc(policy):
    return {f"_dmarc.{DOMAIN}|TXT": [f"v=DMARC1; p={policy}; rua=mailto:x@y.example"]}


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ({**SPF, **DKIM, **dmarc("reject")}, "pass found reject fine"),
        ({**SPF, **DKIM, **dmarc("none")}, "pass found none fine"),
        ({**SPF, **DKIM}, "pass found missing weak"),
        ({**SPF, **dmarc("reject")}, "pass not_found reject weak"),
        ({**DKIM, **dmarc("reject")}, "missing found reject weak"),
        (dmarc("reject"), "missing not_found reject rejected"),
        (dmarc("quarantine"), "missing not_found quarantine spam"),
        ({}, "missing not_found missing spam"),
        ({**SPF, **DKIM, **dmarc("maybe")}, "pass found invalid weak"),
        (
            {**SPF, f"google._domainkey.{DOMAIN}|TXT": ["v=DKIM1; p="]},
            "pass revoked missing weak",
        ),
    ],
)
def test_verdicts(records, words):
    found = sender_verdict(f"jane@{DOMAIN}", zone(**records), preset=GOOGLE)
    states = (found.spf.state, found.dkim.state, found.dmarc.state)
    assert " ".join((*states, found.outcome)) == words
    assert found.outcome in OUTCOMES
    for name, state in zip(STATES, states, strict=True):
        assert state in STATES[name]


def test_without_network():
    found = sender_verdict(f"jane@{DOMAIN}", no_network, preset=GOOGLE)
    assert found.outcome == "unknown"
    assert found.spf.state == found.dkim.state == found.dmarc.state == "unasked"


def test_spf_alone_does_not_align_through_a_sending_service():
    records = {
        f"{DOMAIN}|TXT": ["v=spf1 include:sendgrid.net -all"],
        **dmarc("reject"),
    }
    preset = PRESETS["sendgrid"]
    found = sender_verdict(f"a@{DOMAIN}", zone(**records), preset=preset)
    assert (found.spf.state, found.outcome) == ("pass", "rejected")
    found = sender_verdict(f"a@{DOMAIN}", zone(**records), preset=PRESETS["postmark"])
    assert (found.dkim.state, found.outcome) == ("unknown", "weak")


def test_a_policy_may_come_from_the_parent():
    records = {f"_dmarc.{DOMAIN}|TXT": ["v=DMARC1; p=none; sp=reject"]}
    found = sender_verdict(f"a@bills.{DOMAIN}", zone(**records), preset=GOOGLE)
    assert (found.dmarc.state, found.dmarc.facts["domain"]) == ("reject", DOMAIN)
    assert found.outcome == "rejected"


def test_a_selector_the_user_knows():
    records = {f"own._domainkey.{DOMAIN}|TXT": ["p=MIGf"]}
    found = sender_verdict(f"a@{DOMAIN}", zone(**records), selectors=["own"])
    assert (found.dkim.state, found.dkim.facts) == ("found", {"selector": "own"})


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ("v=spf1 ip4:192.0.2.0/24 -all", "pass"),
        ("v=spf1 ip6:2001:db8::/32 -all", "pass"),
        ("v=spf1 a -all", "pass"),
        ("v=spf1 a:mail.sender.example ~all", "pass"),
        ("v=spf1 mx -all", "pass"),
        ("v=spf1 include:shared.example ?all", "pass"),
        ("v=spf1 redirect=shared.example", "pass"),
        ("v=spf1 -ip4:192.0.2.0/24 ~all", "not_listed"),
        ("v=spf1 ip4:198.51.100.0/24 -all", "not_listed"),
        ("v=spf1 ip4:198.51.100.0/24 ip4:nonsense -all", "invalid"),
        ("v=spf1 a:other.example/24 -all", "pass"),
        ("v=spf1 include:loop.example -all", "too_many_lookups"),
        ("v=spf1 +all", "too_open"),
        ("v=spf10 ip4:192.0.2.0/24", "missing"),
    ],
)
def test_spf_of_a_server_of_ones_own(record, state):
    query = zone(
        **{
            f"{DOMAIN}|TXT": [record],
            f"{DOMAIN}|A": ["192.0.2.7"],
            f"{DOMAIN}|MX": ["10 mail.sender.example."],
            "mail.sender.example|A": ["192.0.2.7"],
            "other.example|A": ["192.0.2.200"],
            "mail.sender.example.|AAAA": ["2001:db8::7"],
            "shared.example|TXT": ["v=spf1 ip4:192.0.2.7 -all"],
            "loop.example|TXT": ["v=spf1 include:loop.example -all"],
        }
    )
    found, facts = check_spf(DOMAIN, query, addresses=["192.0.2.7", "2001:db8::7"])
    assert found == state
    assert state == "missing" or facts["record"] == record


def test_two_records_are_none():
    query = zone(**{f"{DOMAIN}|TXT": ["v=spf1 -all", "v=spf1 ~all"]})
    assert check_spf(DOMAIN, query)[0] == "multiple"

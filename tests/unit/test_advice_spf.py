"""Every SPF record that we print is one that receivers follow.

Judged by our own reader and by pyspf, over name servers of a table.
"""

from __future__ import annotations

import contextlib
from unittest.mock import patch

import pytest
import spf
from account_email.advice.presets import PRESETS
from account_email.advice.resolver import DnsUnavailable
from account_email.advice.spf import check_spf
from account_email.advice.spf_record import is_valid, merged, terms_of
from account_email.advice.verdict import sender_verdict
from hypothesis import given
from hypothesis import strategies as st
from test_advice_presets import zone

DOMAIN = "sender.example"
WANTED = "_spf.google.com"
PASSING, STRANGE = "192.0.2.7", "203.0.113.9"
OTHERS = {
    "_spf.google.com|TXT": ["v=spf1 ip4:192.0.2.0/28 ~all"],
    "shop.example|TXT": ["v=spf1 ip4:198.51.100.7 -all"],
    "sender.example|MX": ["10 mx.sender.example."],
    "mx.sender.example|A": ["198.51.100.8"],
    "sender.example|A": ["198.51.100.9"],
    "deep0.example|TXT": [
        "v=spf1 " + " ".join(f"include:deep{n}.example" for n in range(1, 9)) + " ~all"
    ],
    **{f"deep{n}.example|TXT": ["v=spf1 ip4:198.51.100.1 ~all"] for n in range(1, 9)},
}
# records there are -> the state, and words of the record that is advised
TABLE = [
    ([], "missing", "v=spf1 include:_spf.google.com ~all"),
    (
        ["v=spf1 mx include:shop.example -all"],
        "not_listed",
        "v=spf1 mx include:shop.example include:_spf.google.com -all",
    ),
    (["v=spf1"], "not_listed", "v=spf1 include:_spf.google.com ~all"),
    (
        ["v=spf1 redirect=shop.example"],
        "not_listed",
        "v=spf1 include:_spf.google.com redirect=shop.example",
    ),
    (
        ["v=spf1 mx -all", "v=spf1 include:shop.example ~all"],
        "multiple",
        "v=spf1 mx include:shop.example include:_spf.google.com -all",
    ),
    (
        ["v=spf1 redirect=shop.example", "v=spf1 mx ~all"],
        "multiple",
        "v=spf1 mx include:_spf.google.com include:shop.example ~all",
    ),
    (["v=spf1 +all"], "too_open", "v=spf1 include:_spf.google.com ~all"),
    (["v=spf1 mx all"], "too_open", "v=spf1 mx include:_spf.google.com ~all"),
    # What people make of a provider's page.
    (["v=spf1 _spf.google.com ~all"], "invalid", "v=spf1 include:_spf.google.com ~all"),
    (
        ["v=spf1 include=shop.example ~all"],
        "invalid",
        "v=spf1 include:shop.example include:_spf.google.com ~all",
    ),
    (
        ["v=spf1 ip:198.51.100.7 ip4:1.2.3.400 -all"],
        "invalid",
        "v=spf1 ip4:198.51.100.7 include:_spf.google.com -all",
    ),
    (
        ["v=spf1 include:gone.example mx ~all"],
        "invalid",
        "v=spf1 mx include:_spf.google.com ~all",
    ),
    (["v=spf1 a mx include:deep0.example ~all"], "too_many_lookups", ""),
    (["v=spf1 mx include:deep0.example ~all"], "full", ""),
    (["v=spf1 include:_spf.google.com ~all"], "pass", ""),
]


def names(records):
    return {**OTHERS, f"{DOMAIN}|TXT": ["other=1", *records]}


@pytest.mark.parametrize(("records", "state", "advised"), TABLE)
def test_the_record_that_is_advised(records, state, advised):
    found, facts = check_spf(DOMAIN, zone(**names(records)), wanted=WANTED)
    assert (found, facts.get("advised", "")) == (state, advised)
    if not advised:
        return
    published = names([advised])
    assert check_spf(DOMAIN, zone(**published), wanted=WANTED)[0] == "pass"
    assert judged(published, PASSING) == "pass"
    assert judged(published, STRANGE) in {"fail", "softfail"}


def judged(records, ip):
    """What a receiver says of a letter of DOMAIN from ``ip``."""
    with name_servers(records):
        result, said = spf.check2(i=ip, s=f"me@{DOMAIN}", h=DOMAIN, querytime=0)
    assert result != "permerror", said
    return result


@contextlib.contextmanager
def name_servers(records):
    """pyspf asks the table and no network."""
    query = zone(**records)

    def look_up(name, kind, *_args, **_options):
        found = query(name.rstrip("."), kind)
        return [((name, kind), _parsed(text, kind)) for text in found]

    with patch.object(spf, "DNSLookup", look_up):
        yield


def _parsed(text, kind):
    if kind == "TXT":
        return (text.encode(),)
    if kind == "MX":
        priority, host = text.split()
        return int(priority), host.rstrip(".")
    return text


@pytest.mark.parametrize("preset", [p for p in PRESETS.values() if p.spf])
def test_every_provider_s_record(preset):
    records = {
        f"{preset.spf}|TXT": [f"v=spf1 ip4:{PASSING} ~all"],
        f"{DOMAIN}|TXT": [],
    }
    found, facts = check_spf(DOMAIN, zone(**records), wanted=preset.spf)
    assert found == "missing"
    published = {**records, f"{DOMAIN}|TXT": [facts["advised"]]}
    assert judged(published, PASSING) == "pass"
    verdict = sender_verdict(f"me@{DOMAIN}", zone(**records), preset=preset)
    assert (verdict.spf.state == "not_needed") == preset.own_return_path


def test_a_server_of_ones_own_by_its_addresses():
    query = zone(**names(["v=spf1 mx -all"]))
    addresses = [PASSING, "2001:db8::7"]
    found, facts = check_spf(DOMAIN, query, addresses=addresses)
    assert found == "not_listed"
    assert facts["advised"] == f"v=spf1 mx ip4:{PASSING} ip6:2001:db8::7 -all"
    published = names([facts["advised"]])
    assert judged(published, PASSING) == judged(published, "2001:db8::7") == "pass"


def test_who_receives_for_the_domain_sends_for_it_too():
    records = {**OTHERS, f"{DOMAIN}|MX": ["1 aspmx.l.google.com."]}
    verdict = sender_verdict(f"a@{DOMAIN}", zone(**records), addresses=["192.0.2.99"])
    advised = "v=spf1 include:_spf.google.com ip4:192.0.2.99 ~all"
    assert verdict.spf.facts["advised"] == advised


def test_without_name_servers_nothing_is_advised():
    def partly(name, kind):
        if name == WANTED:
            raise DnsUnavailable("no answer")
        return []

    assert check_spf(DOMAIN, partly, wanted=WANTED) == ("unasked", {})


def test_nothing_is_advised_where_nobody_knows_who_sends():
    assert check_spf(DOMAIN, zone(), wanted="") == ("missing", {})


@pytest.mark.parametrize(
    ("term", "valid"),
    [
        ("include:_spf.google.com", True),
        ("_spf.google.com", False),
        ("include:", False),
        ("include:localhost", False),
        ("a/24", True),
        ("a:x.example/24//64", True),
        ("mx", True),
        ("-all", True),
        ("ALL", True),
        ("ptr", True),
        ("ip4:192.0.2.0/24", True),
        ("ip4:2001:db8::1", False),
        ("ip6:2001:db8::/32", True),
        ("ip4:192.0.2.0/33", False),
        ("exists:%{i}._spf.example.com", True),
        ("redirect=x.example", True),
        ("exp=why.example", True),
        ("include=x.example", False),
        ("v=spf1", True),
    ],
)
def test_terms(term, valid):
    assert is_valid(term) == valid


TERMS = st.sampled_from(
    [
        *("mx", "a", "a/24", "ip4:198.51.100.7", "ip6:2001:db8::/32", "exp=x.example"),
        "exp=y.example",
        *("include:shop.example", "INCLUDE:shop.example", "redirect=shop.example"),
        *("-all", "~all", "?all", "+all", "all"),
        *("include=shop.example", "shop.example", "ip:198.51.100.7", "rubbish"),
        "ip4:1.2.3.400",
    ]
)


@given(st.lists(st.lists(TERMS, max_size=6), min_size=1, max_size=3))
def test_whatever_there_is_becomes_valid(records):
    texts = [" ".join(["v=spf1", *terms]) for terms in records]
    record = merged(texts, [f"include:{WANTED}"])
    assert all(map(is_valid, terms_of(record)))
    assert len(record.split()) == len({term.lower() for term in record.split()})
    assert judged(names([record]), PASSING) == "pass"
    assert merged([record], [f"include:{WANTED}"]) == record

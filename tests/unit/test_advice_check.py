"""What is wrong with settings: one rule for a host and an address, wherever typed."""

import pytest
from account_email.advice import by_host, check, one_address, split_host
from account_email.advice.acting import acting_fields
from account_email.advice.autoconfig import parse_autoconfig
from account_email.advice.check import JUDGES, WHEN_COMPLETE, WHEN_SIGNING_IN
from account_email.advice.lookup import lookup
from account_email.transport import (
    PROVIDERS,
    Profile,
    TransportError,
    host_name,
    is_same_host,
)
from account_email.transport.exchange import HttpConnection
from account_email.transport.guard import is_listed

# Whose documentation shows an object and no list.
ONE_ONLY = {"brevo", "mailjet"}
SMTP = {
    "protocol": "smtp",
    "http_provider": "manager",
    "security": "tls",
    "smtp_host": "smtp.example.com",
    "smtp_port": 465,
    "http_url": False,
    "skip_tls_verification": False,
    "accept_plain_password": False,
    "username": "me@example.com",
    "password": "secret",
    "has_password": False,
    "accept_odd_password": False,
    "email_address": False,
    "send_copy": False,
    "copy_address": False,
    "use_reply_to": False,
    "reply_to": False,
}
HTTP = SMTP | {
    "protocol": "http",
    "http_url": "https://email.example.com/send",
    "reply_to": "me@example.com",
}
SERVICE = HTTP | {"http_provider": "mailgun", "email_address": "me@example.com"}
# What is written, and the name that is looked up; nothing where it is no host.
HOSTS = {
    "smtp.gmail.com": "smtp.gmail.com",
    " smtp.gmail.com. ": "smtp.gmail.com",
    "SMTP.Gmail.com": "SMTP.Gmail.com",
    "smtp。gmail。com": "smtp.gmail.com",
    "ｓｍｔｐ.gmail.com": "smtp.gmail.com",
    "smtp.bücher.example": "smtp.xn--bcher-kva.example",
    "mail_1.example": "mail_1.example",
    "192.0.2.25": "192.0.2.25",
    "１９２.0.2.25": "192.0.2.25",
    "[2001:db8::25]": "2001:db8::25",
    "2001:DB8:0::25": "2001:db8::25",
    "": "",
    ".": "",
    "a..b": "",
    "-a.example": "",
    "smtp gmail.com": "",
    "smtp.gm\u00adail.com": "",
    "smtp.gmail\u200b.com": "",
    "[smtp.gmail.com]": "",
    "[[::1]]": "",
    "١٩٢.٠.٢.٢٥": "",
    "office@example.com": "",
    "smtp.example.com:465": "",
    "a" * 64 + ".example": "",
    "x\r\nEHLO": "",
}
ADDRESSES = {
    "me@example.com": "me@example.com",
    " Me <me@example.com> ": "me@example.com",
    '"Doe, John" <me@example.com>': "me@example.com",
    "me@localhost": "me@localhost",
    "me@bücher.example": "me@bücher.example",
    "me@example.com,": "me@example.com",
    "": "",
    "me": "",
    "me@": "",
    "@example.com": "",
    "me@@example.com": "",
    "m e@example.com": "",
    "me@exa mple.com": "",
    "me@-example.com": "",
    "me@example.com\u200b": "",
    "a@example.com, b@example.com": "",
    "a@example.com; b@example.com": "",
    # What another reader might take for another address.
    '"a b"@example.com': "",
    '"me"@example.com': "",
    "me@example.com SIZE=1": "",
    "me@example.com> SIZE=1": "",
    "<me@example.com> SIZE=1": "",
    "me@[192.0.2.25]": "",
    "me..you@example.com": "",
    ".me@example.com": "",
    "me@example..com": "",
    "me(you)@example.com": "",
    "me@example.com(you)": "",
    "(you@example.net) me@example.com": "",
    "me@example.com\r\nRCPT TO:<b@example.net>": "",
    "me@example.com\x00": "",
    "me@example.com%0d%0a": "",
    "@a.example,@b.example:me@example.com": "",
    "Group: me@example.com;": "",
    "=?u?q?x=40b.net?=@example.com": "=?u?q?x=40b.net?=@example.com",
    f"{'m' * 65}@example.com": "",
    f"me@{'m' * 300}.example": "",
}


@pytest.mark.parametrize(("host", "name"), HOSTS.items())
def test_one_rule_for_hosts_everywhere(host, name):
    try:
        assert host_name(host) == name != ""
    except TransportError as error:
        assert (error.cause, name) == ("bad_host", "")
    problems = check(SMTP | {"smtp_host": host})
    assert ("smtp_host" in problems) == (not name and bool(host.strip()))
    text = host.encode("ascii", "xmlcharrefreplace").decode()
    published = (
        f"<a><outgoingServer type='smtp'><hostname>{text}</hostname><port>465</port>"
        "<socketType>SSL</socketType></outgoingServer></a>"
    )
    found = parse_autoconfig(published.encode(), "me@example.com")
    assert [server[0] for server in found] == ([name] if name else [])
    assert is_listed(host, [name or "x"]) == bool(name)
    assert is_listed(name or "x", [host]) == bool(name)
    preset = by_host(host)
    assert (preset and preset.key) == (
        "gmail" if name.lower() == "smtp.gmail.com" else None
    )


# A URL has its own marks for where a host begins and ends.
@pytest.mark.parametrize(
    ("host", "name"), [row for row in HOSTS.items() if not set("@: \r[") & set(row[0])]
)
def test_the_host_of_an_address_is_judged_alike(host, name):
    url = f"https://{host}/send"
    assert ("http_url" in check(HTTP | {"http_url": url})) == (not name)
    try:
        connection = HttpConnection(url, Profile(protocol="http", http_url=url))
    except TransportError as error:
        assert error.cause in ("bad_host", "bad_url")
        assert not name
    else:
        assert is_same_host(connection.host, name)


# In a record the host is one word.
@pytest.mark.parametrize(
    ("host", "name"), [row for row in HOSTS.items() if len(row[0].split()) < 2]
)
def test_a_published_server_is_judged_alike(host, name):
    def query(question, kind):
        asked = (question.partition(".")[0], kind) == ("_submissions", "SRV")
        return [f"0 1 465 {host}"] if asked else []

    found = lookup("me@example.org", query)
    assert (found.host if found else "") == name


def test_plain_http_stays_on_this_machine():
    for host in ("127.0.0.1", "localhost", "[::1]", "127。0。0。1", "LOCALHOST."):
        assert not check(HTTP | {"http_url": f"http://{host}:8025/"}), host
    for host in ("example.com", "127.0.0.1.example", "10.0.0.1"):
        problem = check(HTTP | {"http_url": f"http://{host}/"})["http_url"]
        assert problem == ("url_unsafe", {})


@pytest.mark.parametrize(("text", "bare"), ADDRESSES.items())
def test_one_rule_for_addresses_everywhere(text, bare):
    assert one_address(text) == bare
    assert not check(SMTP)
    for name, others in (
        ("email_address", {"username": "login"}),
        ("copy_address", {"send_copy": True}),
    ):
        problems = check(SMTP | others | {name: text})
        assert (name in problems) == (not bare and bool(text)), (name, problems)
    problems = check(SMTP | {"use_reply_to": True, "reply_to": text})
    several = text.count("@") == 2 and {",", ";"} & set(text)
    assert ("reply_to" in problems) == (not (bare or several) and bool(text))
    assert ("email_address" in acting_fields(SMTP | {"username": text})) == (not bare)


def test_several_addresses_for_replies_only():
    both = "a@example.com; Bob <b@example.com>"
    assert not check(SMTP | {"use_reply_to": True, "reply_to": both})
    problems = check(SMTP | {"send_copy": True, "copy_address": both})
    assert problems == {"copy_address": ("addresses_several", {})}
    problems = check(SMTP | {"use_reply_to": True, "reply_to": both + ", nobody"})
    assert problems == {"reply_to": ("addresses_bad", {})}


@pytest.mark.parametrize("key", PROVIDERS)
def test_services_with_room_for_one_address_for_replies(key):
    values = SERVICE | {"http_provider": key, "use_reply_to": True}
    problems = check(values | {"reply_to": "a@example.com, b@example.com"})
    wanted = ("reply_several", {"service": PROVIDERS[key].label})
    assert problems.get("reply_to") == (wanted if key in ONE_ONLY else None)
    assert "reply_to" not in check(values | {"reply_to": "a@example.com"})
    # By SMTP there is room for all.
    assert "reply_to" not in check(
        SMTP
        | {"http_provider": key, "use_reply_to": True, "reply_to": "a@x.de, b@x.de"}
    )


@pytest.mark.parametrize("values", [SMTP, HTTP, SERVICE])
def test_what_does_not_act_is_not_judged(values):
    bad = {
        "http_url": "nowhere",
        "smtp_host": "no host",
        "smtp_port": 0,
        "skip_tls_verification": True,
        "email_address": "nobody",
        "copy_address": "nobody",
        "reply_to": "nobody",
        "username": "hidden\u200b@example.com",
    }
    acting = acting_fields(values)
    changes = {name: value for name, value in bad.items() if name not in acting}
    assert changes
    assert not check(values | changes, complete=True)


def test_what_is_missing_is_told_when_it_matters():
    empty = {name: 0 if name == "smtp_port" else False for name in JUDGES}
    told = set()
    for values in (SMTP, HTTP, SERVICE):
        values = values | empty | {"smtp_port": 25, "send_copy": True}
        values |= {"use_reply_to": True}
        assert not check(values)
        told |= {word for word, _facts in check(values, complete=True).values()}
    open_login = SMTP | {"security": "none", "password": False}
    problems = check(open_login, complete=True)
    assert list(problems) == ["accept_plain_password", "password"]
    assert told | {word for word, _facts in problems.values()} == WHEN_COMPLETE


def test_what_is_missing_to_sign_in():
    told = set()
    for kind, changes in (
        ("password", {"protocol": "http", "http_provider": "graph"}),
        ("google", {}),
        ("microsoft", {"application_id": 7}),
    ):
        values = SMTP | {"application_id": False, "is_signed_in": False}
        values |= {"login_kind": kind, "email_address": "me@example.com", **changes}
        assert not check(values)
        problems = check(values, complete=True)
        assert list(problems) == ["login_kind"]
        told.add(problems["login_kind"][0])
    assert told == WHEN_SIGNING_IN
    done = values | {"is_signed_in": True}
    assert not check(done, complete=True)
    # What is typed for a password does nothing any more.
    acting = acting_fields(done | {"smtp_host": "evil", "username": "evil"})
    assert not acting & {"smtp_host", "http_url", "username", "password"}


def test_a_known_provider_is_always_verified():
    values = SMTP | {"smtp_host": "smtp.gmail.com.", "skip_tls_verification": True}
    problem = ("certificate_known", {"provider": "Gmail"})
    assert check(values) == {"skip_tls_verification": problem}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("smtp.example.com:587", ("smtp.example.com", 587)),
        (" https://smtp.example.com/ ", ("smtp.example.com", 0)),
        ("smtps://smtp.example.com:465/path?x=1", ("smtp.example.com", 465)),
        ("[2001:db8::25]:2525", ("2001:db8::25", 2525)),
        ("192.0.2.1:25", ("192.0.2.1", 25)),
        ("smtp.example.com/mail", ("smtp.example.com", 0)),
        ("smtp.example.com", ("", 0)),
        ("2001:db8::25", ("", 0)),
        ("me@example.com", ("", 0)),
        ("https://me:secret@example.com/", ("", 0)),
        ("smtp.example.com:port", ("", 0)),
        ("smtp.example.com:99999", ("", 0)),
        ("https://", ("", 0)),
        ("http://[", ("", 0)),
        ("", ("", 0)),
    ],
)
def test_what_was_pasted_for_a_host_is_taken_apart(text, parts):
    assert split_host(text) == parts
    if parts[0]:
        # Only the form takes it apart; whoever writes it otherwise is told.
        assert "smtp_host" in check(SMTP | {"smtp_host": text})
        assert not check(SMTP | {"smtp_host": parts[0]})


def test_a_key_belongs_into_its_field():
    """Only Manager's protocol has its address for a login."""
    for tail in ("?key=tok3n", "v3/#tok3n", "?a"):
        url = f"https://api.eu.mailgun.net/{tail}"
        assert check(SERVICE | {"http_url": url}) == {"http_url": ("url_with_key", {})}
        assert not check(HTTP | {"http_url": url})
    assert not check(SERVICE | {"http_url": "https://api.eu.mailgun.net/"})

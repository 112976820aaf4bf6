"""Web pages in place of a mail service: walls, logins, and a service that talks so."""

from __future__ import annotations

import pytest
from account_email.transport import open_session, probe
from transport_scripts import http_server
from transport_servers import SENDER, fail, http_profile, letter

TO = ["jane@customer.example"]
LOGIN = "<!DOCTYPE html><html><head><title>Log in</title></head><body>%s</body></html>"
FORM = LOGIN % (
    "<form method=post><input name=user><input type=password name=password>"
    "<input type=hidden name=token value=%s></form>"
)


def by_method(post, get):
    """Answers of a server to each method."""
    return lambda request: post if request.body else get


@pytest.mark.parametrize(
    "begin", ["", "\ufeff", "\n  ", "<!-- made by hand -->\n", "<?xml version='1.0'?>"]
)
def test_a_login_page_is_no_mail_server(begin):
    looks = iter(range(100))

    def answer(request):
        return 200, {}, (begin + FORM % f"t{next(looks)}").encode()

    with http_server(answer) as (_seen, url):
        error = fail(http_profile(url))
        *_passed, last = probe(http_profile(url), message=letter(), recipients=TO)
    assert (error.kind, error.cause) == ("config", "http_refused")
    assert error.facts["page"]
    assert (last.ok, last.error.cause) == (False, "http_refused")


@pytest.mark.parametrize(
    "get",
    [
        (405, {}, b"POST only"),
        (404, {}, b""),
        (200, {}, b"ready"),
        (200, {}, (LOGIN % ("How to use this service: " + "words " * 300)).encode()),
    ],
)
def test_a_server_that_thanks_with_a_page(get):
    answer = by_method((200, {}, b"<html><body>Thank you</body></html>"), get)
    with (
        http_server(answer) as (_seen, url),
        open_session(http_profile(url)) as session,
    ):
        assert session.send(letter(), SENDER, TO).accepted == tuple(TO)


def test_a_page_whose_address_leads_to_a_login():
    post = (200, {}, (FORM % "t").encode())
    answer = by_method(post, (302, {"Location": "/login"}, b""))
    with http_server(answer) as (_seen, url):
        error = fail(http_profile(url))
    assert (error.kind, error.cause) == ("config", "redirect")
    assert error.facts["location"] == "/login"


def test_a_plain_answer_is_not_looked_at_twice():
    with (
        http_server(lambda request: (200, {}, b"OK")) as (seen, url),
        open_session(http_profile(url)) as session,
    ):
        session.send(letter(), SENDER, TO)
    assert len(seen) == 1

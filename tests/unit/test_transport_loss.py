"""Where a connection broke decides whether a letter may be repeated."""

from __future__ import annotations

import pytest
from account_email.transport import open_session, smtp
from transport_scripts import scripted
from transport_servers import catcher, fail, letter, server_context, smtp_profile


def hang_up_inside(script):
    """Take the first line of a letter, which fits into one packet, and go."""
    script.line()
    script.sock.close()
    raise EOFError


@pytest.mark.parametrize("security", ["none", "tls"])
@pytest.mark.parametrize("_time", range(3))
def test_lost_inside_a_small_letter(security, _time):
    """The whole letter is in the kernel's hands by then, but not its end."""
    context = server_context() if security == "tls" else None
    with scripted(lambda s: s.converse(body=hang_up_inside), tls=context) as port:
        error = fail(smtp_profile(port, security=security))
    assert (error.kind, error.cause, error.step) == ("transient", "closed", "delivery")


def test_refused_inside_a_small_letter():
    def refuse(script):
        script.line()
        script.say("554 5.7.1 this looks like spam\r\n")
        raise EOFError

    with scripted(lambda s: s.converse(body=refuse)) as port:
        error = fail(smtp_profile(port))
    assert (error.kind, error.cause) in {("content", "spam"), ("transient", "closed")}


@pytest.mark.parametrize("security", ["none", "tls"])
def test_nothing_is_lost_where_nothing_breaks(security):
    context = server_context() if security == "tls" else None
    with (
        scripted(lambda s: s.converse(), tls=context) as port,
        open_session(smtp_profile(port, security=security)) as session,
    ):
        for _number in range(20):
            session.send(letter(), "a@sender.example", ["jane@customer.example"])


def test_an_idle_connection_is_renewed(monkeypatch):
    monkeypatch.setattr(smtp, "IDLE_SECONDS", 0)
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        for _number in range(2):
            session.send(letter(), "a@sender.example", ["jane@customer.example"])
    assert len(handler.peers) == 2

"""The look for known weaknesses: told where there are any, never in the way."""

from __future__ import annotations

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from devtools import audit, command_test, console

PACKAGES = {"good": "1.0", "weak": "2.0"}
WEAK = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fixed_in": ["2.1"]}


class Index(BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.server.answers.get(self.path)
        self.send_response(404 if body is None else 200)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args):
        """Silent."""


@contextlib.contextmanager
def index(**told):
    """Yield the address of an index; ``told`` are bodies by package name."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    server.answers = {
        f"/pypi/{name}/{version}/json": told[name]
        for name, version in PACKAGES.items()
        if name in told
    }
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def no_remarks():
    console.REMARKS.clear()
    yield
    console.REMARKS.clear()


def telling(*entries):
    return json.dumps({"vulnerabilities": list(entries)}).encode()


def run(base):
    session = requests.Session()
    session.trust_env = False
    return audit.main(session, base, PACKAGES)


def test_weaknesses_fail_with_their_cure(capsys):
    with index(good=telling(), weak=telling(WEAK)) as base:
        assert not run(base)
    assert "weak 2.0: PYSEC-1 CVE-1, cured in 2.1" in capsys.readouterr().err


def test_nothing_known_passes(capsys):
    gone = {**WEAK, "withdrawn": "2026-01-01"}
    with index(good=telling(), weak=telling(gone)) as base:
        assert run(base)
    assert "2 packages were audited" in capsys.readouterr().out


@pytest.mark.parametrize(
    "body", [None, b"", b"<html>", b"[]", b"{}", b'{"vulnerabilities": null}']
)
def test_an_index_that_does_not_tell_stops_nobody(body, capsys):
    with index(**({} if body is None else {"good": body})) as base:
        assert run(base)
    warning = audit.NOT_OFFERED.format(seen=0, all=2)
    assert capsys.readouterr().err == f"Warning: {warning}\n"


def test_an_audit_that_sees_a_part_says_how_much(capsys):
    with index(good=telling()) as base:
        assert run(base)
    assert "1 of 2 packages were audited" in capsys.readouterr().err


def test_what_was_not_seen_is_said_again_at_the_end(capsys, monkeypatch):
    monkeypatch.setattr(
        command_test, "STAGES", {"audit": lambda words: run("http://127.0.0.1:9")}
    )
    assert command_test.main([]) == 0
    printed = capsys.readouterr()
    assert printed.err.count("the audit could not see") == 2
    assert printed.out.endswith("All stages passed.\n")


def test_an_index_that_is_not_there_stops_nobody(capsys):
    with index() as base:
        pass
    assert run(base)
    assert "the audit could not see" in capsys.readouterr().err


def test_what_runs_is_audited_with_what_it_needs():
    packages = audit.find_packages()
    assert {"cryptography", "cffi", "requests", "urllib3", "idna"} <= set(packages)
    assert "pytest" not in packages

"""The set-up waits where another program uses apt, and says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading

import pytest

from devtools import apt
from devtools.console import Stop

pytestmark = pytest.mark.skipif(not shutil.which("apt-get"), reason="needs apt")

CONFIG = """
#clear APT::Update;
APT::Sandbox::User "root";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "/dev/null";
Dir::State "{folder}/state";
Dir::State::Status "{folder}/dpkg/status";
Dir::Cache "{folder}/cache";
"""
HOLDER = """
import fcntl, sys
lock = open(sys.argv[1], "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def config(tmp_path):
    """An apt of its own: no archives, no packages."""
    for name in ("state/lists/partial", "cache/archives/partial", "dpkg"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "dpkg" / "status").touch()
    (tmp_path / "apt.conf").write_text(CONFIG.format(folder=tmp_path))
    return tmp_path / "apt.conf"


@pytest.fixture
def holder(config):
    """Hold a lock of that apt in another process, until it is told to end."""
    running = []

    def hold(name):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(config.parent / name)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout.readline()
        running.append(process)
        return process

    yield hold
    for process in running:
        process.communicate()


@pytest.mark.parametrize(
    ("words", "lock"),
    [
        (["update"], "state/lists/lock"),
        (["clean"], "cache/archives/lock"),
        (["install"], "dpkg/lock-frontend"),
    ],
)
def test_it_waits_for_the_lock_and_then_does_its_work(
    config, holder, words, lock, monkeypatch
):
    monkeypatch.setattr(apt, "PAUSE", 0.05)
    monkeypatch.setattr(apt, "DPKG_WAIT", 0)
    process, told = holder(lock), threading.Event()
    monkeypatch.setattr(apt, "say", lambda text: told.set())
    worker = threading.Thread(target=apt.get, args=("-c", config, *words), daemon=True)
    worker.start()
    assert told.wait(60), "it never met the lock"
    assert worker.is_alive()
    process.communicate()
    worker.join(60)
    assert not worker.is_alive()


def test_a_lock_that_is_never_given_back_ends_with_its_name(
    config, holder, monkeypatch, capfd
):
    monkeypatch.setattr(apt, "PATIENCE", 0)
    holder("state/lists/lock")
    with pytest.raises(Stop):
        apt.get("-c", config, "update")
    assert "state/lists/lock" in capfd.readouterr().err


def test_what_is_no_lock_ends_at_once(config):
    with pytest.raises(Stop):
        apt.get("-c", config, "install", "no-such-package")

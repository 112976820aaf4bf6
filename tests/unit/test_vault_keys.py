"""The file of the keys: made once, its owner's alone, and in no exception."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from account_email import vault
from account_email.vault import keys as keys_module

KEY = vault.generate_key()
OTHER = vault.generate_key()
HOUSE = Path(__file__).resolve().parents[2]
READER = """
import sys, time
from pathlib import Path
from types import ModuleType
house = ModuleType("account_email")
house.__path__ = [sys.argv[1]]
sys.modules["account_email"] = house
from account_email.vault import read_keys
while not Path(sys.argv[3]).exists():
    time.sleep(0.001)
print(*read_keys(None, Path(sys.argv[2])))
"""


def stored(path, data, mode=0o600):
    path.write_bytes(data)
    path.chmod(mode)
    return path


def chain(exc):
    """Everything a log or a browser may get to see of an exception."""
    seen = []
    while exc is not None and exc not in seen:
        seen.append(exc)
        yield from (repr(exc), str(exc), repr(vars(exc)), repr(exc.args))
        yield repr(getattr(exc, "object", ""))
        yield "".join(traceback.format_exception(exc))
        exc = exc.__cause__ or exc.__context__


def test_several_keys_and_blanks(tmp_path):
    path = tmp_path / "key"
    assert vault.read_keys(f" {KEY} ,\n{OTHER},", path) == [KEY, OTHER]
    assert not path.exists()
    stored(path, f"{KEY}\n".encode())
    assert vault.read_keys(None, path) == [KEY]
    stored(path, b"\xef\xbb\xbf" + KEY.encode() + b"\r\n")
    assert vault.read_keys("", path) == [KEY]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \n,,\n", "empty"),
        (KEY[:-4].encode() + b"\xe9abc", "bad"),
        (KEY.encode()[:20], "bad"),
        (f"{KEY},{OTHER[:-3]}!!!".encode(), "bad"),
        (f"{OTHER},{KEY[:30]}".encode(), "bad"),
        (KEY.encode("utf-16"), "bad"),
        (f"{KEY}\0".encode() * 500, "bad"),
    ],
    ids=("nothing", "blank", "latin", "cut", "second", "second-cut", "utf16", "much"),
)
def test_what_is_no_key_is_refused_and_not_quoted(tmp_path, data, problem):
    path = stored(tmp_path / "key", data)
    with pytest.raises(vault.BadKey) as caught:
        vault.read_keys(None, path)
    assert caught.value.problem == problem
    for text in chain(caught.value):
        for secret in (KEY, OTHER, KEY[:20], OTHER[:20]):
            assert secret not in text


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX'")
@pytest.mark.parametrize("mode", [0o666, 0o644, 0o640, 0o660, 0o604, 0o602, 0o610])
def test_what_others_may_read_or_write_is_refused(tmp_path, mode):
    path = stored(tmp_path / "a key", KEY.encode(), mode)
    with pytest.raises(vault.BadKey) as caught:
        vault.read_keys(None, path)
    assert caught.value.problem == "exposed"
    assert caught.value.cure == f"chmod 600 '{path}'"
    # The command is the cure.
    subprocess.run(caught.value.cure, shell=True, check=True)
    assert vault.read_keys(None, path) == [KEY]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX'")
def test_a_folder_that_all_may_write_is_refused(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    stored(folder / "key", KEY.encode())
    for mode in (0o777, 0o1777, 0o707):
        folder.chmod(mode)
        with pytest.raises(vault.BadKey) as caught:
            vault.read_keys(None, folder / "key")
        assert caught.value.problem == "folder"
        subprocess.run(caught.value.cure, shell=True, check=True)
        assert vault.read_keys(None, folder / "key") == [KEY]


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX'")
def test_a_link_is_refused(tmp_path):
    stored(tmp_path / "elsewhere", KEY.encode())
    path = tmp_path / "key"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(vault.BadKey) as caught:
        vault.read_keys(None, path)
    assert caught.value.problem == "link"
    subprocess.run(caught.value.cure, shell=True, check=True)
    assert vault.read_keys(None, path) == [KEY]
    assert not path.is_symlink()
    nowhere = tmp_path / "none"
    nowhere.symlink_to(tmp_path / "planted")
    with pytest.raises(vault.BadKey):
        vault.read_keys(None, nowhere)
    assert not (tmp_path / "planted").exists()


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX'")
def test_what_is_no_file_is_refused(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("folder", "pipe"):
        with pytest.raises(vault.BadKey) as caught:
            vault.read_keys(None, tmp_path / name)
        assert caught.value.problem == "unreadable"


@pytest.mark.skipif(os.name != "posix" or os.geteuid(), reason="needs to give away")
def test_a_file_of_somebody_else_is_refused(tmp_path):
    path = stored(tmp_path / "key", KEY.encode())
    os.chown(path, 12345, -1)
    with pytest.raises(vault.BadKey) as caught:
        vault.read_keys(None, path)
    assert caught.value.problem == "owner"


def check_made(folder, found):
    assert len(set(found)) == 1
    path = folder / "key"
    assert path.read_text() == found[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {entry.name for entry in folder.iterdir()} <= {"key", "key.lock", "go"}


@pytest.mark.parametrize("links", [True, False])
def test_three_hundred_threads_find_one_key(tmp_path, monkeypatch, links):
    if not links:

        def refused(*_args):
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(os, "link", refused)
    for turn in range(5):
        folder = tmp_path / str(turn)
        folder.mkdir()
        with ThreadPoolExecutor(300) as pool:
            found = pool.map(
                lambda _n, path=folder / "key": vault.read_keys(None, path)[0],
                range(300),
            )
            check_made(folder, list(found))


def test_processes_find_one_key(tmp_path):
    path, go = tmp_path / "key", tmp_path / "go"
    command = [sys.executable, "-c", READER, str(HOUSE), str(path), str(go)]
    readers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _n in range(8)
    ]
    go.touch()
    check_made(tmp_path, [reader.communicate()[0].strip() for reader in readers])


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path):
    path = tmp_path / "key"
    for name in (f"key.{os.getpid()}", "key.draft", "key.lock"):
        stored(tmp_path / name, b"")
    assert len(vault.read_keys(None, path)) == 1


def test_a_full_disk_leaves_no_half_key(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "key"
    monkeypatch.setattr(keys_module.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        vault.read_keys(None, path)
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    assert len(vault.read_keys(None, path)) == 1


def test_a_folder_is_made_for_its_owner(tmp_path):
    path = tmp_path / "a" / "b" / "key"
    assert vault.read_keys(None, path) == vault.read_keys(None, path)

"""Where the keys are that seal the secrets: given, or in a file of their own."""

from __future__ import annotations

import errno
import os
import secrets
import shlex
import stat
from contextlib import suppress
from pathlib import Path

from .sealing import BadKey, fingerprint, generate_key

try:
    import fcntl
except ImportError:  # Windows, where no name is ever taken from another file
    fcntl = None  # type: ignore[assignment]

# A file system that knows no second name of a file: FAT, some network drives.
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
# Several keys at most: a rotation has two.
LONGEST_FILE = 4096
BOM = b"\xef\xbb\xbf"


# Makes what `generate_key` makes, without this addon.
COMMAND = (
    'python3 -c "import base64, os; '
    'print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
)


def read_keys(given: str | None, path: Path, *, make: bool = True) -> list[str]:
    """The keys, the one that seals first.

    :param given: keys separated by commas, which come before the file
    :param path: the file, of mode 0600
    :param make: whether a file that is not there is made; without it that is an error,
        ``gone``
    :raises BadKey: one is none, or the file is not its owner's alone; nothing of what
        was read is in the exception
    """
    text = given or _read_key_file(path, make)
    keys = [key.strip() for key in text.split(",") if key.strip()]
    if not keys:
        raise BadKey("no key is there", problem="empty", path=str(path))
    for number, key in enumerate(keys, 1):
        _check_key(key, number, path)
    return keys


def _check_key(key: str, number: int, path: Path) -> None:
    with suppress(BadKey):
        fingerprint(key)
        return
    raise BadKey(f"key {number} is none", problem="bad", path=str(path), cure=COMMAND)


def _read_key_file(path: Path, make: bool) -> str:
    _check_folder(path.parent)
    for _attempt in range(3):
        try:
            return _read_own_file(path)
        except FileNotFoundError:
            if not make:
                break
            _create_key_file(path)
    problem = "unreadable" if make else "gone"
    raise BadKey("the file is not there", problem=problem, path=str(path))


def _check_folder(folder: Path) -> None:
    """:raises BadKey: anybody may put another file in the place of ours"""
    with suppress(FileNotFoundError):
        if os.name == "posix" and os.stat(folder).st_mode & stat.S_IWOTH:
            raise _fault("folder", folder, f"chmod o-w {shlex.quote(str(folder))}")


def _fault(problem: str, path: Path, cure: str = "") -> BadKey:
    return BadKey(problem, problem=problem, path=str(path), cure=cure)


def _read_own_file(path: Path) -> str:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    quoted = shlex.quote(str(path))
    try:
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        raise
    except OSError as exc:
        if exc.errno == errno.ELOOP:
            cure = f"cp --remove-destination $(readlink -f {quoted}) {quoted}"
            raise _fault("link", path, f"{cure} && chmod 600 {quoted}") from exc
        raise _fault("unreadable", path, f"chown $(id -un) {quoted}") from exc
    try:
        _check_file(os.fstat(handle), path)
        data = os.read(handle, LONGEST_FILE)
    finally:
        os.close(handle)
    # Not strictly: the exception would carry what was read.
    return data.removeprefix(BOM).decode("ascii", "replace")


def _check_file(status: os.stat_result, path: Path) -> None:
    """:raises BadKey: the file is not its owner's alone, or no file"""
    quoted = shlex.quote(str(path))
    if not stat.S_ISREG(status.st_mode):
        raise _fault("unreadable", path, f"rm -r {quoted}")
    if os.name != "posix":
        return
    if status.st_uid not in (os.geteuid(), 0):
        raise _fault("owner", path, f"chown {os.geteuid()} {quoted}")
    if stat.S_IMODE(status.st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise _fault("exposed", path, f"chmod 600 {quoted}")


def _create_key_file(path: Path) -> None:
    """Make the key, unless another process has made one meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and put into place at once: nobody ever reads half a key. Under a
    # name of its own: what a killed process left behind is in nobody's way.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    try:
        with open(os.open(draft, flags, 0o600), "w", encoding="ascii") as file:
            file.write(generate_key())
            file.flush()
            os.fsync(file.fileno())
        _put_into_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put_into_place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError as exc:
        if exc.errno not in NO_LINKS:
            raise
        _rename_unless_there(draft, path)


def _rename_unless_there(draft: Path, path: Path) -> None:
    """Where there are no second names: one process after the other."""
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            # On Windows this fails by itself where a file is.
            with suppress(FileExistsError):
                os.rename(draft, path)
    finally:
        os.close(lock)

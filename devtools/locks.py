"""File locks that the kernel releases, however the holder ends."""

import contextlib
import fcntl

from .console import say


@contextlib.contextmanager
def exclusive(path, waiting=None):
    """Hold the lock file at `path`; say `waiting` if somebody else has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as handle:
        if not try_exclusive(handle):
            if waiting:
                say(waiting)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def try_exclusive(handle):
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def shared(handle):
    fcntl.flock(handle, fcntl.LOCK_SH)

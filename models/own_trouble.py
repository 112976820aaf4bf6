"""Which trouble of this very machine an exception tells of."""

import errno

import psycopg2

from ..transport import TransportError

CAUSE_BY_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EMFILE: "files_open",
    errno.ENFILE: "files_open",
    errno.ENOMEM: "memory_full",
}
CAUSE_BY_TYPE = (
    (MemoryError, "memory_full"),
    (psycopg2.errors.DiskFull, "disk_full"),
    (psycopg2.errors.OutOfMemory, "memory_full"),
    (psycopg2.OperationalError, "database"),
    (psycopg2.InterfaceError, "database"),
)
# No fault of the machine was found: it may be the letter itself.
UNSURE = "letter_unready"


def find_own_trouble(exc):
    """:return: TransportError of kind ``own``, by the first cause that is known"""
    while exc is not None:
        if cause := _find_cause(exc):
            return TransportError("own", cause)
        exc = exc.__cause__ or exc.__context__
    return TransportError("own", UNSURE)


def _find_cause(exc):
    for known, cause in CAUSE_BY_TYPE:
        if isinstance(exc, known):
            return cause
    # Libraries make OSErrors of their own, without a number, of what they can't read.
    if isinstance(exc, OSError) and exc.errno:
        return CAUSE_BY_ERRNO.get(exc.errno, "disk_broken")
    return None

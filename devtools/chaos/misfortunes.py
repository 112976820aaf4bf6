"""What a machine can lose for a while: files, disk, memory, workers, clock and key.

Each is a context manager that lasts as long as its loss. What the workers can't be
deprived of from outside (room on the disk, memory) they take from a folder of faults.
"""

from __future__ import annotations

import resource
import signal
from contextlib import contextmanager
from pathlib import Path

import odoo

# Too few for another connection or file, enough for those that are open.
FEW_FILES = 3
CLOCK = (
    """UPDATE account_email_dispatch SET next_try_at = next_try_at + interval '1 year'
        WHERE state = 'queued' AND next_try_at IS NOT NULL""",
    """UPDATE account_email_settings SET paused_until = paused_until + interval '1 year'
        WHERE paused_until IS NOT NULL""",
)


@contextmanager
def moved(path: Path):
    """Somebody took it away, or its disk is not mounted."""
    aside = path.with_name(f"{path.name}.lost")
    if path.exists():
        path.rename(aside)
    try:
        yield
    finally:
        if aside.exists():
            aside.rename(path)


def filestore(misery):
    return moved(Path(odoo.tools.config.filestore(misery.options.database)))


def key(_misery):
    return moved(Path(odoo.tools.config["data_dir"]) / "account_email.key")


@contextmanager
def fault(misery, name):
    path = misery.faults / name
    path.touch()
    try:
        yield
    finally:
        path.unlink()


def disk(misery):
    return fault(misery, "disk")


def memory(misery):
    return fault(misery, "memory")


@contextmanager
def files(misery):
    """No worker may open another file or socket."""
    limits = {}
    for worker in misery.workers:
        limits[worker.pid] = resource.prlimit(worker.pid, resource.RLIMIT_NOFILE)
        hard = limits[worker.pid][1]
        resource.prlimit(worker.pid, resource.RLIMIT_NOFILE, (FEW_FILES, hard))
    try:
        yield
    finally:
        for pid, limit in limits.items():
            try:
                resource.prlimit(pid, resource.RLIMIT_NOFILE, limit)
            except ProcessLookupError:
                continue


@contextmanager
def cron(misery):
    """Odoo is stopped as it stops at an update, and nobody runs the crons meanwhile."""
    for worker in misery.workers:
        worker.send_signal(signal.SIGTERM)
    for worker in misery.workers:
        worker.wait(90)
    try:
        yield
    finally:
        misery.workers[:] = [misery.start_worker() for _worker in misery.workers]


@contextmanager
def clock(misery):
    """It was a year ahead for a moment."""
    for statement in CLOCK:
        misery.hurry(statement)
    yield


LOSSES = (filestore, disk, memory, files, cron, clock, key)

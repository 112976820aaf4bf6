"""Whether this Odoo is being stopped, and how it waits for the letters under way.

At SIGTERM a threaded server ends the threads of its crons wherever they are, and a
worker of a prefork server ends after its present job. Both are asked here before each
letter, and before the point of no return of the one that is under way.
"""

import logging
import signal
import threading
from contextlib import contextmanager

from odoo.service.server import CommonServer

_logger = logging.getLogger(__name__)

# As long as a server may take to answer a letter that it has as a whole.
STOP_SECONDS = 60
_runs = set()
_changed = threading.Condition()


def is_stopping():
    """Whether the process was told to end, by the signals that Odoo listens to."""
    # Odoo's servers keep what they were told in themselves, not in a flag of theirs.
    server = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
    told = getattr(server, "quit_signals_received", 0)
    return bool(told) or not getattr(server, "alive", True)


@contextmanager
def under_way():
    """A run of the queue: the server waits for its end when it is stopped."""
    run = object()
    with _changed:
        _runs.add(run)
    try:
        yield
    finally:
        with _changed:
            _runs.discard(run)
            _changed.notify_all()


def wait_for_runs():
    """Let the runs of this process come to their end, which they do after the letter
    that is on its way."""
    with _changed:
        if _runs:
            _logger.info("Waiting for %s run(s) of the email queue to end", len(_runs))
        if not _changed.wait_for(lambda: not _runs, timeout=STOP_SECONDS):
            _logger.warning("A mail server has not answered in time")


class Gate:
    """Asked at the point of no return of a letter; knows whether that was passed."""

    passed = False

    def __call__(self):
        self.passed = not is_stopping()
        return self.passed


CommonServer.on_stop(wait_for_runs)

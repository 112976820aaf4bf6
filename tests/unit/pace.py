"""How much time has passed for this process.

A clock on the wall also counts what other programs took from a busy machine. A thread
that sleeps in short naps is held up by them just as the code beside it is, so its naps
are the measure: they go on while that code waits, and stop while nothing moves.
"""

from __future__ import annotations

import threading
import time

NAP = 0.01


class Pace:
    """Counts naps as long as a ``with`` block lasts; ``seconds`` is their sum."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._count, daemon=True)

    def __enter__(self) -> Pace:
        self._thread.start()
        return self

    def __exit__(self, *exc_info) -> None:
        self._ended.set()
        self._thread.join()

    def _count(self) -> None:
        while not self._ended.is_set():
            time.sleep(NAP)
            self.seconds += NAP

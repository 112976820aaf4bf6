"""One clock for a whole step, however many reads and writes it takes."""

from __future__ import annotations

import time


class Deadline:
    """A moment by which a step must be over.

    A time limit per read lets a server that drips one byte a second hold us for
    ever; every read and write therefore asks how much of the whole is left.
    """

    __slots__ = ("_clock", "_end")

    def __init__(self, seconds: float, clock=time.monotonic):
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds left, always above zero; raises ``TimeoutError`` when over."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError("the step took too long")
        return left

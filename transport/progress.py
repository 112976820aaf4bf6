"""What sessions of both protocols share: they are used with ``with``, step by step."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

from .errors import TransportError

# Yields (step, detail) as each step is passed.
Progress = Generator[tuple[str, str], None, None]
Result = TypeVar("Result")


def finish(progress: Generator[tuple[str, str], None, Result]) -> Result:
    """Take all steps without looking at them; returns what the last one gave."""
    while True:
        try:
            next(progress)
        except StopIteration as done:
            return done.value


class Stepwise:
    """A session of either protocol: opens as ``with`` begins, closes as it ends.

    :ivar may_go_on: asked at each letter's point of no return, the final dot or the
        request; where it gives False the letter is given up, which the server then
        certainly does not have
    """

    may_go_on: Callable[[], bool] = staticmethod(lambda: True)

    def pass_gate(self) -> None:
        """:raises TransportError: ``stopped``, the letter may not go on"""
        if not self.may_go_on():
            raise TransportError("own", "stopped", step="delivery")

    def opening(self) -> Progress:
        """Yields (step, detail) as each step of the way is passed."""
        raise NotImplementedError

    def quit(self) -> None:
        """Close the connection; a later letter opens a new one."""
        raise NotImplementedError

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *exc_info) -> None:
        self.quit()

    def open(self) -> None:
        """Go the whole way of ``opening``; :raises TransportError: a step's failure."""
        finish(self.opening())

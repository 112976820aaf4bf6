"""From a host name to an open socket, within one deadline."""

from __future__ import annotations

import errno
import os
import queue
import selectors
import socket
import threading
import time
from collections.abc import Iterable

from .deadline import Deadline
from .errors import TransportError

# RFC 8305 5: how long the first address may stay silent before the next one starts.
STAGGER = 0.25


def _ask(host: str, port: int, answer: queue.SimpleQueue) -> None:
    try:
        answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except OSError as exc:
        answer.put(exc)
    except UnicodeError as exc:
        answer.put(socket.gaierror(socket.EAI_NONAME, str(exc)))


def lookup(host: str, port: int, deadline: Deadline) -> list[str]:
    """Addresses of ``host`` as text, in the system's order of preference.

    The system's resolver knows no time limit, so it is asked in a thread that may
    outlive us.

    :raises OSError: as ``socket.getaddrinfo``; :raises TransportError: too slow
    """
    answer: queue.SimpleQueue = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(host, port, answer), daemon=True).start()
    try:
        found = answer.get(timeout=deadline.left())
    except queue.Empty as exc:
        raise TransportError(
            "transient", "dns_timeout", step="resolve", facts={"host": host}
        ) from exc
    if isinstance(found, OSError):
        raise found
    return list(dict.fromkeys(sockaddr[0] for *_, sockaddr in found))


def _alternate(addresses: Iterable[str]) -> list[str]:
    """IPv6 and IPv4 in turn (RFC 8305 4), so that a dead family costs one turn."""
    addresses = list(addresses)
    first = [a for a in addresses if (":" in a) == (":" in addresses[0])]
    other = [a for a in addresses if a not in first]
    mixed = []
    for index in range(max(len(first), len(other))):
        mixed += first[index : index + 1] + other[index : index + 1]
    return mixed


class _Race:
    """Connection attempts side by side; the first that stands wins."""

    def __init__(self):
        self._selector = selectors.DefaultSelector()
        self._sockets: dict[int, socket.socket] = {}
        self.error: OSError = TimeoutError("no address answered")

    def __enter__(self) -> _Race:
        return self

    def __exit__(self, *exc_info) -> None:
        for sock in self._sockets.values():
            sock.close()
        self._selector.close()

    @property
    def running(self) -> bool:
        return bool(self._sockets)

    def start(self, address: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as exc:
            self.error = exc
            return
        sock.setblocking(False)
        code = sock.connect_ex((address, port))
        if code in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
            self._selector.register(sock, selectors.EVENT_WRITE, (address, port))
            self._sockets[sock.fileno()] = sock
        else:
            sock.close()
            self.error = OSError(code, os.strerror(code))

    def wait(self, seconds: float) -> tuple[socket.socket, tuple[str, int]] | None:
        """The next socket that stands within ``seconds``; failures are remembered."""
        for key, _events in self._selector.select(max(seconds, 0)):
            sock = self._sockets.pop(key.fd)
            self._selector.unregister(sock)
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not code:
                return sock, key.data
            sock.close()
            self.error = OSError(code, os.strerror(code))
        return None


def dial(
    addresses: list[str], port: int, deadline: Deadline
) -> tuple[socket.socket, str]:
    """Connect to the first address that answers; later ones start while it waits.

    Returns the socket and the address it leads to.

    :raises OSError: the last failure, ``TimeoutError`` when nobody answered
    """
    waiting = _alternate(addresses)
    with _Race() as race:
        while waiting or race.running:
            if waiting:
                race.start(waiting.pop(0), port)
            left = deadline.left()
            stood = race.wait(min(left, STAGGER) if waiting else left)
            if stood:
                return stood[0], stood[1][0]
        raise race.error


def answering(addresses: list[str], ports: Iterable[int], seconds: float) -> list[int]:
    """Which of ``ports`` take a connection within ``seconds``, all asked at once."""
    answered = set()
    end = time.monotonic() + seconds
    with _Race() as race:
        for port in ports:
            race.start(addresses[0], port)
        while race.running and time.monotonic() < end:
            stood = race.wait(end - time.monotonic())
            if stood:
                stood[0].close()
                answered.add(stood[1][1])
    return sorted(answered)

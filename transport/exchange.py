"""One HTTP request and its answer over a socket we chose and checked ourselves.

The usual clients look names up again, follow redirects, read environment proxies and
limit only the single read; here the checked address is the one that is connected to.
"""

from __future__ import annotations

import difflib
import http.client
import io
import json
import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import SplitResult, urlsplit

import requests

from . import guard, steps, tls
from .deadline import Deadline
from .errors import CAUGHT, NOTHING_WAITS, TransportError, failing
from .names import host_name
from .profile import Profile

MAX_ANSWER = 1_000_000
CHUNK = 16384
ALIKE = 0.8
# How a web page begins, whatever comments its makers put first.
PAGE = re.compile(
    r"\ufeff?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Answer:
    """Status, headers and at most ``MAX_ANSWER`` bytes of body."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] | Message = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_page(self) -> bool:
        """Whether a web page answers, as of a proxy or a login; no API speaks so."""
        return bool(PAGE.match(self.text[:4000]))

    def json(self) -> dict:
        """The body as an object; anything else gives an empty one."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


def alike(first: Answer, second: Answer) -> bool:
    """Whether two pages are one, but for what changes with each look (a token)."""
    one, other = (answer.text[:3000] for answer in (first, second))
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() > ALIKE


class _TimedSocket:
    """What ``http.client`` needs of a socket, with one deadline over all of it."""

    def __init__(self, sock):
        self.sock = sock
        self.deadline = Deadline(0)
        self.received = 0
        self._readers = 0
        self._is_closing = False

    def begin(self, deadline: Deadline) -> None:
        self.deadline, self.received = deadline, 0

    def sendall(self, data: bytes) -> None:
        view = memoryview(data)
        for start in range(0, len(view), CHUNK):
            self.sock.settimeout(self.deadline.left())
            self.sock.sendall(view[start : start + CHUNK])

    def makefile(self, _mode: str) -> io.BufferedReader:
        self._readers += 1
        return io.BufferedReader(_TimedStream(self))

    def close(self) -> None:
        """Close, or let an answer be read first: `http.client` closes before it reads
        what ends with the connection.
        """
        self._is_closing = True
        if not self._readers:
            self.sock.close()

    def release(self) -> None:
        """One reader has read its answer."""
        self._readers -= 1
        if self._is_closing:
            self.close()

    def is_silent(self) -> bool:
        """Whether an idle connection still stands and nothing came unasked."""
        self.sock.settimeout(0)
        try:
            self.sock.recv(1)
        except NOTHING_WAITS:
            return True
        except OSError:
            return False
        return False


class _TimedStream(io.RawIOBase):
    def __init__(self, timed: _TimedSocket):
        self._timed = timed

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._timed.release()
        super().close()

    def readinto(self, buffer) -> int:
        timed = self._timed
        if timed.received > MAX_ANSWER:
            raise TransportError("transient", "reply_too_long")
        timed.sock.settimeout(timed.deadline.left())
        count = timed.sock.recv_into(buffer)
        timed.received += count
        return count


def split_url(url: str) -> SplitResult:
    """The parts of an http(s) URL with a host; :raises TransportError: ``bad_url``."""
    try:
        parts = urlsplit(url.strip())
        # Reading the port is what validates it.
        _port = parts.port
    except ValueError as exc:
        raise TransportError("config", "bad_url", step="resolve") from exc
    known = parts.scheme in {"https", "http"} and parts.hostname
    if not known or "@" in parts.netloc:
        raise TransportError("config", "bad_url", step="resolve")
    return parts


def lost(status: int | None = None) -> TransportError:
    """The letter has left, and what was answered tells nothing."""
    return TransportError("unknown", "lost_after_data", step="delivery", code=status)


class HttpConnection:
    """A connection to the host of one URL."""

    def __init__(self, url: str, profile: Profile):
        self.profile = profile
        self.parts = split_url(url)
        self.host = host_name(self.parts.hostname or "")
        self.port = self.parts.port or (443 if self.parts.scheme == "https" else 80)
        self._client: http.client.HTTPConnection | None = None
        self._timed: _TimedSocket | None = None

    def opening(self) -> Generator[tuple[str, str], None, None]:
        """Yield (step, detail) as each step to an open connection is passed."""
        try:
            yield from self._opening(Deadline(self.profile.timeout))
        except BaseException:
            self.close()
            raise

    def _opening(self, deadline: Deadline) -> Generator[tuple[str, str], None, None]:
        addresses = steps.resolve(self.host, self.port, self.profile, deadline)
        secure = self.parts.scheme == "https"
        if not secure and not all(map(guard.is_loopback, addresses)):
            raise TransportError("config", "bad_url", step="resolve")
        yield "resolve", ", ".join(addresses)
        sock, address = steps.connect(addresses, self.port, deadline)
        self._timed = _TimedSocket(sock)
        self._client = http.client.HTTPConnection(self.host, self.port)
        # Never to connect by itself, past the guard. It asks no more of a socket than
        # this one has.
        self._client.auto_open = 0
        self._client.sock = self._timed  # type: ignore[assignment]
        yield "connect", f"{address} {self.port}"
        if secure:
            handshake = tls.handshake(sock, self.host, self.profile, deadline=deadline)
            self._timed.sock = yield from handshake

    @property
    def ready(self) -> bool:
        """Whether a request may be sent over this connection as it is."""
        # The client lets go of its socket where the answer said that it ends here.
        if not (self._client and self._client.sock and self._timed):
            return False
        return self._timed.is_silent()

    def close(self) -> None:
        """Close; a later request needs ``opening`` again."""
        if self._client:
            self._client.close()
            self._client = self._timed = None

    def exchange(self, request: requests.PreparedRequest, deadline: Deadline) -> Answer:
        """Send ``request`` and read the answer, whatever its status.

        :raises TransportError: kind ``unknown`` once the request has left as a whole
        """
        client, timed = self._client, self._timed
        if client is None or timed is None:
            raise TransportError("transient", "closed", step="delivery")
        timed.begin(deadline)
        body, headers = request.body, dict(request.headers)
        with failing("delivery"):
            try:
                client.request(
                    request.method or "POST", request.path_url, body, headers
                )
            except ConnectionError:
                # A server may refuse a large letter before it has read it.
                timed.begin(Deadline(1))
                return self._read_early(client)
        try:
            with failing("delivery"):
                return self._read(client.getresponse())
        except Exception as exc:
            # Whatever it was: the letter has left, and nobody may send it again.
            raise lost() from exc

    def _read_early(self, client: http.client.HTTPConnection) -> Answer:
        # The broken upload leaves the client waiting for the rest of it.
        response = http.client.HTTPResponse(client.sock, method="POST")
        try:
            response.begin()
            return self._read(response)
        except (ValueError, LookupError, http.client.HTTPException) as exc:
            raise TransportError("transient", "protocol", step="delivery") from exc

    def _read(self, response: http.client.HTTPResponse) -> Answer:
        try:
            body = response.read(MAX_ANSWER)
        except (TransportError, *CAUGHT) as exc:
            body = getattr(exc, "partial", b"")
            self.close()
        finally:
            response.close()
        return Answer(response.status, body, response.headers)

"""The lines of SMTP over one socket: commands out, replies in, all within limits."""

from __future__ import annotations

import re
import select
import socket
from typing import NamedTuple

from .deadline import Deadline
from .errors import NOTHING_WAITS, TransportError
from .masking import Secrets, mask
from .replies import reply_error

# RFC 5321 4.5.3.1.5 allows 512 bytes a line; the rest is tolerance, not invitation.
MAX_LINE = 4096
MAX_REPLY = 65536
CHUNK = 16384
# How long a server may take to hang up on a letter before its final dot follows: a
# letter whose outcome nobody knows costs a person more than this costs a machine.
SHORTEST_PAUSE = 0.003
LONGEST_PAUSE = 0.2
REPLY_LINE = re.compile(r"(\d{3})(?:([ -])(.*))?\Z", re.DOTALL)
# First words of protocols that people reach by a wrong port.
OTHER_TONGUES = (
    ("* ", "imap"),
    ("+OK", "pop3"),
    ("SSH-", "ssh"),
    ("HTTP/", "http"),
    ("<", "http"),
)


class Reply(NamedTuple):
    """A whole reply: ``text`` may be shown, ``lines`` are what the server said."""

    code: int
    text: str
    lines: tuple[str, ...]

    @property
    def positive(self) -> bool:
        return 200 <= self.code < 300

    @property
    def negative(self) -> bool:
        return 400 <= self.code < 600


class Wire:
    """One connection; ``step`` names what the next reply belongs to."""

    def __init__(self, sock: socket.socket):
        self.sock = sock
        self.step = "greeting"
        # What was sent here and must not be repeated in a server's words.
        self.secrets = Secrets()
        # What a refusal means may depend on it: see ``judging``.
        self.logged_in = False
        self._buffer = b""

    def close(self) -> None:
        """Close without ceremony; a socket that is gone already is no failure."""
        self.sock.close()

    def _receive(self, deadline: Deadline) -> None:
        self.sock.settimeout(deadline.left())
        data = self.sock.recv(CHUNK)
        if not data:
            raise EOFError("the server closed the connection")
        self._buffer += data

    def _line(self, deadline: Deadline) -> str:
        while b"\n" not in self._buffer:
            if len(self._buffer) > MAX_LINE:
                raise self._too_long()
            self._receive(deadline)
        line, _, self._buffer = self._buffer.partition(b"\n")
        if len(line) > MAX_LINE:
            raise self._too_long()
        return line.rstrip(b"\r").decode("utf-8", "replace")

    def _too_long(self) -> TransportError:
        return TransportError("transient", "reply_too_long", step=self.step)

    def _malformed(self, line: str) -> TransportError:
        shown = mask(line, self.secrets)
        for word, tongue in OTHER_TONGUES:
            if self.step == "greeting" and line.startswith(word):
                return TransportError(
                    "config",
                    "not_smtp",
                    step=self.step,
                    server_text=shown,
                    facts={"speaks": tongue},
                )
        return TransportError(
            "transient", "protocol", step=self.step, server_text=shown
        )

    def read_reply(self, deadline: Deadline) -> Reply:
        """One reply of any number of lines (RFC 5321 4.2.1).

        :raises TransportError: ``protocol``, ``not_smtp``, ``reply_too_long``
        :raises OSError, EOFError: from the socket
        """
        codes, lines, size = set(), [], 0
        while True:
            line = self._line(deadline)
            size += len(line)
            match = REPLY_LINE.match(line)
            if not match:
                raise self._malformed(line)
            codes.add(match[1])
            lines.append(match[3] or "")
            if size > MAX_REPLY or len(codes) > 1:
                raise self._too_long() if size > MAX_REPLY else self._malformed(line)
            if match[2] != "-":
                text = mask(" ".join(lines), self.secrets)
                return Reply(int(codes.pop()), text, tuple(lines))

    def check_silent(self) -> None:
        """Before each command nothing may have come unasked.

        A server that has had enough says 421 and closes between two letters; any
        other unasked word would be taken for the answer to the next command, or,
        before STARTTLS, for an answer under encryption.

        :raises TransportError: ``busy`` for a 421, else ``protocol``
        :raises EOFError: the server has closed
        """
        self._listen()
        if self._buffer:
            line = self._buffer[:MAX_LINE].decode("utf-8", "replace").splitlines()[0]
            if line.startswith("421"):
                raise self.error(Reply(421, mask(line[4:], self.secrets), (line[4:],)))
            raise self._malformed(line)

    def _listen(self) -> None:
        """Take what has come, without waiting; :raises EOFError: that is all."""
        self.sock.settimeout(0)
        try:
            data = self.sock.recv(CHUNK)
        except NOTHING_WAITS:
            # Also when TLS has something to say to itself, such as a new ticket.
            return
        self._buffer += data
        if not self._buffer:
            raise EOFError("the server closed the connection")

    def send(self, data: bytes, deadline: Deadline, *, stall: float = 60.0) -> None:
        """Send all of ``data``; each piece asks how much of the time is left.

        :param stall: seconds one piece may take: a large letter gets a long
            deadline, a server that stopped reading does not
        """
        view = memoryview(data)
        for start in range(0, len(view), CHUNK):
            self.sock.settimeout(min(deadline.left(), stall))
            self.sock.sendall(view[start : start + CHUNK])

    def settle(self, turnaround: float) -> None:
        """Before the final dot, hear whether the server has hung up on the letter.

        The kernel takes a whole letter before the server has seen its first line: a
        dot sent at once would make a known failure one that nobody can tell.

        :param turnaround: seconds the server's last answer took, its way included
        :raises TransportError: what the server said before the letter ended
        :raises OSError, EOFError: the server has hung up
        """
        seconds = min(max(turnaround, SHORTEST_PAUSE), LONGEST_PAUSE)
        select.select([self.sock], [], [], seconds)
        self._listen()
        if self._buffer:
            reply = self.require(self.read_reply(Deadline(1)))
            raise self._malformed(f"{reply.code} {reply.text}")

    def command(self, line: str, deadline: Deadline) -> Reply:
        """Send one command and read its reply, of whatever code."""
        self.check_silent()
        self.send(line.encode("utf-8", "replace") + b"\r\n", deadline)
        return self.read_reply(deadline)

    def demand(self, line: str, deadline: Deadline) -> Reply:
        """As ``command``; a negative reply is raised, classified by the step."""
        return self.require(self.command(line, deadline))

    def require(self, reply: Reply) -> Reply:
        """``reply`` if it is positive, else the classified error."""
        if reply.positive:
            return reply
        if not reply.negative:
            raise self._malformed(f"{reply.code} {' '.join(reply.lines)}")
        raise self.error(reply)

    def error(self, reply: Reply) -> TransportError:
        """What a negative ``reply`` to the present step means."""
        return reply_error(
            reply.code,
            " ".join(reply.lines),
            step=self.step,
            logged_in=self.logged_in,
            shown=reply.text,
        )

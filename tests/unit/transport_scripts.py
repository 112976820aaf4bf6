"""Servers on loopback that do exactly what a test tells them."""

from __future__ import annotations

import contextlib
import http.server
import socket
import ssl
import threading
from types import SimpleNamespace


class Script:
    """One connection of a scripted server: says bytes, waits for lines."""

    def __init__(self, sock: socket.socket, stop: threading.Event, number: int):
        self.sock = sock
        self.stop = stop
        self.number = number
        self.last = b""
        self._buffer = b""

    def say(self, data: str | bytes) -> None:
        self.sock.sendall(data.encode() if isinstance(data, str) else data)

    def line(self) -> bytes:
        while b"\n" not in self._buffer:
            data = self.sock.recv(65536)
            if not data:
                raise EOFError
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        self.last = line.rstrip(b"\r")
        return self.last

    def data(self) -> bytes:
        """The letter up to its final dot."""
        lines = []
        while (line := self.line()) != b".":
            lines.append(line)
        return b"\r\n".join(lines)

    def request(self) -> None:
        """Read a whole HTTP request."""
        size = 0
        while line := self.line():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        while len(self._buffer) < size:
            self._buffer += self.sock.recv(65536)

    def silence(self, seconds: float = 30) -> None:
        self.stop.wait(seconds)

    def reset(self) -> None:
        """Close with a TCP reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.sock.close()

    def converse(self, **replies) -> None:
        """A sane server, except for the given replies by verb (text or function)."""
        if not self.answer(replies, "greeting", "220 script ESMTP\r\n"):
            return
        while True:
            line = self.line()
            verb = line[:4].decode("latin-1").upper()
            if verb == "QUIT":
                self.say("221 bye\r\n")
                return
            if not self.answer(replies, verb, DEFAULTS.get(verb, "500 what?\r\n")):
                return
            if verb == "DATA" and "DATA" not in replies:
                if replies.get("body"):
                    replies["body"](self)
                self.data()
                if not self.answer(replies, "dot", "250 2.0.0 queued as S1\r\n"):
                    return

    def answer(self, replies, verb: str, default: str) -> bool:
        """Give one reply; whether the conversation goes on."""
        reply = replies.get(verb, default)
        if callable(reply):
            return bool(reply(self))
        self.say(reply)
        return True


DEFAULTS = {
    "EHLO": "250-script\r\n250-8BITMIME\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 100000\r\n",
    "HELO": "250 script\r\n",
    "AUTH": "235 2.7.0 welcome\r\n",
    "MAIL": "250 sender fine\r\n",
    "RCPT": "250 recipient fine\r\n",
    "DATA": "354 go on\r\n",
    "RSET": "250 forgotten\r\n",
}


@contextlib.contextmanager
def scripted(play, *, tls: ssl.SSLContext | None = None, family=socket.AF_INET):
    """A server that runs ``play(Script)`` for each connection; yields its port."""
    stop = threading.Event()
    listener = socket.socket(family)
    listener.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
    listener.listen(16)
    threads = []

    def serve(sock, number):
        with contextlib.suppress(OSError, EOFError), sock:
            if tls:
                sock = tls.wrap_socket(sock, server_side=True)
            play(Script(sock, stop, number))
            sock.close()

    def accept():
        with contextlib.suppress(OSError):
            while True:
                sock, _peer = listener.accept()
                thread = threading.Thread(
                    target=serve, args=(sock, len(threads)), daemon=True
                )
                threads.append(thread)
                thread.start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _http_handler(answer, seen):
    """A handler class that notes each request and answers as told."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = SimpleNamespace(
                path=self.path,
                headers=self.headers,
                body=body,
                peer=self.client_address,
            )
            seen.append(request)
            status, headers, content = answer(request)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST

        def log_message(self, *args):
            """Stay quiet."""

    return Handler


@contextlib.contextmanager
def http_server(answer, *, tls: ssl.SSLContext | None = None):
    """An HTTP server; ``answer(request)`` gives (status, headers, body).

    Yields (requests, address): each request as path, headers and body.
    """
    seen = []

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), _http_handler(answer, seen)
    )
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    scheme = "https" if tls else "http"
    try:
        yield seen, f"{scheme}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()

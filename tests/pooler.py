"""A connection pool that gives each transaction to whichever session is free, as
pgbouncer does in transaction mode. Speaks as much of PostgreSQL's protocol as psycopg2
does: start-up, simple queries, end."""

import socket
import socketserver
import struct
import threading
from contextlib import contextmanager

from odoo.tools import config

SSL_REQUEST, GSS_REQUEST = 80877103, 80877104
IDLE = b"I"


class Session:
    """One connection to PostgreSQL, logged in."""

    def __init__(self, startup, address):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.sock = socket.socket(family)
        self.sock.connect(address)
        self.file = self.sock.makefile("rb")
        self.sock.sendall(startup)
        self.greeting = b""
        while (message := read_message(self.file))[:1] != b"Z":
            # Each client is told of a session of its own, which there is not.
            if message[:1] != b"K":
                self.greeting += message

    def ask(self, message, client):
        """Pass a query on, and its answers back.

        :return: whether the transaction is over
        """
        self.sock.sendall(message)
        while True:
            answer = read_message(self.file)
            client.sendall(answer)
            if answer[:1] == b"Z":
                return answer[5:6] == IDLE


def read_message(file):
    head = file.read(5)
    if len(head) < 5:
        raise ConnectionError
    return head + file.read(struct.unpack("!I", head[1:])[0] - 4)


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.file = self.request.makefile("rb")
        startup, session = self.read_startup(), None
        session = self.server.take(startup)
        fake_key = struct.pack("!cIII", b"K", 12, self.server.next_pid(), 1)
        ready = struct.pack("!cIc", b"Z", 5, IDLE)
        self.request.sendall(session.greeting + fake_key + ready)
        self.server.give(session)
        session = None
        try:
            while (message := read_message(self.file))[:1] != b"X":
                session = session or self.server.take(startup)
                if session.ask(message, self.request):
                    self.server.give(session)
                    session = None
        except ConnectionError:
            if session:
                session.sock.close()

    def read_startup(self):
        while True:
            head = self.file.read(8)
            length, code = struct.unpack("!II", head)
            if code not in (SSL_REQUEST, GSS_REQUEST):
                return head + self.file.read(length - 8)
            self.request.sendall(b"N")


class Pooler(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address):
        super().__init__(("127.0.0.1", 0), Handler)
        self.address, self.free, self.pid = address, [], 10_000_000
        self.lock = threading.Lock()

    def next_pid(self):
        with self.lock:
            self.pid += 1
            return self.pid

    def take(self, startup):
        """The session that was used last, as pgbouncer does, or a new one."""
        with self.lock:
            if self.free:
                return self.free.pop()
        return Session(startup, self.address)

    def give(self, session):
        with self.lock:
            self.free.append(session)


def get_address():
    """Where PostgreSQL listens, by Odoo's own options."""
    host, port = config["db_host"] or "/var/run/postgresql", config["db_port"] or 5432
    if host[0] not in "/@":
        return host, int(port)
    # A name that begins with @ is no file but an address of Linux alone.
    return f"{host}/.s.PGSQL.{port}".replace("@", "\0", 1)


@contextmanager
def pooler():
    """Yield the port of a pool before Odoo's PostgreSQL."""
    server = Pooler(get_address())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        for session in server.free:
            session.sock.close()

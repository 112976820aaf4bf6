"""An SMTP server that misbehaves, and keeps count of what it truly took over."""

from __future__ import annotations

import random
import re
import socketserver
import threading
import time
from collections import Counter

MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)
# What happens to a letter, and how often of a hundred.
MISFORTUNES = {
    "accept": 62,
    "greylist": 8,
    "busy": 4,
    "drop_before_data": 6,
    "drop_in_data": 5,
    "drop_after_dot": 3,
    "refuse_data_later": 4,
    "refuse_recipient": 3,
    "too_big": 2,
    "slow": 3,
}
SLOW_SECONDS = 0.4


class Ledger:
    """Which letters were taken over, by Message-ID."""

    def __init__(self, seed=1):
        self.taken = Counter()
        self.random = random.Random(seed)
        self.lock = threading.Lock()

    def take(self, content):
        found = MESSAGE_ID.search(content)
        with self.lock:
            self.taken[found.group(1).decode()] += 1

    def draw(self):
        with self.lock:
            names, weights = zip(*MISFORTUNES.items(), strict=True)
            return self.random.choices(names, weights)[0]


class Dropped(Exception):
    """The server hangs up without a word."""


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.reply("220 chaos ESMTP")
        try:
            while line := self.rfile.readline(2000):
                if not self.answer(line.strip().upper()):
                    return
        except (Dropped, OSError):
            return

    def reply(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def answer(self, line):
        verb = line.split(b" ")[0].decode("ascii", "replace")
        method = getattr(self, f"on_{verb.lower()}", None)
        if method is None:
            self.reply("502 5.5.1 what?")
            return True
        return method() is not False

    def on_ehlo(self):
        words = (b"250-chaos", b"250-8BITMIME", b"250-AUTH PLAIN", b"250 SIZE 50000000")
        self.wfile.write(b"\r\n".join((*words, b"")))

    on_helo = on_ehlo

    def on_auth(self):
        self.reply("235 2.7.0 welcome")

    def on_mail(self):
        self.fate = self.server.ledger.draw()
        if self.fate == "busy":
            self.reply("451 4.3.2 busy")
        else:
            self.reply("250 2.1.0 ok")

    def on_rcpt(self):
        replies = {
            "greylist": "450 4.7.1 greylisted, try again in 5 minutes",
            "refuse_recipient": "550 5.1.1 no such user",
        }
        self.reply(replies.get(self.fate, "250 2.1.5 ok"))

    def on_data(self):
        if self.fate == "drop_before_data":
            raise Dropped
        self.reply("354 go on")
        content = self.read_content()
        replies = {
            "refuse_data_later": "451 4.7.0 later",
            "too_big": "552 5.3.4 too big",
        }
        if self.fate in replies:
            self.reply(replies[self.fate])
            return
        if self.fate == "slow":
            time.sleep(SLOW_SECONDS)
        self.server.ledger.take(content)
        if self.fate == "drop_after_dot":
            raise Dropped
        self.reply("250 2.0.0 taken")

    def read_content(self):
        lines = []
        while line := self.rfile.readline(100000):
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line)
            if self.fate == "drop_in_data" and len(lines) > 3:
                raise Dropped
        raise Dropped

    def on_rset(self):
        self.reply("250 2.0.0 ok")

    on_noop = on_rset

    def on_quit(self):
        self.reply("221 2.0.0 bye")
        return False


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, seed=1):
        super().__init__(("127.0.0.1", 0), Handler)
        self.ledger = Ledger(seed)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

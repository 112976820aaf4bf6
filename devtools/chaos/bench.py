"""Drive the misfortune and count: ``python -m devtools.chaos.bench CONFIG DATABASE``.

The database must have the addon installed; it is used up by the run.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from .letters import write_letters
from .misfortunes import LOSSES
from .server import Server

# Time is made to pass: what waits for its next try is due at once. Not what a clock
# has put off by a year: that the queue has to see by itself.
HURRY_QUEUE = """
    UPDATE account_email_dispatch SET next_try_at = NULL
     WHERE state = 'queued' AND next_try_at < now() + interval '3 days'
"""
HURRY_SETTINGS = """
    UPDATE account_email_settings SET paused_until = NULL
     WHERE paused_until < now() + interval '3 days'
"""
HURRY = {"ours": (HURRY_QUEUE, HURRY_SETTINGS), "core": ()}
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s "
    "AND pid != pg_backend_pid() AND application_name LIKE 'odoo-%%' "
    "ORDER BY random() LIMIT 1"
)
COUNT = {
    "ours": "SELECT state, count(*) FROM account_email_dispatch GROUP BY state",
    "core": "SELECT state, count(*) FROM mail_mail GROUP BY state",
}
OPEN = {"ours": {"queued", "sending"}, "core": {"outgoing"}}
SENT = {
    "ours": "SELECT message_id FROM account_email_dispatch WHERE state = 'sent'",
    "core": (
        "SELECT m.message_id FROM mail_mail d JOIN mail_message m "
        "ON m.id = d.mail_message_id WHERE d.state = 'sent'"
    ),
}
# Of those that the server has, what else may be said at the end.
PERHAPS = (
    "SELECT message_id FROM account_email_dispatch WHERE state IN ('sent', 'unknown')"
)
# Not over when the time was.
WAITING = {
    "ours": "SELECT message_id FROM account_email_dispatch WHERE state = 'queued'",
    "core": (
        "SELECT m.message_id FROM mail_mail d JOIN mail_message m "
        "ON m.id = d.mail_message_id WHERE d.state = 'outgoing'"
    ),
}
LOSS_SECONDS = 1.5
# Letters that a person was told about, and why.
EXPLAINED = {
    "ours": (
        "SELECT message_id FROM account_email_dispatch "
        "WHERE state IN ('failed', 'unknown') AND failure_kind IS NOT NULL"
    ),
    "core": (
        "SELECT m.message_id FROM mail_mail d JOIN mail_message m "
        "ON m.id = d.mail_message_id WHERE d.state = 'exception'"
    ),
}


class Misery:
    """The run: workers, kills, cuts, and a clock that goes faster."""

    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.server = Server(options.seed)
        self.kills = self.cuts = self.asked = 0
        self.workers = []
        self.losses = list(LOSSES) * options.losses if options.road == "ours" else []
        self.random.shuffle(self.losses)
        self.suffered = Counter()
        # Letters that were called sent while the server had not taken them.
        self.lies = set()
        self.faults = Path(tempfile.mkdtemp(prefix="chaos-"))

    @contextmanager
    def environment(self):
        registry = Registry(self.options.database)
        with registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def start_worker(self):
        words = [sys.executable, "-m", "devtools.chaos.worker"]
        words += [self.options.config, self.options.database, self.options.road]
        words += [str(self.faults)]
        worker = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        worker.stdout.readline()
        return worker

    def run(self):
        with self.environment() as env:
            write_letters(
                env,
                road=self.options.road,
                port=self.server.port,
                count=self.options.letters,
            )
        self.workers = [self.start_worker() for _n in range(self.options.workers)]
        started = time.monotonic()
        try:
            while self.is_open() and time.monotonic() - started < self.options.seconds:
                self.strike()
                time.sleep(self.random.uniform(0.2, 1.0))
        finally:
            # As Odoo ends: what was heard is written down.
            for worker in self.workers:
                worker.terminate()
            for worker in self.workers:
                worker.wait()
            shutil.rmtree(self.faults)
        return self.report(time.monotonic() - started)

    def strike(self):
        """One misfortune, or none."""
        fate = self.random.random()
        if fate < 0.25 and self.kills < self.options.kills:
            index = self.random.randrange(len(self.workers))
            self.workers[index].kill()
            self.workers[index].wait()
            self.workers[index] = self.start_worker()
            self.kills += 1
        elif fate < 0.4 and self.cuts < self.options.cuts:
            with self.environment() as env:
                env.cr.execute(CUT, [self.options.database])
            self.cuts += 1
        elif fate < 0.7 and self.losses:
            loss = self.losses.pop()
            with loss(self):
                time.sleep(LOSS_SECONDS)
            self.suffered[loss.__name__] += 1
        self.replace_dead()
        self.watch()
        for statement in HURRY[self.options.road]:
            self.hurry(statement)

    def replace_dead(self):
        for index, worker in enumerate(self.workers):
            if worker.poll() is not None:
                self.workers[index] = self.start_worker()

    def watch(self):
        """Hold what is said against what the server took, and answer for a person."""
        with self.environment() as env:
            env.cr.execute(SENT[self.options.road])
            said = {row[0] for row in env.cr.fetchall()}
            self.lies |= said - set(self.server.ledger.taken)
            if self.options.road == "ours":
                paused = env["account.email.settings"].search(
                    [("state", "=", "paused")]
                )
                self.asked += len(paused)
                paused._resume()

    def hurry(self, statement):
        try:
            with self.environment() as env:
                env.cr.execute(statement)
        except odoo.sql_db.psycopg2.errors.SerializationFailure:
            # A worker wrote to the same row: the next strike hurries it.
            return

    def is_open(self):
        return bool(OPEN[self.options.road] & set(self.count_states()))

    def count_states(self):
        with self.environment() as env:
            env.cr.execute(COUNT[self.options.road])
            return dict(env.cr.fetchall())

    def report(self, seconds):
        with self.environment() as env:
            env.cr.execute(EXPLAINED[self.options.road])
            explained = {row[0] for row in env.cr.fetchall()}
            env.cr.execute(PERHAPS if self.options.road == "ours" else SENT["core"])
            perhaps = {row[0] for row in env.cr.fetchall()}
            env.cr.execute(WAITING[self.options.road])
            waiting = {row[0] for row in env.cr.fetchall()}
        taken = self.server.ledger.taken
        every = {f"<{n}.chaos@example.com>" for n in range(self.options.letters)}
        states = self.count_states()
        return {
            "road": self.options.road,
            "letters": self.options.letters,
            "seconds": round(seconds, 1),
            "kills": self.kills,
            "cuts": self.cuts,
            "losses": dict(self.suffered),
            "asked": self.asked,
            "arrived": len(taken),
            "twice": sum(count > 1 for count in taken.values()),
            "lost": len(every - set(taken) - explained - waiting),
            "waiting": len(waiting),
            "lies": len(self.lies),
            "unsaid": len(set(taken) - perhaps),
            "unknown": states.get("unknown", 0),
            "states": states,
        }


def parse(words):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config")
    parser.add_argument("database")
    parser.add_argument("--road", choices=("ours", "core"), default="ours")
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--cuts", type=int, default=4)
    parser.add_argument("--losses", type=int, default=2, help="of each kind")
    parser.add_argument("--seconds", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(words)


def main(words):
    options = parse(words)
    odoo.tools.config.parse_config(
        ["-c", options.config, "-d", options.database, "--no-http"]
    )
    for name, value in Misery(options).run().items():
        print(f"{name:10} {value}")


if __name__ == "__main__":
    main(sys.argv[1:])

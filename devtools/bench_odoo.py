"""What the benches share: a database, a mail server that takes all, a stopwatch.

Each bench has ``run(instance)``, which the command calls, and ``measure(env, facts)``,
which runs in a process of its own with Odoo loaded.
"""

import importlib
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

from . import paths
from .console import Stop
from .instance import free_port
from .server import Server

DATABASE = "bench"
START_SECONDS = 20


class Bench:
    def __init__(self, instance):
        self.instance = instance
        self.smtp_port = free_port()
        self.log = instance.folder / "bench.log"

    @property
    def environment(self):
        path = f"{self.instance.odoo.path}{os.pathsep}{paths.ROOT}"
        return {**self.instance.environment, "PYTHONPATH": path}

    def words(self, module, *words):
        python = [str(paths.venv_bin("python")), "-m", module]
        return [*python, *(str(word) for word in words)]

    def measure(self, name, **facts):
        """Run ``measure`` of a bench module inside Odoo and return its figures."""
        facts = {"smtp_port": self.smtp_port, **facts}
        result = self.instance.folder / f"{name}.json"
        result.unlink(missing_ok=True)
        words = (name, self.instance.config, DATABASE, json.dumps(facts), result)
        with open(self.log, "a") as log:
            code = subprocess.run(
                self.words("devtools.bench_odoo", *words),
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            ).returncode
        if code or not result.exists():
            raise Stop(f"The bench {name} ended with code {code}; see {self.log}.")
        return json.loads(result.read_text())


@contextmanager
def prepared(instance):
    """Yield a Bench whose database has the addon and whose mail server accepts all."""
    instance.ensure_database(DATABASE)
    bench = Bench(instance)
    bench.log.write_text("")
    words = ("-n", "-l", f"127.0.0.1:{bench.smtp_port}", "-c", "aiosmtpd.handlers.Sink")
    with process(bench, bench.words("aiosmtpd", *words)):
        wait_for_port(bench.smtp_port)
        yield bench


@contextmanager
def serving(bench):
    """Yield a web server without crons, so that only the bench itself sends."""
    port = free_port()
    words = ("-d", DATABASE, "--http-port", port, "--max-cron-threads", 0)
    with process(bench, bench.instance.words(*words)) as running:
        server = Server(running, port, DATABASE)
        server.wait_until_ready(bench.log)
        yield server


@contextmanager
def process(bench, words):
    with open(bench.log, "a") as log:
        running = subprocess.Popen(
            words, env=bench.environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield running
    finally:
        running.terminate()
        running.wait()


def wait_for_port(port):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise Stop("The mail server of the bench did not start.")


# ------------------------------------------------------------
# Stopwatch
# ------------------------------------------------------------


def median_ms(function, arguments):
    """The median time of one call, over a list of arguments, in milliseconds."""
    times = []
    for argument in arguments:
        started = time.perf_counter()
        function(argument)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def ratio(theirs, ours):
    """How many times as long (or as much) as ours; None if core could not."""
    return round(theirs / ours, 2) if theirs and ours else None


# ------------------------------------------------------------
# Inside Odoo
# ------------------------------------------------------------


def main(name, config, database, facts, result):
    # Imported here: the commands themselves run without Odoo.
    import odoo
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    module = importlib.import_module(f"devtools.{name}")
    with Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        figures = module.measure(env, json.loads(facts))
        cr.rollback()
    with open(result, "w") as file:
        json.dump(figures, file)


if __name__ == "__main__":
    main(*sys.argv[1:])

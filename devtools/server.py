"""Odoo as a server, for as long as a ``with`` block lasts."""

import subprocess
import time
from contextlib import contextmanager

import requests

from .console import Stop
from .instance import free_port

PORT = 8069
START_SECONDS = 120


class Server:
    def __init__(self, process, port, database):
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self.database = database

    def is_ready(self):
        try:
            return requests.get(f"{self.url}/web/health", timeout=2).ok
        except requests.RequestException:
            return False

    def wait_until_ready(self, log):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            if self.is_ready():
                return
            time.sleep(0.2)
        raise Stop(f"Odoo did not start; its log is {log}.")


@contextmanager
def running(instance, database):
    """Yield the server of one database, on this machine only."""
    port, log = free_port(PORT), instance.folder / "server.log"
    words = ("-d", database, "--http-port", port, "--gevent-port", free_port())
    with open(log, "w") as output:
        process = subprocess.Popen(
            instance.words(*words),
            env=instance.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        server = Server(process, port, database)
        server.wait_until_ready(log)
        yield server
    finally:
        process.terminate()
        process.wait()

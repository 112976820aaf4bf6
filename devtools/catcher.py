"""The mail catcher: keeps every mail and shows it on a page, with its attachments."""

import subprocess
import time
from contextlib import contextmanager

import requests

from . import node, paths
from .console import Stop
from .instance import free_port

SMTP_PORT = 1025
PAGE_PORT = 1080
START_SECONDS = 20


class Catcher:
    def __init__(self, smtp_port, page_port):
        self.smtp_port = smtp_port
        self.page = f"http://127.0.0.1:{page_port}"

    def mails(self):
        return requests.get(f"{self.page}/api/email", timeout=10).json()

    def attachment(self, mail, attachment):
        name = attachment["generatedFileName"]
        url = f"{self.page}/api/email/{mail['id']}/attachment/{name}"
        return requests.get(url, timeout=10).content

    def is_ready(self):
        try:
            return requests.get(f"{self.page}/api/healthz", timeout=1).ok
        except requests.RequestException:
            return False

    def wait(self, process):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and process.poll() is None:
            if self.is_ready():
                return
            time.sleep(0.1)
        raise Stop(f"The mail catcher did not start; its log is {log_file()}.")


def log_file():
    return paths.workspace() / "catcher.log"


@contextmanager
def running():
    """Yield the catcher, listening on this machine only."""
    catcher = Catcher(free_port(SMTP_PORT), page_port := free_port(PAGE_PORT))
    mails = paths.workspace() / "mails"
    mails.mkdir(exist_ok=True)
    words = [*node.program("maildev"), "--ip", "127.0.0.1", "--web-ip", "127.0.0.1"]
    words += ["--smtp", str(catcher.smtp_port), "--web", str(page_port)]
    words += ["--mail-directory", str(mails)]
    with open(log_file(), "w") as log:
        process = subprocess.Popen(
            words, stdout=log, stderr=subprocess.STDOUT, env=node.environment()
        )
    try:
        catcher.wait(process)
        yield catcher
    finally:
        process.terminate()
        process.wait()

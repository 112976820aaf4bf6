"""One worker of the queue, as a process that can be stopped and killed as Odoo is.

Run by ``bench.py`` and by tests: ``python -m devtools.chaos.worker CONFIG DATABASE
ours|core``. It ends as Odoo's threaded server does: a signal is heard by the main
thread, while the cron goes on in a thread of its own.
"""

from __future__ import annotations

import errno
import signal
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import psycopg2

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.server import ThreadedServer

PAUSE = 0.2


def drain(env, road):
    if road == "ours":
        env["account.email.dispatch"]._cron_process()
    else:
        env["mail.mail"].process_email_queue()
        env.cr.commit()


def work(registry, road):
    while True:
        try:
            with registry.cursor() as cr:
                drain(api.Environment(cr, SUPERUSER_ID, {}), road)
        except psycopg2.Error:
            # The database went away, as the bench wanted: go on with a new connection.
            odoo.sql_db.close_all()
        time.sleep(PAUSE)


def suffer(registry, faults):
    """Have letters built as where that is lost of which ``faults`` has a file."""
    MailMail = registry["mail.mail"]
    build = MailMail._build_letter

    def build_or_fail(mail, settings):
        if (faults / "disk").exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        if (faults / "memory").exists():
            raise MemoryError
        return build(mail, settings)

    return patch.object(MailMail, "_build_letter", build_or_fail)


def main(config, database, road, faults=""):
    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    server = ThreadedServer(None)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.signal_handler)
    registry = Registry(database)
    with suffer(registry, Path(faults)) if faults else nullcontext():
        threading.Thread(target=work, args=(registry, road), daemon=True).start()
        print("ready", flush=True)
        try:
            while True:
                time.sleep(60)
        except KeyboardInterrupt:
            server.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""One worker of the queue, as a process that can be killed.

Run by ``bench.py``: ``python -m devtools.chaos.worker CONFIG DATABASE ours|core``.
"""

from __future__ import annotations

import sys
import time

import psycopg2

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

PAUSE = 0.2


def drain(env, road):
    if road == "ours":
        env["account.email.dispatch"]._cron_process()
    else:
        env["mail.mail"].process_email_queue()
        env.cr.commit()


def main(config, database, road):
    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    registry = Registry(database)
    print("ready", flush=True)
    while True:
        try:
            with registry.cursor() as cr:
                drain(api.Environment(cr, SUPERUSER_ID, {}), road)
        except psycopg2.Error:
            # The database went away, as the bench wanted: go on with a new connection.
            odoo.sql_db.close_all()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])

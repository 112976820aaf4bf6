"""A queue that is really committed, drained by real processes, and cleaned up after."""

import subprocess
import sys
import tempfile
import threading
import time
import uuid
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

from odoo import SUPERUSER_ID, Command, api
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name
from odoo.tools import config

from .servers import HOST, Mailbox, smtp_server

ROOT = Path(__file__).resolve().parents[1]
PDF = b"%PDF-1.4\n" + b"%" * 2000 + b"\n%%EOF\n"


class SlowMailbox(Mailbox):
    """Takes letters, and calls ``on_letter`` between the dot and its answer."""

    def __init__(self, on_letter=lambda number: None):
        super().__init__()
        self.on_letter = on_letter
        self.changed = threading.Condition()

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        with self.changed:
            self.changed.notify_all()
        self.on_letter(len(self.letters))
        return answer

    def wait_for(self, number, seconds=60):
        """:return: whether so many letters came in time"""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.letters) >= number, seconds)

    def get_message_ids(self):
        return [message["Message-ID"] for _from, _to, message in self.letters]


class QueueCase(BaseCase):
    """Rows in the real tables, under a company that has settings for as long."""

    @contextmanager
    def environment(self):
        with db_connect(get_db_name()).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def fill(self, count, mailbox, **settings_values):
        """Write ``count`` letters for a server that runs until the test is over."""
        port, _box = self.enterContext(smtp_server(mailbox))
        with self.environment() as env:
            env["ir.config_parameter"].set_param("account_email.allowed_hosts", HOST)
            company = env["res.company"].create({"name": f"Queue {uuid.uuid4()}"})
            partner = env["res.partner"].create({"name": "Q", "email": "q@example.net"})
            self.addCleanup(self._clean, company.id, partner.id)
            settings = env["account.email.settings"].create(
                {
                    "company_id": company.id,
                    "smtp_host": HOST,
                    "smtp_port": port,
                    "security": "none",
                    "email_address": "billing@example.com",
                    **settings_values,
                }
            )
            settings._resume()
            rows = self._write_letters(env, company, partner, count)
        self.company_id, self.row_ids = company.id, rows
        return rows

    def _write_letters(self, env, company, partner, count):
        file = env["ir.attachment"].create({"name": "q.pdf", "raw": PDF})
        mails = env["mail.mail"].create(
            [
                {
                    "subject": f"Letter {number}",
                    "body_html": "<p>Letter</p>",
                    "email_from": "billing@example.com",
                    "recipient_ids": [Command.set(partner.ids)],
                    "attachment_ids": [Command.link(file.id)],
                    "state": "dispatched",
                    "model": "res.partner",
                    "res_id": partner.id,
                }
                for number in range(count)
            ]
        )
        values = {
            "company_id": company.id,
            "res_model": "res.partner",
            "res_id": partner.id,
        }
        return mails._create_dispatches(values).ids

    def _clean(self, company_id, partner_id):
        with self.environment() as env:
            company = env["res.company"].browse(company_id)
            rows = env["account.email.dispatch"].search(
                [("company_id", "=", company_id)]
            )
            rows.mail_id.unlink()
            rows.unlink()
            company.email_settings_ids.unlink()
            company.active = False
            env["res.partner"].browse(partner_id).unlink()

    def get_states(self):
        with self.environment() as env:
            rows = env["account.email.dispatch"].browse(self.row_ids)
            return rows.mapped("state")

    def get_sent_ids(self):
        with self.environment() as env:
            rows = env["account.email.dispatch"].browse(self.row_ids)
            return rows.filtered(lambda row: row.state == "sent").mapped("message_id")

    def start_worker(self, **options):
        """:param options: of Odoo's configuration, other than the tests have them
        :return: the process, ready to send"""
        worker = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "devtools.chaos.worker",
                self._write_config(options),
                get_db_name(),
                "ours",
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(worker.wait)
        self.addCleanup(worker.kill)
        self.addCleanup(worker.stdout.close)
        self.assertEqual(worker.stdout.readline(), b"ready\n")
        return worker

    def _write_config(self, options):
        parser = ConfigParser(interpolation=None)
        parser.read(config["config"])
        parser["options"].update({name: str(options[name]) for name in options})
        folder = self.enterContext(tempfile.TemporaryDirectory())
        with open(path := f"{folder}/odoo.conf", "w") as file:
            parser.write(file)
        return path

    def wait_until(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end, "waited too long")
            time.sleep(0.1)

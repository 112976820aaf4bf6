"""Many at once, for real: threads with cursors of their own, and what they commit."""

import threading
from contextlib import contextmanager
from functools import partial

import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import new_test_user
from odoo.tests.common import BaseCase, get_db_name

from .servers import HOST, smtp_server

LEFTOVERS = (
    "account.email.batch",
    "account.email.dispatch",
    "account.email.document",
    "account.email.settings.test",
)


class RaceCase(BaseCase):
    """Invoices of the database's own company, committed and cleared away again."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        port, self.box = self.enterContext(smtp_server())
        with self._committed() as env:
            self._prepare(env, port)
        self.addCleanup(self._clear)

    @contextmanager
    def _committed(self, user_id=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user_id, {})

    def _prepare(self, env, port):
        env["ir.config_parameter"].set_param("account_email.allowed_hosts", HOST)
        company = env["res.company"].search([("chart_template", "!=", False)], limit=1)
        self.company_id = company.id
        groups = "account.group_account_invoice"
        user = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        self.clerk_id = new_test_user(env, "race_clerk", groups, **user).id
        self.partner_id = (
            env["res.partner"].create({"name": "Race", "email": "race@example.net"}).id
        )
        settings = env["account.email.settings"].with_company(company)
        self.settings_id = settings.create(
            {
                "company_id": company.id,
                "smtp_host": HOST,
                "smtp_port": port,
                "security": "none",
                "email_address": "billing@example.com",
            }
        ).id
        settings.browse(self.settings_id).state = "active"

    def _create_moves(self, count, move_type="in_invoice"):
        """Bills, of which nothing is written when they are emailed: where core stores
        the PDF of an invoice, two who do so meet by themselves.
        """
        with self._committed() as env:
            moves = env["account.move"].with_company(self.company_id)
            values = [self._prepare_move(move_type, n) for n in range(count)]
            moves = moves.create(values)
            moves.action_post()
            return moves.ids

    def _prepare_move(self, move_type, number):
        line = {"name": "Paper", "quantity": 1, "price_unit": 10, "tax_ids": False}
        return {
            "move_type": move_type,
            "ref": f"RACE-{number}",
            "partner_id": self.partner_id,
            "invoice_date": "2026-03-01",
            "invoice_line_ids": [Command.create(line)],
        }

    def _clear(self):
        with self._committed() as env:
            for model in LEFTOVERS:
                env[model].search([]).unlink()
            moves = env["account.move"].search([("partner_id", "=", self.partner_id)])
            env["mail.mail"].search([("res_id", "in", moves.ids)]).unlink()
            moves.button_draft()
            moves.with_context(force_delete=True).unlink()
            env["account.email.settings"].browse(self.settings_id).unlink()
            env["res.users"].browse(self.clerk_id).unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    # ------------------------------------------------------------
    # Races
    # ------------------------------------------------------------

    def _race(self, *functions, allowed=()):
        """Run them at once, each as Odoo runs a request of the clerk's.

        :param allowed: exceptions that are a fair answer
        :return: what came of each: its result, or what it raised
        """
        gate, outcomes = threading.Barrier(len(functions)), [None] * len(functions)

        def run(index, function):
            with self._committed(self.clerk_id) as env:
                # The picture of the database is taken before anyone has done a thing.
                env.cr.execute("SELECT 1")
                gate.wait(30)
                try:
                    outcomes[index] = retrying(partial(function, env), env)
                except Exception as exc:
                    env.cr.rollback()
                    outcomes[index] = exc

        threads = [
            threading.Thread(target=run, args=pair) for pair in enumerate(functions)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        # Odoo itself gives up after five tries; then nothing was done.
        fair = (psycopg2.errors.SerializationFailure, *([allowed] if allowed else ()))
        for outcome in outcomes:
            if isinstance(outcome, Exception) and not isinstance(outcome, fair):
                raise outcome
        return outcomes

    def _deliver(self):
        with self._committed() as env:
            env["account.email.dispatch"]._cron_process()

    def _count_letters(self, move_id):
        """:return: how many letters of a document the mail server took"""
        self._deliver()
        with self._committed() as env:
            rows = env["account.email.dispatch"].search([("res_id", "=", move_id)])
            ids = set(rows.mapped("message_id"))
        return sum(message["Message-ID"] in ids for *_, message in self.box.letters)

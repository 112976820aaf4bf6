"""Statements once a month, by themselves."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .test_ledger import LedgerCommon


@tagged("post_install", "-at_install")
class TestMonthlyStatements(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls._create_settings()

    def _plan(self, **values):
        defaults = {"statement_auto": "send", "statement_day": 5}
        with freeze_time("2026-03-02"):
            self.settings.with_user(self.manager).write({**defaults, **values})

    def _run(self, day):
        with (
            freeze_time(f"{day} 12:00:00"),
            patch.object(IrCron, "_commit_progress", return_value=float("inf")),
        ):
            self.env["account.email.settings"].sudo()._cron_statements()
            self.env["account.email.batch"].sudo()._cron_prepare()

    def _get_statements(self):
        return self.env["account.email.statement"].search([], order="id")

    def _get_letters(self):
        return self.env["account.email.dispatch"].search(
            [("res_model", "=", "account.email.statement")]
        )

    def test_once_a_month_on_the_day_or_after_it(self):
        self._invoice(100, "2026-01-10")
        self._plan()
        self._run("2026-03-04")
        self.assertFalse(self._get_statements())
        # The machine was off on the fifth.
        for day in ("2026-03-06", "2026-03-06", "2026-03-30"):
            self._run(day)
            self.assertEqual(len(self._get_letters()), 1)
        self._run("2026-04-05")
        self.assertEqual(len(self._get_letters()), 2)
        self.assertEqual(self._get_statements()[-1:].date_to, date(2026, 4, 5))
        self.assertEqual(self._get_letters()[0].user_id, self.manager)

    def test_the_last_day_of_a_short_month(self):
        self._invoice(100, "2026-01-10")
        self._plan(statement_day=31)
        self._run("2026-04-29")
        self.assertFalse(self._get_letters())
        self._run("2026-04-30")
        self.assertEqual(len(self._get_letters()), 1)

    def test_a_day_that_is_over_is_not_caught_up_with(self):
        self._invoice(100, "2026-01-10")
        self._plan(statement_day=1)
        self._run("2026-03-03")
        self.assertFalse(self._get_letters())
        self._run("2026-04-01")
        self.assertEqual(len(self._get_letters()), 1)

    def test_who_gets_one(self):
        self._invoice(100, "2026-01-10")
        small = self._create_partner(name="Small", email="small@example.net")
        self._invoice(9, "2026-01-10", partner=small)
        never = self._create_partner(name="Never", email="never@example.net")
        never.email_no_statement = True
        self._invoice(500, "2026-01-10", partner=never)
        paid = self._create_partner(name="Paid", email="paid@example.net")
        self._pay(self._invoice(70, "2026-01-10", partner=paid), "2026-01-20")
        even = self._create_partner(name="Even", email="even@example.net")
        self._invoice(80, "2026-01-10", partner=even)
        self._invoice(80, "2026-01-10", partner=even, move_type="out_refund")
        self._plan(statement_minimum=10)
        self._run("2026-03-05")
        self.assertEqual(self._get_letters().partner_id, self.customer)

    def test_a_list_to_look_through(self):
        self._invoice(100, "2026-01-10")
        self._plan(statement_auto="review")
        self._run("2026-03-05")
        self.assertFalse(self._get_letters())
        batch = self.env["account.email.batch"].search([], limit=1)
        self.assertEqual(batch.state, "draft")
        self.assertEqual(batch.create_uid, self.manager)
        activity = self.settings.activity_ids
        self.assertEqual(activity.user_id, self.manager)

    def test_paused_settings_wait(self):
        self._invoice(100, "2026-01-10")
        self._plan()
        self.settings.sudo().state = "paused"
        self._run("2026-03-05")
        self.assertFalse(self._get_statements())
        self.settings.sudo().state = "active"
        self._run("2026-03-08")
        self.assertEqual(len(self._get_letters()), 1)

    def test_nobody_chooses_in_whose_name(self):
        self._plan()
        self.assertEqual(self.settings.statement_user_id, self.manager)
        with self.assertRaises(AccessError):
            self.settings.with_user(self.manager).write(
                {"statement_user_id": self.env.ref("base.user_admin").id}
            )

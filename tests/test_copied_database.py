"""A copy of the database sends nothing, neutralized or not."""

from pathlib import Path

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged

from ..transport import secret_of
from .common import AccountEmailCommon
from .servers import smtp_server

NEUTRALIZE = Path(__file__).parent.parent / "data" / "neutralize.sql"


@tagged("post_install", "-at_install")
class TestCopiedDatabase(AccountEmailCommon):
    def _duplicate(self):
        """What core does with a copy, and with nothing else."""
        self.env["ir.config_parameter"].sudo().init(force=True)
        self.env.invalidate_all()

    def _email(self):
        move = self._create_move().with_user(self.bookkeeper)
        return move._email_documents().sudo()

    def test_copy_keeps_letters_back(self):
        with smtp_server() as (port, box):
            settings = self._create_settings(smtp_port=port)
            row = self._email()
            self._duplicate()
            self.assertTrue(settings.is_copy)
            self.assertFalse(settings._is_active())
            due = self.env["account.email.dispatch"].sudo()._get_due_companies()
            self.assertNotIn(self.company, due)
            self._deliver_all()
            self.assertFalse(box.letters)
            self.assertEqual((row.state, row.attempt_count), ("queued", 0))

    def test_copy_says_so_where_a_letter_would_begin(self):
        self._create_settings()
        self._duplicate()
        move = self._create_move()
        self.assertFalse(move.can_be_emailed)
        for user, error in (
            (self.manager, RedirectWarning),
            (self.bookkeeper, UserError),
        ):
            with (
                self.subTest(user=user.login),
                self.assertRaisesRegex(error, "copy of the database"),
            ):
                move.with_user(user).action_email_document()

    def test_what_people_write_in_the_chatter_of_a_copy_waits(self):
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port)
            self._duplicate()
            self._create_move().with_user(self.bookkeeper).message_post(
                body="Hello", partner_ids=self.customer.ids
            )
            self._deliver_all()
        self.assertFalse(box.letters)
        row = self.env["account.email.dispatch"].search([])
        self.assertEqual(row.state, "queued")

    def test_a_person_may_use_it_and_nothing_leaves_twice(self):
        with smtp_server() as (port, box):
            settings = self._create_settings(smtp_port=port)
            old = self._email()
            self._duplicate()
            settings.with_user(self.manager).action_activate()
            self.assertFalse(settings.is_copy)
            new = self._email()
            self._deliver_all()
            self.assertEqual((old.state, new.state), ("cancelled", "sent"))
            old.with_user(self.bookkeeper).action_retry()
            self._deliver_all()
            self.assertEqual(old.state, "sent")
        self.assertEqual(len(box.letters), 2)

    def test_pause_and_start_in_the_original_cancels_nothing(self):
        settings = self._create_settings()
        row = self._email()
        settings.with_user(self.manager).action_pause()
        settings.with_user(self.manager).action_activate()
        self.assertEqual(row.state, "queued")

    def test_neutralized(self):
        with smtp_server() as (port, box):
            settings = self._create_settings(
                smtp_port=port,
                username="office",
                password="secret",
                accept_plain_password=True,
                http_url="https://email.example.com/token",
            )
            test = settings.with_user(self.manager).action_test()
            row = self._email()
            self.env.flush_all()
            self.env.cr.execute(NEUTRALIZE.read_text())
            self.env.invalidate_all()
            self._deliver_all()
            self.assertFalse(box.letters)
        self.assertEqual((settings.state, row.state), ("paused", "queued"))
        self.assertFalse(settings._is_active())
        self.assertFalse(settings.has_password or settings.http_url)
        self.assertFalse(secret_of(settings._get_profile()))
        wizard = self.env[test["res_model"]].browse(test["res_id"])
        self.assertFalse(wizard.sudo().profile_sealed)
        crons = self.env["ir.model.data"].search(
            [("module", "=", "account_email"), ("model", "=", "ir.cron")]
        )
        self.assertTrue(crons)
        found = self.env["ir.cron"].sudo().browse(crons.mapped("res_id"))
        self.assertFalse(any(found.mapped("active")))

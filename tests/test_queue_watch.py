from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..models.account_email_batch import BATCH_CRONS
from ..models.account_email_dispatch import CRONS
from .common import AccountEmailCommon


@tagged("post_install", "-at_install")
class TestQueueWatch(AccountEmailCommon):
    """Nobody waits in silence where nobody is at the queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls._create_settings()
        cls.crons = cls.env["ir.cron"].sudo()
        for name in CRONS + BATCH_CRONS:
            cls.crons |= cls.env.ref(name).sudo()
        cls.crons.nextcall = fields.Datetime.now() + timedelta(minutes=3)
        cls.row = cls._create_move().with_user(cls.bookkeeper)._email_documents()
        cls.row = cls.row.sudo()

    def _sees(self):
        """What managers and bookkeepers read."""
        self.env.invalidate_all()
        form = Form(self.settings.with_user(self.manager))
        move = self.env["account.move"].browse(self.row.res_id)
        return form.queue_problem or "", move.with_user(self.bookkeeper).email_status

    def _start_batch(self):
        moves = self._create_move() | self._create_move()
        action = moves.with_user(self.bookkeeper).action_email_documents()
        batch = self.env[action["res_model"]].browse(action["res_id"])
        batch.with_user(self.bookkeeper).action_start()
        self.env.invalidate_all()
        return batch.with_user(self.bookkeeper)

    def test_nothing_is_said_while_all_is_well(self):
        settings, document = self._sees()
        self.assertEqual(settings, "")
        self.assertNotIn("Nothing leaves", document)
        batch = self._start_batch()
        self.assertFalse(batch.queue_problem)
        self.assertTrue(batch.expected_end_at)

    def test_crons_switched_off(self):
        self.crons.active = False
        for text in self._sees():
            self.assertIn("switched off", text)
        batch = self._start_batch()
        self.assertIn("switched off", batch.queue_problem)

    def test_one_of_two_is_enough(self):
        self.env.ref(CRONS[1]).sudo().active = False
        self.assertEqual(self._sees()[0], "")

    def test_no_cron_worker(self):
        self.crons.nextcall = fields.Datetime.now() - timedelta(minutes=40)
        for text in self._sees():
            self.assertIn("for 40 minutes", text)
        batch = self._start_batch()
        self.assertIn("for 40 minutes", batch.queue_problem)

    def test_a_long_run_is_no_silence(self):
        self.crons.nextcall = fields.Datetime.now() - timedelta(minutes=40)
        self.env["ir.cron.progress"].sudo().create({"cron_id": self.crons[0].id})
        self.assertEqual(self._sees()[0], "")

    def test_only_the_batch_is_held_by_its_own_cron(self):
        self.env.ref(BATCH_CRONS[0]).sudo().active = False
        self.assertEqual(self._sees()[0], "")
        self.assertIn("switched off", self._start_batch().queue_problem)

    def test_trouble_of_a_server(self):
        self.env["account.email.trouble"].sudo().create(
            {
                "host": "odoo2.example",
                "cause": "key_missing",
                "facts": {"path": "/srv/key"},
                "seen_at": fields.Datetime.now(),
            }
        )
        settings, document = self._sees()
        self.assertIn("odoo2.example", settings)
        self.assertIn("/srv/key", settings)
        self.assertNotIn("problem of its own", document, "it waits for a moment only")
        self.env.cr.execute(
            "UPDATE account_email_dispatch SET create_date = now() - interval '1 hour'"
        )
        document = self._sees()[1]
        self.assertIn("problem of its own", document)
        self.assertNotIn("/srv/key", document)
        with self.assertRaises(AccessError):
            self.env["account.email.trouble"].with_user(self.bookkeeper).search([])

import socket
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import account_email_dispatch_queue as queue
from ..models.account_email_settings_status import NO_FAILURE
from ..transport import TransportError
from .common import AccountEmailCommon
from .servers import smtp_server

QUEUE_LOGGER = queue._logger.name
TROUBLE_LOGGER = "odoo.addons.account_email.models.account_email_trouble"


@tagged("post_install", "-at_install")
class TestQueueTrouble(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.port, cls.box = cls.enterClassContext(smtp_server())
        cls.settings = cls._create_settings(smtp_port=cls.port)
        cls.administrator = cls._create_user("admin", "base.group_system")

    def _create_dispatch(self):
        move = self._create_move().with_user(self.bookkeeper)
        return move._email_documents().sudo()

    def _claim(self):
        return self.env["account.email.dispatch"].sudo()._claim(self.company)

    # ------------------------------------------------------------
    # The administrator
    # ------------------------------------------------------------

    @mute_logger(TROUBLE_LOGGER)
    def test_administrator_is_told_once_and_what_is_true(self):
        def count():
            return self.env["mail.notification"].search_count(
                [("res_partner_id", "=", self.administrator.partner_id.id)]
            )

        before = count()
        for _number in range(3):
            self._create_dispatch()
            self._claim()._record(TransportError("own", "disk_full"))
        self.assertEqual(count(), before + 1)
        trouble = self.env["account.email.trouble"].sudo().search([])
        self.assertEqual(trouble.host, socket.gethostname())
        self.assertIn("no disk space", trouble.sentence)
        trouble.seen_at -= timedelta(days=2)
        self._create_dispatch()
        self._claim()._record(TransportError("own", "disk_full"))
        self.assertEqual(count(), before + 2, "it had been mended, and is back")

    # ------------------------------------------------------------
    # On its way
    # ------------------------------------------------------------

    @mute_logger(QUEUE_LOGGER, TROUBLE_LOGGER)
    def test_what_breaks_before_the_gate_has_not_left(self):
        for exc, cause in [(MemoryError(), "memory_full"), (KeyError("x"), None)]:
            for passed in (False, True):
                with self.subTest(exc=exc, passed=passed):
                    outcome = self._deliver_to(exc, passed)
                    if passed:
                        self.assertEqual(outcome.kind, "unknown")
                    else:
                        self.assertEqual(outcome.kind, "own")
                        self.assertEqual(outcome.cause, cause or "letter_unready")

    def _deliver_to(self, exc, passed):
        class Line:
            def send(self, _letter, gate):
                if passed:
                    gate()
                raise exc

        row = self._create_dispatch()
        return row._deliver(Line(), row._prepare_letter())[0]

    def test_a_letter_given_up_leaves_at_once(self):
        row = self._create_dispatch()
        with patch.object(queue, "is_stopping", return_value=False):
            claimed = self._claim()
            claimed._record(TransportError("own", "stopped", step="delivery"))
        self.assertEqual((row.state, row.attempt_count), ("queued", 0))
        self.assertFalse(row.next_try_at)
        self._deliver_all()
        self.assertEqual(row.state, "sent")

    def test_nothing_new_is_taken_while_odoo_is_stopped(self):
        row = self._create_dispatch()
        with patch.object(queue, "is_stopping", return_value=True):
            self._deliver_all()
        self.assertEqual((row.state, row.attempt_count), ("queued", 0))

    def test_a_conflict_at_the_claim_is_no_end(self):
        row = self._create_dispatch()
        Dispatch = type(row)
        prepare, conflicts = Dispatch._prepare_letter, [1, 1]

        def conflict(record):
            if conflicts:
                conflicts.pop()
                raise psycopg2.errors.SerializationFailure
            return prepare(record)

        def rollback(records):
            row.write({"state": "queued", "attempt_count": 0})

        with (
            patch.object(Dispatch, "_prepare_letter", conflict),
            patch.object(Dispatch, "_rollback", rollback),
        ):
            self._deliver_all()
        self.assertEqual(row.state, "sent")

    def test_recovery_goes_on_behind_a_conflict(self):
        first, second = self._create_dispatch(), self._create_dispatch()
        self._claim(), self._claim()
        Dispatch = type(first)
        record = Dispatch._record

        def conflict(row, outcome, seconds=0.0):
            if row == first:
                raise psycopg2.errors.SerializationFailure
            return record(row, outcome, seconds)

        with patch.object(Dispatch, "_record", conflict):
            first.browse()._recover_interrupted()
        self.assertEqual((first.state, second.state), ("sending", "unknown"))
        first.browse()._recover_interrupted()
        self.assertEqual(first.state, "unknown")

    def test_an_outcome_is_kept_bare_if_nothing_else_can_be_written(self):
        row = self._create_dispatch()
        self._deliver_all()
        receipt_of = type(row)._record_bare
        self.assertEqual(row.state, "sent")
        for kind, cause, state in [
            ("unknown", "lost_after_data", "unknown"),
            ("recipient", "recipient_unknown", "failed"),
            ("transient", "busy", "queued"),
        ]:
            receipt_of(row, TransportError(kind, cause))
            self.assertEqual((row.state, row.failure_cause), (state, cause))

    # ------------------------------------------------------------
    # A server without a word
    # ------------------------------------------------------------

    def test_third_letter_without_an_answer_pauses_and_asks(self):
        silent = TransportError("unknown", "lost_after_data", step="delivery")
        for number in (1, 2, 3):
            self.assertEqual(self.settings.state, "active", number)
            self._create_dispatch()
            self._claim()._record(silent)
        self.assertEqual(self.settings.state, "paused")
        self.assertIn("never said", self.settings.failure_cure)
        activity = self.settings.activity_ids.filtered(
            lambda row: row.user_id == self.manager
        )
        self.assertIn("never said", activity.note)

    def test_restarts_of_odoo_are_not_the_server(self):
        for _number in range(4):
            self._create_dispatch()
            self._claim()._record(TransportError("unknown", "interrupted"))
        self.assertEqual(self.settings.state, "active")

    # ------------------------------------------------------------
    # A clock that jumped
    # ------------------------------------------------------------

    def test_waiting_is_bounded_by_the_rules(self):
        row, year = self._create_dispatch(), timedelta(days=365)
        self._claim()._record(TransportError("transient", "greylisted"))
        row.next_try_at = fields.Datetime.now() + year
        self.assertEqual(self._claim(), row)

    def test_what_a_person_has_put_off_waits(self):
        row, year = self._create_dispatch(), timedelta(days=365)
        row.next_try_at = fields.Datetime.now() + year
        self.assertFalse(self._claim())

    def test_a_pause_is_bounded_by_the_rules(self):
        now = fields.Datetime.now()
        self.settings.sudo().paused_until = now + timedelta(hours=20)
        self.assertFalse(self.settings._is_active())
        self.settings.sudo().paused_until = now + timedelta(days=365)
        self.assertTrue(self.settings._is_active())
        self.settings._set_status(NO_FAILURE)

    def test_letters_of_the_future_fill_no_limit(self):
        self.settings.limit_per_day = 1
        first, second = self._create_dispatch(), self._create_dispatch()
        self._deliver_all()
        self.assertEqual({first.state, second.state}, {"sent", "queued"})
        attempts = (first | second).attempt_ids
        attempts.started_at = fields.Datetime.now() + timedelta(days=365)
        self.settings.sudo().paused_until = False
        self._deliver_all()
        self.assertEqual({first.state, second.state}, {"sent"})

    def test_a_cron_put_off_by_the_clock_is_woken(self):
        cron = self.env.ref("account_email.ir_cron_process_dispatches")
        now = fields.Datetime.now()
        cron.nextcall = now + timedelta(days=365)
        self._create_dispatch()
        self.assertLess(cron.nextcall, now + timedelta(days=1))

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..transport import Receipt, TransportError
from .common import AccountEmailCommon
from .servers import PASSWORD, USERNAME, Mailbox, smtp_server


@tagged("post_install", "-at_install")
class TestDispatch(AccountEmailCommon):
    def _create_dispatch(self, **settings_values):
        if not self.company.email_settings_id:
            self._create_settings(**settings_values)
        move = self._create_move().with_user(self.bookkeeper)
        return move._email_documents().sudo()

    def _claim(self):
        return self.env["account.email.dispatch"].sudo()._claim(self.company)

    def test_claim_takes_each_row_once(self):
        rows = self._create_dispatch() | self._create_dispatch()
        first, second, third = self._claim(), self._claim(), self._claim()
        self.assertEqual(first | second, rows)
        self.assertEqual(set(rows.mapped("state")), {"sending"})
        self.assertEqual(rows.mapped("attempt_count"), [1, 1])
        self.assertFalse(third)

    def test_claim_waits_for_its_time(self):
        row = self._create_dispatch()
        row.next_try_at = fields.Datetime.now() + timedelta(minutes=5)
        self.assertFalse(self._claim())
        row.next_try_at = fields.Datetime.now() - timedelta(minutes=5)
        self.assertEqual(self._claim(), row)

    def test_outcomes(self):
        now = fields.Datetime.now()
        error = TransportError
        matrix = [
            (Receipt(accepted=("blue@example.net",), reply="250 OK"), "sent", "active"),
            (error("transient", "greylisted", step="recipient"), "queued", "active"),
            (error("quota", "quota_daily", step="delivery"), "queued", "active"),
            (error("auth", "login_refused", step="login"), "queued", "paused"),
            (error("tls", "cert_expired", step="certificate"), "queued", "paused"),
            (error("config", "bad_host", step="resolve"), "queued", "paused"),
            (error("transient", "login_temporary", step="login"), "queued", "active"),
            (error("sender", "sender_denied", step="sender"), "queued", "paused"),
            (error("recipient", "recipient_unknown"), "failed", "active"),
            (error("content", "too_big", step="delivery"), "failed", "active"),
            (error("unknown", "lost_after_data"), "unknown", "active"),
        ]
        for outcome, state, settings_state in matrix:
            with self.subTest(outcome=outcome):
                row = self._create_dispatch()
                settings = self.company.email_settings_id
                self._claim()._record(outcome, 0.5)
                self.assertEqual(row.state, state)
                self.assertEqual(settings.state, settings_state)
                self.assertEqual(len(row.attempt_ids), 1)
                if state != "sent":
                    self.assertEqual(row.failure_kind, outcome.kind)
                    self.assertTrue(row.failure_cure)
                if getattr(outcome, "kind", "") in ("transient", "quota"):
                    self.assertGreater(row.next_try_at, now)
                settings._resume()
                row.state = "cancelled"

    def test_message_id_stays(self):
        row = self._create_dispatch()
        first = row._prepare_letter().message["Message-ID"]
        self._claim()._record(TransportError("transient", "greylisted"))
        second = row._prepare_letter().message["Message-ID"]
        self.assertEqual(first, second)
        self.assertEqual(first, row.message_id)

    def test_quota_pauses_the_company_until_it_ends(self):
        self._create_dispatch()
        waiting = self._create_dispatch()
        settings = self.company.email_settings_id
        error = TransportError("quota", "quota_daily", retry_after=3600)
        self._claim()._record(error)
        self.assertFalse(settings._is_active())
        self.assertEqual(waiting.state, "queued")
        settings.sudo().paused_until = fields.Datetime.now() - timedelta(seconds=1)
        self.assertTrue(settings._is_active())

    def test_auth_tells_the_managers(self):
        self._create_dispatch()
        settings = self.company.email_settings_id
        self._claim()._record(TransportError("auth", "login_refused", step="login"))
        activity = settings.activity_ids.filtered(lambda a: a.user_id == self.manager)
        self.assertIn("Username or password is wrong", activity.note)
        settings.with_user(self.manager).action_activate()
        self.assertEqual(settings.state, "active")
        self.assertFalse(settings.failure_kind)

    def test_wrong_password_loses_nothing(self):
        with smtp_server(security="tls", login=True) as (port, box):
            row = self._create_dispatch(
                smtp_port=port, security="tls", username=USERNAME, password="wrong"
            )
            self._deliver_all()
            self.assertEqual(row.state, "queued")
            settings = self.company.email_settings_id
            self.assertEqual(settings.state, "paused")
            settings.password = PASSWORD
            settings._resume()
            self._deliver_all()
            self.assertEqual(row.state, "sent")
            self.assertEqual(len(box.letters), 1)

    def test_partly_refused_letter_says_who(self):
        handler = Mailbox(RCPT="550 5.1.1 no such user")
        nobody = self._create_partner(name="Nobody", email="refused@example.net")
        with smtp_server(handler) as (port, box):
            self._create_settings(smtp_port=port)
            move = self._create_move().with_user(self.bookkeeper)
            row = move._email_documents(to_ids=(self.customer.id, nobody.id)).sudo()
            self._deliver_all()
        self.assertEqual(row.state, "partly")
        self.assertEqual(row.refused, "refused@example.net")
        self.assertEqual(box.letters[0][1], ["blue@example.net"])
        status = {
            notification.res_partner_id: notification.notification_status
            for notification in row.mail_message_id.notification_ids
        }
        self.assertEqual(status, {self.customer: "sent", nobody: "exception"})

    def test_dead_server_keeps_the_letter(self):
        with smtp_server() as (port, _box):
            row = self._create_dispatch(smtp_port=port)
        self._deliver_all()
        self.assertEqual(row.state, "queued")
        self.assertEqual(row.failure_kind, "transient")
        self.assertFalse(self.company.email_settings_id._is_active())

    def test_interrupted_letter_waits_for_a_person(self):
        row = self._create_dispatch()
        claimed = self._claim()
        self.assertEqual(claimed, row)
        row._recover_interrupted()
        self.assertEqual(row.state, "unknown")
        self.assertIn("Odoo was stopped", row.failure_cure)
        row.with_user(self.bookkeeper).action_mark_sent()
        self.assertEqual(row.state, "sent")

    def test_unknown_letter_is_sent_again_only_by_a_person(self):
        row = self._create_dispatch()
        self._claim()._record(TransportError("unknown", "lost_after_data"))
        self.assertFalse(self._claim())
        row.with_user(self.bookkeeper).action_retry()
        self.assertEqual(row.state, "queued")
        self.assertEqual(self._claim(), row)

    def test_core_never_sends_ours(self):
        row = self._create_dispatch()
        self.assertEqual(row.mail_id.state, "dispatched")
        self.env["mail.mail"].process_email_queue()
        row.mail_id.send()
        self.assertEqual(row.mail_id.state, "dispatched")
        self.assertEqual(row.state, "queued")

    def test_core_retry_button_takes_our_road(self):
        row = self._create_dispatch()
        self._claim()._record(TransportError("content", "too_big"))
        self.assertEqual(row.mail_id.state, "exception")
        row.mail_id.action_retry()
        self.assertEqual(row.state, "queued")
        self.assertEqual(row.mail_id.state, "dispatched")

    def test_cancel_keeps_it_back(self):
        row = self._create_dispatch()
        row.with_user(self.bookkeeper).action_cancel()
        self.assertEqual(row.state, "cancelled")
        self.assertFalse(self._claim())

    def test_broken_letter_blocks_nothing(self):
        first, second = self._create_dispatch(), self._create_dispatch()
        first.mail_id.unlink()
        with smtp_server() as (port, box):
            self.company.email_settings_id.write(
                {"smtp_port": port, "security": "none"}
            )
            self._deliver_all()
        self.assertEqual(first.state, "failed")
        self.assertEqual(second.state, "sent")
        self.assertEqual(len(box.letters), 1)

    def test_log_is_read_only(self):
        row = self._create_dispatch().with_user(self.bookkeeper)
        self.assertTrue(row.read(["state", "subject"]))
        with self.assertRaises(AccessError):
            row.write({"state": "sent"})

    def test_cron(self):
        with smtp_server() as (port, box), self.enter_registry_test_mode():
            row = self._create_dispatch(smtp_port=port)
            cron = self.env.ref("account_email.ir_cron_process_dispatches")
            cron.method_direct_trigger()
            row.invalidate_recordset()
            self.assertEqual(row.state, "sent")
            self.assertEqual(len(box.letters), 1)

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.mail.models.mail_thread import MailThread

from .common import AccountEmailCommon
from .servers import smtp_server


@tagged("post_install", "-at_install")
class TestPutOff(AccountEmailCommon):
    """Where notifications are put off, core writes what they need down as JSON."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        port, cls.box = cls.enterClassContext(smtp_server())
        cls._create_settings(smtp_port=port)

    def _put_off(self):
        """Put every notification off by a minute, as addons of OCA do."""
        notify = MailThread._notify_thread

        def later(thread, message, msg_vals=False, **kwargs):
            json.dumps(thread.env.context)
            kwargs["scheduled_date"] = fields.Datetime.now() + timedelta(minutes=1)
            return notify(thread, message, msg_vals=msg_vals, **kwargs)

        return patch.object(MailThread, "_notify_thread", later)

    def _send_put_off(self):
        schedules = self.env["mail.message.schedule"].sudo().search([])
        schedules.force_send()

    def test_letter_is_queued_now_and_once(self):
        move = self._create_move().with_user(self.bookkeeper)
        with self._put_off():
            row = move._email_documents().sudo()
        self.assertEqual(row.state, "queued")
        self._send_put_off()
        self._deliver_all()
        self.assertEqual(row.state, "sent")
        self.assertEqual(len(self.box.letters), 1)
        self.assertEqual(
            row.mail_message_id.notification_ids.mapped("notification_status"),
            ["sent"],
        )

    def test_reply_of_core_takes_our_road_later(self):
        move = self._create_move()
        with self._put_off():
            move.message_post(
                body="Hello",
                partner_ids=self.customer.ids,
                subtype_xmlid="mail.mt_comment",
            )
        rows = self.env["account.email.dispatch"].search([("res_id", "=", move.id)])
        self.assertFalse(rows)
        self._send_put_off()
        row = rows.search([("res_id", "=", move.id)])
        self._deliver_all()
        self.assertEqual(row.state, "sent")

    def test_context_of_a_mail_on_the_road_is_plain(self):
        contexts = []
        create = type(self.env["mail.mail"]).create

        def listen(mails, vals_list):
            contexts.append(mails.env.context)
            return create(mails, vals_list)

        move = self._create_move()
        with patch.object(type(self.env["mail.mail"]), "create", listen):
            move.message_post(
                body="Hello",
                partner_ids=self.customer.ids,
                subtype_xmlid="mail.mt_comment",
            )
        self.assertTrue(contexts)
        for context in contexts:
            json.dumps(context)

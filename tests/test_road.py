from odoo.sql_db import db_connect
from odoo.tests import HttpCase, tagged

from ..models.account_email_settings_limits import SLOT_CLASS, SLOTS
from .common import AccountEmailCommon
from .servers import smtp_server


@tagged("post_install", "-at_install")
class TestRoad(AccountEmailCommon):
    """Emails that core itself sends about documents, and all others."""

    def _find(self):
        return self.env["account.email.dispatch"].search([])

    def test_core_send_takes_our_road(self):
        move = self._create_move()
        with smtp_server() as (port, box):
            self._create_settings(
                smtp_port=port, use_reply_to=True, reply_to="r@x.test"
            )
            wizard = (
                self.env["account.move.send.wizard"]
                .with_context(active_model=move._name, active_ids=move.ids)
                .create({})
            )
            wizard.action_send_and_print()
            dispatch = self._find()
            self.assertEqual(dispatch.res_id, move.id)
            self.assertEqual(dispatch.state, "queued")
            self._deliver_all()
        ((mail_from, recipients, message),) = box.letters
        self.assertEqual(mail_from, "billing@example.com")
        self.assertEqual(recipients, [self.customer.email])
        self.assertEqual(message["Reply-To"], "r@x.test")
        self.assertIn(self.company.name, message["From"])

    def test_chatter_reply_takes_our_road_for_outsiders_only(self):
        self._create_settings()
        move = self._create_move()
        colleague = self.bookkeeper.partner_id
        move.message_post(
            body="Hello",
            partner_ids=(self.customer | colleague).ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self._find().recipients, self.customer.email)
        others = (
            self.env["mail.mail"].sudo().search([("email_dispatch_ids", "=", False)])
        )
        self.assertNotIn(self.customer, others.recipient_ids)
        self.assertIn(colleague, others.recipient_ids)

    def test_without_settings_core_does_as_ever(self):
        move = self._create_move()
        move.message_post(body="Hello", partner_ids=self.customer.ids)
        self.assertFalse(self._find())

    def test_other_mail_is_left_alone_unless_asked(self):
        settings = self._create_settings()
        self.customer.message_post(body="Hello", partner_ids=self.customer.ids)
        self.assertFalse(self._find())
        settings.use_for_all = True
        self.customer.message_post(body="Hello", partner_ids=self.customer.ids)
        self.assertEqual(self._find().recipients, self.customer.email)

    def test_recipients_of_other_mail_do_not_see_each_other(self):
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port, use_for_all=True)
            mail = (
                self.env["mail.mail"]
                .sudo()
                .create(
                    {
                        "subject": "News",
                        "body_html": "<p>News</p>",
                        "email_to": "someone@example.net",
                        "recipient_ids": (self.customer | self.vendor).ids,
                        "auto_delete": True,
                    }
                )
            )
            self.assertEqual(len(self._find()), 3)
            self._deliver_all()
        self.assertEqual([len(letter[1]) for letter in box.letters], [1, 1, 1])
        self.assertFalse(mail.exists(), "what core would not keep is not kept")
        self.assertEqual(set(self._find().mapped("state")), {"sent"})


@tagged("post_install", "-at_install")
class TestLetterDownload(AccountEmailCommon, HttpCase):
    def test_exact_letter(self):
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port)
            dispatch = self._create_move().with_user(self.bookkeeper)._email_documents()
            self._deliver_all()
        url = dispatch.action_download()["url"]
        self.authenticate(self.bookkeeper.login, self.bookkeeper.login)
        response = self.url_open(url)
        self.assertEqual(response.headers["Content-Type"], "message/rfc822")
        self.assertIn(dispatch.message_id.encode(), response.content)
        self.assertIn(b"application/pdf", response.content)
        employee = self._create_user("employee", "base.group_user")
        self.authenticate(employee.login, employee.login)
        self.assertEqual(self.url_open(url).status_code, 404)


@tagged("post_install", "-at_install")
class TestRetention(AccountEmailCommon):
    def test_old_rows_go_and_the_chatter_stays(self):
        settings = self._create_settings(retention_days=30)
        move = self._create_move()
        old = move.with_user(self.bookkeeper)._email_documents().sudo()
        waiting = move.with_user(self.bookkeeper)._email_documents(again=True).sudo()
        old._set_sent()
        message, mail = old.mail_message_id, old.mail_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_email_dispatch SET create_date = now() - interval '31 days'"
        )
        self.env.invalidate_all()
        settings.env["account.email.dispatch"].sudo()._gc_dispatches()
        self.assertFalse(old.exists() or mail.exists())
        self.assertTrue(message.exists())
        self.assertTrue(waiting.exists())


@tagged("post_install", "-at_install")
class TestLimits(AccountEmailCommon):
    def test_limit_a_minute_is_kept_and_goes_on_by_itself(self):
        with smtp_server() as (port, box):
            settings = self._create_settings(smtp_port=port, limit_per_minute=2)
            move = self._create_move().with_user(self.bookkeeper)
            rows = self.env["account.email.dispatch"]
            for _number in range(3):
                rows |= move._email_documents(again=True)
            self._deliver_all()
            self.assertEqual(len(box.letters), 2)
            self.assertFalse(settings._is_active())
            self.assertEqual(settings.state, "active")
            self.assertEqual(
                (settings.sent_last_minute, settings.waiting_count), (2, 1)
            )
            self.env.cr.execute(
                "UPDATE account_email_attempt SET started_at = now() - interval '2 min'"
            )
            settings.sudo().paused_until = False
            self._deliver_all()
            self.assertEqual(len(box.letters), 3)

    def test_connections_at_once(self):
        settings = self._create_settings(limit_connections=1)
        row = self._create_move().with_user(self.bookkeeper)._email_documents()
        with db_connect(self.env.cr.dbname).cursor() as cr:
            key = settings.id * SLOTS
            cr.execute("SELECT pg_advisory_lock(%s, %s)", (SLOT_CLASS, key))
            self.assertIsNone(settings._take_slot())
            self._deliver_all()
            self.assertEqual(row.state, "queued", "others use the only connection")
            cr.execute("SELECT pg_advisory_unlock(%s, %s)", (SLOT_CLASS, key))
        self.assertEqual(settings._take_slot(), key)
        settings._free_slot(key)

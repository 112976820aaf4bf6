"""What the people of one company may learn of another one's letters: nothing."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..transport import TransportError
from .common import AccountEmailCommon


@tagged("post_install", "-at_install")
class TestAttackCompanies(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._create_stranger()
        cls.settings = cls._create_settings(username="office", password="secret")
        cls.move = cls._create_move()
        cls.dispatch = cls.move.with_user(cls.bookkeeper)._email_documents().sudo()
        cls.batch = cls.env["account.email.batch"].with_user(cls.bookkeeper)
        cls.batch = cls.batch._create_for(cls.move.with_user(cls.bookkeeper))
        cls.settings.sudo().message_post(body="about ours")

    def test_nothing_is_found_or_counted(self):
        message = self.dispatch.mail_message_id
        traces = {
            "account.email.settings": [],
            "account.email.dispatch": [],
            "account.email.attempt": [],
            "account.email.batch": [],
            "account.email.batch.line": [],
            "account.email.settings.test": [],
            "mail.message": [("id", "in", message.ids + self.settings.message_ids.ids)],
            "mail.activity": [("res_model", "=", "account.email.settings")],
            "ir.attachment": [("id", "in", message.attachment_ids.ids)],
        }
        for model, domain in traces.items():
            with self.subTest(model=model):
                self.assertTrue(message.attachment_ids)
                records = self.env[model].with_user(self.stranger)
                self.assertFalse(records.search_count(domain))
                self.assertFalse(records.search(domain))
                self.assertFalse(records.search_read(domain))
                self.assertFalse(records.name_search(domain=domain))
                groups = records.formatted_read_group(domain, [], ["__count"])
                self.assertFalse(groups[0]["__count"])

    def test_nothing_is_read_by_its_number(self):
        message = self.dispatch.mail_message_id
        for record in (
            self.settings,
            self.dispatch,
            self.batch,
            self.batch.line_ids,
            self.dispatch.mail_id,
            message,
            message.attachment_ids,
        ):
            with (
                self.subTest(model=record._name),
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                record.with_user(self.stranger).read(["display_name", "create_date"])

    def test_nobody_follows_settings(self):
        """Everybody may list who follows what."""
        partner = self.manager.partner_id
        self.settings.message_subscribe(partner.ids)
        self.settings.sudo()._notify_managers()
        stranger = self.settings.with_user(self.stranger)
        stranger.message_subscribe(self.stranger.partner_id.ids)
        found = [("res_model", "=", self.settings._name)]
        Followers = self.env["mail.followers"].with_user(self.stranger)
        self.assertFalse(Followers.search_count(found))
        self.assertNotIn(partner.name, repr(stranger.message_get_followers()))
        with self.assertRaises(AccessError):
            stranger.message_post(body="Hello")

    def test_notifications_tell_nothing_of_the_server(self):
        """Core lets every employee read them, whoever they are for."""
        error = TransportError(
            "recipient",
            "recipient_unknown",
            server_text="550 no such user at mx.secret.example",
            facts={"host": "mx.secret.example", "address": "blue@example.net"},
        )
        self.dispatch._record(error)
        found = self.env["mail.notification"].with_user(self.stranger)
        rows = found.search([("mail_mail_id", "=", self.dispatch.mail_id.id)])
        self.assertEqual(rows.notification_status, "exception")
        said = repr(rows.read(["failure_reason", "failure_type"]))
        self.assertNotIn("mx.secret", said)
        self.assertNotIn("blue@", said)

    def test_existing_settings_are_not_told_by_an_error(self):
        with self.assertRaises(AccessError):
            self.env["account.email.settings"].with_user(self.stranger).create(
                {"company_id": self.company.id, "smtp_host": "smtp.example.com"}
            )

    def test_no_row_is_made_in_the_log(self):
        for model, values in (
            (
                "account.email.dispatch",
                {"company_id": self.company.id, "res_model": "x", "res_id": 1},
            ),
            (
                "account.email.attempt",
                {"dispatch_id": self.dispatch.id, "started_at": "2026-01-01"},
            ),
        ):
            for user in (self.manager, self.bookkeeper, self.stranger):
                records = self.env[model].with_user(user)
                with self.subTest(model=model, user=user.login):
                    self.assertRaises(AccessError, records.create, values)
        for user in (self.manager, self.bookkeeper):
            for values in (
                {"state": "sent"},
                {"failure_kind": "auth"},
                {"message_id": "<x@example.com>"},
                {"company_id": self.stranger.company_id.id},
                {"res_id": 1},
                {"recipients": "other@example.com"},
                {"remaining": "other@example.com"},
            ):
                with self.subTest(user=user.login, values=values):
                    row = self.dispatch.with_user(user)
                    self.assertRaises(AccessError, row.write, values)

    def test_bus_tells_nobody_else(self):
        """Failures are told to the one who wrote the letter."""
        self.env.cr.precommit.run()
        self.env["bus.bus"].sudo().search([]).unlink()
        self.dispatch.mail_id._set_failed("recipient", "No such mailbox")
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].sudo().search([])
        self.assertTrue(rows)
        mark = f'"res.partner",{self.stranger.partner_id.id}]'
        self.assertFalse([row for row in rows if mark in row.channel])

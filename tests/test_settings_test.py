import json
from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..wizards import account_email_settings_test as wizard_module
from .common import AccountEmailCommon
from .servers import HOST, PASSWORD, USERNAME, Mailbox, http_server, smtp_server


@tagged("post_install", "-at_install")
class TestSettingsTest(AccountEmailCommon):
    def _run(self, settings, **values):
        action = settings.with_user(self.manager).action_test(values)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.with_user(self.manager).action_run()
        return wizard

    def test_sends_a_real_letter_through_each_kind_of_server(self):
        for security in ("tls", "starttls", "none"):
            with (
                self.subTest(security=security),
                smtp_server(security=security, login=security != "none") as (port, box),
            ):
                login = {"username": USERNAME, "password": PASSWORD}
                settings = self._create_settings(
                    smtp_port=port,
                    security=security,
                    send_copy=True,
                    copy_address="archive@example.com",
                    use_reply_to=True,
                    reply_to="replies@example.com",
                    **(login if security != "none" else {}),
                )
                wizard = self._run(settings)
                self.assertEqual(wizard.state, "passed", wizard.cure)
                sender = settings._get_sender_address()
                ((mail_from, recipients, message),) = box.letters
                self.assertEqual(mail_from, sender)
                self.assertEqual(recipients, [sender, "archive@example.com"])
                self.assertIn(self.company.name, message["From"])
                self.assertEqual(message["Reply-To"], "replies@example.com")
                self.assertNotIn("archive", message.as_string().split("\n\n")[0])
                (attachment,) = message.iter_attachments()
                self.assertTrue(attachment.get_content().startswith(b"%PDF-"))
                self.assertTrue(settings.tested_at)
                settings.unlink()

    def test_sends_through_http(self):
        with http_server() as (url, forms):
            settings = self._create_settings(
                protocol="http", http_url=url, reply_to="office@example.com"
            )
            wizard = self._run(settings)
            self.assertEqual(wizard.state, "passed", wizard.cure)
        (form,) = forms
        self.assertEqual(form["to"].get_content().strip(), "office@example.com")
        self.assertEqual(form["from"].get_content().strip(), self.company.name)

    def test_runs_on_what_stands_in_the_form(self):
        empty = self.env["account.email.settings"]
        with smtp_server(security="tls", login=True) as (port, box):
            wizard = self._run(
                empty,
                smtp_host=HOST,
                smtp_port=port,
                security="tls",
                username=USERNAME,
                password=PASSWORD,
            )
            self.assertEqual(wizard.state, "passed", wizard.cure)
            self.assertEqual(len(box.letters), 1)
        self.assertFalse(self.company.email_settings_id)

    def test_stored_password_is_used_only_where_it_belongs(self):
        with smtp_server(security="tls", login=True) as (port, _box):
            settings = self._create_settings(
                smtp_port=port, security="tls", username=USERNAME, password=PASSWORD
            )
            self.assertEqual(self._run(settings).state, "passed")
            with self.assertRaisesRegex(ValidationError, "Enter the password"):
                self._run(settings, smtp_host="localhost")

    def test_wrong_password_names_the_cure(self):
        with smtp_server(security="tls", login=True) as (port, box):
            settings = self._create_settings(
                smtp_port=port, security="tls", username=USERNAME, password="wrong"
            )
            wizard = self._run(settings)
            self.assertEqual(wizard.state, "failed")
            self.assertEqual(wizard.line_ids[-1].name, "login")
            self.assertIn("Username or password is wrong", wizard.cure)
            self.assertFalse(box.letters)
        self.assertFalse(settings.tested_at)

    def test_server_text_is_data(self):
        reply = "550 5.7.1 <script>alert(1)</script>"
        with smtp_server(Mailbox(MAIL=reply)) as (port, _box):
            wizard = self._run(self._create_settings(smtp_port=port))
        self.assertEqual(wizard.state, "failed")
        self.assertIn("<script>", wizard.line_ids[-1].detail)

    def test_wrong_values_touch_no_network(self):
        with self.assertRaisesRegex(ValidationError, "Enter the hostname"):
            self._run(self._create_settings(smtp_host=False))

    def test_only_managers_test(self):
        settings = self._create_settings()
        with self.assertRaises(AccessError):
            settings.with_user(self.bookkeeper).action_test()

    def test_is_no_mailer(self):
        settings = self._create_settings()
        with patch.object(wizard_module, "TESTS_PER_HOUR", 2):
            for _number in range(2):
                settings.with_user(self.manager).action_test()
            with self.assertRaisesRegex(UserError, "You have tested 2 times"):
                settings.with_user(self.manager).action_test()

    def test_secret_is_not_kept(self):
        with smtp_server() as (port, _box):
            wizard = self._run(self._create_settings(smtp_port=port))
        self.assertFalse(wizard.sudo().profile_sealed)


@tagged("post_install", "-at_install")
class TestSettingsTestStream(AccountEmailCommon, HttpCase):
    def test_steps_arrive_as_lines(self):
        self.authenticate(self.manager.login, self.manager.login)
        with smtp_server() as (port, box):
            settings = self._create_settings(smtp_port=port)
            action = settings.with_user(self.manager).action_test()
            response = self.url_open(
                f"/account_email/settings_test/{action['res_id']}",
                data={"csrf_token": http.Request.csrf_token(self)},
            )
            self.assertEqual(response.status_code, 200, response.text)
            self.assertEqual(len(box.letters), 1)
        steps = [json.loads(line) for line in response.text.splitlines()]
        self.assertEqual(steps[-1]["name"], "delivery")
        self.assertTrue(all(step["success"] for step in steps), steps)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.sudo().state, "passed")

    def test_bookkeeper_gets_nothing(self):
        settings = self._create_settings()
        action = settings.with_user(self.manager).action_test()
        self.authenticate(self.bookkeeper.login, self.bookkeeper.login)
        response = self.url_open(
            f"/account_email/settings_test/{action['res_id']}",
            data={"csrf_token": http.Request.csrf_token(self)},
        )
        self.assertEqual(response.status_code, 404)

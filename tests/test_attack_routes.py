"""The two routes of the addon, asked by everybody and for everything."""

import json
from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..transport import TransportError
from ..wizards import account_email_settings_test as wizard_module
from .common import AccountEmailCommon
from .servers import smtp_server

MISSING = 999999999


@tagged("post_install", "-at_install")
class TestAttackRoutes(AccountEmailCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls._create_user("auditor", "account.group_account_readonly")
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.stranger = cls._create_stranger()

    def _log_in(self, user):
        if user:
            self.authenticate(user.login, user.login)
        else:
            self.authenticate(None, None)

    def _email(self):
        return self._create_move().with_user(self.bookkeeper)._email_documents().sudo()

    def test_letter_is_for_those_who_read_its_document(self):
        self._create_settings()
        url = f"/account_email/letter/{self._email().id}"
        for user, status in (
            (self.manager, 200),
            (self.bookkeeper, 200),
            (self.auditor, 200),
            (self.employee, 404),
            (self.portal, 404),
            (self.stranger, 404),
            (None, 303),
        ):
            with self.subTest(user=user and user.login):
                self._log_in(user)
                response = self.url_open(url, allow_redirects=False)
                self.assertEqual(response.status_code, status)

    def test_others_letters_look_like_none(self):
        """Or one could count another company's letters."""
        self._create_settings()
        self._log_in(self.stranger)
        bodies = {
            self.url_open(f"/account_email/letter/{number}").text
            for number in (self._email().id, MISSING)
        }
        self.assertEqual(len(bodies), 1)

    def test_letter_is_a_file_and_nothing_else(self):
        self._create_settings()
        row = self._email()
        row.subject = 'a"b\r\nSet-Cookie: x=1\r\n\r\n<script>/../ë'
        self._log_in(self.bookkeeper)
        response = self.url_open(f"/account_email/letter/{row.id}")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "message/rfc822")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("no-store", response.headers["Cache-Control"])
        disposition = response.headers["Content-Disposition"]
        self.assertTrue(disposition.startswith("attachment;"), disposition)
        self.assertNotRegex(disposition, r'["<\r\n/]')
        self.assertNotIn("x", response.cookies)

    def _invite(self):
        """An invitation is about a user, whom every bookkeeper may read."""
        self._create_settings(use_for_all=True)
        values = {
            "subject": "Welcome",
            "body_html": "https://example.com/web/signup?token=abc",
            "email_to": self.employee.email,
            "model": "res.users",
            "res_id": self.employee.id,
        }
        mails = self.env["mail.mail"].sudo().with_company(self.company)
        return mails.create(values).email_dispatch_ids

    def test_what_opens_an_account_is_for_administrators(self):
        row = self._invite()
        self.assertEqual(row.res_model, "res.users")
        self.assertFalse(row.with_user(self.manager).can_open_letter)
        for user in (self.bookkeeper, self.manager, self.auditor):
            with self.subTest(user=user.login):
                self._log_in(user)
                response = self.url_open(f"/account_email/letter/{row.id}")
                self.assertEqual(response.status_code, 404)

    def test_letters_of_no_document_are_listed_for_managers(self):
        row = self._invite()
        row._record(TransportError("content", "too_big", step="delivery"))
        for model in ("account.email.dispatch", "account.email.attempt"):
            for user, count in (
                (self.manager, 1),
                (self.bookkeeper, 0),
                (self.auditor, 0),
            ):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertEqual(records.search_count([]), count)
        self._email()
        found = self.env["account.email.dispatch"].with_user(self.bookkeeper).search([])
        self.assertEqual(found.mapped("res_model"), ["account.move"])

    def _start_test(self, port):
        settings = self.company.sudo().email_settings_id
        if not settings:
            settings = self._create_settings(smtp_port=port)
        return settings.with_user(self.manager).action_test()["res_id"]

    def _post(self, test_id, **data):
        token = {"csrf_token": http.Request.csrf_token(self)}
        return self.url_open(
            f"/account_email/settings_test/{test_id}", data={**token, **data}
        )

    def test_a_test_is_its_makers(self):
        with smtp_server() as (port, box):
            test_id = self._start_test(port)
            other = self._create_user("second", "account.group_account_manager")
            users = (self.bookkeeper, self.employee, self.portal, self.stranger, other)
            for user in users:
                with self.subTest(user=user.login):
                    self._log_in(user)
                    self.assertEqual(self._post(test_id).status_code, 404)
                    self.assertEqual(self._post(MISSING).status_code, 404)
            self.assertFalse(box.letters)

    def test_a_test_runs_once(self):
        with smtp_server() as (port, box):
            test_id = self._start_test(port)
            self._log_in(self.manager)
            first, second = self._post(test_id), self._post(test_id)
            self.assertTrue(json.loads(first.text.splitlines()[-1])["success"])
            self.assertEqual(second.status_code, 404)
            wizard = self.env["account.email.settings.test"].browse(test_id)
            with self.assertRaisesRegex(UserError, "has run already"):
                wizard.with_user(self.manager).action_run()
            self.assertEqual(len(box.letters), 1)

    @mute_logger("odoo.http")
    def test_other_pages_can_not_start_a_test(self):
        with smtp_server() as (port, box):
            test_id = self._start_test(port)
            self._log_in(self.manager)
            url = f"/account_email/settings_test/{test_id}"
            self.assertEqual(self.url_open(url).status_code, 405)
            self.assertEqual(self._post(test_id, csrf_token="wrong").status_code, 400)
            self.assertEqual(self.url_open(url, data={"a": "b"}).status_code, 400)
            self.assertFalse(box.letters)


@tagged("post_install", "-at_install")
class TestAttackTest(AccountEmailCommon):
    def _start(self, **values):
        settings = self._create_settings().with_user(self.manager)
        action = settings.action_test(values)
        return (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .browse(action["res_id"])
        )

    def test_nobody_else_gets_the_letter(self):
        wizard = self._start()
        for values in (
            {"sender": "victim@example.org"},
            {"copy_address": "victim@example.org"},
            {"state": "running"},
            {"create_date": "2020-01-01"},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                wizard.write(values)
        with self.assertRaises(AccessError):
            wizard.create({"company_id": self.company.id, "sender": "v@example.org"})

    def test_counting_does_not_begin_anew(self):
        wizard = self._start()
        with self.assertRaises(AccessError):
            wizard.unlink()
        settings = self.company.sudo().email_settings_id.with_user(self.manager)
        with patch.object(wizard_module, "TESTS_PER_HOUR", 1):
            with self.assertRaisesRegex(UserError, "within an hour"):
                settings.action_test()
            with self.assertRaisesRegex(UserError, "within an hour"):
                settings.with_context(active_test=False, bin_size=True).action_test()

    def test_not_in_the_name_of_another_company(self):
        stranger = self._create_stranger()
        empty = self.env["account.email.settings"].with_user(stranger)
        forged = empty.with_context(default_company_id=self.company.id)
        with self.assertRaises(AccessError):
            forged.action_test(
                {"smtp_host": "127.0.0.1", "smtp_port": 25, "username": ""}
                | {"email_address": "me@example.org", "security": "none"}
            )

    def test_forbidden_hosts_are_not_mapped(self):
        """Open, closed or silent: the answer about an inner address is the same."""
        self.env["ir.config_parameter"].set_param("account_email.allowed_hosts", "")
        wizard = self._start()
        answers = set()
        with smtp_server() as (port, _box):
            for number in (port, 1, 25):
                wizard = wizard.browse(
                    wizard.settings_id.action_test({"smtp_port": number})["res_id"]
                )
                wizard.action_run()
                (line,) = wizard.line_ids
                self.assertEqual((line.name, line.success), ("resolve", False))
                answers.add((line.detail, line.cure))
        self.assertEqual(len(answers), 1)

    def test_inner_names_are_not_told_from_unknown_ones(self):
        self.env["ir.config_parameter"].set_param("account_email.allowed_hosts", "")
        wizard = self._start()
        answers = set()
        for host in ("localhost", "no-such-server.invalid"):
            action = wizard.settings_id.action_test({"smtp_host": host})
            wizard = wizard.browse(action["res_id"])
            wizard.action_run()
            (line,) = wizard.line_ids
            answers.add((line.name, line.detail, line.cure.replace(host, "HOST")))
        self.assertEqual(len(answers), 1)

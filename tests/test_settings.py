import inspect

import psycopg2

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import AccountEmailCommon

# field, value that can't work, part of the sentence that says so
BAD_VALUES = [
    ({"smtp_host": "https://smtp.example.com"}, "without anything like https://"),
    ({"smtp_host": "smtp.example.com/mail"}, "without anything like https://"),
    ({"smtp_host": "smtp example com"}, "only letters, digits"),
    ({"smtp_host": "office@example.com"}, "This is an email address"),
    ({"smtp_host": "smtp.example.com:465"}, "in the field Port"),
    ({"smtp_port": 0}, "from 1 to 65535"),
    ({"smtp_port": 70000}, "from 1 to 65535"),
    ({"email_address": "billing"}, "not an email address"),
    ({"email_address": "a@example.com, b@example.com"}, "Only one email address"),
    ({"send_copy": True, "copy_address": "archive"}, "not an email address"),
    (
        {"send_copy": True, "copy_address": "a@example.com; b@example.com"},
        "Only one email address",
    ),
    ({"use_reply_to": True, "reply_to": "a@example.com, nobody"}, "One of these"),
    ({"protocol": "http", "http_url": "email.example.com"}, "Enter the whole address"),
    ({"protocol": "http", "http_url": "http://example.com/x"}, "begin with https://"),
    (
        {"protocol": "http", "http_url": "https://me:secret@example.com/"},
        "must not hold a user name",
    ),
    ({"protocol": "http", "http_url": "https://[oops/"}, "not the address"),
]
GOOD_VALUES = [
    {"smtp_host": "smtp.example.com"},
    {"smtp_host": "192.0.2.25"},
    {"smtp_host": "2001:db8::25"},
    {"smtp_host": "smtp.bücher.example"},
    {"use_reply_to": True, "reply_to": "a@example.com, b@example.com"},
    {"protocol": "http", "http_url": "https://email.example.com/send"},
    {"protocol": "http", "http_url": "http://127.0.0.1:8025/send"},
]


@tagged("post_install", "-at_install")
class TestSettings(AccountEmailCommon):
    def test_bad_values_are_refused_at_their_field(self):
        settings = self._create_settings(state="draft")
        for values, sentence in BAD_VALUES:
            with self.subTest(values=values):
                with (
                    self.assertRaisesRegex(ValidationError, sentence),
                    self.env.cr.savepoint(),
                ):
                    settings.write(values)
                draft = settings.new(values, origin=settings)
                shown = draft.problems[list(values)[-1]]
                self.assertRegex(shown, sentence)

    def test_no_parent_stands_before_another(self):
        """One method of the same name would silently take another one's place."""
        seen, silenced = {}, []
        for cls in type(self.env["account.email.settings"]).mro():
            if not cls.__module__.startswith("odoo.addons.account_email.models."):
                continue
            for name, method in vars(cls).items():
                if not inspect.isfunction(method):
                    continue
                if name in seen and not seen[name]:
                    silenced.append(name)
                # Only one that calls super() knows of the others.
                seen[name] = "super" in inspect.unwrap(method).__code__.co_names
        self.assertEqual(silenced, [])

    def test_good_values_are_taken(self):
        settings = self._create_settings(state="draft")
        for values in GOOD_VALUES:
            with self.subTest(values=values):
                settings.write(values)

    def test_missing_values_are_told_when_it_matters(self):
        settings = self._create_settings(state="draft", smtp_host=False)
        self.assertNotIn("smtp_host", settings.problems or {})
        with self.assertRaisesRegex(ValidationError, "Enter the hostname"):
            settings.action_activate()
        self.assertEqual(settings.state, "draft")

    def test_password_in_the_clear_needs_her_word(self):
        settings = self._create_settings(
            state="draft", username="office", password="secret", smtp_port=25
        )
        settings.security = "none"
        with self.assertRaisesRegex(ValidationError, "Without encryption everybody"):
            settings.action_activate()
        settings.accept_plain_password = True
        settings.action_activate()

    def test_security_follows_port(self):
        for choice, security in [("465", "tls"), ("587", "starttls"), ("25", "none")]:
            with self.subTest(choice=choice):
                with Form(self.env["account.email.settings"]) as form:
                    form.smtp_host = "smtp.example.com"
                    form.email_address = "billing@example.com"
                    form.smtp_port_choice = choice
                    settings = form.save()
                self.assertEqual(settings.smtp_port, int(choice))
                self.assertEqual(settings.security, security)
                settings.unlink()

    def test_other_port_is_typed(self):
        with Form(self.env["account.email.settings"]) as form:
            form.smtp_host = "smtp.example.com"
            form.email_address = "billing@example.com"
            form.smtp_port_choice = "other"
            form.smtp_port = 2465
        settings = form.record
        self.assertEqual(settings.smtp_port, 2465)
        self.assertEqual(settings.security, "tls")
        self.assertEqual(settings.smtp_port_choice, "other")

    def test_one_per_company(self):
        settings = self._create_settings()
        # Told before the table is asked, which would leave an error in the log.
        with self.assertRaisesRegex(ValidationError, "has its email settings already"):
            self._create_settings()
        other = self.env["res.company"].create({"name": "Other"})
        self._create_settings(company_id=other.id)
        self.env.flush_all()
        with (
            self.assertRaisesRegex(psycopg2.IntegrityError, "company_unique"),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE account_email_settings SET company_id = %s WHERE id = %s",
                (other.id, settings.id),
            )
        with self.assertRaises(UserError):
            self.company.sudo().email_settings_id.copy()

    def test_sender(self):
        settings = self._create_settings(username="office@example.com")
        self.assertEqual(settings._get_sender_address(), "office@example.com")
        settings.username = "web-user"
        self.assertEqual(settings._get_sender_address(), "billing@example.com")
        self.assertIn(self.company.name, settings._get_sender())

    def test_branch_uses_its_parents_settings(self):
        settings = self._create_settings()
        self.company.child_ids = [Command.create({"name": "Branch"})]
        branch = self.company.child_ids
        stranger = self.env["res.company"].create({"name": "Stranger"})
        self.assertEqual(branch.email_settings_id, settings)
        self.assertFalse(stranger.email_settings_id)
        draft = settings.new({"company_id": branch.id})
        self.assertEqual(draft.inherited_company_id, self.company)
        own = self._create_settings(company_id=branch.id)
        self.env.invalidate_all()
        self.assertEqual(branch.email_settings_id, own)

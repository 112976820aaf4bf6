import os
from unittest.mock import patch

import psycopg2

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.keyring import get_keys
from ..transport import secret_of
from ..vault import generate_key
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
                shown = draft[f"{list(values)[-1]}_problem"]
                self.assertRegex(shown, sentence)

    def test_good_values_are_taken(self):
        settings = self._create_settings(state="draft")
        for values in GOOD_VALUES:
            with self.subTest(values=values):
                settings.write(values)

    def test_missing_values_are_told_when_it_matters(self):
        settings = self._create_settings(state="draft", smtp_host=False)
        self.assertFalse(settings.smtp_host_problem)
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
        self._create_settings()
        with (
            self.assertRaisesRegex(psycopg2.IntegrityError, "company_unique"),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._create_settings()
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


@tagged("post_install", "-at_install")
class TestPassword(AccountEmailCommon):
    secret = "s3cret: ëü"

    def _create_with_password(self):
        return self._create_settings(username="office", password=self.secret)

    def test_opens_only_in_the_profile(self):
        settings = self._create_with_password()
        profile = settings._get_profile()
        self.assertEqual(secret_of(profile), self.secret)
        self.assertNotIn(self.secret, repr(profile))

    def test_nobody_reads_it(self):
        settings = self._create_with_password()
        self.env.flush_all()
        admin = self.env.ref("base.user_admin")
        admin.company_ids |= self.company
        self.manager.group_ids |= self.env.ref("base.group_allow_export")
        for user in (self.manager, admin):
            with self.subTest(user=user.login):
                mine = settings.with_user(user).with_company(self.company)
                self.assertTrue(mine.has_password)
                everything = mine.read(list(mine.fields_get()))[0]
                self.assertNotIn(self.secret, repr(everything))
                self.assertNotIn("password_sealed", everything)
                self.assertFalse(mine.export_data(["password"])["datas"][0][0])
                with self.assertRaises(UserError):
                    mine.read(["password_sealed"])
                with self.assertRaises(UserError):
                    mine.search([("password_sealed", "like", "a")])

    def test_server_actions_get_nothing(self):
        settings = self._create_with_password()
        attempts = [
            "raise UserError(repr(record._get_profile()))",
            "raise UserError(record._get_profile().password or 'nothing')",
            "raise UserError(record._get_profile().secret__)",
            "raise UserError('{0.secret__}'.format(record._get_profile()))",
            "raise UserError('{0.__dict__}'.format(record._get_profile()))",
            "raise UserError(record._unseal_password())",
            "raise UserError(record.sudo().read(['password'])[0]['password'] or '-')",
        ]
        for code in attempts:
            with self.subTest(code=code), self.assertRaises(Exception) as caught:
                action = (
                    self.env["ir.actions.server"]
                    .sudo()
                    .create(
                        {
                            "name": "Curious",
                            "model_id": self.env["ir.model"]._get_id(settings._name),
                            "state": "code",
                            "code": code,
                        }
                    )
                )
                action.with_context(
                    active_model=settings._name, active_id=settings.id
                ).run()
            self.assertNotIn(self.secret, str(caught.exception))

    def test_column_is_sealed_and_bound_to_its_company(self):
        settings = self._create_with_password()
        self.env.flush_all()
        self.env.cr.execute("SELECT password_sealed FROM account_email_settings")
        sealed = self.env.cr.fetchone()[0]
        self.assertNotIn(self.secret, sealed)
        other = self._create_settings(
            company_id=self.env["res.company"].create({"name": "Other"}).id
        )
        other.sudo().password_sealed = sealed
        with self.assertRaisesRegex(UserError, "Type the password again"):
            other._get_profile()
        self.assertEqual(secret_of(settings._get_profile()), self.secret)

    def test_is_forgotten_when_it_would_go_elsewhere(self):
        for values in (
            {"smtp_host": "smtp.evil.example"},
            {"username": "somebody"},
            {"protocol": "http", "http_url": "https://evil.example/"},
        ):
            with self.subTest(values=values):
                settings = self._create_with_password()
                settings.write(values)
                self.assertFalse(settings.has_password)
                settings.unlink()

    def test_rotation_seals_anew_and_the_old_key_may_go(self):
        settings = self._create_with_password()
        self.env.flush_all()
        (old,), new = get_keys(), generate_key()
        with patch.dict(os.environ, {"ACCOUNT_EMAIL_KEY": f"{new},{old}"}):
            self.assertEqual(secret_of(settings._get_profile()), self.secret)
            self.assertEqual(settings._reseal_passwords(), 1)
            self.assertEqual(settings._reseal_passwords(), 0)
        with patch.dict(os.environ, {"ACCOUNT_EMAIL_KEY": new}):
            self.assertEqual(secret_of(settings._get_profile()), self.secret)

    def test_restored_copy_without_its_key_says_so(self):
        settings = self._create_with_password()
        self.assertFalse(settings.is_key_missing)
        with patch.dict(os.environ, {"ACCOUNT_EMAIL_KEY": generate_key()}):
            settings.invalidate_recordset(["is_key_missing"])
            self.assertTrue(settings.is_key_missing)
            with self.assertRaisesRegex(UserError, "Type the password again"):
                settings._get_profile()

    def test_stays_when_nothing_of_it_changes(self):
        settings = self._create_with_password()
        settings.write({"smtp_port": 465, "password": False, "username": "office"})
        self.assertEqual(secret_of(settings._get_profile()), self.secret)

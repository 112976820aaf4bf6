"""The stored password: who may open it, and for which server."""

import os
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.keyring import get_keys
from ..transport import secret_of
from ..vault import generate_key
from .common import AccountEmailCommon


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
        settings.write(
            {"smtp_port": settings.smtp_port, "password": False, "username": "office"}
        )
        self.assertEqual(secret_of(settings._get_profile()), self.secret)

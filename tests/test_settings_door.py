"""What a password was given for, and what of the form acts."""

import logging
import os
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..hooks import uninstall_hook
from ..models import account_email_settings_sealed as sealed_module
from ..transport import TransportError, open_session, secret_of
from ..vault import call_log, generate_key
from ..wizards.account_email_settings_test import prepare_probe
from .common import AccountEmailCommon
from .servers import HOST, PASSWORD, USERNAME, smtp_server

# One value of the door, and what the form must say at once.
CHANGES = {
    "protocol": "http",
    "smtp_host": "smtp.example.net",
    "smtp_port_choice": "465",
    "security": "starttls",
    "skip_tls_verification": True,
    "username": "somebody",
}
# As copied from a page or a message, and whether a person is asked.
PASSWORDS = {
    "secret": False,
    "abcd efgh ijkl mnop": False,
    "schlüssel €": False,
    " secret": True,
    "secret ": True,
    "secret\u00a0": True,
    "sec\u00a0ret": True,
    "sec\u200bret": True,
    "\ufeffsecret": True,
    "sec\u2003ret": True,
    "secret\t": True,
    "secret\u2028": True,
}


@tagged("post_install", "-at_install")
class TestSettingsDoor(AccountEmailCommon):
    def _create(self, **values):
        return self._create_settings(
            **{
                "smtp_host": "smtp.example.com",
                "smtp_port": 587,
                "security": "tls",
                "username": "office",
                "password": "secret",
                **values,
            }
        ).with_user(self.manager)

    def test_the_form_says_before_saving_what_the_test_will_ask(self):
        settings = self._create()
        with Form(settings) as form:
            self.assertIn("Leave empty to keep it", form.password_hint)
        for name, value in CHANGES.items():
            with self.subTest(field=name):
                form = Form(settings)
                setattr(form, name, value)
                self.assertIn("type it again", form.password_hint)
                values = {name: form[name] for name in sealed_module.DOOR_FIELDS}
                values |= {"http_url": "https://example.com", "reply_to": "a@b.example"}
                draft = settings._get_draft(values)
                self.assertFalse(draft.has_password)
                with self.assertRaisesRegex(ValidationError, "Enter the password"):
                    settings.action_test(values | {"http_provider": "brevo"})
        self.assertEqual(secret_of(settings._get_profile()), "secret")

    def test_the_seal_binds_the_whole_door(self):
        """Written into the table, where no rule is asked."""
        changes = {
            "protocol": "http",
            "http_provider": "mailgun",
            "http_url": "https://thief.example",
            "smtp_host": "smtp.thief.example",
            "smtp_port": 2525,
            "security": "none",
            "skip_tls_verification": True,
            "username": "somebody",
        }
        self.assertEqual(set(changes), set(sealed_module.DOOR_FIELDS))
        settings = self._create()
        for name, value in changes.items():
            with self.subTest(field=name), self.env.cr.savepoint() as savepoint:
                self.env.flush_all()
                query = f"UPDATE account_email_settings SET {name} = %s"
                self.env.cr.execute(query, (value,))
                self.env.invalidate_all()
                with self.assertRaisesRegex(UserError, "Type the password again"):
                    settings._get_profile()
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(secret_of(settings._get_profile()), "secret")

    def test_what_is_hidden_does_not_act(self):
        settings = self._create(
            skip_tls_verification=True,
            accept_plain_password=True,
            send_copy=False,
            copy_address="archive@example.com",
            use_reply_to=False,
            reply_to="replies@example.com",
            http_url="https://api.example.com",
        )
        self.assertFalse(settings._get_copy_address() or settings._get_reply_to())
        profile = settings._get_profile()
        self.assertFalse(profile.http_url or profile.plain_login or profile.verify_tls)
        settings.write(
            {"protocol": "http", "http_provider": "brevo", "password": "key"}
        )
        profile = settings._get_profile()
        self.assertTrue(profile.verify_tls)
        self.assertFalse(profile.host or profile.port or profile.username)
        self.assertEqual(secret_of(profile), "key")
        settings.write({"http_provider": "manager", "password": "key"})
        profile = settings._get_profile()
        self.assertFalse(secret_of(profile) or profile.username)
        self.assertEqual(settings._get_reply_to(), "replies@example.com")

    def test_no_password_in_the_clear_without_her_word(self):
        """The box is unticked again, when the settings are long in use."""
        with smtp_server(login=True) as (port, box):
            settings = self._create_settings(
                smtp_port=port,
                security="none",
                username=USERNAME,
                password=PASSWORD,
                accept_plain_password=True,
            )
            with open_session(settings._get_profile()):
                pass
            settings.accept_plain_password = False
            with (
                self.assertRaises(TransportError) as caught,
                open_session(settings._get_profile()),
            ):
                pass
        self.assertEqual(caught.exception.cause, "login_unencrypted")
        self.assertFalse(box.letters)

    def test_the_port_that_is_shown_is_the_one_that_acts(self):
        settings = self._create(smtp_port=2525)
        settings.smtp_port_choice = "465"
        self.assertEqual((settings.smtp_port, settings.security), (465, "tls"))
        self.assertTrue(settings.is_usual_security)
        settings.security = "starttls"
        # Said by no port any more, so the form shows it.
        self.assertFalse(settings.is_usual_security)

    def test_a_typed_port_leaves_the_chosen_encryption(self):
        for security in ("tls", "none"):
            with self.subTest(security=security):
                form = Form(self.env["account.email.settings"])
                form.smtp_port_choice = "other"
                form.security = security
                for port in (1025, 2525, 8465):
                    form.smtp_port = port
                    self.assertEqual(form.security, security)
                form.smtp_port_choice = "587"
                self.assertEqual(form.security, "starttls")

    def test_passwords_with_something_unseen_are_asked_about(self):
        settings = self._create()
        for password, is_asked in PASSWORDS.items():
            with self.subTest(password=password):
                form = Form(settings)
                form.password = password
                self.assertEqual("password" in (form.problems or {}), is_asked)
                self.assertEqual("accept_odd_password" in form.acting, is_asked)
                values = {"password": password}
                if is_asked:
                    sentence = "blank|can't be seen"
                    for call in (settings.write, settings.action_test):
                        with self.assertRaisesRegex(ValidationError, sentence):
                            call(values)
                    form.accept_odd_password = True
                    self.assertNotIn("password", form.problems or {})
                    values["accept_odd_password"] = True
                settings.action_test(values)
                # By its own hand the form would not have trimmed it.
                settings.write(values)
                self.assertEqual(secret_of(settings._get_profile()), password)

    def test_one_broken_seal_is_one_company_s_trouble(self):
        other = self.env["res.company"].create({"name": "Other"})
        broken = self._create_settings(company_id=other.id, username="office")
        settings = self._create()
        (old,), new = sealed_module.get_keys(), generate_key()
        for nonsense in ("v1:nonsense", "", "v2:a:b", "v1:é:AAAA", old):
            broken.sudo().password_sealed = nonsense
            with self.subTest(sealed=nonsense):
                broken.invalidate_recordset()
                shown = broken.read(["is_key_missing", "has_password"])[0]
                self.assertEqual(shown["is_key_missing"], bool(nonsense))
                Form(broken)
        with patch.dict(os.environ, {"ACCOUNT_EMAIL_KEY": f"{new},{old}"}):
            with self.assertLogs(sealed_module.__name__, "WARNING") as log:
                self.assertEqual(settings.sudo()._reseal_passwords(), 1)
            self.assertIn("Other", log.output[0])
            self.assertFalse(broken.sudo()._get_profile_or_pause())
        self.assertEqual(broken.failure_cause, "seal_broken")
        with patch.dict(os.environ, {"ACCOUNT_EMAIL_KEY": new}):
            self.assertEqual(secret_of(settings._get_profile()), "secret")

    def test_a_test_opened_before_the_key_changed(self):
        settings = self._create()
        action = settings.action_test()
        test = settings.env[action["res_model"]].browse(action["res_id"])
        with (
            patch.dict(os.environ, {"ACCOUNT_EMAIL_KEY": generate_key()}),
            self.assertRaisesRegex(UserError, "key of this server has changed"),
        ):
            prepare_probe(test)
        test.sudo().profile_sealed = "v1:nonsense"
        with self.assertRaisesRegex(UserError, "key of this server has changed"):
            prepare_probe(test)

    def test_the_log_of_calls_holds_no_token(self):
        logger = logging.getLogger(call_log.CORE_LOGGER)
        call_log.install()
        with mute_logger(call_log.CORE_LOGGER), self.assertLogs(logger, "DEBUG") as log:
            for values in ({"http_url": "https://x/tok3n"}, {"password": "tok3n"}):
                logger.debug("call %s(%s)", "write", ([1], values))
            logger.debug("call %s(%s)", "read", ([1], ["http_port"]))
        self.assertNotIn("tok3n", "".join(log.output))
        self.assertIn("http_port", log.output[-1])

    def test_uninstalling_closes_private_networks_again(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("accountXemail.other", "stays")
        self.assertIn(HOST, parameters.get_param("account_email.allowed_hosts"))
        uninstall_hook(self.env)
        self.assertFalse(parameters.get_param("account_email.allowed_hosts"))
        self.assertEqual(parameters.get_param("accountXemail.other"), "stays")

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import config, mute_logger

from ..models import keyring
from ..models.keyring import PARAMETER, find_fingerprint
from ..transport import secret_of
from ..vault import fingerprint, generate_key
from .common import AccountEmailCommon
from .servers import smtp_server

TROUBLE = "odoo.addons.account_email.models.account_email_trouble"


@tagged("post_install", "-at_install")
class TestTwoHosts(AccountEmailCommon):
    """Two servers of one database that share no data folder."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(mute_logger(TROUBLE))
        cls.first = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.port, cls.box = cls.enterClassContext(smtp_server())
        with cls._on(cls.first):
            cls.settings = cls._create_settings(
                smtp_port=cls.port, username="billing@example.com", password="secret"
            )
            cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.second = self.enterContext(tempfile.TemporaryDirectory())

    @classmethod
    @contextmanager
    def _on(cls, folder, **environ):
        """As the process of the host with this data folder."""
        cls.env.invalidate_all()
        path = Path(folder) / "account_email.key"
        with (
            patch.object(keyring, "FILE_NAME", str(path)),
            patch.dict(os.environ, environ),
        ):
            if not environ:
                os.environ.pop(keyring.ENVIRONMENT_VARIABLE, None)
            yield path

    def _create_dispatch(self):
        move = self._create_move().with_user(self.bookkeeper)
        return move._email_documents().sudo()

    def _type_password(self, password="secret again"):
        settings = self.settings.with_user(self.manager)
        settings.password = password

    def _find_trouble(self):
        return self.env["account.email.trouble"].sudo().search([])

    def test_the_database_knows_its_key(self):
        with self._on(self.first) as path:
            key = path.read_text()
        self.assertEqual(find_fingerprint(self.env), fingerprint(key))
        self.env["ir.config_parameter"].sudo().set_param(PARAMETER, False)
        self.assertEqual(
            find_fingerprint(self.env), fingerprint(key), "as older versions left it"
        )

    def test_a_host_without_the_key_leaves_the_letters_to_the_others(self):
        row = self._create_dispatch()
        with self._on(self.second) as path:
            self.assertTrue(self.settings.is_key_missing)
            for _run in range(3):
                self._deliver_all()
            self.assertFalse(path.exists(), "it makes none of its own")
        self.assertEqual((row.state, self.settings.state), ("queued", "active"))
        self.assertFalse(self.settings.activity_ids)
        trouble = self._find_trouble()
        self.assertEqual(trouble.cause, "key_missing")
        self.assertIn(str(path), trouble.sentence)
        self.assertIn(os.uname().nodename, trouble.sentence)
        with self._on(self.first):
            self.assertEqual(secret_of(self.settings._get_profile()), "secret")

    def test_typing_there_breaks_no_other_host(self):
        for environ in ({}, {"ACCOUNT_EMAIL_KEY": generate_key()}):
            with self.subTest(environ=bool(environ)):
                with self._on(self.second, **environ) as path:
                    with self.assertRaisesRegex(UserError, os.uname().nodename):
                        self._type_password()
                    self.assertFalse(path.exists())
                with self._on(self.first):
                    self.assertEqual(secret_of(self.settings._get_profile()), "secret")

    def test_a_new_key_is_used_only_when_an_administrator_says_so(self):
        with self._on(self.second) as path:
            with self.assertRaises(AccessError):
                self.settings.with_user(self.manager).action_use_new_key()
            self.assertFalse(path.exists())
            group = self.env.ref("base.group_system")
            self.manager.group_ids = [Command.link(group.id)]
            self.settings.with_user(self.manager).action_use_new_key()
            self._type_password()
            self.env.flush_all()
            self.assertEqual(secret_of(self.settings._get_profile()), "secret again")
            self.assertFalse(self.settings.is_key_missing)
        with self._on(self.first):
            self.assertTrue(self.settings.is_key_missing)
            with self.assertRaises(UserError):
                self._type_password()

    def test_a_rotation_moves_the_database_to_the_new_key(self):
        with self._on(self.first) as path:
            old = path.read_text()
        new = generate_key()
        with self._on(self.first, ACCOUNT_EMAIL_KEY=f"{new},{old}"):
            self._type_password()
            self.settings._reseal_passwords()
        self.assertEqual(find_fingerprint(self.env), fingerprint(new))
        with self._on(self.second, ACCOUNT_EMAIL_KEY=new):
            self.assertEqual(secret_of(self.settings._get_profile()), "secret again")

    def test_a_key_that_is_none_keeps_no_form_shut(self):
        for given in ("mysecret", "mysecret,another", "ÄÖ", ","):
            with (
                self.subTest(given=given),
                self._on(self.second, ACCOUNT_EMAIL_KEY=given),
            ):
                form = Form(self.settings.with_user(self.manager))
                self.assertTrue(form.is_key_missing)
                with self.assertRaises(UserError) as caught:
                    self._type_password()
                if given != ",":
                    self.assertIn("urlsafe_b64encode", str(caught.exception))
                    self.assertIn("44 characters", str(caught.exception))
                self.assertNotIn("mysecret", str(caught.exception))
                self._deliver_all()
                self.assertEqual(self.settings.state, "active")

    def test_a_changed_seal_pauses_since_no_host_opens_it(self):
        self._create_dispatch()
        with self._on(self.first):
            settings = self.settings.sudo()
            head, _colon, box = settings.password_sealed.rpartition(":")
            settings.password_sealed = f"{head}:{box[:40]}AAAA{box[44:]}"
            self._deliver_all()
        self.assertEqual(self.settings.state, "paused")
        self.assertIn("was changed in the database", self.settings.failure_cure)

    def test_data_folder_of_the_tests_is_real(self):
        self.assertEqual(keyring.get_path().parent, Path(config["data_dir"]))

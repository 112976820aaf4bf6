"""What is stored is read after an update as before it."""

import json

from odoo.exceptions import UserError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path
from odoo.tools.sql import rename_column

from ..models.account_email_settings_sealed import open_password
from ..models.keyring import get_keys
from ..vault import generate_key, seal
from .common import AccountEmailCommon
from .servers import HOST

SCRIPTS = "account_email/migrations"


@tagged("post_install", "-at_install")
class TestUpgrade(AccountEmailCommon):
    def _run(self, script, version):
        path = file_path(f"{SCRIPTS}/{script}")
        load_script(path, "migration").migrate(self.cr, version)

    def _create_sealed(self, key, context):
        settings = self._create_settings(username="me", password="typed long ago")
        settings.sudo().password_sealed = seal(key, "typed long ago", context)
        return settings

    def _create_first(self, key):
        """As the first version sealed: for the company."""
        return self._create_sealed(
            key, f"account.email.settings:{self.company.id}:password"
        )

    def _create_second(self, key):
        """As the second version sealed: for the server and the login."""
        door = json.dumps([self.company.id, "smtp", "manager", HOST, "me", ""])
        return self._create_sealed(key, f"account.email.settings:password:{door}")

    def test_passwords_are_bound_to_their_door(self):
        for create in (self._create_first, self._create_second):
            with self.subTest(create=create.__name__):
                settings = create(get_keys()[0])
                with self.assertRaises(UserError):
                    open_password(settings)
                if create == self._create_first:
                    self._run("19.0.1.1.0/post-migrate.py", "19.0.1.0.0")
                # Twice: an update may be broken off and begun again.
                for _time in range(2):
                    self._run("19.0.1.2.0/post-migrate.py", "19.0.1.1.0")
                self.assertEqual(open_password(settings), "typed long ago")
                settings.unlink()

    def test_one_that_does_not_open_stops_no_update(self):
        for script, create in (
            ("19.0.1.1.0", self._create_first),
            ("19.0.1.2.0", self._create_second),
        ):
            with self.subTest(script=script), self.assertLogs(level="WARNING") as log:
                settings = create(generate_key())
                self._run(f"{script}/post-migrate.py", "19.0.1.0.0")
                self.assertIn(self.company.name, log.output[0])
                self.assertTrue(settings.is_key_missing)
                settings.sudo().password_sealed = "v1:nonsense"
                self._run(f"{script}/post-migrate.py", "19.0.1.0.0")
                self.assertTrue(settings.is_key_missing)
                settings.unlink()

    def test_what_the_server_said_is_kept(self):
        settings = self._create_settings()
        settings._set_status({"failure_kind": "auth", "server_text": "535 Go away"})
        self.env.flush_all()
        rename_column(self.cr, settings._table, "server_text", "failure_text")
        # Twice: an update may be interrupted and begun again.
        for _time in range(2):
            self._run("19.0.1.2.0/pre-migrate.py", "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(settings.server_text, "535 Go away")

    def test_letters_of_documents_are_known(self):
        self._create_settings()
        row = self._create_move().with_user(self.bookkeeper)._email_documents().sudo()
        other = row.copy({"document_kind": False})
        (row | other).is_document = False
        self.env.flush_all()
        self._run("19.0.1.2.0/post-documents.py", "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertTrue(row.is_document)
        self.assertFalse(other.is_document)

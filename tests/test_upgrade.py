"""What is stored is read after an update as before it."""

from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path
from odoo.tools.sql import rename_column

from ..models.account_email_settings_sealed import open_password
from ..models.keyring import get_keys
from ..vault import generate_key, seal
from .common import AccountEmailCommon

SCRIPTS = "account_email/migrations"


@tagged("post_install", "-at_install")
class TestUpgrade(AccountEmailCommon):
    def _run(self, script, version):
        path = file_path(f"{SCRIPTS}/{script}")
        load_script(path, "migration").migrate(self.cr, version)

    def _migrate(self, key):
        settings = self._create_settings(username="me", password="typed long ago")
        context = f"account.email.settings:{self.company.id}:password"
        settings.sudo().password_sealed = seal(key, "typed long ago", context)
        self._run("19.0.1.1.0/post-migrate.py", "19.0.1.0.0")
        return settings

    def test_passwords_are_bound_to_their_server(self):
        settings = self._migrate(get_keys()[0])
        self.assertEqual(open_password(settings), "typed long ago")

    def test_lost_key_does_not_stop_an_update(self):
        with self.assertLogs(level="WARNING") as log:
            settings = self._migrate(generate_key())
        self.assertIn(self.company.name, log.output[0])
        self.assertTrue(settings.is_key_missing)

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

"""What is stored is read after an update as before it."""

from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from ..models.account_email_settings_secret import open_password
from ..models.keyring import get_keys
from ..vault import generate_key, seal
from .common import AccountEmailCommon

SCRIPT = "account_email/migrations/19.0.1.1.0/post-migrate.py"


@tagged("post_install", "-at_install")
class TestUpgrade(AccountEmailCommon):
    def _migrate(self, key):
        settings = self._create_settings(username="me", password="typed long ago")
        context = f"account.email.settings:{self.company.id}:password"
        settings.sudo().password_sealed = seal(key, "typed long ago", context)
        load_script(file_path(SCRIPT), "post_migrate").migrate(self.cr, "19.0.1.0.0")
        return settings

    def test_passwords_are_bound_to_their_server(self):
        settings = self._migrate(get_keys()[0])
        self.assertEqual(open_password(settings), "typed long ago")

    def test_lost_key_does_not_stop_an_update(self):
        with self.assertLogs(level="WARNING") as log:
            settings = self._migrate(generate_key())
        self.assertIn(self.company.name, log.output[0])
        self.assertTrue(settings.is_key_missing)

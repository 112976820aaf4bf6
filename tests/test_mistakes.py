"""Set-up mistakes as a new manager makes them: the sentence, and its cure followed."""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ..wizards import account_email_settings_test as wizard_module
from . import (
    mistakes,
    mistakes_between,
    mistakes_http,
    mistakes_letter,
    mistakes_login,
)
from .common import AccountEmailCommon
from .internet import internet

TABLES = {
    "typing": mistakes.TYPING,
    "ports": mistakes.PORTS,
    "between": mistakes_between.BETWEEN,
    "certificates": mistakes_between.CERTIFICATES,
    "logins": mistakes_login.LOGINS,
    "letters": mistakes_letter.LETTERS,
    "http": mistakes_http.HTTP,
}


@tagged("post_install", "-at_install")
class TestMistakes(AccountEmailCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(wizard_module, "TESTS_PER_HOUR", 10_000))

    def _test(self, settings):
        action = settings.with_user(self.manager).action_test()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.with_user(self.manager).action_run()
        return wizard

    def _check(self, mistake):
        values = {"email_address": False, **mistake.typed}
        settings = self._create_settings(**values)
        with internet(mistake.servers(), mistake.addresses):
            wizard = self._test(settings)
        said = wizard.cure or ""
        self.assertEqual(wizard.state, "failed")
        for words in mistake.says:
            self.assertIn(words, said)
        for words in mistake.never:
            self.assertNotIn(words, said)
        self.assertLess(len(said), 700, said)
        settings.with_user(self.manager).write(self._follow(mistake))
        # The next request knows nothing of this one.
        self.env.invalidate_all()
        with internet((mistake.after or mistake.servers)()):
            wizard = self._test(settings)
        self.assertEqual(wizard.state, "passed", wizard.cure)

    @staticmethod
    def _follow(mistake):
        """What she types: the form asks for the password with each other server."""
        values = {**mistake.typed, **mistake.cured}
        asks = mistake.cured and values["username"] and values["password"]
        return {"password": "right"} | mistake.cured if asks else mistake.cured

    def _check_all(self, table):
        for name, mistake in TABLES[table].items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self._check(mistake)
                savepoint.rollback()

    def test_typing(self):
        self._check_all("typing")

    def test_ports(self):
        self._check_all("ports")

    def test_between(self):
        self._check_all("between")

    def test_certificates(self):
        self._check_all("certificates")

    def test_logins(self):
        self._check_all("logins")

    def test_letters(self):
        self._check_all("letters")

    def test_http(self):
        self._check_all("http")


@tagged("post_install", "-at_install")
class TestMistakesTable(TransactionCase):
    def test_every_table_is_tried(self):
        tried = {name[5:] for name in dir(TestMistakes) if name.startswith("test_")}
        self.assertLessEqual(set(TABLES), tried)
        self.assertGreater(sum(map(len, TABLES.values())), 100)

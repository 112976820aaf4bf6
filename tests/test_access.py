from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AccountEmailCommon

OPERATIONS = ("read", "write", "create", "unlink")
# model -> group -> what it may do
RIGHTS = {
    "account.email.settings": {"manager": "rwcu"},
    "account.email.settings.test": {"manager": "r"},
    "account.email.settings.test.line": {"manager": "r"},
    "account.email.application": {"manager": "rwcu"},
    "account.email.grant": {},
    "account.email.signin": {"manager": "r"},
    "account.email.rate": {},
    "account.email.trouble": {},
    "account.email.dispatch": {"manager": "r", "bookkeeper": "r", "auditor": "r"},
    "account.email.attempt": {"manager": "r", "bookkeeper": "r", "auditor": "r"},
    "account.email.batch": {"manager": "rw", "bookkeeper": "rw"},
    "account.email.batch.line": {"manager": "rw", "bookkeeper": "rw"},
}


@tagged("post_install", "-at_install")
class TestAccess(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "manager": cls.manager,
            "bookkeeper": cls.bookkeeper,
            "auditor": cls._create_user("auditor", "account.group_account_readonly"),
            "employee": cls._create_user("employee", "base.group_user"),
            "portal": cls._create_user("portal", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }

    def test_rights(self):
        for model, rights in RIGHTS.items():
            for name, user in self.users.items():
                for operation in OPERATIONS:
                    with self.subTest(model=model, user=name, operation=operation):
                        expected = operation[0] in rights.get(name, "")
                        allowed = self.env[model].with_user(user).has_access(operation)
                        self.assertEqual(allowed, expected)

    def test_records_stay_in_their_company(self):
        self._create_settings()
        self._create_move().with_user(self.bookkeeper)._email_documents()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user(
            "stranger",
            "account.group_account_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        for model in ("account.email.settings", "account.email.dispatch"):
            with self.subTest(model=model):
                records = self.env[model].search([])
                self.assertTrue(records)
                self.assertFalse(self.env[model].with_user(stranger).search([]))
                with self.assertRaises(AccessError):
                    records.with_user(stranger).read(["state"])
        settings = self.company.email_settings_id.with_user(stranger)
        for method in ("action_test", "action_activate", "action_pause"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(settings, method)()
        dispatch = self.env["account.email.dispatch"].search([], limit=1)
        for method in ("action_retry", "action_cancel", "action_mark_sent"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(dispatch.with_user(stranger), method)()

    def test_bookkeeper_sends_but_does_not_configure(self):
        settings = self._create_settings()
        move = self._create_move().with_user(self.bookkeeper)
        self.assertTrue(move._email_documents())
        with self.assertRaises(AccessError):
            settings.with_user(self.bookkeeper).read(["smtp_host"])

    def test_auditor_reads_but_does_not_send(self):
        self._create_settings()
        move = self._create_move()
        dispatch = move.with_user(self.bookkeeper)._email_documents()
        auditor = self.users["auditor"]
        self.assertTrue(dispatch.with_user(auditor).read(["state"]))
        with self.assertRaises(AccessError):
            move.with_user(auditor).action_email_document()
        with self.assertRaises(AccessError):
            dispatch.with_user(auditor).action_cancel()

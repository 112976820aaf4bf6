"""Ways to read a stored password, or to guess it letter by letter."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AccountEmailCommon
from .rpc import RpcCase

SECRET = "Nobody-reads-this-4711"
SETTINGS = "account.email.settings"
COLUMNS = ("password", "password_sealed")
SPECIFICATION = {name: {} for name in (*COLUMNS, "has_password", "username")}
# Domains that would answer yes or no to a guess.
GUESSES = [
    (SETTINGS, [("password", "like", "N%")]),
    (SETTINGS, [("password", "=", SECRET)]),
    (SETTINGS, [("password_sealed", "like", "v1%")]),
    (SETTINGS, [("password_sealed", "!=", False)]),
    (SETTINGS, ["!", ("password_sealed", "=", False)]),
    ("res.company", [("email_settings_ids.password_sealed", "like", "v1")]),
    ("res.company", [("email_settings_ids", "any", [("password_sealed", "!=", 0)])]),
    ("res.company", [("email_settings_ids", "any!", [("password_sealed", "!=", 0)])]),
    ("res.company", [("email_settings_id.password_sealed", "like", "v1")]),
    ("res.company", [("email_settings_id.password", "like", "N")]),
    (
        "account.email.dispatch",
        [("company_id.email_settings_ids.password_sealed", "like", "v1")],
    ),
    (
        "account.move",
        [("company_id.email_settings_ids.password_sealed", "like", "v1")],
    ),
    ("account.email.settings.test", [("profile_sealed", "!=", False)]),
    (
        "account.email.settings.test",
        [("settings_id.password_sealed", "!=", False)],
    ),
]


@tagged("post_install", "-at_install")
class TestAttackSecret(AccountEmailCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids |= cls.env.ref("base.group_allow_export")
        cls.settings = cls._create_settings(
            username="office", password=SECRET, security="tls"
        )
        cls.sealed = cls.settings.sudo().password_sealed
        cls._create_move().with_user(cls.bookkeeper)._email_documents()

    def setUp(self):
        super().setUp()
        self.authenticate(self.manager.login, self.manager.login)

    def _ask(self, model, method, *args, **kwargs):
        """:return: the whole answer as text, an error's included"""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http", "odoo.sql_db"):
            return self._post("/web/dataset/call_kw", {"params": params}).text

    def _get_questions(self):
        """:return: tuples of method, arguments, keywords, all to the settings"""
        ids = self.settings.ids
        contexts = ({"bin_size": True}, {"active_test": False}, {"sudo": True})
        return [
            ("read", (ids,), {}),
            *(("read", (ids, [name]), {}) for name in COLUMNS),
            *(("read", (ids,), {"context": context}) for context in contexts),
            ("search_read", ([],), {}),
            ("search_read", ([], list(COLUMNS)), {}),
            ("web_read", (ids, SPECIFICATION), {}),
            ("web_search_read", ([], SPECIFICATION), {}),
            ("web_save", (ids, {"retry_hours": 5}, SPECIFICATION), {}),
            ("web_save", (ids, {"password": SECRET[::-1]}, SPECIFICATION), {}),
            ("export_data", (ids, list(COLUMNS)), {}),
            ("export_data", (ids, ["company_id/email_settings_id/password"]), {}),
            ("copy", (ids,), {}),
            ("copy_data", (ids,), {}),
            ("name_search", (SECRET[:4],), {}),
            ("fields_get", (), {}),
            ("get_views", ([[False, "form"]],), {}),
            ("default_get", (list(COLUMNS),), {}),
            ("onchange", (ids, {}, [], SPECIFICATION), {}),
            ("onchange", (ids, {"smtp_port": 25}, ["smtp_port"], SPECIFICATION), {}),
            ("mapped", (ids, "password"), {}),
        ]

    def test_no_answer_holds_it(self):
        company = self.company.ids
        deep = {"email_settings_id": {"fields": SPECIFICATION}}
        about = [("model", "=", SETTINGS)]
        asked = [
            *((SETTINGS, *question) for question in self._get_questions()),
            ("res.company", "read", (company, ["email_settings_id"]), {}),
            ("res.company", "web_read", (company, deep), {}),
            ("account.email.dispatch", "search_read", ([],), {}),
            ("account.email.attempt", "search_read", ([],), {}),
            ("account.email.settings.test", "search_read", ([],), {}),
            ("mail.message", "search_read", (about,), {}),
            ("mail.tracking.value", "search_read", ([],), {}),
        ]
        for model, method, args, kwargs in asked:
            with self.subTest(model=model, method=method, args=args):
                answer = self._ask(model, method, *args, **kwargs)
                for secret in (SECRET, SECRET[::-1], self.sealed, "v1:"):
                    self.assertNotIn(secret, answer)

    def test_plain_questions_are_answered(self):
        """Else the refusals below would prove nothing."""
        for method, args in (
            ("search_count", ([("username", "=", "office")],)),
            ("read_group", ([], ["id"], ["state"])),
            ("formatted_read_group", ([], ["state"], ["__count"])),
            ("web_read_group", ([], ["state"], [])),
        ):
            with self.subTest(method=method):
                self.assertNotIn('"error"', self._ask(SETTINGS, method, *args))

    def test_no_domain_answers_a_guess(self):
        for model, domain in GUESSES:
            with self.subTest(model=model, domain=domain):
                self.assertIn('"error"', self._ask(model, "search_count", domain))

    def test_no_order_or_group_compares_it(self):
        for method, args, kwargs in (
            ("search", ([],), {"order": "password_sealed"}),
            ("search_read", ([],), {"order": "password_sealed desc"}),
            ("read_group", ([], ["id"], ["password_sealed"]), {}),
            ("read_group", ([], ["password_sealed:max"], ["state"]), {}),
            ("formatted_read_group", ([], ["password_sealed"], ["__count"]), {}),
            ("formatted_read_group", ([], [], ["password_sealed:max"]), {}),
            ("formatted_read_group", ([], [], ["password_sealed:array_agg"]), {}),
            ("web_read_group", ([], ["password_sealed"], []), {}),
            ("formatted_read_group", ([], ["password"], ["__count"]), {}),
        ):
            with self.subTest(method=method, args=args, kwargs=kwargs):
                answer = self._ask(SETTINGS, method, *args, **kwargs)
                self.assertIn('"error"', answer)
                self.assertNotIn("v1:", answer)

    def test_sealed_columns_are_not_written(self):
        for name in ("password_sealed",):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.settings.with_user(self.manager).write({name: "v1:x:y"})
        test = self.settings.with_user(self.manager).action_test()
        wizard = self.env[test["res_model"]].browse(test["res_id"])
        with self.assertRaises(AccessError):
            wizard.with_user(self.manager).write({"profile_sealed": self.sealed})

    def test_stored_filters_and_exports_do_not_run_past_it(self):
        export = self.env["ir.exports"].create(
            {
                "name": "Curious",
                "resource": SETTINGS,
                "export_fields": [(0, 0, {"name": name}) for name in COLUMNS],
            }
        )
        names = export.export_fields.mapped("name")
        with self.assertRaises(UserError):
            self.settings.with_user(self.manager).export_data(names)

    def test_a_default_in_the_context_is_only_typed(self):
        stranger = self._create_stranger()
        made = (
            self.env[SETTINGS]
            .with_user(stranger)
            .with_context(default_password="typed")
            .create({"smtp_host": "smtp.example.com"})
        )
        self.assertFalse(made.read(["password"])[0]["password"])
        self.assertTrue(made.has_password)

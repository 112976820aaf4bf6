"""Odd ids and arguments for every public method: a sentence, and no traceback."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AccountEmailCommon
from .rpc import RpcCase
from .test_rpc import MATRIX

SENTENCES = {
    "odoo.exceptions.UserError",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.MissingError",
    "odoo.exceptions.RedirectWarning",
    "odoo.exceptions.AccessDenied",
    "werkzeug.exceptions.NotFound",
}
COMPOSER = "mail.compose.message"
# What core takes apart before a method of ours is reached.
OURS = {"create", "write"}


@tagged("post_install", "-at_install")
class TestAttackFuzz(AccountEmailCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls._create_settings()
        cls.move = cls._create_move()
        cls.bookkeeper.group_ids |= cls.env.ref("account.group_account_manager")
        cls.move.with_user(cls.bookkeeper)._email_documents()

    def setUp(self):
        super().setUp()
        self.authenticate(self.bookkeeper.login, self.bookkeeper.login)

    def _ask(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            answer = self._post("/web/dataset/call_kw", {"params": params}).json()
        self.env.invalidate_all(flush=False)
        return answer.get("error", {}).get("data", {})

    def _check(self, *args, **kwargs):
        error = self._ask(*args, **kwargs)
        if error:
            self.assertIn(error["name"], SENTENCES, (args, error["message"]))
        return error

    def test_no_ids_and_missing_ones(self):
        for model, rows in MATRIX.items():
            for method, row in rows.items():
                if row.on_model or method in OURS or model.startswith("mail."):
                    continue
                for ids in ([], [2**31 - 1], [self.move.id, 2**31 - 2]):
                    with self.subTest(model=model, method=method, ids=ids):
                        self._check(model, method, ids, *row.args)

    def test_composer_of_no_document(self):
        for res_ids in ("[0]", "[]", "", "garbage", "[-1]", "[1, 2]", "{}", "[null]"):
            values = {
                "is_document_email": True,
                "model": "account.move",
                "res_ids": res_ids,
                "composition_mode": "comment",
            }
            with self.subTest(res_ids=res_ids):
                self._check(COMPOSER, "create", values)
                made = self._post(
                    "/web/dataset/call_kw",
                    {
                        "params": {
                            "model": COMPOSER,
                            "method": "create",
                            "args": [values],
                            "kwargs": {},
                        }
                    },
                ).json()
                if "result" in made:
                    self.assertTrue(
                        self._check(COMPOSER, "action_send_mail", [made["result"]])
                    )

    def test_texts_that_can_not_be_kept(self):
        values = {
            "is_document_email": True,
            "model": "account.move",
            "res_ids": repr(self.move.ids),
            "composition_mode": "comment",
        }
        for text in ("a\0b", "\ud800", "\udfff x"):
            for model, given in (
                (COMPOSER, {**values, "subject": text}),
                (COMPOSER, {**values, "body": f"<p>{text}</p>"}),
            ):
                with self.subTest(model=model, text=ascii(text)):
                    self.assertTrue(self._check(model, "create", given))
            for name in ("smtp_host", "email_address", "username", "password"):
                with self.subTest(field=name, text=ascii(text)):
                    values = {name: text}
                    ids = self.settings.ids
                    model = "account.email.settings"
                    self.assertTrue(self._check(model, "write", ids, values))

    def test_values_that_are_none(self):
        model, ids = "account.email.settings", self.settings.ids
        for values in (None, "abc", 7, [], [1], True):
            with self.subTest(values=values):
                self._check(model, "write", ids, values)
                self._check(model, "onchange", ids, values, [], {})

    def test_letters_that_can_not_be_built(self):
        row = self.env["account.email.dispatch"].sudo().search([], limit=1)
        row.subject = "../../\u202e\r\nX: y"
        response = self.url_open(f"/account_email/letter/{row.id}")
        self.assertEqual(response.status_code, 200)
        self.assertNotIn("/..", response.headers["Content-Disposition"])

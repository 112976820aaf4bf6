"""Arguments and values that no client of ours sends: sentences, never a traceback of
ours, for the bookkeeper and the manager."""

import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AccountEmailCommon
from .rpc import RpcCase
from .test_attack_fuzz import SENTENCES
from .test_rpc import MATRIX

OURS = "/addons/account_email/"
FRAME = re.compile(r'File "(.*?, line .*)')
HUGE = 2**70
ODD_VALUES = (
    "abc",
    {"a": 1},
    [["a"]],
    [[6]],
    [[6, 0, "x"]],
    HUGE,
    -1,
    None,
    "a\0b",
    1.5,
)


@tagged("post_install", "-at_install")
class TestAttackArguments(AccountEmailCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls._create_settings()
        cls.move = cls._create_move()
        dispatch = cls.move.with_user(cls.bookkeeper)._email_documents().sudo()
        batches = cls.env["account.email.batch"].with_user(cls.bookkeeper)
        batch = batches._create_for(cls.move.with_user(cls.bookkeeper))
        cls.ids = {
            "account.email.settings": cls.settings.ids,
            "account.email.dispatch": dispatch.ids,
            "account.email.batch": batch.ids,
            "account.email.batch.line": batch.line_ids.ids,
            "account.move": cls.move.ids,
        }

    def _ask(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule"):
            answer = self._post("/web/dataset/call_kw", {"params": params}).json()
        self.env.invalidate_all(flush=False)
        return answer.get("error", {}).get("data", {})

    def _check(self, model, method, *args, **kwargs):
        """What core refuses by itself is core's; where we are asked, we answer."""
        error = self._ask(model, method, *args, **kwargs)
        if error and error["name"] not in SENTENCES:
            *_others, last = FRAME.findall(error["debug"])
            self.assertNotIn(OURS, last, error["message"])

    def _each_method(self):
        for user in (self.bookkeeper, self.manager):
            self.authenticate(user.login, user.login)
            for model, rows in MATRIX.items():
                for method, row in rows.items():
                    yield user, model, method, row

    def test_odd_arguments(self):
        for user, model, method, row in self._each_method():
            target = [] if row.on_model else [self.ids.get(model, [])]
            for value in ODD_VALUES if row.args else ():
                with self.subTest(user=user.login, call=(model, method), value=value):
                    self._check(model, method, *target, value)

    def test_odd_values_of_every_field(self):
        for user in (self.bookkeeper, self.manager):
            self.authenticate(user.login, user.login)
            for model, ids in self.ids.items():
                for name, field in self.env[model]._fields.items():
                    if field._module != "account_email":
                        continue
                    for value in ODD_VALUES:
                        with self.subTest(user=user.login, field=(model, name, value)):
                            self._check(model, "write", ids, {name: value})

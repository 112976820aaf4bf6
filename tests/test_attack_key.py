"""A broken key, as every request meets it: a sentence, and never the key."""

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import keyring
from ..vault import generate_key
from ..words.keys import KEY_FAULTS
from .common import AccountEmailCommon
from .rpc import RpcCase

KEY = generate_key()
SETTINGS = "account.email.settings"


@tagged("post_install", "-at_install")
class TestAttackKey(AccountEmailCommon, RpcCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "key"
        self._use(KEY.encode())
        with patch.object(keyring, "FILE_NAME", str(self.path)):
            self.settings = self._create_settings(
                username="office", password="x1y2", smtp_port=465, security="tls"
            )
            self.env.flush_all()
        self.authenticate(self.manager.login, self.manager.login)

    def _use(self, data, mode=0o600):
        self.path.unlink(missing_ok=True)
        self.path.write_bytes(data)
        self.path.chmod(mode)

    def _ask(self, method, *args, model=SETTINGS):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        with (
            mute_logger("odoo.http"),
            patch.object(keyring, "FILE_NAME", str(self.path)),
            patch.dict(os.environ),
        ):
            os.environ.pop(keyring.ENVIRONMENT_VARIABLE, None)
            return self._post("/web/dataset/call_kw", {"params": params}).json()

    def _get_faults(self):
        latin = KEY[:-4].encode() + b"\xe9abc"
        yield "damaged", latin, 0o600
        yield "damaged", f"{KEY},{KEY[:-3]}".encode(), 0o600
        yield "is empty", b"", 0o600
        yield "chmod 600", KEY.encode(), 0o666
        yield "chmod 600", KEY.encode(), 0o640

    def test_a_sentence_with_the_command_and_no_key(self):
        spec = {"smtp_host": {}, "is_key_missing": {}, "has_password": {}}
        ids = self.settings.ids
        for words, data, mode in self._get_faults():
            self._use(data, mode)
            for method, args in (
                ("web_save", (ids, {"password": "other"}, spec)),
                ("action_test", (ids, {})),
                ("web_read", (ids, spec)),
                ("onchange", (ids, {"password": "new"}, ["password"], spec)),
            ):
                with self.subTest(words=words, mode=mode, method=method):
                    answer = self._ask(method, *args)
                    self.assertNotIn(KEY[:20], repr(answer))
                    if "error" not in answer:
                        self.assertNotEqual(method, "action_test")
                        continue
                    error = answer["error"]["data"]
                    self.assertEqual(error["name"], "odoo.exceptions.UserError", error)
                    self.assertIn(words, error["message"])

    def test_the_form_opens_and_says_that_the_key_is_missing(self):
        self._use(b"", 0o600)
        spec = {"is_key_missing": {}, "has_password": {}}
        (row,) = self._ask("web_read", self.settings.ids, spec)["result"]
        self.assertTrue(row["is_key_missing"])

    def test_every_fault_has_its_sentence(self):
        found = {"bad", "empty", "unreadable", "link", "owner", "exposed", "folder"}
        found |= {"gone", "other"}
        self.assertEqual(set(KEY_FAULTS), found)

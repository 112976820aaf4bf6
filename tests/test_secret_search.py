"""A secret is used in every way there is, and then looked for everywhere."""

import io
import logging
import time
from base64 import b64encode
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from odoo import http
from odoo.tests import tagged
from odoo.tools import SQL, config

from .common import AccountEmailCommon
from .rpc import RpcCase
from .servers import HOST, USERNAME, Mailbox, http_server, smtp_server

SMTP_SECRET = "Zq7-Geheim wort/a?+=81~%x"
HTTP_SECRET = "xkeysib-9f3c55aa71b0e6d2-Q7"


def forms_of(secret):
    """The secret as whoever stumbles over it could read it."""
    data, forms = secret.encode(), {secret, quote(secret), quote(secret, safe="")}
    forms |= {data.hex(), data.hex().upper(), repr(secret)[1:-1], ascii(secret)[1:-1]}
    for user in ("", f"\0{USERNAME}\0", f"{USERNAME}:", "api:"):
        forms.add(b64encode(user.encode() + data).decode().rstrip("="))
    return sorted(forms)


@contextmanager
def everything_logged():
    """Yield a stream with what every logger says, at DEBUG.

    But not the mail server of the test, which may well know the password.
    """
    stream, root = io.StringIO(), logging.getLogger()
    loggers = [root, *logging.Logger.manager.loggerDict.values()]
    loggers = [log for log in loggers if isinstance(log, logging.Logger)]
    before = [(log, log.level, log.handlers, log.propagate) for log in loggers]
    handler = logging.StreamHandler(stream)
    handler.addFilter(lambda record: record.name != "mail.log")
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    for log in loggers:
        log.handlers, log.propagate = [], True
        log.setLevel(logging.DEBUG)
    root.handlers = [handler]
    try:
        yield stream
    finally:
        for log, level, handlers, propagate in before:
            log.setLevel(level)
            log.handlers, log.propagate = handlers, propagate


@tagged("post_install", "-at_install")
class TestSecretSearch(AccountEmailCommon, RpcCase):
    def setUp(self):
        super().setUp()
        self.answers, self.began = [], time.time() - 1
        self.authenticate(self.manager.login, self.manager.login)

    def url_open(self, *args, **kwargs):
        response = super().url_open(*args, **kwargs)
        self.answers.append(f"{response.headers}\n{response.text}")
        return response

    # ------------------------------------------------------------
    # Where it could be
    # ------------------------------------------------------------

    def _find_in_database(self, forms):
        """:return: tables that hold one of ``forms`` in any column"""
        self.env.flush_all()
        columns = self.env.execute_query(
            SQL(
                """SELECT c.table_name, array_agg(c.column_name::text)
                FROM information_schema.columns c
                JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE'
                GROUP BY c.table_name"""
            )
        )
        found = []
        for table, names in columns:
            words = SQL(", ").join(SQL("%s::text", SQL.identifier(n)) for n in names)
            # JSON and bytea show what is not ASCII in their own way.
            wanted = SQL(" OR ").join(SQL("strpos(line, %s) > 0", f) for f in forms)
            query = SQL(
                "SELECT 1 FROM (SELECT concat_ws('|', %s) line FROM %s) rows "
                "WHERE %s LIMIT 1",
                *(words, SQL.identifier(table), wanted),
            )
            if self.env.execute_query(query):
                found.append(table)
        return found

    def _find_in_files(self, forms):
        wanted = [form.encode() for form in forms]
        store = Path(config.filestore(self.env.cr.dbname))
        files = [path for path in store.rglob("*") if path.is_file()]
        recent = [path for path in files if path.stat().st_mtime >= self.began]
        self.assertTrue(recent, "the letters' files are stored")
        return [p for p in recent if any(form in p.read_bytes() for form in wanted)]

    def _assert_nowhere(self, secret, log):
        forms = forms_of(secret)
        self.assertFalse(self._find_in_database(forms))
        self.assertFalse(self._find_in_files(forms))
        self.assertGreater(len(self.answers), 4)
        for name, text in (("log", log), ("answers", "\n".join(self.answers))):
            lines = [
                line for line in text.splitlines() if any(f in line for f in forms)
            ]
            self.assertFalse(lines[:3], f"found in {name}")

    def test_the_search_finds_what_is_there(self):
        for text in (SMTP_SECRET, b64encode(f"api:{HTTP_SECRET}".encode()).decode()):
            secret = SMTP_SECRET if text == SMTP_SECRET else HTTP_SECRET
            with self.subTest(text=text):
                self.customer.comment = f"<p>{text}</p>"
                self.assertIn("res_partner", self._find_in_database(forms_of(secret)))
                self.customer.comment = False
        with everything_logged() as stream:
            logging.getLogger("odoo.addons.account_email").debug("said %s", HTTP_SECRET)
        self.assertIn(HTTP_SECRET, stream.getvalue())

    # ------------------------------------------------------------
    # All that is done with it
    # ------------------------------------------------------------

    def _save(self, ids, values):
        spec = {name: {} for name in ("id", "password", "has_password", "state")}
        args = ("account.email.settings", "web_save", ids, values, spec)
        return [self._call(*args)[0]["id"]]

    def _test(self, ids):
        action = self._call("account.email.settings", "action_test", ids, {})
        token = {"csrf_token": http.Request.csrf_token(self)}
        url = f"/account_email/settings_test/{action['res_id']}"
        return self.url_open(url, data=token).text

    def _send(self):
        move = self._create_move().with_user(self.bookkeeper)
        dispatch = move._email_documents().sudo()
        self._deliver_all()
        return dispatch

    def _read_all(self, ids, dispatches):
        names = list(self.env["account.email.settings"].fields_get())
        names = [n for n in names if not n.startswith(("message_", "activity_"))]
        self._call("account.email.settings", "read", ids, names)
        self._call("account.email.dispatch", "read", dispatches.ids)
        self._call("account.email.attempt", "search_read", [])
        self._call("account.email.settings.test.line", "search_read", [])
        for dispatch in dispatches:
            self.url_open(f"/account_email/letter/{dispatch.id}")

    def test_smtp_password(self):
        secret, echo = SMTP_SECRET, b64encode(SMTP_SECRET.encode()).decode()
        good = {"security": "starttls", "login": secret}
        refusal = Mailbox(DATA=f"550 5.7.1 {secret} or {echo} smells of spam")
        with everything_logged() as log:
            values = {"smtp_host": HOST, "username": USERNAME, "password": secret}
            with smtp_server(**good) as (port, box):
                values |= {"smtp_port": port, "security": "starttls"}
                ids = self._save([], values)
                self.assertIn('"success": true', self._test(ids).splitlines()[-1])
                self._call("account.email.settings", "action_activate", ids)
                sent = self._send()
                self.assertEqual(len(box.letters), 2)
            with smtp_server(refusal, **good) as (port, _box):
                self._save(ids, {"smtp_port": port, "password": secret})
                refused = self._send()
            with smtp_server(security="starttls", login="else") as (port, _box):
                self._save(ids, {"smtp_port": port, "password": secret})
                self.assertIn("***", self._test(ids))
                waiting = self._send()
            self._read_all(ids, sent | refused | waiting)
        self.assertEqual(
            (sent.state, refused.state, waiting.state), ("sent", "failed", "queued")
        )
        self.assertIn("***", refused.server_text)
        self.assertIn("***", waiting.server_text)
        self._assert_nowhere(secret, log.getvalue())

    def test_api_key(self):
        secret, echo = HTTP_SECRET, b64encode(HTTP_SECRET.encode()).decode()
        values = {
            "protocol": "http",
            "http_provider": "resend",
            "email_address": "billing@example.com",
            "password": secret,
        }
        taken = {"answer": b'{"id": "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}'}
        angry = f'{{"name": "validation_error", "message": "{secret} {echo}"}}'.encode()
        with everything_logged() as log:
            with http_server(**taken) as (url, _forms):
                values["http_url"] = url.removesuffix("/send")
                ids = self._save([], values)
                self.assertIn('"success": true', self._test(ids).splitlines()[-1])
                self._call("account.email.settings", "action_activate", ids)
                sent = self._send()
            with http_server(status=401, answer=angry) as (url, _forms):
                values["http_url"] = url.removesuffix("/send")
                self._save(ids, values)
                self.assertIn("***", self._test(ids))
                refused = self._send()
            self._read_all(ids, sent | refused)
        self.assertEqual((sent.state, refused.state), ("sent", "queued"))
        self.assertIn("***", refused.server_text)
        self._assert_nowhere(secret, log.getvalue())

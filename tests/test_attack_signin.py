"""Who would like to be signed in as somebody else, or to learn a token."""

import contextlib
import logging
from urllib.parse import parse_qs, urlencode, urlsplit

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers.signin import FORM
from ..models.sealed_columns import open_column, seal_column
from ..transport import secret_of, signin
from .signin_common import BACK, SECRETS, SigninCase

MALLORY = "mallory@example.com"


class _Everything(logging.Handler):
    """All that any logger says, at any level."""

    def __init__(self):
        super().__init__(logging.NOTSET)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.getMessage()} {record.exc_info or ''}")


@contextlib.contextmanager
def everything_logged(*names):
    handler, loggers = _Everything(), [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    try:
        yield handler.lines
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


@tagged("post_install", "-at_install")
class TestAttackSignin(SigninCase):
    def _assert_refused(self, settings, address, words="nothing was changed"):
        """Not signed in by it, and what was there before is as it was."""
        before = self._get_grant(settings).read()
        with mute_logger("odoo.http", "werkzeug"):
            answer = self._return(address)
        self.assertEqual(answer.status_code, 400)
        self.assertIn(words, answer.text)
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        for secret in parse_qs(urlsplit(address).query).get("code", ()):
            self.assertNotIn(secret, answer.text)
        self.assertEqual(self._get_grant(settings).read(), before)

    def test_an_answer_is_good_once(self):
        with self._provider() as there:
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            address = self._consent(self._press(settings)["url"])
            self.assertEqual(self._return(address).status_code, 303)
            self.assertTrue(self._get_grant(settings))
            asked = len(there.requests)
            self._assert_refused(settings, address)
            self.assertEqual(len(there.requests), asked, "the code was shown again")
            self.assertEqual(self._send_one().state, "sent")

    def test_answers_nobody_asked_for(self):
        with self._provider() as there:
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            self._sign_in(settings)
            url = self._press(settings)["url"]
            asked = len(there.requests)
            for params in (
                {},
                {"state": ""},
                {"code": "c0de", "state": signin.new_secret()},
                {"code": "c0de", "state": self._state_of(url) + "x"},
                {"error": "access_denied", "state": "x"},
                {"state": ["a", "b"], "code": "\x00"},
            ):
                with self.subTest(params=params):
                    address = f"{self.base}{BACK}?{urlencode(params, doseq=True)}"
                    self._assert_refused(settings, address)
            self.assertEqual(len(there.requests), asked)
            self.assertEqual(settings.state, "active")
            self.assertEqual(self._send_one().state, "sent")

    def test_a_refusal_leaves_what_works(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            self._sign_in(settings)
            address = self._consent(self._press(settings)["url"], answer="refuse")
            self._assert_refused(settings, address, "cancelled")
            self.assertEqual(self._send_one().state, "sent")

    def test_a_code_of_another_session(self):
        """Mallory's own consent, slipped into the manager's browser, and the reverse:
        the same user in another browser."""
        with self._provider():
            settings = self._create_signin_settings(email_address=False)
            self._log_in(self.manager)
            address = self._consent(self._press(settings)["url"], MALLORY)
            other = self._create_user("other", "account.group_account_manager")
            for user in (other, self.manager):
                with self.subTest(user=user.login):
                    self._log_in(user)
                    self._assert_refused(settings, address)
            self.assertFalse(self._get_grant(settings))

    def test_nobody_is_logged_in(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            address = self._consent(self._press(settings)["url"])
            for cookie in list(self.opener.cookies):
                if cookie.name == "session_id":
                    self.opener.cookies.clear(cookie.domain, cookie.path, cookie.name)
            self._assert_refused(settings, address, "no longer logged in")
            self.assertFalse(self._get_grant(settings))

    def test_rights_that_ended_meanwhile(self):
        with self._provider():
            settings = self._create_signin_settings()
            group = self.env.ref("account.group_account_manager")
            elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
            changes = {
                "no manager": {"group_ids": [Command.unlink(group.id)]},
                "another company": {
                    "company_ids": [Command.set(elsewhere.ids)],
                    "company_id": elsewhere.id,
                },
            }
            for name, values in changes.items():
                with self.subTest(name):
                    user = self._create_user(
                        name.replace(" ", "_"), "account.group_account_manager"
                    )
                    self._log_in(user)
                    address = self._consent(self._press(settings)["url"])
                    user.write(values)
                    self.env.flush_all()
                    self._assert_refused(settings, address)

    def test_the_form_was_changed_meanwhile(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            address = self._consent(self._press(settings)["url"])
            settings.application_id = self._create_application(client_number="other")
            self.env.flush_all()
            self._assert_refused(settings, address)

    def test_it_took_too_long(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            address = self._consent(self._press(settings)["url"])
            rows = self.env["account.email.signin"].sudo().search([])
            rows.end_at = fields.Datetime.now()
            self.env.flush_all()
            self._assert_refused(settings, address)

    def test_mixed_up_providers(self):
        """An answer of another provider, by its name or by its token."""
        with self._provider() as there:
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            address = self._consent(self._press(settings)["url"])
            named = f"{address}&iss=https%3A%2F%2Fevil.example"
            asked = len(there.requests)
            self._assert_refused(settings, named, "another provider")
            self.assertEqual(len(there.requests), asked, "the code was shown")
            there.claims = {"iss": "https://evil.example"}
            address = self._consent(self._press(settings)["url"])
            self._assert_refused(settings, address, "another provider")
            there.claims = {"nonce": "of another sign-in"}
            address = self._consent(self._press(settings)["url"])
            self._assert_refused(settings, address)

    def test_no_address_leads_elsewhere(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            for name in ("next", "redirect", "url", "redirect_uri", "return_to"):
                address = self._consent(self._press(settings)["url"])
                answer = self._return(f"{address}&{name}=https%3A%2F%2Fevil.example")
                self.assertEqual(answer.headers["Location"], FORM)

    def test_a_host_that_is_claimed(self):
        """Where one is sent back to is set by the administrator, not by a request."""
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            params = {
                "model": "account.email.settings",
                "method": "action_sign_in",
                "args": [settings.ids],
                "kwargs": {"context": {"base_url": "https://evil.example"}},
            }
            route = "/web/dataset/call_kw/account.email.settings/action_sign_in"
            headers = {"X-Forwarded-Host": "evil.example", "Origin": "https://evil.ex"}
            answer = self._post(route, {"params": params}, **headers).json()
            back = parse_qs(urlsplit(answer["result"]["url"]).query)["redirect_uri"]
            self.assertEqual(back, [self.base + BACK])

    def test_no_log_tells_a_token_or_a_code(self):
        with (
            self._provider("google") as there,
            everything_logged("odoo", "werkzeug") as lines,
        ):
            settings = self._create_signin_settings("google")
            self._log_in(self.manager)
            values = {"secret": "s3cret~of.the-app"}
            application = settings.application_id
            self._call("account.email.application", "write", application.ids, values)
            address = self._consent(self._press(settings)["url"])
            self._return(address)
            there.expire_all()
            self._get_grant(settings).renew_at = False
            self.assertEqual(self._send_one().state, "sent")
            there.store.dead_families = {token.family for token in there.store.tokens}
            self._get_grant(settings).renew_at = False
            self._send_one()
            self._press(settings, "action_disconnect")
        self.assertTrue([line for line in lines if BACK in line])
        query = parse_qs(urlsplit(address).query)
        for line in lines:
            self.assertIsNone(SECRETS.search(line), line[:300])
            for name in ("code", "state"):
                self.assertNotIn(query[name][0], line)

    def test_no_dump_tells_a_token(self):
        with self._provider("google"):
            settings = self._create_signin_settings("google")
            self._log_in(self.manager)
            self._press(settings)
            self._sign_in(settings)
            self.env.flush_all()
            for table in (
                "account_email_grant",
                "account_email_application",
                "account_email_signin",
                "account_email_settings",
                "mail_message",
            ):
                self.env.cr.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
                text = "\n".join(row[0] for row in self.env.cr.fetchall())
                self.assertIsNone(SECRETS.search(text), table)

    def test_nobody_reads_what_is_sealed(self):
        with self._provider("google"):
            settings = self._create_signin_settings("google")
            self._log_in(self.manager)
            self._sign_in(settings)
            grant = self._get_grant(settings)
            admin = self.env.ref("base.user_admin")
            for record, names in (
                (grant, ("access_sealed", "refresh_sealed")),
                (settings.application_id, ("secret_sealed",)),
            ):
                for user, name in (
                    (u, n) for u in (admin, self.manager) for n in names
                ):
                    with self.subTest(user=user.login, name=name):
                        self.assertRaises(
                            AccessError, record.with_user(user).read, [name]
                        )
            application = settings.application_id.with_user(self.manager)
            self.assertFalse(application.read(["secret"])[0]["secret"])
            self.assertTrue(application.has_secret)

    def test_what_is_sealed_opens_nowhere_else(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            self._sign_in(settings)
            grant = self._get_grant(settings)
            place = grant._get_sealed_place()
            self.assertTrue(open_column(grant, "refresh_sealed", place))
            for number in range(len(place)):
                other = [*place[:number], "other", *place[number + 1 :]]
                self.assertEqual(open_column(grant, "refresh_sealed", other), "")
            # Nor in another column of the same row.
            grant.access_sealed = grant.refresh_sealed
            self.assertEqual(open_column(grant, "access_sealed", place), "")
            # The application it was given for is another one now: all is forgotten.
            settings.application_id.with_user(self.manager).client_number = "evil-app"
            self.assertFalse(self._get_grant(settings))
            self.assertFalse(settings.application_id.has_secret)

    def test_server_actions_reach_no_token(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            self._sign_in(settings)
            profile = settings._get_profile()
            shown = f"{profile} {profile.__dict__} {f'{profile.__dict__}'}"
            self.assertIsNone(SECRETS.search(shown))
            self.assertTrue(secret_of(profile).startswith("at-"))

    def test_an_application_of_another_company(self):
        stranger = self._create_stranger()
        application = self._create_application()
        seal_column(application, "secret_sealed", "x", application._get_sealed_place())
        theirs = self.env["account.email.settings"].with_user(stranger)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            for values in (
                {"application_id": application.id},
                {"application_id": application.id, "login_kind": "microsoft"},
            ):
                with self.subTest(values=values), self.assertRaises(AccessError):
                    theirs.create(values)
            with self.assertRaises(AccessError):
                application.with_user(stranger).write({"secret": "evil"})
            # Nor the one for all, which is the administrator's.
            common = self._create_application(company_id=False)
            common.with_user(stranger).read(["client_number"])
            with self.assertRaises(AccessError):
                common.with_user(stranger).write({"client_number": "evil"})
            with self.assertRaises(AccessError):
                self.env["account.email.application"].with_user(stranger).create(
                    {"client_number": "evil", "company_id": False}
                )
            with self.assertRaises(AccessError):
                application.with_user(self.manager).company_id = False
            self.assertTrue(
                common.with_user(self._create_user("root", "base.group_system"))
                .sudo(False)
                .has_access("write")
            )

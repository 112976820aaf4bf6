"""How tokens stay alive, what ends them, and what a person is told then."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.account_email_grant import get_access_token
from ..transport import secret_of, signin
from .signin_common import JANE, TENANT, SigninCase
from .test_copied_database import NEUTRALIZE


@tagged("post_install", "-at_install")
class TestSigninTokens(SigninCase):
    def _signed_in(self, kind="microsoft", **values):
        settings = self._create_signin_settings(kind, **values)
        self._log_in(self.manager)
        if kind == "application":
            self._press(settings)
        else:
            self._sign_in(settings)
        self.env.invalidate_all()
        return settings

    def _age(self, settings, **values):
        """As if time had passed; moments in seconds from now."""
        now = fields.Datetime.now()
        self._get_grant(settings).write(
            {name: now + timedelta(seconds=value) for name, value in values.items()}
        )
        self.env.flush_all()

    def test_renewed_ahead_of_time_and_kept_before_it_is_used(self):
        with self._provider() as there:
            settings = self._signed_in()
            before = get_access_token(self._get_grant(settings))
            self.assertEqual(get_access_token(self._get_grant(settings)), before)
            self.assertFalse(there.refreshes)
            # Still good for a minute, but not for a whole letter.
            self._age(settings, renew_at=-1, access_end_at=60)
            after = get_access_token(self._get_grant(settings))
            self.assertNotEqual(after, before)
            self.assertEqual(len(there.refreshes), 1)
            self._age(settings, renew_at=-1)
            get_access_token(self._get_grant(settings))
            # The second time it came with the new refresh token.
            self.assertEqual(len(set(there.refreshes)), 2)
            self.assertFalse(there.reused)

    def test_a_long_batch_outlives_its_token(self):
        with self._provider("microsoft") as there:
            settings = self._signed_in(protocol="smtp")
            moves = self._create_move() | self._create_move() | self._create_move()
            rows = moves.with_user(self.bookkeeper)._email_documents().sudo()
            keep, seen = there.box.handle_DATA, []

            async def expire(server, session, envelope):
                answer = await keep(server, session, envelope)
                seen.append(1)
                there.expire_all()
                return answer

            there.box.handle_DATA = expire
            # Our clock knows nothing of it: the server refuses, once.
            self._age(settings, renew_at=3600, access_end_at=3600)
            for _number in range(3):
                self._deliver_all()
            self.assertEqual(rows.mapped("state"), ["sent"] * 3)
            self.assertEqual(len(there.box.letters), 3)
            self.assertEqual(settings.state, "active")

    def test_a_token_that_was_taken_back_on_the_way(self):
        for kind, road in (("google", "http"), ("microsoft", "smtp")):
            with self.subTest(kind=kind), self._provider(kind) as there:
                settings = self._signed_in(kind, protocol=road)
                there.expire_all()
                self.assertEqual(self._send_one().state, "sent")
                self.assertEqual(len(there.refreshes), 1)
                settings.unlink()

    def test_clocks_that_differ_by_minutes(self):
        """The provider's is ahead or behind; ours is read from the database."""
        for minutes in (-14, 14):
            with (
                self.subTest(minutes=minutes),
                self._provider(clock_off=60 * minutes) as there,
            ):
                settings = self._signed_in()
                self.assertEqual(self._send_one().state, "sent")
                self.assertFalse(there.refreshes)
                settings.unlink()

    def test_revoked_pauses_with_the_cure_and_loses_nothing(self):
        with self._provider() as there:
            settings = self._signed_in()
            there.store.dead_families = {t.family for t in there.store.tokens}
            moves = self._create_move() | self._create_move()
            rows = moves.with_user(self.bookkeeper)._email_documents().sudo()
            self._age(settings, renew_at=-1, access_end_at=-1)
            self._deliver_all()
            self.assertEqual(set(rows.mapped("state")), {"queued"})
            self.assertEqual(settings.state, "paused")
            self.assertEqual(settings.failure_cause, "signin_again")
            self.assertIn("Sign in again", settings.failure_cure)
            self.assertIn(self.manager, settings.activity_ids.user_id)
            # Paused: the provider is not asked for every letter.
            due = self.env["account.email.dispatch"].sudo()._get_due_companies()
            self.assertNotIn(self.company, due)
            self._sign_in(settings)
            self.assertEqual(settings.state, "active")
            self._deliver_all()
            self.assertEqual(set(rows.mapped("state")), {"sent"})
            self.assertEqual(len(there.apis.letters), 2)

    def test_each_refusal_ends_in_one_sentence(self):
        for answer, cause, words in (
            ("AADSTS7000222: expired", "client_secret_expired", "its value"),
            ("AADSTS65001: consent", "consent_missing", "adminconsent"),
            ("AADSTS53003: blocked", "access_policy", "access rules"),
            ("AADSTS700016: unknown", "client_unknown", "client id"),
            ("AADSTS700082: unused", "signin_again", "Sign in again"),
        ):
            with self.subTest(answer=answer), self._provider() as there:
                settings = self._signed_in()
                self._age(settings, renew_at=-1, access_end_at=-1)
                body = {"error": "invalid_grant", "error_description": answer + "\r\n"}
                there.refusals = [(400, body)]
                dispatch = self._send_one()
                self.assertEqual(dispatch.state, "queued")
                self.assertEqual(settings.failure_cause, cause)
                told = f"{settings.failure_cure} {settings.failure_page}"
                self.assertIn(words, told)
                self.assertIn(answer.partition(":")[0], settings.server_text)
                settings.unlink()
                dispatch.unlink()

    def test_a_provider_that_is_down_is_waited_for(self):
        with self._provider() as there:
            settings = self._signed_in()
            self._age(settings, renew_at=-1, access_end_at=120)
            there.refusals = [(503, "down")]
            # The old one is good for two minutes more.
            self.assertEqual(self._send_one().state, "sent")
            self._age(settings, renew_at=-1, access_end_at=-1)
            there.refusals = [(503, "down")]
            dispatch = self._send_one()
            self.assertEqual((dispatch.state, settings.state), ("queued", "active"))
            self.assertTrue(settings.paused_until)
            settings.sudo().paused_until = False
            self._deliver_all()
            self.assertEqual(dispatch.state, "sent")

    def test_an_answer_that_died_with_its_worker(self):
        """The provider has renewed, and nobody has kept it."""
        for lenient, expected in ((True, "sent"), (False, "queued")):
            with (
                self.subTest(lenient=lenient),
                self._provider(is_lenient=lenient) as there,
            ):
                settings = self._signed_in()
                self._age(settings, renew_at=-1, access_end_at=-1)
                grant = self._get_grant(settings)
                with (
                    patch(
                        "odoo.addons.account_email.models.account_email_grant.store",
                        side_effect=KeyboardInterrupt,
                    ),
                    self.assertRaises(KeyboardInterrupt),
                ):
                    get_access_token(grant)
                dispatch = self._send_one()
                self.assertEqual(dispatch.state, expected)
                self.assertEqual(len(there.reused), not lenient)
                if not lenient:
                    self.assertEqual(settings.failure_cause, "signin_again")
                settings.unlink()
                dispatch.unlink()

    def test_what_nobody_uses_is_renewed_long_before_it_dies(self):
        with self._provider() as there:
            settings = self._signed_in()
            grants = self.env["account.email.grant"].sudo()
            with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
                grants._cron_keep_alive()
                self.assertFalse(there.refreshes)
                self._age(settings, renewed_at=-8 * 86400, renew_at=-1)
                grants._cron_keep_alive()
                self.assertEqual(len(there.refreshes), 1)
                self.env.invalidate_all()
                until = settings.signed_in_until
                self.assertGreater(until, fields.Datetime.now() + timedelta(days=89))
                # One that has died meanwhile is told now, not with the next letter.
                there.store.dead_families = {t.family for t in there.store.tokens}
                self._age(settings, renewed_at=-8 * 86400, renew_at=-1)
                grants._cron_keep_alive()
            self.assertEqual(settings.state, "paused")
            self.assertEqual(settings.failure_cause, "signin_again")

    def test_disconnect_gives_back_and_forgets(self):
        with self._provider("google") as there:
            settings = self._signed_in("google")
            self._press(settings, "action_disconnect")
            self.assertFalse(self._get_grant(settings))
            revoked = [form for name, form in there.requests if name == "revoke"]
            self.assertEqual(len(revoked), 1)
            self.assertTrue(
                all(t.family in there.store.dead_families for t in there.store.tokens)
            )
        with self._provider("microsoft") as there:
            settings.unlink()
            settings = self._signed_in("microsoft")
            self._press(settings, "action_disconnect")
            self.assertFalse(self._get_grant(settings))
            told = settings.message_ids.mapped("body")
            self.assertTrue([body for body in told if "myapplications" in body])

    def test_a_copy_forgets_and_leaves_the_original_alone(self):
        with self._provider("google") as there:
            settings = self._signed_in("google")
            living = len(there.store.dead_families)
            self.env["ir.config_parameter"].sudo().init(force=True)
            self.env.invalidate_all()
            self._age(settings, renew_at=-1, renewed_at=-30 * 86400)
            with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
                self.env["account.email.grant"]._cron_keep_alive()
            # Even who starts to send here has to sign in here.
            self._log_in(self.manager)
            settings.with_user(self.manager).action_activate()
            dispatch = self._send_one()
            self.assertEqual(dispatch.state, "queued")
            self.assertEqual(settings.failure_cause, "signin_again")
            self._press(settings, "action_disconnect")
            self.assertFalse(there.refreshes)
            self.assertEqual(len(there.store.dead_families), living)
            self.assertFalse([n for n, _form in there.requests if n == "revoke"])

    def test_neutralized(self):
        with self._provider("google") as there:
            settings = self._signed_in("google")
            self.env.flush_all()
            self.env.cr.execute(NEUTRALIZE.read_text())
            self.env.invalidate_all()
            self.assertFalse(self._get_grant(settings))
            self.assertFalse(settings.application_id.has_secret)
            self.assertFalse(self.env["account.email.signin"].sudo().search([]))
            self.assertFalse([n for n, _form in there.requests if n == "revoke"])

    # ------------------------------------------------------------
    # The test of the settings
    # ------------------------------------------------------------

    def _test(self, settings):
        action = settings.with_user(self.manager).action_test()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.with_user(self.manager).action_run()
        return wizard

    def test_the_test_shows_its_steps(self):
        for kind, road, tail in (
            ("google", "http", ["mailbox", "sender", "delivery"]),
            ("microsoft", "http", ["mailbox", "sender", "delivery"]),
            ("microsoft", "smtp", ["login", "sender", "recipient", "delivery"]),
        ):
            with self.subTest(kind=kind, road=road), self._provider(kind) as there:
                settings = self._signed_in(kind, protocol=road)
                wizard = self._test(settings)
                self.assertEqual(wizard.state, "passed", wizard.line_ids.mapped("cure"))
                names = wizard.line_ids.mapped("name")
                self.assertEqual(names[:3], ["token", "scope", "who"])
                self.assertEqual(names[-len(tail) :], tail)
                letters = there.box.letters if road == "smtp" else there.apis.letters
                self.assertEqual(len(letters), 1)
                self.assertTrue(settings.tested_at)
                settings.unlink()

    def test_the_test_names_what_is_wrong(self):
        with self._provider() as there:
            settings = self._signed_in()
            grant = self._get_grant(settings)

            def fail(step, words):
                wizard = self._test(settings)
                last = wizard.line_ids[-1]
                self.assertEqual((wizard.state, last.name), ("failed", step))
                self.assertIn(words, last.cure)

            there.apis.answers = [
                (404, {"error": {"code": "MailboxNotEnabledForRESTAPI"}}, {})
            ]
            fail("mailbox", "no mailbox")
            there.apis.answers = [(403, {"error": {"code": "ErrorSendAsDenied"}}, {})]
            fail("sender", "send as this address")
            there.apis.answers = [(403, {"error": {"code": "ErrorAccessDenied"}}, {})]
            fail("sender", "Send as")
            grant.account = "other@example.com"
            fail("who", "other@example.com")
            grant.write({"account": JANE, "scope": "openid email"})
            fail("scope", "tick everything")
            grant.scope = "openid https://graph.microsoft.com/Mail.Send"
            there.store.dead_families = {t.family for t in there.store.tokens}
            self._age(settings, renew_at=-1, access_end_at=-1)
            fail("token", "Sign in again")

    def test_a_shared_tenant_is_of_no_use_without_a_person(self):
        with self._provider():
            application = self._create_application(tenant="common")
            settings = self._create_signin_settings(
                "application", application_id=application.id
            )
            with self.assertRaisesRegex(UserError, "tenant"):
                settings.with_user(self.manager).action_sign_in()
            application.write({"tenant": TENANT, "secret": "wrong"})
            with self.assertRaisesRegex(UserError, "client secret is wrong"):
                settings.with_user(self.manager).action_sign_in()

    def test_without_the_library_a_sentence_asks_for_it(self):
        settings = self._create_signin_settings()
        with (
            patch.object(signin, "is_available", return_value=False),
            self.assertRaisesRegex(UserError, "pip install Authlib"),
        ):
            settings.with_user(self.manager).action_sign_in()

    def test_resealed_with_a_new_key(self):
        with self._provider():
            settings = self._signed_in()
            before = secret_of(settings._get_profile())
            count, closed = self.env["account.email.grant"]._reseal()
            self.assertEqual((count, closed), (0, closed.browse()))
            self.assertEqual(secret_of(settings._get_profile()), before)

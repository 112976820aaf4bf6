"""A person signs in with Google or Microsoft, and letters leave."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..controllers.signin import FORM
from ..transport import secret_of
from ..transport.signin import SERVICES
from .signin_common import JANE, TENANT, SigninCase


@tagged("post_install", "-at_install")
class TestSignin(SigninCase):
    def test_each_provider_on_each_road(self):
        for service, road in (
            ("google", "http"),
            ("microsoft", "http"),
            ("microsoft", "smtp"),
        ):
            with (
                self.subTest(service=service, road=road),
                self._provider(service) as there,
            ):
                settings = self._create_signin_settings(service, protocol=road)
                self._log_in(self.manager)
                answer = self._sign_in(settings)
                self.assertEqual(answer.status_code, 303)
                self.assertEqual(answer.headers["Location"], FORM)
                self.assertTrue(settings.is_signed_in)
                self.assertEqual(settings.signed_in_account, JANE)
                self.assertTrue(settings.signed_in_until)
                dispatch = self._send_one()
                self.assertEqual(dispatch.state, "sent")
                letters = there.box.letters if road == "smtp" else there.apis.letters
                self.assertEqual(len(letters), 1)
                self.assertIn(self.customer.email, letters[0][1])
                settings.unlink()

    def test_the_blind_copy_stays_blind(self):
        with self._provider() as there:
            settings = self._create_signin_settings(
                send_copy=True, copy_address="archive@example.com"
            )
            self._log_in(self.manager)
            self._sign_in(settings)
            self.assertEqual(self._send_one().state, "sent")
        _account, everybody, message = there.apis.letters[0]
        self.assertEqual(everybody, [self.customer.email, "archive@example.com"])
        self.assertNotIn("archive", message.as_string())

    def test_a_code_for_any_browser(self):
        with self._provider() as there:
            settings = self._create_signin_settings(
                protocol="smtp",
                application_id=self._create_application(
                    client_number="public-app", secret=False
                ).id,
            )
            # Behind a firewall, without https: nobody could be sent back here.
            self.env["ir.config_parameter"].set_param("web.base.url", "http://10.0.0.7")
            self._log_in(self.manager)
            action = self._press(settings, "action_sign_in_by_code")
            row = self.env["account.email.signin"].sudo().browse(action["res_id"])
            self.assertTrue(row.user_code)
            self.assertEqual(row.address, f"{there.base}/devicelogin")

            def poll():
                answer = self._call("account.email.signin", "action_poll", row.ids)
                self.env.invalidate_all()
                return answer["type"]

            self.assertEqual(poll(), "ir.actions.act_window")
            self.assertFalse(settings.is_signed_in)
            asked = len(there.requests)
            # Faster than the provider allows: it is not asked.
            poll()
            self.assertEqual(len(there.requests), asked)
            there.decide(row.user_code, JANE)
            row.next_poll_at = False
            self.env.flush_all()
            self.assertEqual(poll(), "ir.actions.act_window_close")
            self.assertTrue(settings.is_signed_in)
            # Once more after success leaves everything as it is.
            asked = len(there.requests)
            self.assertEqual(poll(), "ir.actions.act_window_close")
            self.assertEqual(len(there.requests), asked)
            self.assertEqual(self._send_one().state, "sent")
            self.assertEqual(there.box.letters[0][0], JANE)

    def test_an_application_without_a_person(self):
        shared = "invoices@example.com"
        with self._provider() as there:
            there.apis.rights[""] = (shared,)
            settings = self._create_signin_settings("application", email_address=shared)
            self._log_in(self.manager)
            self._press(settings)
            self.env.invalidate_all()
            self.assertTrue(settings.is_signed_in)
            self.assertEqual(self._send_one().state, "sent")
            self.assertEqual(there.apis.letters[0][0], shared)
            # Its token is asked for anew; there is nothing to renew.
            there.expire_all()
            self.assertEqual(self._send_one().state, "sent")
            self.assertFalse(there.refreshes)

    def test_the_application_of_all_companies_needs_a_person(self):
        """Without one it could send from every mailbox of the tenant."""
        with self._provider():
            application = self._create_application(company_id=False, tenant=TENANT)
            settings = self._create_signin_settings(
                "application", application_id=application.id
            )
            with self.assertRaisesRegex(UserError, "application of its own"):
                settings.with_user(self.manager).action_sign_in()

    def test_a_shared_mailbox(self):
        shared = "invoices@example.com"
        with self._provider() as there:
            settings = self._create_signin_settings(email_address=shared)
            self._log_in(self.manager)
            with mute_logger("odoo.http"):
                answer = self._sign_in(settings)
            self.assertEqual(answer.status_code, 400)
            self.assertIn("shared mailbox", answer.text)
            self.assertFalse(settings.is_signed_in)
            settings.is_shared_mailbox = True
            self._sign_in(settings)
            self.assertTrue(settings.is_signed_in)
            dispatch = self._send_one()
            self.assertEqual(dispatch.failure_cause, "right_missing")
            self.assertEqual(settings.state, "paused")
            there.apis.rights[JANE] = (shared,)
            settings.with_user(self.manager).action_activate()
            self._deliver_all()
            self.assertEqual(dispatch.state, "sent")

    def test_nothing_works_before_somebody_signed_in(self):
        with self._provider():
            settings = self._create_signin_settings(state="draft")
            with self.assertRaisesRegex(ValidationError, "Sign in first"):
                settings.with_user(self.manager).action_activate()
            settings.sudo().state = "active"
            dispatch = self._send_one()
            self.assertEqual(dispatch.state, "queued")
            self.assertEqual(settings.failure_cause, "signin_missing")
            self._log_in(self.manager)
            self._sign_in(settings)
            # Signing in is the cure: what waited leaves.
            self.assertEqual(settings.state, "active")
            self._deliver_all()
            self.assertEqual(dispatch.state, "sent")

    def test_who_cannot_be_sent_back_does_not_leave(self):
        with self._provider():
            settings = self._create_signin_settings()
            self._log_in(self.manager)
            for base, words in (
                ("http://odoo.example.com", "https"),
                ("http://127.0.0.1:8069", "https"),
                ("https://odoo.example.com", "another address"),
                ("http://localhost.evil.example", "https"),
            ):
                with self.subTest(base=base):
                    self.env["ir.config_parameter"].set_param("web.base.url", base)
                    self.env.flush_all()
                    self.assertEqual(
                        settings.redirect_uri, f"{base}/account_email/signin"
                    )
                    with (
                        mute_logger("odoo.http"),
                        self.assertRaisesRegex(AssertionError, words),
                    ):
                        self._press(settings)
                    settings.invalidate_recordset()

    def test_one_click_from_the_notice_keeps_all_other_values(self):
        application = self._create_application()
        settings = self._create_settings(
            provider="microsoft365",
            smtp_host="smtp.office365.com",
            smtp_port=587,
            security="starttls",
            username=JANE,
            password="old",
            email_address=False,
            send_copy=True,
            copy_address="archive@example.com",
        )
        self.assertTrue(settings.provider_notice)
        proposed = settings.with_user(self.manager).action_propose_sign_in({})
        values = proposed["values"]
        self.assertEqual(values["login_kind"], "microsoft")
        self.assertEqual(values["email_address"], JANE)
        self.assertEqual(values["application_id"]["id"], application.id)
        self.assertNotIn("copy_address", values)

    def test_the_form(self):
        application = self._create_application("google")
        with Form(self.env["account.email.settings"]) as form:
            form.login_kind = "google"
            self.assertEqual(form.application_id, application)
            self.assertIn("whole mailbox", form.road_advice)
            form.protocol = "http"
            self.assertIn("Recommended", form.road_advice)
            form.email_address = JANE
            form.login_kind = "microsoft"
            self.assertFalse(form.application_id)
        form = Form(self.env["account.email.settings"])
        form.protocol = "http"
        form.http_provider = "gmail_api"
        self.assertEqual(form.login_kind, "google")

    def test_tokens_go_to_the_providers_own_servers_alone(self):
        with self._provider() as there:
            settings = self._create_signin_settings(
                http_url="https://evil.example/",
                smtp_host="evil.example",
                smtp_port=25,
                security="none",
                skip_tls_verification=True,
                http_provider="mailgun",
                username="evil",
            )
            profile = settings._build_profile("token")
            self.assertEqual(profile.http_url, there.base)
            self.assertEqual(profile.provider, "graph")
            settings.protocol = "smtp"
            profile = settings._build_profile("token")
            self.assertEqual(profile.host, "localhost")
            self.assertEqual(profile.security, "starttls")
            self.assertTrue(profile.verify_tls)
            self.assertEqual(profile.username, JANE)
            self.assertEqual(secret_of(profile), "token")

    def test_what_ends_is_told_weeks_before(self):
        with self._provider("google") as there:
            settings = self._create_signin_settings("google")
            self._log_in(self.manager)
            self._sign_in(settings)
            self.assertFalse(settings.signin_warning)
            days = SERVICES["google"].unused_days
            self.assertAlmostEqual(
                settings.signed_in_until,
                settings.signed_in_at + timedelta(days=days),
                delta=timedelta(minutes=5),
            )
            # Learnt from the provider, or known of the consent screen.
            grant = self._get_grant(settings)
            settings.application_id.is_testing = True
            self.assertIn("testing", settings.signin_warning)
            settings.application_id.is_testing = False
            grant.refresh_end_at = fields.Datetime.now() + timedelta(days=6)
            settings.invalidate_recordset()
            self.assertIn("testing", settings.signin_warning)
            grant.refresh_end_at = False
            soon = fields.Date.today() + timedelta(days=20)
            settings.application_id.secret_end_date = soon
            settings.invalidate_recordset()
            self.assertIn(str(soon), settings.signin_warning)
            for _number in range(2):
                self.env["account.email.settings"]._warn_of_endings()
            mine = settings.activity_ids.filtered(lambda a: a.user_id == self.manager)
            self.assertEqual(len(mine), 1)
            self.assertIn(str(soon), mine.summary)
            self.assertFalse(there.refreshes)

from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..advice import PRESETS, verdict
from ..models.account_email_rate import LOOKUPS_PER_HOUR
from ..transport import PROVIDERS, secret_of
from ..words import providers as provider_words
from ..words import verdict as verdict_words
from .common import AccountEmailCommon


@tagged("post_install", "-at_install")
class TestSettingsProvider(AccountEmailCommon):
    def test_every_provider_has_its_words(self):
        for preset in PRESETS.values():
            with self.subTest(provider=preset.key):
                self.assertTrue(provider_words.get_steps(self.env, preset))
                for notice in preset.notices:
                    self.assertTrue(provider_words.get_notice(self.env, notice.key))
        for key in PROVIDERS:
            with self.subTest(provider=key):
                self.assertTrue(provider_words.get_http_steps(self.env, key))
        selection = self.env["account.email.settings"]._fields["http_provider"]
        self.assertEqual(set(selection.get_values(self.env)), set(PROVIDERS))

    def test_a_new_service_is_one_class(self):
        """Nothing but its class and its line: the form has it, and tells its steps."""

        class Pigeon(PROVIDERS["mailgun"]):
            key, label, steps = "pigeon", "Pigeon Post", "Password: a ring."

        Settings = self.env["account.email.settings"]
        selection = Settings._fields["http_provider"]
        with patch.dict(PROVIDERS, pigeon=Pigeon):
            self.assertIn("pigeon", dict(selection._description_selection(self.env)))
            draft = Settings.new({"protocol": "http", "http_provider": "pigeon"})
            self.assertEqual(draft.provider_steps, "Password: a ring.")
            self.assertLessEqual({"username", "email_address"}, set(draft.acting))
        self.assertNotIn("pigeon", dict(selection._description_selection(self.env)))

    def test_every_verdict_has_its_words(self):
        self.assertEqual(set(verdict_words.OUTCOMES), set(verdict.OUTCOMES))
        for name, states in verdict.STATES.items():
            self.assertEqual(set(verdict_words.CHECKS[name]), set(states))
            for state in states:
                with self.subTest(check=name, state=state):
                    checks = {key: verdict.Check("unasked") for key in verdict.STATES}
                    checks[name] = verdict.Check(state)
                    told = verdict_words.tell(
                        self.env, verdict.Verdict("x.test", outcome="fine", **checks)
                    )
                    self.assertFalse([line for line in told if "%(" in line])

    def test_choosing_one_fills_in_the_form(self):
        with Form(self.env["account.email.settings"]) as form:
            form.username = "office@example.com"
            form.provider = "microsoft365"
            self.assertEqual(form.smtp_host, "smtp.office365.com")
            self.assertEqual(form.smtp_port, 587)
            self.assertEqual(form.security, "starttls")
            self.assertEqual(form.limit_per_minute, 30)
            self.assertIn("Exchange admin center", form.provider_steps)

    def test_an_address_proposes_its_provider(self):
        with Form(self.env["account.email.settings"]) as form:
            form.username = "somebody@gmail.com"
            self.assertEqual(form.provider, "gmail")
            self.assertEqual(form.smtp_host, "smtp.gmail.com")
            self.assertIn("2-Step Verification", form.provider_steps)

    def test_help_goes_with_the_server(self):
        form = Form(self.env["account.email.settings"])
        form.provider = "gmail"
        self.assertIn("2-Step Verification", form.provider_steps)
        form.smtp_host = "smtp.example.com"
        self.assertFalse(form.provider or form.provider_steps or form.provider_url)
        form.smtp_host = "smtp.mail.yahoo.com"
        self.assertEqual(form.provider, "yahoo")
        settings = self._create_settings(state="draft", smtp_host="smtp.gmail.com")
        self.assertEqual(settings.provider, "gmail")
        settings.write({"provider": "google"})
        settings.write({"smtp_host": "smtp.example.com"})
        self.assertFalse(settings.provider)

    def test_each_service_shows_its_own_examples(self):
        form = Form(self.env["account.email.settings"])
        form.protocol = "http"
        shown = {}
        for key, service in PROVIDERS.items():
            form.http_provider = key
            shown[key] = form.url_placeholder
            if service.needs_username:
                self.assertEqual(
                    form.username_placeholder or "", service.example_username
                )
        self.assertIn("manager.io", shown["manager"])
        self.assertEqual(shown["mailgun"], "https://api.mailgun.net")
        self.assertEqual(len(set(shown.values())), len(shown))
        form.protocol = "smtp"
        self.assertIn("no login", form.username_placeholder)
        form.provider = "gmail"
        self.assertNotIn("no login", form.username_placeholder)

    def test_a_whole_address_is_taken_apart(self):
        form = Form(self.env["account.email.settings"])
        form.smtp_host = "https://smtp.example.com:2465/"
        self.assertEqual((form.smtp_host, form.smtp_port), ("smtp.example.com", 2465))
        self.assertEqual(form.smtp_port_choice, "other")
        form.smtp_host = "smtp.gmail.com:587"
        self.assertEqual((form.smtp_host, form.smtp_port), ("smtp.gmail.com", 587))
        self.assertEqual((form.provider, form.security), ("gmail", "starttls"))

    def test_login_and_address_are_proposed_from_the_company(self):
        self.company.email = "Company <billing@gmail.com>"
        form = Form(self.env["account.email.settings"])
        self.assertEqual(form.username, "billing@gmail.com")
        self.assertEqual(form.smtp_host, "smtp.gmail.com")
        form.username = "billing"
        self.assertEqual(form.email_address, "billing@gmail.com")
        settings = form.save()
        # What was chosen once is not proposed again.
        settings.write({"username": False})
        self.assertFalse(Form(settings).username)
        settings.unlink()
        self.assertFalse(self._create_settings().username)

    def test_local_part_as_username(self):
        form = Form(self.env["account.email.settings"])
        form.email_address = "somebody@web.de"
        self.assertEqual(form.username, "somebody")
        self.assertIn("email_address", form.acting)
        form.save()

    def test_what_was_typed_stays(self):
        form = Form(self.env["account.email.settings"])
        form.smtp_host = "mail.example.com"
        form.username = "somebody@gmail.com"
        self.assertEqual(form.smtp_host, "mail.example.com")
        form.save()

    def test_a_known_server_is_always_verified(self):
        settings = self._create_settings(state="draft", smtp_host="smtp.gmail.com")
        with self.assertRaisesRegex(ValidationError, "certificate of Gmail is always"):
            settings.skip_tls_verification = True

    def test_policy_shows_before_it_bites(self):
        settings = self._create_settings(state="draft", provider="microsoft365")
        notice = PRESETS["microsoft365"].notices[0]
        self.assertLess(notice.shown_from, date(2026, 11, 1))
        self.assertIn("December 2026", settings.provider_notice)

    def test_services_over_http(self):
        settings = self._create_settings(
            state="draft", protocol="http", http_provider="mailgun", smtp_host=False
        )
        self.assertIn("username", settings.acting)
        with self.assertRaisesRegex(ValidationError, "needs a username beside the key"):
            settings.action_activate()
        settings.write({"username": "mg.example.com", "password": "key"})
        settings.action_activate()
        profile = settings._get_profile()
        self.assertEqual(profile.provider, "mailgun")
        self.assertEqual(profile.sender, "billing@example.com")
        self.assertEqual(secret_of(profile), "key")

    def test_look_up_without_network(self):
        settings = self.env["account.email.settings"].with_user(self.manager)
        answer = settings.action_find_settings({"username": "me@x.invalid"})
        self.assertFalse(answer["values"])
        self.assertIn("me@x.invalid", answer["message"])
        answer = settings.action_find_settings({"username": "me@gmail.com"})
        self.assertEqual(answer["values"]["smtp_host"], "smtp.gmail.com")

    def test_verdict_without_network(self):
        settings = self._create_settings(email_address="me@x.invalid")
        (outcome, *_checks) = settings.action_check_sender()["lines"]
        self.assertIn("x.invalid", outcome)

    def test_a_provider_that_was_left_is_not_the_one_that_sends(self):
        settings = self._create_settings(state="draft", provider="gmail")
        self.assertFalse(settings._get_sending_preset())
        settings.smtp_host = "smtp.zoho.eu"
        self.assertEqual(settings._get_sending_preset().key, "zoho")
        settings.smtp_host = "smtp.gmail.com"
        settings.provider = "google"
        self.assertEqual(settings._get_sending_preset().key, "google")

    def test_nobody_asks_without_end(self):
        settings = self._create_settings().with_user(self.manager)
        values = {"username": "me@x.invalid"}
        rates = self.env["account.email.rate"].with_user(self.manager)
        for _number in range(LOOKUPS_PER_HOUR - 1):
            self.assertTrue(rates._take("lookup", LOOKUPS_PER_HOUR))
        settings.action_find_settings(values)
        for action in (settings.action_find_settings, settings.action_check_sender):
            with self.assertRaisesRegex(UserError, "Wait a little"):
                action(values)
        others = rates.with_user(self.bookkeeper)
        self.assertTrue(others._take("lookup", LOOKUPS_PER_HOUR))

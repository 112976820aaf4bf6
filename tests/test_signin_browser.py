"""A browser goes the whole way: form, provider, form, test, letter."""

import contextlib
from unittest.mock import patch
from urllib.parse import urlsplit

import odoo.tests.common
from odoo.tests import ChromeBrowser, tagged

from .signin_common import JANE, SigninCase

FORM = "/odoo/email-settings"
# What a person does on the provider's page, in the very browser.
CONSENT = """
if (location.port === "%s") {
    addEventListener("DOMContentLoaded", () =>
        document.getElementById("%s")?.click());
}
"""


@tagged("post_install", "-at_install")
class TestSigninBrowser(SigninCase):
    def setUp(self):
        super().setUp()
        # One name for all: Microsoft knows no 127.0.0.1, and cookies know no ports.
        self.startPatcher(patch.object(odoo.tests.common, "HOST", "localhost"))

    @contextlib.contextmanager
    def _person(self, there, answer="allow"):
        """A browser whose person gives ``answer`` at the provider."""
        source = CONSENT % (urlsplit(there.base).port, answer)
        go = ChromeBrowser.navigate_to

        def navigate_to(browser, *args, **options):
            browser._websocket_request(
                "Page.addScriptToEvaluateOnNewDocument", params={"source": source}
            )
            return go(browser, *args, **options)

        with patch.object(ChromeBrowser, "navigate_to", navigate_to):
            yield

    def _tour(self, name, query=""):
        self.start_tour(FORM + query, name, login=self.manager.login)
        self.env.invalidate_all()
        return self.company.email_settings_id

    def test_microsoft_by_smtp(self):
        with self._provider() as there, self._person(there):
            self._create_application()
            settings = self._tour("account_email_signin", "?kind=Microsoft&road=smtp")
        self.assertEqual(settings.state, "active")
        self.assertEqual(there.box.logins, [(JANE, True)])
        self.assertEqual(len(there.box.letters), 1)

    def test_google_by_its_api(self):
        with self._provider("google") as there, self._person(there):
            self._create_application("google")
            settings = self._tour("account_email_signin", "?kind=Google&road=http")
        self.assertEqual(settings.state, "active")
        [(account, _everybody, _message)] = there.apis.letters
        self.assertEqual(account, JANE)

    def test_a_code_for_any_browser(self):
        with self._provider() as there:
            self._create_application(client_number="public-app", secret=False)
            settings = self._tour("account_email_signin_code")
        self.assertEqual(settings.state, "active")
        self.assertEqual(len(there.box.letters), 1)

    def test_a_code_that_was_refused(self):
        with self._provider() as there:
            public = self._create_application(client_number="public-app", secret=False)
            self._create_signin_settings(
                protocol="smtp", state="draft", application_id=public.id
            )
            there.refusals.append((400, {"error": "expired_token"}))
            settings = self._tour("account_email_signin_code_refused")
        self.assertFalse(settings.is_signed_in)
        asked = [kind for kind, _values in there.requests if kind == "token"]
        self.assertEqual(len(asked), 1)

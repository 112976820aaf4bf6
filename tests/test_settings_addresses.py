"""Addresses of the settings are used as they were typed, or refused."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import AccountEmailCommon

GOOD = {
    "me@example.org": "me@example.org",
    " Me <me@example.org> ": "me@example.org",
    '"Doe, John" <me@example.org>': "me@example.org",
    "Straße <me@bücher.example>": "me@bücher.example",
    "o'neil+bills@example.org": "o'neil+bills@example.org",
    # Core writes it so, whoever it is.
    "Me@Example.ORG": "me@example.org",
}
BAD = (
    '"a b"@example.org',
    '"a,b"@example.org',
    "a@example.org SIZE=1",
    "<a@example.org> SIZE=1",
    "a b@example.org",
    "a@exam ple.org",
    "badly typed@@example.org",
    "a(b)@example.org",
    "(b@example.net) a@example.org",
    "Group: a@example.org;",
    "a@example.org\r\nBcc: b@example.net",
    "a@[192.0.2.25]",
    "a..b@example.org",
    "a@example.org\u202e",
    "@b.example:a@example.org",
)


@tagged("post_install", "-at_install")
class TestSettingsAddresses(AccountEmailCommon):
    def setUp(self):
        super().setUp()
        self.settings = self._create_settings().with_user(self.manager)

    def _used(self, field, text):
        """The bare address that letters get of it."""
        values = {
            "copy_address": {"send_copy": True},
            "reply_to": {"use_reply_to": True},
            "username": {"security": "tls", "smtp_port": 465, "password": "secret"},
        }
        with self.env.cr.savepoint() as point:
            self.settings.write({field: text, **values.get(field, {})})
            used = {
                "email_address": self.settings._get_sender_address,
                "username": self.settings._get_sender_address,
                "copy_address": self.settings._get_copy_address,
                "reply_to": self.settings._get_reply_to,
            }[field]()
            point.rollback()
        self.settings.invalidate_recordset()
        return used

    def test_good_ones_are_used_as_typed(self):
        for field in ("email_address", "copy_address", "username"):
            for text, bare in GOOD.items():
                with self.subTest(field=field, text=text):
                    self.assertEqual(self._used(field, text), bare)
        for text, bare in GOOD.items():
            with self.subTest(reply_to=text):
                self.assertIn(bare.lower(), self._used("reply_to", text).lower())

    def test_others_are_refused(self):
        for field in ("email_address", "copy_address", "reply_to"):
            for text in BAD:
                with (
                    self.subTest(field=field, text=text),
                    self.assertRaises(ValidationError),
                ):
                    self._used(field, text)

    def test_a_login_that_is_no_address_is_no_sender(self):
        for text in (*BAD, "DOMAIN\\me", "me@example.org\\shared", "apikey"):
            with self.subTest(text=text):
                try:
                    sender = self._used("username", text)
                except ValidationError:
                    continue
                self.assertEqual(sender, "billing@example.com")

    def test_one_reply_of_several_that_is_none(self):
        both = "a@example.org; Bob <b@example.org>"
        self.assertIn("b@example.org", self._used("reply_to", both))
        for text in BAD:
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self._used("reply_to", f"a@example.org, {text}")

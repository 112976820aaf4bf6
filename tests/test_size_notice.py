from odoo.tests import Form, tagged

from .common import AccountEmailCommon


@tagged("post_install", "-at_install")
class TestSizeNotice(AccountEmailCommon):
    """Both figures before Send, as the lowest right that may send sees them."""

    def _get_notice(self, settings, megabytes):
        move = self._create_move().with_user(self.bookkeeper)
        action = move.action_email_document()
        composers = self.env["mail.compose.message"].with_user(self.bookkeeper)
        form = Form(
            composers.with_context(**action["context"]),
            view="account_email.mail_compose_message_view_form",
        )
        self.assertFalse(form.size_notice)
        values = {"name": "scan.pdf", "raw": b"x" * int(megabytes * 1_000_000)}
        form.attachment_ids.add(
            self.env["ir.attachment"].with_user(self.bookkeeper).create(values)
        )
        return form.size_notice or ""

    def test_what_the_provider_publishes(self):
        settings = self._create_settings(smtp_host="smtp.gmail.com")
        self.assertFalse(self._get_notice(settings, 17))
        notice = self._get_notice(settings, 19)
        self.assertIn("26.0 MB", notice)
        self.assertIn("at most 25.0 MB", notice)

    def test_what_the_server_said(self):
        settings = self._create_settings()
        self.assertFalse(self._get_notice(settings, 3))
        dispatch = self._create_move()._email_documents()
        facts = {"host": settings.smtp_host, "limit": 2_000_000, "size": 3_000_000}
        dispatch.sudo().write({"failure_cause": "too_big", "failure_facts": facts})
        self.assertIn("at most 2.0 MB", self._get_notice(settings, 3))
        # Another server may take more.
        settings.smtp_host = "mx.acme.example"
        self.assertFalse(self._get_notice(settings, 3))

    def test_a_server_nobody_knows(self):
        self.assertFalse(self._get_notice(self._create_settings(), 30))

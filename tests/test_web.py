from odoo.tests import HttpCase, tagged

from .common import AccountEmailCommon
from .servers import HOST, smtp_server


@tagged("post_install", "-at_install")
class TestWeb(AccountEmailCommon, HttpCase):
    """The road of a person: from the empty form to the letter in the mailbox."""

    def test_settings_form(self):
        with smtp_server() as (port, box):
            self.start_tour(
                f"/odoo/email-settings?host={HOST}&port={port}",
                "account_email_settings",
                login=self.manager.login,
            )
        settings = self.company.email_settings_id
        self.assertEqual(settings.state, "active")
        self.assertEqual(settings.smtp_port, port)
        self.assertEqual(len(box.letters), 1)

    def test_email_button(self):
        self._create_settings()
        move = self._create_move()
        action = self.env.ref("account.action_move_out_invoice")
        self.start_tour(
            f"/odoo/action-{action.id}/{move.id}",
            "account_email_document",
            login=self.bookkeeper.login,
        )
        dispatch = self.env["account.email.dispatch"].search([])
        self.assertEqual(dispatch.res_id, move.id)
        self.assertEqual(dispatch.recipients, self.customer.email)

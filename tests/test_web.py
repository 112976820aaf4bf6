from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import AccountEmailCommon
from .internet import internet
from .mistakes import GMAIL, LOGIN, at
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

    def test_a_mistake_is_told_with_its_page(self):
        self._create_settings(
            smtp_host=GMAIL, smtp_port=465, security="tls", **LOGIN, state="draft"
        )
        reply = "535 5.7.8 Username and Password not accepted"
        servers = at(GMAIL, 465, tls=True, password="x", AUTH=reply)
        with internet(servers()):
            self.start_tour(
                "/odoo/email-settings",
                "account_email_settings_mistake",
                login=self.manager.login,
            )

    def test_a_greylisted_test_goes_on_by_itself(self):
        said = []

        def later(script):
            said.append(script.last)
            first = len(said) == 1
            script.say("450 4.2.0 Greylisted\r\n" if first else "250 fine\r\n")
            return True

        self._create_settings(smtp_host="mx.acme.example", smtp_port=25)
        lines = self.registry["account.email.settings.test.line"]
        prepare = lines._prepare_advice

        def soon(line, test, error):
            return prepare(line, test, error) | {"again_in": 1}

        servers = at("mx.acme.example", 25, RCPT=later)
        with internet(servers()), patch.object(lines, "_prepare_advice", soon):
            self.start_tour(
                "/odoo/email-settings",
                "account_email_settings_greylisted",
                login=self.manager.login,
            )
        self.assertEqual(len(said), 2)

    def test_settings_in_use_are_saved_by_a_person(self):
        settings = self._create_settings(
            username="office", password="secret", security="tls"
        )
        self.start_tour(
            "/odoo/email-settings",
            "account_email_settings_live",
            login=self.manager.login,
        )
        settings.invalidate_recordset()
        self.assertEqual(settings.smtp_host, HOST)
        self.assertEqual(settings.username, "office")
        self.assertTrue(settings.has_password)

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

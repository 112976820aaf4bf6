"""Documents of two selected companies at once: each is of its own."""

from odoo import Command
from odoo.tests import tagged

from .common import AccountEmailCommon


@tagged("post_install", "-at_install")
class TestTwoCompanies(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company()["company"]
        cls._create_settings()
        cls.env["account.email.settings"].with_company(cls.other).create(
            {
                "company_id": cls.other.id,
                "smtp_host": "127.0.0.1",
                "smtp_port": 2500,
                "security": "none",
                "email_address": "other@example.com",
            }
        ).sudo().state = "active"
        cls.bookkeeper.company_ids = [Command.link(cls.other.id)]
        second = cls.env["account.move"].with_company(cls.other)
        second = second.create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "invoice_date": "2026-03-01",
                "invoice_line_ids": [
                    Command.create({"name": "Ink", "price_unit": 10, "tax_ids": False})
                ],
            }
        )
        second.action_post()
        cls.moves = cls._create_move() | second

    def test_both_are_written_in_a_batch(self):
        both = [self.company.id, self.other.id]
        for chosen in (both, both[::-1]):
            with self.subTest(chosen=chosen):
                moves = self.moves.with_user(self.bookkeeper)
                moves = moves.with_context(allowed_company_ids=chosen)
                batch = self.env["account.email.batch"].browse(
                    moves.action_email_documents()["res_id"]
                )
                lines = batch.sudo().line_ids
                lines.selected = True
                lines._prepare_each()
                self.assertEqual(lines.mapped("problem"), [False, False])
                self.assertEqual(set(lines.mapped("state")), {"prepared"})
                rows = lines.dispatch_id
                self.assertEqual(rows.company_id, self.company | self.other)
            self.env["account.email.dispatch"].sudo().search([]).unlink()

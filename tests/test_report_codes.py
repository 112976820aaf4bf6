"""QR codes with which an invoice is paid."""

import base64
import io
from contextlib import ExitStack
from unittest.mock import patch

from PIL import Image

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..report import payment_code

METHOD = "test_qr"


@tagged("post_install", "-at_install")
class TestReportCodes(AccountTestInvoicingCommon):
    def setUp(self):
        super().setUp()
        bank = self.env["res.partner.bank"].create(
            {
                "acc_number": "BE71096123456769",
                "partner_id": self.env.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        self.invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner_a.id,
                "partner_bank_id": bank.id,
                "invoice_line_ids": [Command.create({"name": "A", "price_unit": 9.0})],
            }
        )
        self.invoice.action_post()
        self.drawer = self.env["report.account.report_invoice_with_payments"]

    def _get_codes(self, fault="", **parameters):
        parameters = {"barcode_type": "QR", "value": "PAY 9.00", **parameters}
        bank, move = (
            type(self.env[name]) for name in ("res.partner.bank", "account.move")
        )
        picture = io.BytesIO()
        Image.new("1", (9, 9)).save(picture, "PNG")
        address = (
            "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
        )
        answers = {
            "get_available_qr_methods_in_sequence": lambda _: [(METHOD, "Test")],
            "_get_error_messages_for_qr": lambda *args: fault,
            "_check_for_qr_code_errors": lambda *args: "",
            "_get_qr_code_generation_params": lambda *args, **kwargs: parameters,
        }
        with ExitStack() as stack:
            for name, answer in answers.items():
                stack.enter_context(patch.object(bank, name, answer))
            stack.enter_context(
                patch.object(move, "_generate_qr_code", lambda *a, **kw: address)
            )
            stack.enter_context(patch.object(move, "display_qr_code", True))
            return list(self.drawer._prepare_codes(self.invoice))

    def test_plain_code_is_drawn_by_us(self):
        (code,) = self._get_codes()
        self.assertEqual((code.value, code.picture), ("PAY 9.00", b""))
        self.assertIn("Scan this QR Code with", code.caption)

    def test_masked_code_is_cores_picture(self):
        (code,) = self._get_codes(mask="ch_cross")
        self.assertFalse(code.value)
        self.assertTrue(code.picture.startswith(b"\x89PNG"))

    def test_no_method_fits(self):
        self.assertFalse(self._get_codes(fault="The account is no IBAN."))

    def test_fault_of_core_leaves_the_code_out(self):
        core_says = "no"

        def refuse(*args, **kwargs):
            raise UserError(core_says)

        with patch.object(type(self.invoice), "_generate_qr_code", refuse):
            self.assertIsNone(payment_code._core_picture(self.invoice))

    def test_paid_invoice_has_no_code(self):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        ).create({})._create_payments()
        self.assertFalse(self._get_codes())

    def test_payment_link(self):
        move = type(self.invoice)
        with (
            patch.object(move, "display_link_qr_code", True),
            patch.object(
                move, "_get_portal_payment_link", lambda _: "https://example.com/pay"
            ),
        ):
            (code,) = self.drawer._prepare_codes(self.invoice)
        self.assertEqual(code.url, "https://example.com/pay")

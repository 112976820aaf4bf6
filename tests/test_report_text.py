"""What core's QWeb documents show, ours show: their texts are compared."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from .report_common import ReportTextCommon, squeeze


@tagged("post_install", "-at_install")
class TestReportText(ReportTextCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_data["company"].write(
            {
                "street": "1 Main Street",
                "vat": "US123",
                "report_header": "<p>Tagline of ours</p>",
                "report_footer": "<p>Footer <b>of</b> ours</p>",
                "phone": "+1 555",
            }
        )
        cls.partner_a.write({"vat": "BE0477472701", "ref": "CUST7", "street": "2 Side"})

    def test_kinds_and_states(self):
        for move_type in (
            "out_invoice",
            "out_refund",
            "out_receipt",
            "in_invoice",
            "in_refund",
            "in_receipt",
        ):
            with self.subTest(move_type=move_type):
                move = self._create(move_type, post=False)
                self.assertSaysTheSame(move)
                self.assertSaysTheSame(move, proforma=True)
                move.action_post()
                self.assertSaysTheSame(move)
                self.assertSaysTheSame(move, "account.report_invoice")
                self.assertSaysTheSame(move, proforma=True)
                move.button_draft()
                move.button_cancel()
                self.assertSaysTheSame(move)

    def test_self_billing(self):
        journal = self.company_data["default_journal_purchase"].copy(
            {
                "is_self_billing": True,
                "code": "SELF",
                "default_account_id": self.company_data["default_account_expense"].id,
            }
        )
        self.assertSaysTheSame(self._create("in_invoice", journal_id=journal.id))
        self.assertSaysTheSame(self._create("in_refund", journal_id=journal.id))

    def test_head(self):
        delivery = self.partner_a.copy({"name": "Warehouse", "street": "3 Dock"})
        self.env.user.group_ids += self.env.ref(
            "account.group_delivery_invoice_address"
        )
        move = self._create(
            partner_shipping_id=delivery.id,
            invoice_origin="SO123",
            ref="PO 77",
            delivery_date="2026-01-15",
            invoice_incoterm_id=self.env.ref("account.incoterm_CIF").id,
            incoterm_location="Durrës",
            narration="<p>Terms <b>and</b> conditions</p><ul><li>one</li></ul>",
        )
        self.assertSaysTheSame(move)
        self.assertIn("Warehouse", self._get_pdf_text(move))

    def test_lines(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.env.user.group_ids += self.env.ref("uom.group_uom")
        move = self._create(
            lines=[
                {"price_unit": 0.123456, "quantity": 2.5, "discount": 12.5},
                {
                    "product_id": self.product_a.id,
                    "product_uom_id": dozen.id,
                    "name": "Several\nlines of\ntext",
                    "tax_ids": [Command.set(self.tax_sale_a.ids)],
                },
                {"display_type": "line_section", "name": "Section"},
                {"price_unit": 7.0, "tax_ids": [Command.set(self.tax_sale_b.ids)]},
                {"display_type": "line_subsection", "name": "Subsection"},
                {"price_unit": -8.0},
                {"display_type": "line_note", "name": "A note"},
            ],
        )
        self.assertSaysTheSame(move)

    def test_collapsed_sections(self):
        self.env.user.group_ids += self.env.ref("uom.group_uom")
        for values in ({"collapse_prices": True}, {"collapse_composition": True}):
            for included in ("tax_excluded", "tax_included"):
                self._set_price_include(included)
                taxes = [Command.set(self.tax_sale_a.ids)]
                lines = [
                    {"display_type": "line_section", "name": "Section", **values},
                    {"product_id": self.product_a.id, "tax_ids": taxes},
                    {"product_id": self.product_b.id},
                    {"display_type": "line_subsection", "name": "Part"},
                    {"product_id": self.product_b.id, "tax_ids": taxes},
                ]
                with self.subTest(**values, included=included):
                    self.assertSaysTheSame(self._create(lines=lines, post=False))

    def _set_price_include(self, value):
        """Core refuses the change once a company has moves, drafts included."""
        company = self.env.company
        self.env.cr.execute(
            "UPDATE res_company SET account_price_include = %s WHERE id = %s",
            [value, company.id],
        )
        company.invalidate_recordset(["account_price_include"])

    def test_totals(self):
        company = self.env.company
        company.display_invoice_tax_company_currency = True
        company.display_invoice_amount_total_words = True
        taxes = [Command.set((self.tax_sale_a + self.tax_sale_b).ids)]
        lines = [
            {"price_unit": 10.01, "tax_ids": taxes},
            {"price_unit": 5.0, "tax_ids": [Command.set(self.tax_sale_a.ids)]},
            {"price_unit": 1.0, "tax_ids": []},
        ]
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "five",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
            }
        )
        currency = self.setup_other_currency("EUR")
        self.assertSaysTheSame(self._create(lines=lines))
        self.assertSaysTheSame(self._create(lines=lines, currency_id=currency.id))
        self.assertSaysTheSame(
            self._create(lines=lines, invoice_cash_rounding_id=rounding.id)
        )

    def test_payments(self):
        move = self._create()
        for amount in (50.0, 20.0):
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=move.ids
            ).create({"amount": amount})._create_payments()
        self.assertSaysTheSame(move)
        self.assertSaysTheSame(move, "account.report_invoice")

    def test_terms(self):
        move = self._create(invoice_payment_term_id=self.pay_terms_b.id)
        self.assertSaysTheSame(move)
        term = self.env["account.payment.term"].create(
            {
                "name": "2/7",
                "note": "<p>Early</p>",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
            }
        )
        move = self._create(invoice_payment_term_id=term.id, invoice_date=date.today())
        self.assertSaysTheSame(move)
        self.assertIn("due if paid before", self._get_pdf_text(move))

    def test_legal_notes(self):
        position = self.env["account.fiscal.position"].create(
            {
                "name": "abroad",
                "note": "<p>Reverse <i>charge</i></p>",
                "foreign_vat": "BE0477472701",
                "country_id": self.env.ref("base.be").id,
            }
        )
        self.tax_sale_a.invoice_legal_notes = "<p>Article 44</p>"
        taxed = {"price_unit": 1.0, "tax_ids": [Command.set(self.tax_sale_a.ids)]}
        self.assertSaysTheSame(self._create(lines=[taxed]))
        untaxed = {"price_unit": 1.0, "tax_ids": []}
        self.assertSaysTheSame(
            self._create(lines=[untaxed], fiscal_position_id=position.id)
        )

    def test_company_details(self):
        self.env.company.company_details = "<p><b>Other</b> name<br/>Another street</p>"
        self.env["ir.config_parameter"].set_param(
            "account.display_name_in_footer", "True"
        )
        self.assertSaysTheSame(self._create())

    def _pay(self, moves, **values):
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        )
        return register.create(values)._create_payments()

    def test_payment_receipt(self):
        currency = self.setup_other_currency("EUR")
        invoices = self._create(ref="PO 77") + self._create()
        kinds = {
            "part": self._pay(self._create(), amount=50.0),
            "foreign": self._pay(self._create(), amount=60.0, currency_id=currency.id),
            "vendor": self._pay(self._create("in_invoice")),
            "several": self._pay(invoices, group_payment=True),
            "refund": self._pay(self._create("out_refund")),
            "alone": self.env["account.payment"].create(
                {"amount": 12.5, "partner_id": self.partner_a.id, "memo": "Advance"}
            ),
        }
        for kind, payment in kinds.items():
            with self.subTest(kind=kind):
                payment.memo = "A memo"
                self.assertSaysTheSame(payment, "account.report_payment_receipt")

    def test_languages(self):
        """Words come from core's own translations where we have none."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"].search(
            [("name", "=", "account")]
        )._update_translations(["fr_FR"])
        self.partner_a.lang = "fr_FR"
        move = self._create(lines=[{"price_unit": 1234.5}])
        text = self._get_pdf_text(move)
        self.assertIn("Date de facturation", text)
        self.assertIn(squeeze("1 234,50"), squeeze(text))
        self.assertSaysTheSame(move)

    def test_hostile_text(self):
        """Whatever somebody typed is text."""
        for name in (
            "<b>5 &lt; 6</b> <script>alert(1)</script>",
            "]]> --> <!-- </table></body> {{ 7 * 7 }} <t t-out='1'/>",
            "control \x01\x0b\x1f\x7f\ufffe marks",
        ):
            with self.subTest(name=name):
                move = self._create(lines=[{"name": name, "price_unit": 1.0}])
                clean = squeeze("".join(filter(str.isprintable, name)))
                self.assertIn(clean, squeeze(self._get_pdf_text(move)))

    def test_very_long_text(self):
        for word in ("word ", "W"):
            lines = [{"name": 20_000 * word, "price_unit": 1.0}]
            text = self._get_pdf_text(self._create(lines=lines))
            self.assertGreaterEqual(text.count(word.strip()), 20_000)

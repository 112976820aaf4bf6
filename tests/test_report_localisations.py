"""What localisations add to core's invoice is printed too.

`./test localisations` runs this in a database with all of them; elsewhere only those
that are installed are looked at.
"""

from odoo import Command
from odoo.tests import tagged

from .report_common import ReportTextCommon

# Country -> the addon that changes the template, and what its template asks for.
COUNTRIES = {
    "AE": ("l10n_ae", {}),
    "AR": ("l10n_ar", {}),
    "AU": ("l10n_au", {}),
    "CA": ("l10n_ca", {"l10n_ca_pst": "1234"}),
    "CL": ("l10n_cl", {}),
    "CZ": ("l10n_cz", {"company_registry": "CZ1"}),
    "DE": ("l10n_de", {}),
    "ES": ("l10n_es", {"company_registry": "ES77"}),
    "FR": ("l10n_fr_account", {"company_registry": "34567890"}),
    "GR": ("l10n_gr_edi", {}),
    "HR": ("l10n_hr_edi", {}),
    "HU": ("l10n_hu_edi", {}),
    "IN": ("l10n_in", {}),
    "IT": ("l10n_it_edi", {}),
    "JO": ("l10n_jo_edi", {}),
    "MU": ("l10n_mu_account", {}),
    "MY": ("l10n_my_edi", {}),
    "NZ": ("l10n_nz", {}),
    "RS": ("l10n_rs", {"company_registry": "RS5"}),
    "SA": ("l10n_sa", {}),
    "SK": ("l10n_sk", {"company_registry": "SK9"}),
    "TH": ("l10n_th", {}),
    "ZM": ("l10n_zm_account", {}),
}


@tagged("post_install", "-at_install")
class TestReportLocalisations(ReportTextCommon):
    def _open_company(self, country):
        company = self.env["res.company"].create(
            {
                "name": f"Company {country.code}",
                "country_id": country.id,
                "street": "1 Main Street",
                "city": "Capital",
                "report_footer": "<p>Footer of ours</p>",
            }
        )
        self.env["account.chart.template"].try_loading(
            self.env["account.chart.template"]._guess_chart_template(country),
            company=company,
            install_demo=False,
        )
        self.env.user.company_ids += company
        return company

    def _bill(self, company, values):
        partner = self.env["res.partner"].create(
            {
                "name": f"Customer {company.country_id.code}",
                "country_id": company.country_id.id,
                "street": "2 Side Street",
                "company_id": company.id,
                **values,
            }
        )
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        tax = company.account_sale_tax_id
        lines = [
            {"name": "First", "price_unit": 100.0, "tax_ids": [Command.set(tax.ids)]},
            {"name": "A section", "display_type": "line_section"},
            {"name": "Second", "price_unit": 7.5, "quantity": 3, "discount": 10},
            {"name": "A note", "display_type": "line_note"},
        ]
        return env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-01-31",
                "narration": "<p>Terms of ours</p>",
                "invoice_line_ids": [Command.create(line) for line in lines],
            }
        )

    def test_countries(self):
        installed = self.env["ir.module.module"]._installed()
        for code, (module, values) in COUNTRIES.items():
            if module not in installed:
                continue
            with self.subTest(country=code):
                country = self.env.ref(f"base.{code.lower()}")
                move = self._bill(self._open_company(country), values)
                self.assertSaysTheSame(move)

    def test_swiss_qr_bill(self):
        if "l10n_ch_is_qr_valid" not in self.env["account.move"]._fields:
            self.skipTest("./test localisations runs this with l10n_ch installed")
        company = self._open_company(self.env.ref("base.ch"))
        company.write({"zip": "8000", "country_id": self.env.ref("base.ch").id})
        bank = self.env["res.partner.bank"].create(
            {
                "acc_number": "CH11 3000 5228 1308 3501 F",
                "allow_out_payment": True,
                "partner_id": company.partner_id.id,
            }
        )
        address = {"zip": "8001", "city": "Zürich"}
        for count, pages in ((1, 2), (14, 2), (60, 3)):
            move = self._bill(company, address)
            line = {"name": "More", "price_unit": 5.0}
            more = [Command.create(line) for _number in range(count)]
            move.write({"partner_bank_id": bank.id, "invoice_line_ids": more})
            move.action_post()
            with self.subTest(lines=count):
                self.assertTrue(move.l10n_ch_is_qr_valid)
                reader = self._get_pdf(move)
                self.assertEqual(len(reader.pages), pages)
                text = reader.pages[-1].extract_text()
                self.assertNotIn("Footer of ours", text)
                for part in ("Receipt", "Payment part", "Acceptance point", "CHF"):
                    self.assertIn(part, text)
                self.assertEqual(text.count("Account / Payable to"), 2)
                self.assertSaysTheSame(move, "l10n_ch.l10n_ch_qr_report")

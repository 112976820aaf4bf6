"""Which engine draws what, and that every road to a PDF takes it."""

import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo import Command
from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..report.formats import language_tag
from ..report.ir_actions_report import DrawnStream

INVOICES = "account.account_invoices"


@tagged("post_install", "-at_install")
class TestReportEngine(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Report = cls.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        cls.invoice = cls._create_move("out_invoice")

    @classmethod
    def _create_move(cls, move_type, **values):
        line = {"name": "A thing", "price_unit": 100.0}
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": cls.partner_a.id,
                "invoice_date": "2026-01-31",
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )
        move.action_post()
        return move

    def _set_engine(self, engine, company=None):
        company = company or self.env.company
        settings = self.env["account.email.settings"].sudo()
        (
            company.email_settings_id or settings.create({"company_id": company.id})
        ).write({"pdf_engine": engine})

    def _with_wkhtmltopdf(self, good):
        """Pretend that the machine has, or lacks, a wkhtmltopdf with patched Qt."""
        return patch.object(
            type(self.env["ir.actions.report"]), "_is_wkhtmltopdf_good", lambda _: good
        )

    def _is_drawn(self, move):
        return bool(
            self.Report._get_drawn_records(self.Report._get_report(INVOICES), move.ids)
        )

    def test_choice(self):
        for engine, good, drawn in (
            (None, False, True),
            (None, True, False),
            ("auto", False, True),
            ("auto", True, False),
            ("reportlab", True, True),
            ("wkhtmltopdf", False, False),
        ):
            with self.subTest(engine=engine, good=good), self._with_wkhtmltopdf(good):
                if engine:
                    self._set_engine(engine)
                self.assertEqual(self._is_drawn(self.invoice), drawn)

    def test_batch_of_two_companies(self):
        """Each company's documents come from its own engine, in the order asked."""
        data = self.setup_other_company()
        other = data["company"]
        self._set_engine("reportlab")
        self._set_engine("wkhtmltopdf", other)
        foreign = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner_a.id,
                "journal_id": data["default_journal_sale"].id,
            }
        )
        mine = self._create_move("out_invoice")
        moves = self.invoice + foreign + mine
        asked = []

        def render_by_core(report, report_ref, data, res_ids=None):
            asked.append(res_ids)
            return {
                res_id: {"stream": io.BytesIO(b"%PDF-core"), "attachment": None}
                for res_id in res_ids
            }

        base = "odoo.addons.account.models.ir_actions_report.IrActionsReport"
        with patch(f"{base}._render_qweb_pdf_prepare_streams", render_by_core):
            streams = self.Report._render_qweb_pdf_prepare_streams(
                INVOICES, {}, res_ids=moves.ids
            )
        self.assertEqual(asked, [foreign.ids])
        self.assertEqual(list(streams), moves.ids)
        self.assertIsInstance(streams[mine.id]["stream"], DrawnStream)

    def test_reports_of_others_are_left_alone(self):
        report = self.Report._get_report("account.action_account_original_vendor_bill")
        self.assertFalse(self.Report._get_drawn_records(report, self.invoice.ids))

    def test_print_of_a_batch(self):
        moves = self.invoice + self._create_move("in_invoice")
        content, kind = self.Report._render_qweb_pdf(INVOICES, moves.ids)
        self.assertEqual(kind, "pdf")
        reader = PdfReader(io.BytesIO(content))
        self.assertEqual(len(reader.pages), 2)
        titles = [entry.title for entry in reader.outline]
        self.assertEqual(titles[0], f"Invoice {self.invoice.name}")
        self.assertTrue(titles[1].startswith("Vendor Bill"))

    def test_print_of_the_same_twice(self):
        ids = self.invoice.ids * 2
        content, _kind = self.Report._render_qweb_pdf(INVOICES, ids)
        self.assertEqual(len(PdfReader(io.BytesIO(content)).pages), 2)

    def test_stored_file_is_used_again(self):
        report = self.Report._get_report(INVOICES)
        report.write({"attachment": "'stored.pdf'", "attachment_use": True})
        first, _kind = self.Report._render_qweb_pdf(INVOICES, self.invoice.ids)
        stored = self.env["ir.attachment"].search([("name", "=", "stored.pdf")])
        self.assertEqual(stored.raw, first)
        stored.raw = b"%PDF-another"
        again, _kind = self.Report._render_qweb_pdf(INVOICES, self.invoice.ids)
        self.assertEqual(again, b"%PDF-another")

    def test_send_stores_the_legal_pdf(self):
        send = self.env["account.move.send"].with_context(force_report_rendering=True)
        send._generate_and_send_invoices(self.invoice, sending_methods=["manual"])
        content = self.invoice.invoice_pdf_report_id.raw
        text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertIn(self.invoice.name, text)

    def test_core_makes_it_a_pdf_a(self):
        """The step with which core embeds a Factur-X file."""
        content, _kind = self.Report._render_qweb_pdf(INVOICES, self.invoice.ids)
        writer = OdooPdfFileWriter()
        writer.cloneReaderDocumentRoot(OdooPdfFileReader(io.BytesIO(content)))
        writer.add_attachment("factur-x.xml", b"<xml/>", subtype="text/xml")
        writer.convert_to_pdfa()
        stream = io.BytesIO()
        writer.write(stream)
        reader = PdfReader(stream)
        self.assertIn(self.invoice.name, reader.pages[0].extract_text())
        self.assertEqual(reader.attachments["factur-x.xml"], [b"<xml/>"])
        fonts = reader.pages[0]["/Resources"]["/Font"].values()
        for font in fonts:
            self.assertEqual(font.get_object()["/Subtype"], "/Type0")

    def test_customised_views(self):
        self.assertFalse(self.Report._get_customised_views())
        view = self.env["ir.ui.view"].create(
            {
                "name": "Changed by hand",
                "type": "qweb",
                "inherit_id": self.env.ref("account.report_invoice_document").id,
                "arch": "<xpath expr='//div' position='before'><p>More</p></xpath>",
            }
        )
        self.assertEqual(self.Report._get_customised_views(), view)

    def test_web_client_asks(self):
        ids = self.invoice.ids
        name = "account.report_invoice_with_payments"
        self._set_engine("reportlab")
        self.assertTrue(self.env["ir.actions.report"].is_drawn_by_reportlab(name, ids))
        self._set_engine("wkhtmltopdf")
        self.assertFalse(self.env["ir.actions.report"].is_drawn_by_reportlab(name, ids))
        for other, some in ((name, []), ("no.such_report", ids)):
            self.assertFalse(
                self.env["ir.actions.report"].is_drawn_by_reportlab(other, some)
            )

    def test_gate(self):
        content, _kind = self.Report._render_qweb_pdf(INVOICES, self.invoice.ids)
        other = self._create_move("out_invoice")
        self.assertFalse(self.Report._find_pdf_fault(content, self.invoice))
        self.assertIn("number", self.Report._find_pdf_fault(content, other))
        self.assertIn("not a PDF", self.Report._find_pdf_fault(b"<html>", other))

    def test_invoicing_clerk_prints(self):
        report = self.Report.with_user(self.simple_accountman)
        content, _kind = report._render_qweb_pdf(INVOICES, self.invoice.ids)
        self.assertTrue(content.startswith(b"%PDF"))

    def test_test_letter_is_drawn_whatever_the_engine(self):
        self._set_engine("wkhtmltopdf")
        test = (
            self.env["account.email.settings.test"]
            .sudo()
            .create({"company_id": self.env.company.id})
        )
        report = "account_email.report_settings_test"
        content, _kind = self.Report._render_qweb_pdf(report, test.ids)
        text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
        self.assertIn(self.env.company.name, text)

    def test_language_of_the_file(self):
        for code, tag in (
            ("sq_AL", "sq-AL"),
            ("ar_001", "ar-001"),
            ("sr@latin", "sr-Latn"),
            ("sr@Cyrl", "sr-Cyrl"),
            (False, "en-US"),
        ):
            with self.subTest(code=code):
                self.assertEqual(language_tag(code), tag)

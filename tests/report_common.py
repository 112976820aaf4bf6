"""Compares the text of our PDF with that of core's HTML."""

import io

from lxml import html
from pypdf import PdfReader

from odoo import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

# Page numbers, what core writes for narrow screens only, what no reader sees.
UNSEEN = (
    "//*[@class='page' or @class='topage']/.."
    "|//head|//script|//style|//*[contains(@class, 'd-md-none')]"
    "|//table[contains(@class, 'd-none')]"
)
INVOICES = "account.report_invoice_with_payments"


def squeeze(text):
    return "".join(text.replace("\ufeff", "").replace("\N{NO-BREAK SPACE}", "").split())


class ReportTextCommon(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )

    def _create(self, move_type="out_invoice", **values):
        lines = values.pop("lines", [{"price_unit": 100.0, "quantity": 3.0}])
        post = values.pop("post", True)
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.partner_a.id,
                "invoice_date": "2026-01-31",
                "invoice_line_ids": [
                    Command.create({"name": f"Line {number}", **line})
                    for number, line in enumerate(lines)
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def _get_pdf(self, record, report=INVOICES, **data):
        streams = self.report._render_qweb_pdf_prepare_streams(report, data, record.ids)
        return PdfReader(io.BytesIO(streams[record.id]["stream"].getvalue()))

    def _get_pdf_text(self, record, report=INVOICES, **data):
        pages = self._get_pdf(record, report, **data).pages
        return "\n".join(page.extract_text() for page in pages)

    def assertSaysTheSame(self, record, report=INVOICES, **data):
        """Every text that core's HTML shows is in our PDF."""
        data = {**data, "report_type": "pdf"}
        content = self.report._render_qweb_html(report, record.ids, data=data)[0]
        tree = html.fromstring(content)
        for node in tree.xpath(UNSEEN):
            node.drop_tree()
        shown = squeeze(self._get_pdf_text(record, report, **data)).casefold()
        for text in tree.itertext():
            text = squeeze(text).casefold()
            # Right-to-left letters stand in a PDF in the order they are drawn.
            if text and text[::-1] not in shown:
                self.assertIn(text, shown)

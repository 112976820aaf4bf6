from odoo import api, models
from odoo.tools import LazyTranslate, html2plaintext

from ..pdf import gate

_lt = LazyTranslate(__name__)

REASONS = {
    gate.NOT_A_PDF: _lt("The file is not a PDF, or it is damaged."),
    gate.NO_PAGES: _lt("The PDF has no pages."),
    gate.NO_TEXT: _lt(
        "The PDF holds no readable text. wkhtmltopdf without the patched Qt makes "
        "such files: choose the built-in engine in the email settings."
    ),
    gate.NO_NUMBER: _lt("The PDF does not show the number of the document."),
    gate.NO_LETTERHEAD: _lt(
        "The PDF shows nothing of the company's letterhead. wkhtmltopdf without the "
        "patched Qt loses it: choose the built-in engine in the email settings."
    ),
}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _find_pdf_fault(self, content, record):
        """Return a sentence on why the record's PDF must not be sent, or nothing."""
        # sudo: the letterhead is printed on every document
        company = self._get_company_of(record).sudo()
        fault = gate.find_fault(
            content,
            number="name" in record._fields and record.name or "",
            letterhead=self._get_letterhead_strings(company),
        )
        return self.env._(REASONS[fault]) if fault else ""

    @api.model
    def _get_letterhead_strings(self, company):
        """Return what may stand in the letterhead: a company may leave out a part."""
        details = [
            company.company_details,
            company.report_header,
            company.report_footer,
        ]
        lines = [
            line for html in details for line in html2plaintext(html or "").split("\n")
        ]
        return [company.name, company.vat, company.email, company.phone, *lines]

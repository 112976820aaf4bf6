from odoo import api, models
from odoo.tools import LazyTranslate, html2plaintext

from .. import pdf
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


# Where the built-in engine drew it, there is no wkhtmltopdf to blame.
REASONS_DRAWN = {
    gate.NO_TEXT: _lt(
        "The PDF holds no readable text. Look at it with Print, and at the layout of "
        "documents in the settings."
    ),
    gate.NO_LETTERHEAD: _lt(
        "The PDF shows nothing of the company's letterhead. Either the layout of "
        "documents leaves it out, or no font on this server has its letters: install "
        "one, for instance the package fonts-noto-core, and restart Odoo."
    ),
}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _tell_blind(self):
        """Return a sentence where no PDF can be looked at, or nothing."""
        if gate.CAN_LOOK:
            return ""
        return self.env._(
            "The package pypdf is missing or too old, so nobody looks at the PDFs "
            "before they leave. The administrator installs it: %s",
            "pip install 'pypdf>=4.3.1'",
        )

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
        if not fault:
            return ""
        is_drawn = self._is_drawn_for(company)
        reason = (is_drawn and REASONS_DRAWN.get(fault)) or REASONS[fault]
        return self.env._(reason)

    @api.model
    def _find_missing(self, report, record):
        """Return pdf.MissingLetter for each script that shows as boxes.

        Known before it is drawn, and of a PDF that was drawn and stored before.
        """
        records = self._get_drawn_records(report, record.ids)
        if not records:
            return ()
        prepared = self._get_drawer(report)._prepare(report, records, {})
        return tuple(
            letter
            for _id, document, theme in prepared
            for letter in pdf.find_missing(document, theme)
        )

    @api.model
    def _tell_missing(self, letters):
        """Return a sentence on letters that no font has."""
        return self.env._(
            "No font on this server has letters such as %(letters)s, so the PDF shows "
            "boxes in their place. The administrator installs a font that has them, "
            "for instance the package %(packages)s, and restarts Odoo.",
            letters=", ".join(letter.char for letter in letters),
            packages=", ".join(dict.fromkeys(letter.package for letter in letters)),
        )

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

"""The PDF of a document: drawn, looked at, and good enough to leave."""

from odoo import models, tools
from odoo.exceptions import UserError

from .letter_files import get_checksum

# A picture among the words that no font has is no reason to keep a letter back.
SYMBOLS = "EMOJI"


class AccountEmailMixin(models.AbstractModel):
    _inherit = "account.email.mixin"

    def _render_email_pdf(self):
        """The PDF as it would leave now; stores nothing."""
        self.ensure_one()
        self.check_access("read")
        report = self._get_email_report()
        # sudo: as core's own sending, the right to read the document is enough
        content, _type = (
            self.env["ir.actions.report"]
            .sudo()
            .with_company(self._get_email_company())
            # A form asks for the sizes of pictures, where a logo has to be drawn.
            .with_context(force_report_rendering=True, bin_size=False)
            ._render_qweb_pdf(report, self.ids)
        )
        return content

    def _get_email_preview(self):
        """The PDF to look at before it is sent, as an attachment of the composer."""
        self.ensure_one()
        content = self._render_email_pdf()
        return self.env["ir.attachment"].create(
            {
                "name": self._get_email_filename(),
                "raw": content,
                "mimetype": "application/pdf",
                "description": self._get_preview_mark(get_checksum(content)),
                # Core clears these away a day later
                "res_model": "mail.compose.message",
                "res_id": 0,
            }
        )

    def _get_preview_mark(self, checksum):
        """What no request can write: these bytes are a preview of this document."""
        facts = (self._name, self.id, checksum)
        # sudo: the secret of the database is read, and not shown
        return tools.hmac(self.env(su=True), "account_email-preview", facts)

    def _is_own_preview(self, preview):
        """Whether the file was made here, of this document, and is as it was."""
        self.ensure_one()
        mark = preview and self._get_preview_mark(get_checksum(preview.raw))
        return bool(mark) and tools.consteq(preview.description or "", mark)

    def _is_preview_old(self, preview):
        """Whether the document says something else now than what a person looked at."""
        self.ensure_one()
        if self.write_date <= preview.create_date:
            return False
        return self._render_email_pdf() != preview.raw

    def _get_missing_letters(self):
        """:return: pdf.MissingLetter for each script that shows as boxes"""
        self.ensure_one()
        # sudo: as core's own sending, the right to read the document is enough
        Report = self.env["ir.actions.report"].sudo()
        Report = Report.with_company(self._get_email_company())
        return Report._find_missing(self._get_email_report().sudo(), self)

    def _check_missing_letters(self):
        """Nobody looks at this PDF before it leaves: it waits for its font."""
        missing = [row for row in self._get_missing_letters() if row.script != SYMBOLS]
        if missing:
            raise UserError(self.env["ir.actions.report"]._tell_missing(missing))

    def _check_letter_pdf(self, letter):
        """A file that lost its letterhead or its number does not leave the house."""
        name, content, _mimetype = letter.files[0]
        fault = self.env["ir.actions.report"]._find_pdf_fault(content, self)
        if fault:
            raise UserError(
                self.env._("%(name)s was not sent. %(reason)s", name=name, reason=fault)
            )

"""What goes along with a letter: the bytes that were looked at, and what is told."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.letter_files import find_file_problem


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    letters_notice = fields.Char(compute="_compute_letters_notice")
    file_notice = fields.Char(compute="_compute_file_notice")
    size_notice = fields.Char(compute="_compute_size_notice")

    @api.depends("is_document_email", "model", "res_ids")
    def _compute_document_pdf_id(self):
        for composer in self.filtered("is_document_email"):
            composer.document_pdf_id = composer._get_document()._get_email_preview()

    @api.depends("is_document_email", "model", "res_ids")
    def _compute_letters_notice(self):
        for composer in self:
            ours = composer.is_document_email
            letters = ours and composer._get_document()._get_missing_letters()
            tell = self.env["ir.actions.report"]._tell_missing
            composer.letters_notice = bool(letters) and tell(letters)

    @api.depends("document_file_ids", "attachment_ids")
    def _compute_file_notice(self):
        for composer in self:
            files = composer.document_file_ids | composer.attachment_ids
            composer.file_notice = composer.is_document_email and find_file_problem(
                files._origin
            )

    @api.depends("document_pdf_id", "document_file_ids", "attachment_ids")
    def _compute_size_notice(self):
        """Before Send: afterwards the letter would only come back."""
        for composer in self:
            files = composer.document_pdf_id | composer.document_file_ids
            size = sum((files | composer.attachment_ids)._origin.mapped("file_size"))
            ours = composer.is_document_email and composer._get_document()
            composer.size_notice = ours and ours._get_email_settings()._tell_size(size)

    def _get_seen_pdf(self):
        """The very file of the preview: its bytes leave.

        :raise UserError: it is gone, or the document says something else by now
        """
        document, preview = self._get_document(), self.document_pdf_id
        if not document._is_own_preview(preview.exists()):
            raise UserError(
                self.env._(
                    "The preview of %s is no longer kept. Close this window and press "
                    "Email again.",
                    document._get_email_document_name(),
                )
            )
        if document._is_preview_old(preview):
            raise UserError(
                self.env._(
                    "%s was changed since this preview was made. Close this window and "
                    "press Email again to see what leaves now.",
                    document._get_email_document_name(),
                )
            )
        return preview

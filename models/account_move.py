from odoo import api, fields, models

from .letter_files import find_file_problem, get_checksum, take_files
from .mail_thread import ROAD

TEMPLATE_BY_TYPE = {
    "out_invoice": "account_email.mail_template_out_invoice",
    "out_refund": "account_email.mail_template_out_refund",
    "out_receipt": "account_email.mail_template_out_receipt",
    "in_invoice": "account_email.mail_template_in_invoice",
    "in_refund": "account_email.mail_template_in_refund",
    "in_receipt": "account_email.mail_template_in_receipt",
}


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "account.email.mixin"]

    # Of the PDF as it was made and stored; whoever changes the file does not know it.
    legal_pdf_checksum = fields.Char(
        readonly=True, copy=False, groups="base.group_user"
    )

    @api.depends("state", "move_type", "company_id")
    def _compute_can_be_emailed(self):
        return super()._compute_can_be_emailed()

    @api.depends("state", "move_type", "company_id")
    def _compute_has_email_button(self):
        return super()._compute_has_email_button()

    @api.constrains("state")
    def _check_letters_that_wait(self):
        """Nothing is refused: a letter that still waits is held back at once, so that
        it does not leave when the document is confirmed again, with other words."""
        taken_back = self.filtered(lambda move: not move._is_email_ready())
        if taken_back:
            taken_back._get_dispatches()._hold_back()

    def _is_email_ready(self):
        # EXTENDS 'account_email'
        return self.state == "posted" and self.move_type in TEMPLATE_BY_TYPE

    def _get_email_template(self):
        # EXTENDS 'account_email'
        return self.env.ref(TEMPLATE_BY_TYPE[self.move_type])

    def _get_email_report(self):
        # EXTENDS 'account_email'
        return self.env["account.move.send"]._get_default_pdf_report_id(self)

    def _get_email_document_name(self):
        # EXTENDS 'account_email'
        return self.name or self.display_name

    def _get_email_document_kind(self):
        # EXTENDS 'account_email'
        return dict(self._fields["move_type"]._description_selection(self.env))[
            self.move_type
        ]

    def _get_email_filename(self):
        # EXTENDS 'account_email'
        return self._get_invoice_report_filename(report=self._get_email_report())

    def _get_email_notice(self):
        # EXTENDS 'account_email'
        if self.is_purchase_document(include_receipts=True):
            return self.env._(
                "This document came from %s. You are about to send them your own "
                "record of it.",
                self.partner_id.display_name,
            )
        return self._get_legal_pdf_notice()

    def _get_legal_pdf_notice(self):
        """Whether the PDF that was made and stored is still that very file."""
        # sudo: as core's own sending, the right to read the document is enough
        stored = self.sudo().invoice_pdf_report_id
        if not stored:
            return False
        if problem := find_file_problem(stored):
            return problem
        made = self.legal_pdf_checksum or stored.checksum
        if {get_checksum(stored.raw), stored.checksum} == {made}:
            return False
        return self.env._(
            "The stored PDF of %s is no longer the one that Odoo made: its file was "
            "changed afterwards. Look at it before you send it.",
            self._get_email_document_name(),
        )

    def _get_email_files(self, preview=None):
        # EXTENDS 'account_email': what leaves is the legal PDF, which core stores
        if not self.is_sale_document(include_receipts=True):
            return super()._get_email_files(preview)
        seen = (ROAD, self.id, preview.id) if preview else None
        self.with_context(account_email_preview=seen)._generate_legal_pdf()
        attachments = self.env["account.move.send"]._get_invoice_extra_attachments(self)
        # sudo: as core's own sending, the right to read the document is enough
        return take_files(attachments.sudo())

    def _generate_legal_pdf(self):
        """Have core make and store the PDF it would store with its own Send."""
        Send = self.env["account.move.send"]
        todo = self.filtered(lambda move: not move.invoice_pdf_report_id)
        moves_data = {
            # sudo: as core does in _generate_and_send_invoices
            move.sudo(): Send._get_default_sending_settings(move, sending_methods=set())
            for move in todo.with_context(force_report_rendering=True)
        }
        Send = Send.with_context(
            force_report_rendering=True, account_email_legal_pdf=ROAD
        )
        Send._generate_invoice_documents(moves_data)
        errors = {move: data for move, data in moves_data.items() if data.get("error")}
        if errors:
            Send._hook_if_errors(errors)

    def _follow_letters(self):
        # EXTENDS 'account_email': SENT and "Not Sent" say what our log says
        for move in self:
            letters = move._get_dispatches().filtered("is_document")
            reached = letters.filtered(lambda row: row._is_reached())
            if reached and not move.is_move_sent:
                reached[0].marked_sent = move.is_move_sent = True
            elif not reached and any(letters.mapped("marked_sent")):
                # What core or another addon has marked stays.
                letters.marked_sent = move.is_move_sent = False

    def _get_email_preview(self):
        # EXTENDS 'account_email': the stored one, if there is one
        if self.invoice_pdf_report_id:
            return self.invoice_pdf_report_id
        return super()._get_email_preview()

    def _is_own_preview(self, preview):
        # EXTENDS 'account_email'
        # sudo: as core's own sending, the right to read the document is enough
        stored = self.sudo().invoice_pdf_report_id
        return bool(preview) and preview == stored or super()._is_own_preview(preview)

    def _is_preview_old(self, preview):
        # EXTENDS 'account_email': a stored one is the document, whatever became of it
        # sudo: as core's own sending, the right to read the document is enough
        stored = self.sudo().invoice_pdf_report_id
        return preview != stored and super()._is_preview_old(preview)

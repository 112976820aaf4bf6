from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.parser import parse_res_ids

from ..models.account_email_mixin_letter import DocumentLetter
from ..models.protected import refuse_by_hand
from ..words import show_address

OWN_RELATIONS = ("cc_partner_ids", "document_pdf_id", "document_file_ids")


class MailComposeMessage(models.TransientModel):
    """The letter to one document: core's composer with Cc, files and a preview."""

    _name = "mail.compose.message"
    _inherit = ["mail.compose.message", "account.email.reach"]

    is_document_email = fields.Boolean()
    cc_partner_ids = fields.Many2many(
        "res.partner", "account_email_compose_cc_rel", string="Cc"
    )
    document_pdf_id = fields.Many2one(
        "ir.attachment",
        string="PDF",
        compute="_compute_document_pdf_id",
        store=True,
    )
    document_file_ids = fields.Many2many(
        "ir.attachment",
        "account_email_compose_file_rel",
        string="Other files of the document",
        domain="[('id', 'in', available_file_ids)]",
    )
    available_file_ids = fields.Many2many(
        "ir.attachment", compute="_compute_available_file_ids"
    )
    document_notice = fields.Char(compute="_compute_document_notice")
    document_sender = fields.Char(compute="_compute_document_notice")

    recipient_addresses = fields.Char(compute="_compute_recipient_addresses")

    @api.depends("partner_ids", "cc_partner_ids")
    def _compute_recipient_addresses(self):
        for composer in self:
            partners = composer.partner_ids | composer.cc_partner_ids
            composer.recipient_addresses = ", ".join(
                show_address(self.env, partner.email)
                or self.env._("no address: %s", partner.display_name)
                for partner in partners
            )

    # ------------------------------------------------------------
    # Document
    # ------------------------------------------------------------

    def _evaluate_res_ids(self):
        # EXTENDS 'mail': of ours nothing but the field counts, which was checked
        if self.is_document_email:
            return parse_res_ids(self.res_ids, self.env) or []
        return super()._evaluate_res_ids()

    def _get_document(self):
        """The document of the letter, with the person's own rights and not more.

        Core computes stored fields as superuser, and which document it is comes from
        the browser.
        """
        self.ensure_one()
        return self._find_document(self.model, self._evaluate_res_ids())

    @api.model
    def _find_document(self, name, res_ids):
        model = self.env.get(name) if isinstance(name, str) else None
        if model is None or "can_be_emailed" not in model._fields or len(res_ids) != 1:
            raise UserError(self.env._("This is not a document that can be emailed."))
        document = model.sudo(False).browse(res_ids).exists()
        if not document:
            raise UserError(self.env._("This document no longer exists."))
        document.check_access("read")
        return document

    def _compute_model(self):
        # EXTENDS 'mail': ours is never guessed from another message or the context
        ours = self.filtered("is_document_email")
        return super(MailComposeMessage, self - ours)._compute_model()

    def _compute_res_ids(self):
        # EXTENDS 'mail'
        ours = self.filtered("is_document_email")
        return super(MailComposeMessage, self - ours)._compute_res_ids()

    # ------------------------------------------------------------
    # What the browser may say
    # ------------------------------------------------------------

    def _is_for_document(self, values):
        return values.get("is_document_email") or any(self.mapped("is_document_email"))

    def _get_reach_fields(self, values):
        # EXTENDS 'account_email': core's own composers stay core's
        return None if self._is_for_document(values) else OWN_RELATIONS

    def _check_reach(self, values):
        # EXTENDS 'account_email': core's computations show the subject of whatever
        # document they are told, so that has to be one's own first
        super()._check_reach(values)
        if self.env.su or not self._is_for_document(values):
            return
        for composer in self or [self]:
            model = values.get("model", composer.model)
            res_ids = values.get("res_ids", composer.res_ids)
            if model or res_ids:
                self._find_document(model, parse_res_ids(res_ids, self.env) or [])

    def write(self, vals):
        kind = vals.get("is_document_email")
        if kind is not None and any(row.is_document_email != kind for row in self):
            refuse_by_hand(self, {"is_document_email"})
        return super().write(vals)

    @api.depends("is_document_email", "model", "res_ids")
    def _compute_document_pdf_id(self):
        for composer in self.filtered("is_document_email"):
            composer.document_pdf_id = composer._get_document()._get_email_preview()

    @api.depends("is_document_email", "model", "res_ids")
    def _compute_available_file_ids(self):
        for composer in self:
            files = self.env["ir.attachment"]
            if composer.is_document_email:
                files = composer._get_document()._get_email_available_files()
            composer.available_file_ids = files

    @api.depends("is_document_email", "model", "res_ids")
    def _compute_document_notice(self):
        for composer in self:
            document = composer.is_document_email and composer._get_document()
            composer.document_notice = document and document._get_email_notice()
            composer.document_sender = (
                document and document._get_email_settings()._get_sender()
            )

    def _compute_partner_ids(self):
        # EXTENDS 'mail': who a document goes to is the document's to say
        ours = self.filtered("is_document_email")
        for composer in ours:
            composer.partner_ids = composer._get_document()._get_email_partners()
        return super(MailComposeMessage, self - ours)._compute_partner_ids()

    def _compute_attachment_ids(self):
        # EXTENDS 'mail': the PDF has a field of its own
        ours = self.filtered("is_document_email")
        ours.attachment_ids = False
        return super(MailComposeMessage, self - ours)._compute_attachment_ids()

    def _action_send_mail_comment(self, res_ids):
        # EXTENDS 'mail'
        if not self.is_document_email:
            return super()._action_send_mail_comment(res_ids)
        document = self._get_document()
        document._check_can_be_emailed()
        files = document._get_email_files()
        extra = self.document_file_ids | self.attachment_ids
        # What was only computed for the screen may have been read as superuser.
        extra.sudo(False).check_access("read")
        dispatch = document._post_letter(
            DocumentLetter(
                subject=self.subject,
                body=self.body,
                to_ids=tuple(self.partner_ids.ids),
                cc_ids=tuple((self.cc_partner_ids - self.partner_ids).ids),
                files=files + tuple((a.name, a.raw, a.mimetype) for a in extra),
            )
        )
        return dispatch.mail_message_id

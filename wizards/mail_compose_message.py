from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mail.tools.parser import parse_res_ids

from ..models.account_email_mixin_letter import DocumentLetter
from ..models.letter_files import take_files
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
    # The letter that the document had when it was shown, and the one that came of
    # this composer. Numbers, since whoever writes them learns nothing from them.
    seen_letter = fields.Integer(compute="_compute_seen_letter", store=True)
    written_letter = fields.Integer(groups=fields.NO_ACCESS, copy=False)
    is_held = fields.Boolean(readonly=True, copy=False)
    standing_notice = fields.Char(compute="_compute_standing_notice")

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
        self._refuse_no_values(vals)
        kind = vals.get("is_document_email")
        if kind is not None and any(row.is_document_email != kind for row in self):
            refuse_by_hand(self, {"is_document_email"})
        return super().write(vals)

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

    @api.depends("is_document_email", "model", "res_ids")
    def _compute_seen_letter(self):
        for composer in self:
            composer.seen_letter = composer._get_standing_letter().id

    @api.depends("seen_letter")
    def _compute_standing_notice(self):
        for composer in self:
            letter = composer._get_standing_letter()
            composer.standing_notice = bool(letter) and letter._tell_standing()

    def _get_standing_letter(self):
        none = self.env["account.email.dispatch"]
        if not self.is_document_email:
            return none
        document = self._get_document()
        return document._get_standing_letters().get(document.id, none)

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

    def action_send_mail(self):
        # EXTENDS 'mail': what happened meanwhile is told before it is sent twice
        ours = self.filtered("is_document_email")
        if not ours:
            return super().action_send_mail()
        self.ensure_one()
        self._check_road()
        action = super().action_send_mail()
        return self._reopen() if self.is_held else self._tell_queued(action)

    def action_schedule_message(self):
        # EXTENDS 'mail'
        self.filtered("is_document_email")._check_road(scheduled=True)
        return super().action_schedule_message()

    def _check_road(self, *, scheduled=False):
        """:raise UserError: it is of no document, or would take another road"""
        for composer in self:
            composer._get_document()
            is_comment = composer.composition_mode == "comment"
            if scheduled or composer.res_domain or not is_comment:
                raise UserError(
                    self.env._("This letter is sent by its own button, and now.")
                )

    def _reopen(self):
        document = self._get_document()
        action = document.action_email_document()
        return {**action, "res_id": self.id, "context": {"dialog_size": "extra-large"}}

    def _tell_queued(self, action):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The letter is in the queue. The document says when it was sent."
                ),
                "next": action,
            },
        }

    def _action_send_mail_comment(self, res_ids):
        # EXTENDS 'mail': one letter, however often Send is pressed
        if not self.is_document_email:
            return super()._action_send_mail_comment(res_ids)
        # sudo: a column that nobody reads or writes by hand
        written = self.sudo().written_letter
        if not written and not self._hold_document():
            written = self.sudo().written_letter = self._write_letter().id
        dispatch = self.env["account.email.dispatch"].browse(written)
        return dispatch.mail_message_id

    def _hold_document(self):
        """Nobody else may write a letter of the document from here on.

        :return: whether one was written since this composer was opened, so that the
            person has to be told first
        """
        document = self._get_document()
        document._check_can_be_emailed()
        standing = self._get_standing_letter().id or 0
        # What stood on the screen when Send was pressed: a second click does not mean
        # that the person has read what the first one brought.
        shown = self.env.context.get("account_email_seen")
        seen = shown if isinstance(shown, int) else self.seen_letter
        self.env["account.email.document"]._hold(document)
        # sudo: what a person has seen is not for her to write
        self.sudo().write({"is_held": standing > seen, "seen_letter": standing})
        return self.is_held

    def _write_letter(self):
        document = self._get_document()
        files = document._get_email_files(self._get_seen_pdf())
        extra = self.document_file_ids | self.attachment_ids
        # What was only computed for the screen may have been read as superuser.
        extra.sudo(False).check_access("read")
        return document._post_letter(
            DocumentLetter(
                subject=self.subject,
                body=self.body,
                to_ids=tuple(self.partner_ids.ids),
                cc_ids=tuple((self.cc_partner_ids - self.partner_ids).ids),
                files=files + take_files(extra),
            )
        )

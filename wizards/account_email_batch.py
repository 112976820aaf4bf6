from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountEmailBatch(models.TransientModel):
    """Many documents at once: what will go to whom, what can't and why."""

    _name = "account.email.batch"
    _description = "Email Many Documents"

    line_ids = fields.One2many("account.email.batch.line", "batch_id")
    ready_count = fields.Integer(compute="_compute_counts")
    held_count = fields.Integer(compute="_compute_counts")
    notice = fields.Char(compute="_compute_counts")

    @api.depends("line_ids.selected", "line_ids.problem")
    def _compute_counts(self):
        for batch in self:
            ready = batch.line_ids.filtered("selected")
            batch.ready_count = len(ready)
            batch.held_count = len(batch.line_ids) - len(ready)
            notices = [line.notice for line in ready if line.notice]
            batch.notice = bool(notices) and self.env._(
                "%s vendor documents are ticked: their vendors get your own record "
                "of them.",
                len(notices),
            )

    @api.model
    def _create_for(self, documents):
        documents.check_access("read")
        return self.create(
            {
                "line_ids": [
                    fields.Command.create(self._prepare_line_values(document))
                    for document in documents
                ]
            }
        )

    @api.model
    def _prepare_line_values(self, document):
        partners = document._get_email_partners()
        problem = document._get_email_refusal()
        if not problem and not any(partners.mapped("email_normalized")):
            problem = self.env._("No valid email address in the contact.")
        sent = document.email_dispatch_state in ("queued", "sending", "sent")
        notice = document._get_email_notice()
        return {
            "res_model": document._name,
            "res_id": document.id,
            "name": document._get_email_document_name(),
            "partner_id": partners[:1].id,
            "problem": problem,
            "notice": notice,
            "is_sent": sent,
            # A vendor's own bill, or a second copy, only if someone asks for it.
            "selected": not (problem or notice or sent),
        }

    def action_send(self):
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.selected and not line.problem)
        if not lines:
            raise UserError(self.env._("Tick at least one document that can be sent."))
        for model, model_lines in lines.grouped("res_model").items():
            self.env[model].browse(model_lines.mapped("res_id"))._email_documents()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s emails are on their way.", len(lines)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class AccountEmailBatchLine(models.TransientModel):
    _name = "account.email.batch.line"
    _description = "Document in a Batch of Emails"

    batch_id = fields.Many2one("account.email.batch", required=True, ondelete="cascade")
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    name = fields.Char("Document", readonly=True)
    partner_id = fields.Many2one("res.partner", "To", readonly=True)
    email = fields.Char(related="partner_id.email", string="Email address")
    selected = fields.Boolean("Send")
    problem = fields.Char("Why not", readonly=True)
    notice = fields.Char(readonly=True)
    is_sent = fields.Boolean("Sent before", readonly=True)

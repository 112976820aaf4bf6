import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..words import find_hidden_mark, show_address
from .protected import refuse_by_hand

_logger = logging.getLogger(__name__)

# What has been sent before stays here, unless someone ticks it.
DONE_STATES = ("queued", "sending", "sent")


class AccountEmailBatchLine(models.Model):
    _name = "account.email.batch.line"
    _description = "Document in a Batch of Emails"
    _inherit = ["account.email.reach"]
    _order = "id"

    batch_id = fields.Many2one(
        "account.email.batch", required=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    name = fields.Char("Document", readonly=True)
    partner_id = fields.Many2one("res.partner", "To", readonly=True)
    email = fields.Char("Email address", compute="_compute_email")
    selected = fields.Boolean("Send")
    problem = fields.Char("Why not", readonly=True)
    notice = fields.Char(readonly=True)
    sent_before_at = fields.Datetime("Sent before", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("prepared", "Prepared"), ("failed", "Failed")],
        default="waiting",
        required=True,
        readonly=True,
    )
    dispatch_id = fields.Many2one(
        "account.email.dispatch", readonly=True, index="btree_not_null"
    )
    progress = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("prepared", "Prepared"),
            ("sent", "Sent"),
            ("failed", "Failed"),
        ],
        compute="_compute_progress",
    )

    @api.depends("partner_id.email")
    @api.depends_context("lang")
    def _compute_email(self):
        for line in self:
            line.email = show_address(self.env, line.partner_id.email)

    @api.depends("state", "dispatch_id.state")
    def _compute_progress(self):
        for line in self:
            sent = line.dispatch_id.state
            if line.state == "failed" or sent in ("failed", "unknown", "cancelled"):
                line.progress = "failed"
            else:
                line.progress = "sent" if sent == "sent" else line.state

    def write(self, vals):
        refuse_by_hand(self, set(vals) - {"selected"})
        return super().write(vals)

    @api.model
    def _prepare_values(self, document):
        """What the dialog says of a document before it is sent."""
        partners = document._get_email_partners()
        problem = document._get_email_refusal()
        if not problem and not any(partners.mapped("email_normalized")):
            problem = self.env._("No valid email address in the contact.")
        for address in () if problem else partners.mapped("email"):
            problem = problem or find_hidden_mark(self.env, address)
        notice = document._get_email_notice()
        sent = document.email_dispatch_state in DONE_STATES
        return {
            "res_model": document._name,
            "res_id": document.id,
            "name": document._get_email_document_name(),
            "partner_id": partners[:1].id,
            "problem": problem,
            "notice": notice,
            "sent_before_at": sent and document.email_dispatch_at,
            # A vendor's own bill, or a second copy, only if someone asks for it.
            "selected": not (problem or notice or sent),
        }

    def _prepare_each(self):
        for line in self:
            line._prepare()

    def _prepare(self):
        """Make the letter of one line, in the name of the person who asked for it."""
        self.ensure_one()
        batch = self.batch_id
        document = (
            self.env[self.res_model]
            .with_user(batch.create_uid)
            .with_company(batch.company_id)
            .with_context(lang=batch.create_uid.lang)
            .browse(self.res_id)
        )
        try:
            with self.env.cr.savepoint():
                self.dispatch_id = document._email_documents().id
                self.state = "prepared"
        except (UserError, ValidationError, AccessError) as exc:
            self.write({"state": "failed", "problem": str(exc)})
        except Exception as exc:
            # The row of a cron: one broken document must not stop the others.
            _logger.exception("%s %s can't be emailed", self.res_model, self.res_id)
            self.write({"state": "failed", "problem": str(exc)})

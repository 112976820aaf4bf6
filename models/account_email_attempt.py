from odoo import api, fields, models

from ..words import get_cure_of, get_label, get_selection


class AccountEmailAttempt(models.Model):
    """One try to hand one letter to the server, and what the server said."""

    _name = "account.email.attempt"
    _description = "Email Delivery Attempt"
    _inherit = ["account.email.reach"]
    _order = "id desc"
    _rec_name = "dispatch_id"

    dispatch_id = fields.Many2one(
        "account.email.dispatch", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="dispatch_id.company_id", store=True)
    recipients = fields.Char("To", readonly=True)
    started_at = fields.Datetime("Time", required=True, readonly=True)
    seconds = fields.Float("Duration (s)", digits=(16, 3), readonly=True)
    success = fields.Boolean(readonly=True)
    failure_kind = fields.Selection(
        lambda self: get_selection(self.env), string="Failure", readonly=True
    )
    failure_cause = fields.Char(readonly=True)
    failure_facts = fields.Json(readonly=True)
    step = fields.Char(readonly=True)
    code = fields.Integer("Reply Code", readonly=True)
    server_text = fields.Char("Answer of the Server", readonly=True)
    refused = fields.Char("Refused Recipients", readonly=True)
    # What the limits count, before each letter of a company that has them.
    _sent_idx = models.Index("(company_id, started_at) WHERE success")

    summary = fields.Char(compute="_compute_summary")

    @api.depends("success", "failure_kind", "failure_cause", "failure_facts", "refused")
    @api.depends_context("lang")
    def _compute_summary(self):
        for attempt in self:
            attempt.summary = attempt._get_summary()

    def _get_summary(self):
        self.ensure_one()
        if self.success and self.refused:
            return self.env._("Accepted, but refused for %s", self.refused)
        if self.success:
            return self.env._("Accepted by the server")
        label = get_label(self.env, self.failure_kind)
        return f"{label}. {get_cure_of(self)}"

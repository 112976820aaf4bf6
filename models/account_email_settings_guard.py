"""What tells how sending goes is written by the addon, not over RPC."""

from odoo import api, models
from odoo.exceptions import AccessError

from .protected import refuse_by_hand

SYSTEM_FIELDS = {
    "state",
    "paused_until",
    "failure_kind",
    "failure_cause",
    "failure_facts",
    "server_text",
    "tested_at",
    "copy_refused",
    "database_uuid",
    "statement_user_id",
    "statement_done_month",
}


class AccountEmailSettingsGuard(models.AbstractModel):
    _name = "account.email.settings.guard"
    _description = "Email Settings: Protected from Changes by Hand"
    _inherit = "mail.thread"

    def _refuse_forged(self, vals):
        """:raise AccessError: a person writes what only the addon knows"""
        refuse_by_hand(self, SYSTEM_FIELDS & set(vals))
        if "company_id" in vals:
            # Its log, its branches and its password belong to the company it is of.
            moved = self.filtered(lambda row: row.company_id.id != vals["company_id"])
            refuse_by_hand(moved, moved and {"company_id"} or ())

    def _without_forged_defaults(self):
        """A request's context would fill them in: only the fields' own defaults."""
        names = {f"default_{name}" for name in SYSTEM_FIELDS} & set(self.env.context)
        context = {k: v for k, v in self.env.context.items() if k not in names}
        return self.with_env(self.env(context=context))

    @api.model
    def _check_own_company(self, company_id):
        if not self.env.su and company_id not in self.env.companies.ids:
            raise AccessError(self.env._("Choose a company that you are working in."))

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        # EXTENDS 'mail': core lets every employee list who follows what, of every
        # company. Managers are told by an activity.
        return True

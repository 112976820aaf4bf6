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
    "failure_text",
    "tested_at",
    "database_uuid",
}


class AccountEmailSettings(models.Model):
    _inherit = "account.email.settings"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            refuse_by_hand(self, SYSTEM_FIELDS & set(vals))
            # Before the table is asked: "exists already" would tell of others' rows.
            self._check_own_company(vals.get("company_id") or self._default_company())
        # A request's context would fill the others in: only the fields' own defaults.
        names = {f"default_{name}" for name in SYSTEM_FIELDS} & set(self.env.context)
        context = {k: v for k, v in self.env.context.items() if k not in names}
        clean = self.with_env(self.env(context=context))
        return super(AccountEmailSettings, clean).create(vals_list)

    @api.model
    def _default_company(self):
        return self.default_get(["company_id"])["company_id"]

    @api.model
    def _check_own_company(self, company_id):
        if not self.env.su and company_id not in self.env.companies.ids:
            raise AccessError(self.env._("Choose a company that you are working in."))

    def write(self, vals):
        refuse_by_hand(self, SYSTEM_FIELDS & set(vals))
        if "company_id" in vals:
            # Its log, its branches and its password belong to the company it is of.
            moved = self.filtered(lambda row: row.company_id.id != vals["company_id"])
            refuse_by_hand(moved, moved and {"company_id"} or ())
        return super().write(vals)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        # EXTENDS 'mail': core lets every employee list who follows what, of every
        # company. Managers are told by an activity.
        return True

    def _set_status(self, values):
        """Write ``SYSTEM_FIELDS``, for those who may write the settings."""
        self.check_access("write")
        # sudo: what happened is written by the addon alone
        self.sudo().write(values)

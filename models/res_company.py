from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # At most one, by a constraint over there.
    email_settings_ids = fields.One2many(
        "account.email.settings",
        "company_id",
        string="Own Email Settings",
        groups="account.group_account_manager",
    )
    email_settings_id = fields.Many2one(
        "account.email.settings",
        compute="_compute_email_settings_id",
        compute_sudo=True,
        recursive=True,
        groups="account.group_account_manager",
    )

    @api.depends("email_settings_ids", "parent_id.email_settings_id")
    def _compute_email_settings_id(self):
        """Its own settings, or those of the nearest company above it."""
        for company in self:
            company.email_settings_id = (
                company.email_settings_ids[:1] or company.parent_id.email_settings_id
            )

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    email_settings_id = fields.Many2one(related="company_id.email_settings_id")

    def action_open_email_settings(self):
        return self.env["account.email.settings"].action_open()

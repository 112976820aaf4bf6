from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    email_no_statement = fields.Boolean(
        "No monthly statements",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Statements of account that are sent by themselves leave this contact "
        "out. One that you send yourself is sent.",
    )

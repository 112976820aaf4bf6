from odoo import api, models


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "account.email.mixin"]

    @api.depends("state", "company_id")
    def _compute_can_be_emailed(self):
        return super()._compute_can_be_emailed()

    @api.depends("state", "company_id")
    def _compute_has_email_button(self):
        return super()._compute_has_email_button()

    def _is_email_ready(self):
        # EXTENDS 'account_email'
        return self.state in ("in_process", "paid")

    def _get_email_template(self):
        # EXTENDS 'account_email'
        return self.env.ref("account_email.mail_template_payment")

    def _get_email_report(self):
        # EXTENDS 'account_email'
        return self.env.ref("account.action_report_payment_receipt")

    def _get_email_document_name(self):
        # EXTENDS 'account_email'
        return self.name or self.display_name

"""Documents of addons that may not be there: drawn from what their pages say."""

from odoo import api, models


class AccountEmailPage(models.AbstractModel):
    _name = "account.email.page"
    _inherit = ["account.email.report"]
    _description = "Page of a document drawn by ReportLab"

    @api.model
    def _prepare(self, report, records, data):
        # EXTENDS 'account_email'
        drawer = self.with_context(account_email_report=report.report_name)
        return super(AccountEmailPage, drawer)._prepare(report, records, data)

    @api.model
    def _get_report_name(self):
        # EXTENDS 'account_email'
        return self.env.context["account_email_report"]

    @api.model
    def _says_more(self, record):
        # EXTENDS 'account_email'
        """Nothing is known of the document but its page."""
        return True

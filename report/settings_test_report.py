"""The PDF that the test of the email settings sends: one page, as letters have."""

from odoo import api, models

from .. import pdf


class ReportSettingsTest(models.AbstractModel):
    _name = "report.account_email.report_settings_test"
    _inherit = ["account.email.report"]
    _description = "Test of email settings"

    _has_no_template = True

    @api.model
    def _prepare_title(self, test, data):
        # EXTENDS 'account_email'
        return self.env._("Test of the email settings")

    @api.model
    def _prepare_parties(self, test, data):
        # EXTENDS 'account_email'
        return pdf.Party(self._address_lines(self._get_company(test).partner_id)), None

    @api.model
    def _prepare_blocks(self, test, data):
        # EXTENDS 'account_email'
        text = self.env._(
            "This page came with a test of the email settings. Documents that are "
            "sent by email carry a file like this one: if it opens and shows the "
            "letterhead of the company, files arrive as they should."
        )
        return [pdf.Note(pdf.plain_text(text))]

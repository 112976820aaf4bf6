"""What stays of a test of the settings when its dialog is closed."""

import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import format_time

from ..models.protected import without_defaults

_logger = logging.getLogger(__name__)


class AccountEmailSettingsTestKept(models.AbstractModel):
    _name = "account.email.settings.test.kept"
    _description = "Test of Email Settings: What Stays of It"

    # What stays of it, under Sent Emails.
    log_id = fields.Many2one("account.email.dispatch", readonly=True)
    verdict = fields.Text(compute="_compute_verdict")
    page = fields.Char(compute="_compute_page")

    @api.depends("state", "cure")
    @api.depends_context("lang", "tz")
    def _compute_verdict(self):
        """What stays on the form when the dialog is closed."""
        for test in self:
            moment = format_time(self.env, test.write_date, time_format="short")
            test.verdict = test.state != "running" and self.env._(
                "Tested at %(time)s: %(outcome)s",
                time=moment,
                outcome=test.cure or self.env._("it works."),
            )

    @api.depends("line_ids.page")
    def _compute_page(self):
        for test in self:
            test.page = test.line_ids[-1:].page

    def _create_log(self, subject, recipients):
        """Whom the test writes to, for all who read Sent Emails. As long as it runs,
        nobody knows how it ends."""
        # sudo: the log is written by the addon alone
        dispatches = self.env["account.email.dispatch"].sudo()
        log = without_defaults(dispatches.with_context(account_email_wake_later=True))
        self.sudo().log_id = log.create(
            {
                "state": "unknown",
                "is_test": True,
                "company_id": self.company_id.id,
                "res_model": self.company_id._name,
                "res_id": self.company_id.id,
                "document_name": self.company_id.name,
                "document_kind": self.env._("Test"),
                "user_id": self.env.uid,
                "subject": subject,
                "recipients": ", ".join(recipients),
                "attempt_count": 1,
            }
        )

    def _note_success(self):
        """The letter has left: that somebody else writes to the settings at the same
        moment must not make Odoo run the test once more.
        """
        try:
            with self.env.cr.savepoint():
                self.settings_id._set_status({"tested_at": fields.Datetime.now()})
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("The time of test %s was not noted on its settings", self.id)

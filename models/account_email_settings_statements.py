"""Statements of account once a month, by themselves."""

import calendar
import logging

from odoo import api, fields, models

from .account_email_ledger import KINDS

_logger = logging.getLogger(__name__)


class AccountEmailSettingsStatements(models.AbstractModel):
    _name = "account.email.settings.statements"
    _description = "Email Settings: Monthly Statements"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    statement_auto = fields.Selection(
        [
            ("no", "Never by themselves"),
            ("review", "Prepare a list to look through"),
            ("send", "Send by themselves"),
        ],
        string="Monthly statements",
        required=True,
        default="no",
    )
    statement_day = fields.Integer(
        "On day",
        default=1,
        help="Day of the month; where a month is shorter, its last day.",
    )
    statement_kind = fields.Selection(
        KINDS, "Statements show", required=True, default="open"
    )
    statement_minimum = fields.Float(
        "From an amount of",
        help="In the currency of the company. Who owes less gets no statement.",
    )
    statement_attach_invoices = fields.Boolean("Attach the open invoices")
    # In whose name they are made, with this person's rights.
    statement_user_id = fields.Many2one(
        "res.users", "Statements made by", readonly=True, copy=False
    )
    statement_done_month = fields.Char(readonly=True, copy=False)

    _statement_day_range = models.Constraint(
        "CHECK(statement_day BETWEEN 1 AND 31)",
        "The day of the month must be from 1 to 31.",
    )

    def _note_statement_plan(self, vals):
        """Remember who switched it on; a day of this month that is over is not caught
        up with: nobody expects mail to leave while filling in a form."""
        if not {"statement_auto", "statement_day"} & set(vals):
            return
        for settings in self.filtered(lambda row: row.statement_auto != "no"):
            values = {"statement_user_id": self.env.uid}
            if settings._is_statement_day_over():
                values["statement_done_month"] = settings._get_month()
            # sudo: who made the plan is not for anybody to choose
            settings.sudo().write(values)

    def _get_today(self):
        """The day where the person is who made the plan."""
        self.ensure_one()
        user = self.statement_user_id
        return fields.Date.context_today(self.with_context(tz=user.tz))

    def _get_month(self):
        return f"{self._get_today():%Y-%m}"

    def _get_statement_day(self):
        today = self._get_today()
        last = calendar.monthrange(today.year, today.month)[1]
        return today.replace(day=min(self.statement_day, last))

    def _is_statement_day_over(self):
        return self._get_today() > self._get_statement_day()

    def _is_statement_due(self):
        self.ensure_one()
        return (
            self.statement_auto != "no"
            and self.state == "active"
            and self.statement_user_id.active
            and self.statement_done_month != self._get_month()
            and self._get_today() >= self._get_statement_day()
        )

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_statements(self):
        """Make the month's statements of each company, once."""
        commit_progress = self.env["ir.cron"]._commit_progress
        for settings in self.search([("statement_auto", "!=", "no")]):
            locked = settings.try_lock_for_update()
            locked.invalidate_recordset()
            if locked and locked._is_statement_due():
                locked._make_statements()
            commit_progress(1)

    def _make_statements(self):
        """One batch; who is told to look through it, or nobody where it runs."""
        self.ensure_one()
        self.statement_done_month = self._get_month()
        user = self.statement_user_id
        Statement = (
            self.env["account.email.statement"]
            .with_env(self.env(user=user, su=False))
            .with_company(self.company_id)
            .with_context(allowed_company_ids=self.company_id.ids, lang=user.lang)
        )
        partners = Statement._find_partners_with_balance(self.company_id, "customer")
        partners = partners.filtered(lambda partner: not partner.email_no_statement)
        partners = self._filter_minimum(partners)
        day = self._get_today()
        statements = Statement._create_for(
            partners,
            self.company_id,
            side="customer",
            kind=self.statement_kind,
            date_from=fields.Date.subtract(day, months=1),
            date_to=day,
            attach_invoices=self.statement_attach_invoices,
        )
        if not statements:
            _logger.info("No customer of %s owes anything.", self.company_id.name)
            return
        batch = Statement.env["account.email.batch"]._create_for(statements)
        if self.statement_auto == "send" and batch.line_ids.filtered("selected"):
            batch._run()
        else:
            self._announce_statements(batch)

    def _filter_minimum(self, partners):
        """Those who owe at least the minimum, and something at all."""
        # sudo: as the ledger itself, all of a partner's items count
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("parent_state", "=", "posted"),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("partner_id.commercial_partner_id", "in", partners.ids),
                    ("reconciled", "=", False),
                ],
                ["partner_id"],
                ["amount_residual:sum"],
            )
        )
        sums = {}
        for partner, amount in groups:
            key = partner.commercial_partner_id.id
            sums[key] = sums.get(key, 0.0) + amount
        currency = self.company_id.currency_id
        least = max(self.statement_minimum, currency.rounding)
        return partners.filtered(
            lambda partner: (
                currency.compare_amounts(sums.get(partner.id, 0.0), least) >= 0
            )
        )

    def _announce_statements(self, batch):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("The monthly statements are ready"),
            note=self.env._(
                "Look through them under Invoicing > Customers > Batches of Emails "
                "(%s) and press Send.",
                batch.name,
            ),
            user_id=self.statement_user_id.id,
        )

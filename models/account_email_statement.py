from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..ledger import as_json, from_json
from .account_email_ledger import ACCOUNT_TYPES, KINDS, SIDES
from .protected import refuse_by_hand, without_defaults

# A statement that was only looked at is cleared away.
KEPT_DAYS = 7


class AccountEmailStatement(models.Model):
    """What a partner owes on a day, as it was read on the day it was made.

    The numbers are kept, so that what is seen, printed and sent is the same; see the
    room ``ledger`` for what they mean.
    """

    _name = "account.email.statement"
    _description = "Statement of Account"
    _inherit = ["mail.thread", "account.email.mixin", "account.email.reach"]
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    side = fields.Selection(SIDES, "Account", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("As of", required=True, readonly=True)
    attach_invoices = fields.Boolean(readonly=True)
    # Blocks as ``ledger.as_json`` makes them plain.
    numbers = fields.Json(readonly=True)
    balance = fields.Char(compute="_compute_balance")
    overdue = fields.Char(compute="_compute_balance")

    @api.depends("partner_id", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = self.env._(
                "Statement of %(name)s, %(date)s",
                name=statement.partner_id.name or "",
                date=format_date(statement.env, statement.date_to),
            )

    @api.depends("numbers")
    def _compute_balance(self):
        for statement in self:
            blocks = statement._get_blocks()
            statement.balance = statement._tell(blocks, "closing")
            statement.overdue = statement._tell(blocks, "overdue")

    def _tell(self, blocks, name):
        """The amounts of all currencies, one after the other: never their sum."""
        amounts = (
            self._get_currency(block.currency).format(float(getattr(block, name)))
            for block in blocks
            if getattr(block, name)
        )
        return ", ".join(amounts)

    @api.model
    def _get_currency(self, code):
        currencies = self.env["res.currency"].with_context(active_test=False)
        return currencies.search([("name", "=", code)], limit=1)

    def _get_blocks(self):
        """:return: list of :class:`ledger.Block`"""
        self.ensure_one()
        return [from_json(block) for block in self.numbers or ()]

    def write(self, vals):
        self._refuse_no_values(vals)
        refuse_by_hand(self, set(vals) & set(AccountEmailStatement._own_fields()))
        return super().write(vals)

    @staticmethod
    def _own_fields():
        return (
            *("partner_id", "company_id", "side", "kind", "date_from", "date_to"),
            *("attach_invoices", "numbers"),
        )

    # ------------------------------------------------------------
    # Make
    # ------------------------------------------------------------

    @api.model
    def _create_for(
        self, partners, company, *, side, kind, date_to, date_from=None, **values
    ):
        """Statements of partners, one each; without those that have nothing to say.

        :param values: ``attach_invoices``
        :raise AccessError: the user may not see the accounts of this company
        """
        self.check_access("write")
        if company not in self.env.companies:
            raise AccessError(self.env._("This is another company's account."))
        partners.check_access("read")
        begin = date_from if kind == "activity" else None
        blocks = self.env["account.email.ledger"]._read_blocks(
            partners, company, side, begin=begin, end=date_to
        )
        common = {
            **{"company_id": company.id, "side": side, "kind": kind},
            **{"date_from": begin, "date_to": date_to, **values},
        }
        # sudo: what a statement says is read from the ledger and written by nobody
        made = without_defaults(self).sudo()
        return made.create(
            [
                {**common, "partner_id": partner_id, "numbers": as_json(parts)}
                for partner_id, parts in blocks.items()
                if parts
            ]
        ).with_env(self.env)

    @api.model
    def _find_partners_with_balance(self, company, side):
        """:return: commercial partners with an item that is not settled"""
        # sudo: as the ledger itself; who may ask is checked where it is asked
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("parent_state", "=", "posted"),
                    ("account_id.account_type", "=", ACCOUNT_TYPES[side]),
                    ("partner_id", "!=", False),
                    ("reconciled", "=", False),
                ],
                ["partner_id"],
            )
        )
        partners = self.env["res.partner"].browse(p.id for (p,) in groups)
        return partners.commercial_partner_id

    @api.autovacuum
    def _gc_statements(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("create_date", "<", limit)])
        sent = self.env["account.email.dispatch"].search(
            [("res_model", "=", self._name), ("res_id", "in", old.ids)]
        )
        lines = self.env["account.email.batch.line"].search(
            [("res_model", "=", self._name), ("res_id", "in", old.ids)]
        )
        kept = {*sent.mapped("res_id"), *lines.mapped("res_id")}
        old.filtered(lambda statement: statement.id not in kept).unlink()

    # ------------------------------------------------------------
    # Print and email
    # ------------------------------------------------------------

    def action_print(self):
        if not self:
            raise UserError(self.env._("There is nothing to print."))
        self.check_access("read")
        return self._get_email_report().report_action(self)

    def _get_email_template(self):
        # EXTENDS 'account_email'
        names = {"customer": "statement", "supplier": "statement_vendor"}
        return self.env.ref(f"account_email.mail_template_{names[self[:1].side]}")

    def _get_email_report(self):
        # EXTENDS 'account_email'
        return self.env.ref("account_email.action_report_statement")

    def _get_email_filename(self):
        # EXTENDS 'account_email'
        name = self._get_email_document_name().replace("/", "_").replace(", ", " ")
        return f"{name}.pdf"

    def _get_email_document_kind(self):
        # EXTENDS 'account_email'
        return self.env._("Statement")

    def _get_email_notice(self):
        # EXTENDS 'account_email'
        if any(block.closing for block in self._get_blocks()):
            return super()._get_email_notice()
        return self.env._("Nothing is owed: the balance is zero.")

    def _get_email_files(self, preview=None):
        # EXTENDS 'account_email': the open invoices themselves, if wanted
        files = super()._get_email_files(preview)
        for move in self._get_open_invoices() if self.attach_invoices else ():
            files += move._get_email_files()
        return files

    def _get_open_invoices(self):
        """Our own invoices that are open on this statement, and still are."""
        ids = [item.id for block in self._get_blocks() for item in block.open_items]
        lines = self.env["account.move.line"].browse(ids).exists()
        return lines.move_id.filtered(
            lambda move: (
                move.state == "posted" and move.is_sale_document(include_receipts=True)
            )
        )

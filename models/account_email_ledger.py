"""Journal items → the plain numbers of statements; see the room ``ledger``."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import split_every

from ..ledger import Item, Match, make_block

ACCOUNT_TYPES = {"customer": "asset_receivable", "supplier": "liability_payable"}
MOVE_KINDS = {
    **dict.fromkeys(("out_invoice", "in_invoice"), "invoice"),
    **dict.fromkeys(("out_receipt", "in_receipt"), "invoice"),
    **dict.fromkeys(("out_refund", "in_refund"), "refund"),
}
# What a statement may show.
SIDES = [("customer", "Customer"), ("supplier", "Vendor")]
KINDS = [("open", "Open items"), ("activity", "Activity")]
ITEM_FIELDS = (
    *("partner_id", "move_id", "date", "date_maturity", "currency_id"),
    *("amount_currency", "ref", "payment_id"),
)
MATCH_FIELDS = (
    *("debit_move_id", "credit_move_id", "max_date"),
    *("debit_amount_currency", "credit_amount_currency"),
)
# Fields of an entry that tell that Odoo made it for itself, and so its reversal.
MADE_BY_ODOO = (
    "exchange_diff_partial_ids",
    "tax_cash_basis_rec_id",
    "tax_cash_basis_origin_move_id",
)
# Partners whose items are read at once: a thousand must not fill the memory.
CHUNK = 200


class AccountEmailLedger(models.AbstractModel):
    """The accounts of customers and suppliers, per partner and currency.

    A partner is a company with all its contacts (``commercial_partner_id``). All its
    receivable (payable) accounts count. Exchange differences and entries of the cash
    basis never do: they are known by what they are, not by their amounts.
    """

    _name = "account.email.ledger"
    _description = "Accounts of Customers and Suppliers"

    @api.model
    def _read_blocks(self, partners, company, side, *, begin, end):
        """The blocks of each partner as they stood at the end of the day ``end``.

        :param partners: res.partner; their commercial partners are meant
        :param str side: ``customer`` or ``supplier``
        :param date begin: first day of the activity, or None for all of it
        :return: dict from the commercial partner's id to its blocks that are not
            empty, the company's own currency first
        """
        blocks = {}
        # sudo: a statement that leaves out what its maker may not read would be wrong;
        # who may make one is checked where it is made
        ledger = self.sudo()
        for ids in split_every(CHUNK, partners.commercial_partner_id.ids):
            accounts = ledger._read_accounts(ids, company, side, end)
            for partner_id in ids:
                made = [
                    make_block(currency.name, items, matches, begin=begin, end=end)
                    for currency, items, matches in accounts.get(partner_id, ())
                ]
                blocks[partner_id] = [block for block in made if not block.is_empty]
        return blocks

    @api.model
    def _read_accounts(self, partner_ids, company, side, end):
        """:return: dict: partner id → list of (currency, items, matches)"""
        lines = self.env["account.move.line"].search_fetch(
            self._get_item_domain(partner_ids, company, side, end), ITEM_FIELDS
        )
        grouped = lines.grouped(
            lambda line: (line.partner_id.commercial_partner_id.id, line.currency_id)
        )
        matches = self._read_matches(lines, end)
        accounts = defaultdict(list)
        own = company.currency_id
        for (partner_id, currency), part in sorted(
            grouped.items(), key=lambda pair: (pair[0][1] != own, pair[0][1].name)
        ):
            sign = 1 if side == "customer" else -1
            items = [self._make_item(line, sign) for line in part]
            made = self._make_matches(part, matches, sign)
            accounts[partner_id].append((currency, items, made))
        return accounts

    @api.model
    def _get_item_domain(self, partner_ids, company, side, end):
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", ACCOUNT_TYPES[side]),
                ("partner_id.commercial_partner_id", "in", partner_ids),
                ("date", "<=", end),
            ]
        )
        exchange = company.currency_exchange_journal_id
        if exchange:
            domain &= Domain("journal_id", "!=", exchange.id)
        for made_by in MADE_BY_ODOO:
            made = Domain(made_by, "!=", False)
            undone = Domain("reversed_entry_id", "any", made)
            domain &= Domain("move_id", "not any", made | undone)
        return domain

    @api.model
    def _make_item(self, line, sign):
        move = line.move_id
        is_payment = line.payment_id or move.journal_id.type in ("bank", "cash")
        kind = MOVE_KINDS.get(move.move_type) or ("payment" if is_payment else "entry")
        return Item(
            id=line.id,
            date=line.date,
            due=line.date_maturity or line.date,
            amount=sign * exact(line.amount_currency, line.currency_id),
            name=move.name or "",
            ref=move.ref or line.payment_id.memo or "",
            kind=kind,
        )

    @api.model
    def _read_matches(self, lines, end):
        """:return: dict: item id → the partial reconciliations that it takes part in"""
        found = self.env["account.partial.reconcile"].search_fetch(
            [
                ("max_date", "<=", end),
                "|",
                ("debit_move_id", "in", lines.ids),
                ("credit_move_id", "in", lines.ids),
            ],
            MATCH_FIELDS,
        )
        matches = defaultdict(list)
        for partial in found:
            matches[partial.debit_move_id.id].append(partial)
            matches[partial.credit_move_id.id].append(partial)
        return matches

    @api.model
    def _make_matches(self, lines, matches, sign):
        """The matches of a block; a supplier's debts are credits, so sides change."""
        partials = dict.fromkeys(
            partial for line in lines for partial in matches.get(line.id, ())
        )
        inside = set(lines.ids)
        made = []
        for partial in partials:
            debit, credit = partial.debit_move_id, partial.credit_move_id
            sides = (
                (debit.id, exact(partial.debit_amount_currency, debit.currency_id)),
                (credit.id, exact(partial.credit_amount_currency, credit.currency_id)),
            )
            (first, amount), (second, other) = sides if sign > 0 else sides[::-1]
            outside = credit if debit.id in inside else debit
            note = f"{outside.move_id.name or ''} ({outside.currency_id.name})"
            made.append(Match(partial.max_date, first, second, amount, other, note))
        return made


def exact(amount, currency):
    """An amount of the database as a decimal number with the currency's digits."""
    return Decimal(f"{amount:.{currency.decimal_places}f}")

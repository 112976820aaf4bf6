"""The numbers of statements against Odoo's own ledger."""

import random
from datetime import date, timedelta
from decimal import Decimal

from odoo import Command
from odoo.tests import tagged

from ..models.account_email_ledger import exact
from .common import AccountEmailCommon

BEGIN = date(2026, 1, 1)
ACCOUNT = {"customer": "asset_receivable", "supplier": "liability_payable"}


class LedgerCommon(AccountEmailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.company.currency_id
        cls.foreign = cls._create_currency("GBP", (1.0, 1.25, 0.8))
        cls.third = cls._create_currency("CHF", (2.0, 2.2, 1.9))
        cls.contact = cls._create_partner(name="Anna", parent_id=cls.customer.id)
        cls.Ledger = cls.env["account.email.ledger"]

    @classmethod
    def _create_currency(cls, name, rates):
        currency = cls.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        currency.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            [
                {
                    "name": BEGIN + timedelta(days=45 * number),
                    "rate": rate,
                    "currency_id": currency.id,
                    "company_id": cls.company.id,
                }
                for number, rate in enumerate(rates)
            ]
        )
        return currency

    def _invoice(self, amount, on, *, currency=None, partner=None, **values):
        return self._create_move(
            values.pop("move_type", "out_invoice"),
            partner_id=(partner or self.customer).id,
            invoice_date=on,
            date=on,
            currency_id=(currency or self.own).id,
            invoice_payment_term_id=False,
            invoice_date_due=values.pop("due", on),
            invoice_line_ids=[
                Command.create(
                    {"name": "Work", "price_unit": amount, "tax_ids": [Command.clear()]}
                )
            ],
            **values,
        )

    def _pay(self, moves, on, *, amount=None, currency=None):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        )
        values = {"payment_date": on, "group_payment": True}
        if currency:
            values["currency_id"] = currency.id
        wizard = wizard.create(values)
        if amount:
            wizard.amount = amount
        return wizard._create_payments()

    def _blocks(self, end, *, begin=None, partner=None, side="customer"):
        partner = partner or self.customer
        blocks = self.Ledger._read_blocks(
            partner, self.company, side, begin=begin, end=end
        )
        return {block.currency: block for block in blocks[partner.id]}

    def _lines(self, partners, side):
        return self.env["account.move.line"].search(
            [
                ("partner_id.commercial_partner_id", "in", partners.ids),
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.company.id),
                ("account_id.account_type", "=", ACCOUNT[side]),
            ]
        )


@tagged("post_install", "-at_install")
class TestLedger(LedgerCommon):
    def test_opening_and_closing(self):
        self._invoice(100, "2026-01-10")
        self._invoice(50, "2026-02-10")
        block = self._blocks(date(2026, 2, 28), begin=date(2026, 2, 1))[self.own.name]
        self.assertEqual((block.opening, block.closing), (100, 150))
        self.assertEqual([m.name for m in block.movements][0][:4], "INV/")

    def test_a_contact_belongs_to_its_company(self):
        self._invoice(100, "2026-01-10")
        self._invoice(30, "2026-01-11", partner=self.contact)
        self.assertEqual(self._blocks(date(2026, 2, 1))[self.own.name].closing, 130)
        of_contact = self.Ledger._read_blocks(
            self.contact, self.company, "customer", begin=None, end=date(2026, 2, 1)
        )
        self.assertEqual(of_contact[self.customer.id][0].closing, 130)

    def test_a_currency_is_never_added_to_another(self):
        self._invoice(100, "2026-01-10")
        self._invoice(100, "2026-01-10", currency=self.foreign)
        blocks = self._blocks(date(2026, 3, 1))
        self.assertEqual(list(blocks), [self.own.name, "GBP"])
        self.assertEqual([b.closing for b in blocks.values()], [100, 100])
        self.assertEqual(blocks["GBP"].ageing["31_60"], 100)

    def test_exchange_differences_are_not_shown(self):
        move = self._invoice(100, "2026-01-10", currency=self.foreign)
        self._pay(move, "2026-03-01", currency=self.foreign)
        self.assertTrue(move.line_ids.matched_credit_ids.exchange_move_id)
        block = self._blocks(date(2026, 4, 1))["GBP"]
        self.assertEqual([m.amount for m in block.movements], [100, -100])
        self.assertNotIn(self.own.name, self._blocks(date(2026, 4, 1)))

    def test_paid_in_another_currency(self):
        for amount, paid in ((self.foreign, self.own), (self.own, self.foreign)):
            partner = self._create_partner(name=f"Paid in {paid.name}")
            move = self._invoice(100, "2026-01-10", currency=amount, partner=partner)
            self._pay(move, "2026-03-20", currency=paid)
            self.assertEqual(move.amount_residual, 0)
            for block in self._blocks(date(2026, 4, 1), partner=partner).values():
                self.assertEqual((block.closing, block.open_items), (0, ()))
                kinds = {m.kind for m in block.movements}
                self.assertIn("settlement", kinds)
            before = self._blocks(date(2026, 3, 19), partner=partner)
            self.assertEqual(before[amount.name].closing, 100)

    def test_a_past_day(self):
        move = self._invoice(100, "2026-01-10", due="2026-01-31")
        self._pay(move, "2026-03-20")
        block = self._blocks(date(2026, 3, 2))[self.own.name]
        self.assertEqual(block.closing, 100)
        self.assertEqual(block.ageing["1_30"], 100, "the 30th day is in 1-30")
        self.assertEqual(block.open_items[0].days_overdue, 30)
        self.assertFalse(self._blocks(date(2026, 3, 20))[self.own.name].open_items)

    def test_matched_with_another_partner(self):
        move = self._invoice(100, "2026-01-10")
        other = self._create_partner(name="Who pays for them")
        refund = self._invoice(40, "2026-01-20", partner=other, move_type="out_refund")
        account = move.line_ids.account_id.filtered(
            lambda a: a.account_type == "asset_receivable"
        )
        lines = (move | refund).line_ids.filtered(lambda x: x.account_id == account)
        lines.reconcile()
        mine = self._blocks(date(2026, 2, 1))[self.own.name]
        theirs = self._blocks(date(2026, 2, 1), partner=other)[self.own.name]
        self.assertEqual((mine.closing, theirs.closing), (60, 0))
        self.assertEqual([o.residual for o in mine.open_items], [60])

    def test_several_receivable_accounts(self):
        account = self.company_data["default_account_receivable"]
        second = account.copy({"code": "REC2"})
        self._invoice(100, "2026-01-10")
        self.customer.property_account_receivable_id = second
        self._invoice(7, "2026-01-11")
        self.assertEqual(self._blocks(date(2026, 2, 1))[self.own.name].closing, 107)

    def test_drafts_and_other_companies_do_not_count(self):
        self._invoice(100, "2026-01-10")
        self._invoice(7, "2026-01-11", post=False)
        other = self.setup_other_company()["company"]
        blocks = self.Ledger._read_blocks(
            self.customer, other, "customer", begin=None, end=date(2026, 2, 1)
        )
        self.assertEqual(blocks[self.customer.id], [])
        self.assertEqual(self._blocks(date(2026, 2, 1))[self.own.name].closing, 100)

    def test_suppliers(self):
        bill = self._invoice(
            100, "2026-01-10", partner=self.vendor, move_type="in_invoice", ref="B1"
        )
        self._pay(bill, "2026-02-10", amount=30)
        block = self._blocks(date(2026, 3, 1), partner=self.vendor, side="supplier")[
            self.own.name
        ]
        self.assertEqual([m.amount for m in block.movements], [100, -30])
        self.assertEqual([o.residual for o in block.open_items], [70])


@tagged("post_install", "-at_install")
class TestGeneratedLedgers(LedgerCommon):
    """Invoices, refunds, payments in three currencies, matched at random."""

    def _generate(self, chance, partners):
        for partner in partners:
            moves = self.env["account.move"]
            for _round in range(chance.randint(2, 5)):
                on = BEGIN + timedelta(days=chance.randint(0, 120))
                kind = chance.choice(("out_invoice", "out_invoice", "out_refund"))
                currency = chance.choice((self.own, self.foreign, self.third))
                amount = chance.randint(100, 99999) / 100
                payer = chance.choice((partner, *partner.child_ids))
                moves |= self._invoice(
                    amount,
                    on,
                    currency=currency,
                    partner=payer,
                    move_type=kind,
                    due=on + timedelta(days=chance.randint(0, 60)),
                )
            self._settle(chance, moves)

    def _settle(self, chance, moves):
        for move in moves:
            if chance.random() < 0.35:
                continue
            on = move.date + timedelta(days=chance.randint(0, 50))
            share = chance.choice((1, 1, 0.5, 0.333))
            currency = chance.choice((move.currency_id, self.own, self.foreign))
            amount = None
            if currency == move.currency_id and share < 1:
                amount = currency.round(move.amount_total * share)
            self._pay(move, on, amount=amount, currency=currency)

    def test_invariants(self):
        chance = random.Random(19)
        partners = self.env["res.partner"]
        for number in range(8):
            partner = self._create_partner(name=f"Partner {number}")
            self._create_partner(name=f"Contact {number}", parent_id=partner.id)
            partners |= partner
        self._generate(chance, partners)
        self._check_sums(partners)
        self._check_residuals(partners)
        self._check_trial_balance(partners)

    def _check_sums(self, partners):
        days = [BEGIN + timedelta(days=n) for n in (-1, 13, 44, 45, 90, 130, 200)]
        previous = None
        for begin, end in zip(days, days[1:], strict=False):
            begin += timedelta(days=1)
            blocks = self.Ledger._read_blocks(
                partners, self.company, "customer", begin=begin, end=end
            )
            now = {}
            for partner_id, parts in blocks.items():
                for block in parts:
                    now[partner_id, block.currency] = block
                    residual = sum(item.residual for item in block.open_items)
                    self.assertEqual(block.closing, residual)
                    self.assertEqual(block.closing, sum(block.ageing.values()))
            for key, block in (previous or {}).items():
                opening = now[key].opening if key in now else 0
                self.assertEqual(opening, block.closing)
            previous = now

    def _check_residuals(self, partners):
        """As of a day after everything, an item is open by what Odoo says."""
        blocks = self.Ledger._read_blocks(
            partners, self.company, "customer", begin=None, end=date(2030, 1, 1)
        )
        ours = {
            item.id: item.residual
            for parts in blocks.values()
            for block in parts
            for item in block.open_items
        }
        exchange = self.company.currency_exchange_journal_id
        lines = self._lines(partners, "customer")
        self.assertTrue(lines.filtered(lambda line: line.journal_id == exchange))
        theirs = {
            line.id: exact(line.amount_residual_currency, line.currency_id)
            for line in lines
            if line.amount_residual_currency and line.journal_id != exchange
        }
        self.assertEqual(ours, theirs)

    def _check_trial_balance(self, partners):
        """What is open in the company's currency, exchange entries included, is what
        the trial balance says of these partners."""
        lines = self._lines(partners, "customer")
        open_balance = sum(
            exact(line.amount_residual, line.company_currency_id) for line in lines
        )
        total = sum(exact(line.balance, line.company_currency_id) for line in lines)
        self.assertEqual(open_balance, total)
        own = sum(
            block.closing
            for parts in self.Ledger._read_blocks(
                partners, self.company, "customer", begin=None, end=date(2030, 1, 1)
            ).values()
            for block in parts
            if block.currency == self.own.name
        )
        exchange = self.company.currency_exchange_journal_id
        residuals = sum(
            (
                exact(line.amount_residual, line.company_currency_id)
                for line in lines
                if line.currency_id == self.own and line.journal_id != exchange
            ),
            Decimal(0),
        )
        self.assertEqual(own, residuals)

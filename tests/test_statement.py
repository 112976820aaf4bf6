"""Statements of account: made, printed, emailed, and what they may not do."""

import io
from datetime import date

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .servers import smtp_server
from .test_ledger import LedgerCommon


@tagged("post_install", "-at_install")
class TestStatement(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Statement = cls.env["account.email.statement"].with_user(cls.bookkeeper)

    def _create_statement(self, partners=None, **values):
        defaults = {"side": "customer", "kind": "open", "date_to": date(2026, 3, 31)}
        return self.Statement._create_for(
            partners or self.customer, self.company, **(defaults | values)
        )

    def _read_pdf(self, content):
        return "\n".join(
            page.extract_text() for page in PdfReader(io.BytesIO(content)).pages
        )

    def _print(self, statement):
        return self._read_pdf(statement._render_email_pdf()).replace("\xa0", " ")

    def _wizard(self, partners=None, **values):
        wizard = self.env["account.email.statement.create"].with_user(self.bookkeeper)
        if partners is not None:
            values["partner_ids"] = [(6, 0, partners.ids)]
        return wizard.create({"date_to": date(2026, 3, 31), **values})

    def test_open_items_are_printed(self):
        move = self._invoice(1234.5, "2026-01-10", due="2026-03-01")
        text = self._print(self._create_statement())
        for part in ("Statement of Account", "Blue Lagoon", move.name, "1,234.50"):
            self.assertIn(part, text)
        self.assertIn("30", text.split(move.name)[1].split("\n")[0], "days overdue")
        self.assertIn("1 to 30 days", text)

    def test_activity_is_printed_with_its_balances(self):
        self._invoice(100, "2026-01-10")
        move = self._invoice(50, "2026-02-10")
        self._pay(move, "2026-02-20", amount=20)
        text = self._print(
            self._create_statement(
                kind="activity", date_from=date(2026, 2, 1), date_to=date(2026, 2, 28)
            )
        )
        for part in ("Opening balance", "100.00", "150.00", "130.00"):
            self.assertIn(part, text)

    def test_one_block_a_currency(self):
        self._invoice(100, "2026-01-10")
        self._invoice(70, "2026-01-10", currency=self.foreign)
        statement = self._create_statement()
        text = self._print(statement)
        for part in ("GBP", self.own.name, "70.00", "100.00"):
            self.assertIn(part, text)
        self.assertNotIn("170.00", text)
        self.assertEqual(len(statement.balance.split(", ")), 2)

    def test_a_bookkeeper_emails_one(self):
        self._invoice(100, "2026-01-10")
        statement = self._create_statement()
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port)
            dispatch = statement._email_documents()
            self.assertEqual(dispatch.state, "queued")
            self._deliver_all()
        self.assertEqual(dispatch.state, "sent")
        ((_sender, _recipients, letter),) = box.letters
        self.assertIn("Statement of account as of", letter["Subject"])
        (attachment,) = letter.iter_attachments()
        self.assertIn("100.00", self._read_pdf(attachment.get_content()))

    def test_many_are_looked_through_first(self):
        self._create_settings()
        self._invoice(100, "2026-01-10")
        even = self._create_partner(name="Even", email="even@example.net")
        self._invoice(10, "2026-01-10", partner=even)
        self._invoice(10, "2026-01-11", partner=even, move_type="out_refund")
        silent = self._create_partner(name="No address", email=False)
        self._invoice(5, "2026-01-10", partner=silent)
        partners = self.customer | even | silent
        action = self._wizard(partners).action_email()
        batch = self.env[action["res_model"]].browse(action["res_id"])
        lines = {line.partner_id or line.name: line for line in batch.line_ids}
        self.assertTrue(lines[self.customer].selected)
        self.assertFalse(lines[even].selected)
        self.assertIn("zero", lines[even].notice)
        self.assertFalse(lines[silent].selected)

    def test_everybody_with_a_balance(self):
        self._invoice(100, "2026-01-10", partner=self.contact)
        paid = self._create_partner(name="Paid")
        self._pay(self._invoice(10, "2026-01-10", partner=paid), "2026-01-11")
        statements = self._wizard()._create_statements()
        self.assertIn(self.customer, statements.partner_id)
        self.assertNotIn(paid, statements.partner_id)

    def test_the_open_invoices_go_along(self):
        self._create_settings()
        move = self._invoice(100, "2026-01-10")
        paid = self._invoice(10, "2026-01-12")
        self._pay(paid, "2026-01-13")
        statement = self._create_statement(attach_invoices=True)
        names = [name for name, _content, _type in statement._get_email_files()]
        self.assertEqual(len(names), 2)
        self.assertIn(move.name.replace("/", "_"), names[1])

    def test_nothing_to_state(self):
        with self.assertRaises(UserError):
            self._wizard(self.customer).action_print()
        with self.assertRaises(UserError):
            self._wizard(
                self.customer,
                kind="activity",
                date_from=date(2026, 5, 1),
                date_to=date(2026, 4, 1),
            )

    def test_odd_choices_are_none(self):
        wizard = self.env["account.email.statement.create"].with_user(self.bookkeeper)
        for ids in ("x", None, 7, [0, "x", None, True], [99999999]):
            with self.subTest(ids=ids):
                odd = wizard.with_context(active_model="res.partner", active_ids=ids)
                self.assertFalse(odd.create({}).partner_ids)

    def test_what_was_read_stays(self):
        self._invoice(100, "2026-01-10")
        statement = self._create_statement()
        before = self._print(statement)
        self._invoice(55, "2026-01-10")
        self.assertEqual(self._print(statement), before)
        for values in ({"numbers": []}, {"partner_id": self.vendor.id}):
            with self.assertRaises(AccessError):
                statement.write(values)
        with self.assertRaises(AccessError):
            self.Statement.create({"partner_id": self.customer.id})

    def test_other_companies(self):
        self._invoice(100, "2026-01-10")
        statement = self._create_statement()
        stranger = self._create_stranger()
        with self.assertRaises(AccessError):
            statement.with_user(stranger).read(["numbers"])
        Statement = self.Statement.with_user(stranger)
        with self.assertRaises(AccessError):
            Statement._create_for(
                self.customer,
                self.company,
                side="customer",
                kind="open",
                date_to=date(2026, 3, 31),
            )
        plain = self._create_user("employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.Statement.with_user(plain)._create_for(
                self.customer,
                self.company,
                side="customer",
                kind="open",
                date_to=date(2026, 3, 31),
            )

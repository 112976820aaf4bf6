"""Documents of other addons, and those that an administrator adds."""

import io

from lxml import etree
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..models.known_documents import KNOWN
from .common import AccountEmailCommon
from .servers import smtp_server

PAGE = """
<t t-name="account_email.test_product_page">
    <t t-call="web.html_container"><t t-foreach="docs" t-as="doc">
        <t t-call="web.external_layout"><div class="page">
            <h2>Data sheet</h2><p>All about <span t-out="doc.name"/>.</p>
        </div></t>
    </t></t>
</t>
"""


def pdf_text(content):
    return "".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)


@tagged("post_install", "-at_install")
class TestAddedDocuments(AccountEmailCommon):
    """A model that has nothing to do with invoices: a product with a data sheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Kind = cls.env["account.email.document.type"]
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "Data sheet",
                "key": "account_email.test_product_page",
                "arch": PAGE,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Data sheet",
                "model": "product.template",
                "report_type": "qweb-pdf",
                "report_name": "account_email.test_product_page",
                "print_report_name": "'Sheet %s' % object.name",
            }
        )
        cls.product = cls.env["product.template"].create(
            {"name": "Writing desk", "company_id": cls.company.id}
        )
        cls.clerk = cls._create_user(
            "clerk", "account.group_account_invoice", "product.group_product_manager"
        )

    def _create_kind(self, **values):
        return self.Kind.create(
            {
                "name": "Data sheet",
                "model_id": self.env["ir.model"]._get_id("product.template"),
                "report_id": self.report.id,
                "partner_path": "company_id.partner_id",
                "domain": "[('sale_ok', '=', True)]",
                **values,
            }
        )

    def test_a_document_is_added_without_code(self):
        kind = self._create_kind()
        self.product.company_id.partner_id.email = "designer@example.net"
        record = self.product.with_user(self.clerk)
        with smtp_server() as (port, box):
            self._create_settings(smtp_port=port)
            self.assertTrue(record.can_be_emailed)
            dispatch = record._email_documents()
            self._deliver_all()
        self.assertEqual(dispatch.state, "sent")
        self.assertEqual(record.email_dispatch_state, "sent")
        self.assertEqual(dispatch.document_kind, "Data sheet")
        ((_sender, recipients, letter),) = box.letters
        self.assertEqual(recipients, ["designer@example.net"])
        self.assertIn("Writing desk", letter["Subject"])
        (attachment,) = letter.iter_attachments()
        self.assertEqual(attachment.get_filename(), "Sheet Writing desk.pdf")
        text = pdf_text(attachment.get_content())
        self.assertIn("All about Writing desk", text)
        self.assertIn("would go to", kind.preview)

    def test_the_button_is_there_and_only_there(self):
        for view_type, name in (
            ("form", "action_email_document"),
            ("list", "action_email_documents"),
        ):
            view = self.env["product.template"].with_user(self.clerk)
            before = view.get_view(view_type=view_type)["arch"]
            self.assertNotIn(name, before)
        self._create_kind()
        self._create_settings()
        for view_type, name in (
            ("form", "action_email_document"),
            ("list", "action_email_documents"),
        ):
            view = self.env["product.template"].with_user(self.clerk)
            arch = etree.fromstring(view.get_view(view_type=view_type)["arch"])
            self.assertEqual(len(arch.xpath(f"//header/button[@name='{name}']")), 1)
            if view_type == "form":
                self.assertEqual(len(arch.xpath("//field[@name='email_status']")), 4)
            other = view.with_user(self._create_user(view_type, "base.group_user"))
            self.assertNotIn(name, other.get_view(view_type=view_type)["arch"])
        with Form(self.product.with_user(self.clerk)) as form:
            self.assertTrue(form.has_email_button)

    def test_only_those_that_match(self):
        self._create_kind()
        self._create_settings()
        self.product.sale_ok = False
        self.assertFalse(self.product.can_be_emailed)
        with self.assertRaises(UserError):
            self.product.with_user(self.clerk).action_email_document()

    def test_the_letter_is_seen_before(self):
        self._create_kind()
        self._create_settings()
        self.product.company_id.partner_id.email = "designer@example.net"
        action = self.product.with_user(self.clerk).action_email_document()
        context = action["context"]
        form = Form(
            self.env["mail.compose.message"]
            .with_user(self.clerk)
            .with_context(**context),
            view="account_email.mail_compose_message_view_form",
        )
        self.assertIn("Writing desk", form.subject)
        self.assertEqual(form.partner_ids[:], self.product.company_id.partner_id)

    def test_many_at_once(self):
        self._create_kind()
        self._create_settings()
        self.product.company_id.partner_id.email = "designer@example.net"
        other = self.product.copy({"name": "Chair"})
        action = (self.product | other).with_user(self.clerk).action_email_documents()
        batch = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(batch.line_ids.mapped("selected"), [True, True])

    def test_what_does_not_fit_is_told(self):
        for values in (
            {"partner_path": "name"},
            {"partner_path": "no_such_field"},
            {"partner_path": "company_id"},
            {"domain": "[('no_such_field', '=', 1)]"},
            {"domain": "__import__('os')"},
            {"domain": "["},
            {"model_id": self.env["ir.model"]._get_id("account.move")},
            {"model_id": self.env["ir.model"]._get_id("res.currency")},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._create_kind(**values)

    def test_nobody_but_an_administrator_adds_one(self):
        for user in (self.manager, self.bookkeeper):
            with self.assertRaises(AccessError):
                self.Kind.with_user(user).create({"name": "x"})

    def test_what_is_known_is_offered_once(self):
        self.Kind._offer_known()
        kinds = self.Kind.with_context(active_test=False).search([("key", "!=", False)])
        there = {row.key for row in KNOWN if row.model in self.env}
        self.assertEqual(set(kinds.mapped("key")), there)
        self.assertEqual(len(kinds), len(there))
        kinds[:1].active = False
        self.Kind._offer_known()
        self.assertFalse(any(kinds[:1].mapped("active")))

    def test_whoever_has_no_right_has_no_letter(self):
        self._create_kind()
        self._create_settings()
        reader = self._create_user("reader", "base.group_user")
        with self.assertRaises(AccessError):
            self.product.with_user(reader)._email_documents()


@tagged("post_install", "-at_install")
class TestKnownDocuments(AccountEmailCommon):
    """Where the addons are installed; see ``./test localisations``."""

    def setUp(self):
        super().setUp()
        if "sale.order" not in self.env or "stock.picking" not in self.env:
            self.skipTest("Sales, Purchase, Inventory and Expenses are not installed.")
        self.product = self.env["product.product"].sudo().create({"name": "Desk"})

    def _create_order(self):
        return (
            self.env["sale.order"]
            .sudo()
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [(0, 0, {"product_id": self.product.id})],
                }
            )
        )

    def _email(self, record):
        """:return: subject, file name and text of what arrived"""
        with smtp_server() as (port, box):
            self.company.email_settings_ids.unlink()
            self._create_settings(smtp_port=port)
            record = record.with_user(self.bookkeeper)
            self.assertTrue(record.can_be_emailed, record._get_email_refusal())
            record._email_documents()
            self._deliver_all()
        ((_sender, recipients, letter),) = box.letters
        (attachment, *_others) = letter.iter_attachments()
        text = pdf_text(attachment.get_content())
        return recipients, letter["Subject"], attachment.get_filename(), text

    def test_quotation_and_order(self):
        order = self._create_order()
        recipients, subject, name, text = self._email(order)
        self.assertEqual(recipients, [self.customer.email])
        self.assertIn("Quotation", subject)
        self.assertIn("Quotation", name)
        self.assertIn(order.name, text)
        order.action_confirm()
        recipients, subject, _name, text = self._email(order)
        self.assertIn("confirmed", subject)
        self.assertIn("Desk", text)

    def test_purchases(self):
        order = (
            self.env["purchase.order"]
            .sudo()
            .create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        (0, 0, {"product_id": self.product.id, "price_unit": 7})
                    ],
                }
            )
        )
        recipients, subject, _name, text = self._email(order)
        self.assertEqual(recipients, [self.vendor.email])
        self.assertIn("Request for quotation", subject)
        self.assertIn(order.name, text)
        order.button_confirm()
        self.assertIn("Purchase order", self._email(order)[1])

    def test_a_delivery(self):
        warehouse = (
            self.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "=", self.company.id)], limit=1)
        )
        picking = (
            self.env["stock.picking"]
            .sudo()
            .create(
                {
                    "partner_id": self.customer.id,
                    "picking_type_id": warehouse.out_type_id.id,
                    "move_ids": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.product.id,
                                "product_uom_qty": 2,
                                "location_id": warehouse.lot_stock_id.id,
                                "location_dest_id": self.env.ref(
                                    "stock.stock_location_customers"
                                ).id,
                            },
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        self.bookkeeper.group_ids |= self.env.ref("stock.group_stock_user")
        recipients, subject, name, text = self._email(picking)
        self.assertEqual(recipients, [self.customer.email])
        self.assertIn("Delivery", subject)
        self.assertIn("Delivery Slip", name)
        self.assertIn("Desk", text)

    def test_an_expense(self):
        employee = (
            self.env["hr.employee"]
            .sudo()
            .create({"name": "Paula", "work_email": "paula@example.net"})
        )
        expense = (
            self.env["hr.expense"]
            .sudo()
            .create({"name": "Taxi", "employee_id": employee.id, "total_amount": 12})
        )
        self.bookkeeper.group_ids |= self.env.ref("hr_expense.group_hr_expense_manager")
        recipients, _subject, _name, text = self._email(expense)
        self.assertEqual(recipients, ["paula@example.net"])
        self.assertIn("Taxi", text)

"""Orders of Sales and Purchase, where these are installed."""

from odoo import Command
from odoo.tests import tagged

from .report_common import ReportTextCommon


@tagged("post_install", "-at_install")
class TestReportOrders(ReportTextCommon):
    def _prepare_lines(self, quantity):
        return [
            Command.create(
                {"display_type": "line_section", "name": "A section", quantity: 0}
            ),
            Command.create(
                {
                    "product_id": self.product_a.id,
                    "name": "Desk\nof oak",
                    "price_unit": 12.5,
                    quantity: 3,
                }
            ),
            Command.create(
                {"display_type": "line_note", "name": "A <note>", quantity: 0}
            ),
        ]

    def test_sale_order(self):
        if "sale.order" not in self.env:
            self.skipTest("./test localisations runs this with sale installed")
        self.env.user.group_ids += self.env.ref("sales_team.group_sale_manager")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner_a.id,
                "client_order_ref": "PO 77",
                "note": "<p>Terms of ours</p>",
                "order_line": self._prepare_lines("product_uom_qty"),
            }
        )
        self.assertSaysTheSame(order, "sale.report_saleorder")
        order.action_confirm()
        self.assertSaysTheSame(order, "sale.report_saleorder")
        self.assertSaysTheSame(order, "sale.report_saleorder_pro_forma")

    def test_purchase_order(self):
        if "purchase.order" not in self.env:
            self.skipTest("./test localisations runs this with purchase installed")
        self.env.user.group_ids += self.env.ref("purchase.group_purchase_manager")
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.partner_a.id,
                "partner_ref": "SO 9",
                "order_line": self._prepare_lines("product_qty"),
            }
        )
        self.assertSaysTheSame(order, "purchase.report_purchasequotation")
        order.button_confirm()
        self.assertSaysTheSame(order, "purchase.report_purchaseorder")

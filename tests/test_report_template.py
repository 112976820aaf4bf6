"""Documents whose templates were changed: what their pages say is printed."""

from odoo.tests import tagged

# Not the class itself, whose tests would run here once more.
from . import test_report_text
from .report_common import squeeze


@tagged("post_install", "-at_install")
class TestReportTextOfTemplate(test_report_text.TestReportText):
    """The same where somebody changed the templates: they are read, not known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for key, place in (
            ("account.report_invoice_document", "//div[@id='informations']"),
            ("account.report_payment_receipt_document", "//div[hasclass('page')]/*[1]"),
        ):
            arch = f"<xpath expr=\"{place}\" position='after'><p>Mine</p></xpath>"
            cls.env["ir.ui.view"].create(
                {
                    "name": "Mine",
                    "type": "qweb",
                    "inherit_id": cls.env.ref(key).id,
                    "arch": f"<data>{arch}</data>",
                }
            )

    def test_layouts(self):
        """What the page adds stands in every layout, once."""
        move = self._create()
        layouts = self.env["report.layout"].search([])
        for layout in layouts:
            self.env.company.external_report_layout_id = layout.view_id
            with self.subTest(layout=layout.name):
                text = self._get_pdf_text(move)
                for part in ("Mine", f"Invoice {move.name}", "Footer of ours"):
                    self.assertEqual(squeeze(text).count(squeeze(part)), 1, part)
                self.assertSaysTheSame(move)

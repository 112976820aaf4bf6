"""The Print menu in the web client, on a machine without wkhtmltopdf."""

from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase, tagged

PRINT = """
    const action = {
        type: "ir.actions.report",
        report_type: "qweb-pdf",
        report_name: "account.report_invoice_with_payments",
        report_file: "account.report_invoice_with_payments",
        context: { active_ids: [%s] },
    };
    odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action).then(() => {
        const shown = document.querySelector(".o_report_iframe, .o_error_dialog");
        console.log(shown ? "HTML was shown" : "test successful");
    });
"""


@tagged("post_install", "-at_install")
class TestReportPrint(HttpCase):
    def test_print(self):
        partner = self.env["res.partner"].create({"name": "Customer"})
        journal = self.env["account.journal"].search([("type", "=", "sale")], limit=1)
        if not journal:
            self.skipTest("no chart of accounts")
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": journal.id,
                "invoice_line_ids": [Command.create({"name": "A", "price_unit": 1.0})],
            }
        )
        downloads = []
        report = type(self.env["ir.actions.report"])
        render = report._render_qweb_pdf

        def render_and_note(model, report_ref, res_ids=None, data=None):
            downloads.append(res_ids)
            return render(model, report_ref, res_ids=res_ids, data=data)

        with (
            patch.object(report, "_render_qweb_pdf", render_and_note),
            patch.object(report, "get_wkhtmltopdf_state", lambda _: "install"),
        ):
            self.browser_js(
                "/odoo",
                PRINT % invoice.id,
                ready="odoo.isReady === true",
                login="admin",
            )
        self.assertEqual(downloads, [invoice.ids])

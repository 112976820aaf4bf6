"""The Swiss QR-bill, which the Swiss localisation lays upon an invoice's last page."""

from odoo import api, models
from odoo.tools.misc import file_path

from .. import pdf
from .formats import language_tag
from .payment_code import code_parameters

TEMPLATE = "l10n_ch.qr_report_main"
SCISSORS = "l10n_ch/static/src/img/scissors_h.png"
METHOD = "ch_qr"
TEXTS = ".//div[contains(@class, 'swissqr_text')][contains(@class, '%s')]"


class AccountEmailQrBill(models.AbstractModel):
    """Draws a report of a module that may not be there, hence a name of its own."""

    _name = "account.email.qr.bill"
    _inherit = ["account.email.report"]
    _description = "Swiss QR-bill drawn by ReportLab"

    @api.model
    def _get_report_name(self):
        # EXTENDS 'account_email'
        return TEMPLATE

    @api.model
    def _prepare_document(self, move, data, letterhead):
        # EXTENDS 'account_email'
        """Take the words from the template, which has them in the payer's language."""
        page = self._render_page(move, data)
        receipt = page.xpath("//div[@class='swissqr_receipt']")[0]
        payment = page.xpath("//div[@class='swissqr_body']")[0]
        with open(file_path(SCISSORS), "rb") as image:
            scissors = image.read()
        return pdf.QrBill(
            title=move.display_name,
            letterhead=letterhead,
            code=code_parameters(move, METHOD, silent_errors=False)["value"],
            receipt=_read_slip(receipt),
            payment=_read_slip(payment),
            scissors=scissors,
            subject=self.env[move._name]._description or "",
            lang=language_tag(self.env.lang),
            date=self._prepare_date(move).isoformat(),
        )


def _read_slip(node):
    """Return one part of the bill from the part of the page that shows it."""
    amounts = tuple(
        pdf.Section(*_pair(column)) for column in node.xpath(".//div[@class='column']")
    )
    for zone in node.xpath(".//div[contains(@id, 'amount_zone')]"):
        zone.drop_tree()
    notes = node.xpath(".//div[contains(@id, 'acceptance_point')]")
    note = " ".join(line for zone in notes for line in pdf.find_lines(zone))
    for zone in notes:
        zone.drop_tree()
    titles = node.xpath(".//div[contains(@class, 'swissqr_section_title')]")
    headings, values = node.xpath(TEXTS % "title"), node.xpath(TEXTS % "content")
    return pdf.Slip(
        title=" ".join(line for title in titles for line in pdf.find_lines(title)),
        information=tuple(
            pdf.Section(" ".join(pdf.find_lines(heading)), tuple(pdf.find_lines(value)))
            for heading, value in zip(headings, values, strict=True)
        ),
        amounts=amounts,
        note=note,
    )


def _pair(column):
    """Return the heading and the lines of a column of two elements."""
    heading, value = column[0], column[1]
    return " ".join(pdf.find_lines(heading)), tuple(pdf.find_lines(value))

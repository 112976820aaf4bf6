"""Invoices, credit notes, bills, refunds and receipts: head and composition."""

from odoo import api, models

from .. import pdf
from . import words


class ReportInvoice(models.AbstractModel):
    _name = "report.account.report_invoice"
    _inherit = ["report.account.report_invoice", "account.email.report"]

    _with_payments = False

    @api.model
    def _can_draw(self, move):
        # EXTENDS 'account_email'
        return move.move_type != "entry"

    @api.model
    def _get_template(self, move):
        # EXTENDS 'account_email'
        return move._get_name_invoice_report()

    @api.model
    def _prepare(self, report, records, data):
        # EXTENDS 'account_email'
        # sudo: whoever prints a document need not read parameters
        parameter = self.env["ir.config_parameter"].sudo()
        if parameter.get_param("account.display_name_in_footer"):
            data = {**data, "display_name_in_footer": True}
        self._note_missing_sections(records)
        return super()._prepare(report, records, data)

    @api.model
    def _note_missing_sections(self, moves):
        """Tell the cache that lines of documents without sections have no parent.

        Working that out line by line is a third of a short invoice's time.
        """
        lines = moves.invoice_line_ids
        sectioned = lines.filtered(
            lambda line: line.display_type in ("line_section", "line_subsection")
        ).move_id
        plain = (moves - sectioned).invoice_line_ids
        plain._fields["parent_id"]._insert_cache(plain, [None] * len(plain))

    @api.model
    def _get_forced_vat(self, move):
        # EXTENDS 'account_email'
        return move.fiscal_position_id.foreign_vat or ""

    @api.model
    def _prepare_title(self, move, data):
        # EXTENDS 'account_email'
        word = words.invoice_title(move, proforma=data.get("proforma"))
        name = move.name if move.name and move.name != "/" else ""
        return " ".join(filter(None, [word and self._word(word), name]))

    @api.model
    def _prepare_date(self, move):
        # EXTENDS 'account_email'
        return move.invoice_date or super()._prepare_date(move)

    @api.model
    def _prepare_mark(self, move, data):
        # EXTENDS 'account_email'
        if move.state == "cancel":
            return self._word(words.CANCELLED)
        if data.get("proforma"):
            return self._word(words.PROFORMA)
        return self._word(words.DRAFT) if move.state == "draft" else ""

    @api.model
    def _prepare_reserve(self, move):
        # EXTENDS 'account_email'
        """The Swiss localisation lays its QR-bill there."""
        field = "l10n_ch_is_qr_valid"
        return pdf.QR_BILL_HEIGHT if field in move._fields and move[field] else 0.0

    @api.model
    def _prepare_parties(self, move, data):
        # EXTENDS 'account_email'
        partner, shipping = move.partner_id, move.partner_shipping_id
        if not partner:
            return None, None
        recipient = pdf.Party(
            self._address_lines(partner), extra=self._prepare_identifiers(move)
        )
        if not shipping or shipping == partner or not self._shows_delivery():
            return recipient, None
        label = self._word(words.SHIPPING_ADDRESS)
        return recipient, pdf.Party(self._address_lines(shipping), label=label)

    @api.model
    def _shows_delivery(self):
        return self.env.user.has_group("account.group_delivery_invoice_address")

    @api.model
    def _prepare_identifiers(self, move):
        """Return the lines below the address: tax number, registry."""
        partner, lines = move.partner_id, []
        if partner.vat:
            country = move.company_id.account_fiscal_country_id
            label = country.vat_label or self._word(words.TAX_ID)
            lines.append(f"{label}: {partner.vat}")
        if partner.country_code == "MA" and partner.company_registry:
            lines.append(f"ICE: {partner.company_registry}")
        return tuple(lines)

    @api.model
    def _prepare_blocks(self, move, data):
        # EXTENDS 'account_email'
        return [
            pdf.Facts(tuple(self._prepare_facts(move))),
            self._prepare_table(move),
            self._prepare_totals(move),
            *self._prepare_closing(move),
        ]

    @api.model
    def _prepare_facts(self, move):
        """Return the labelled values above the lines, as far as they are set."""
        date = self._formats().date
        due = move.move_type == "out_invoice" and move.state == "posted"
        supply = move.show_taxable_supply_date and move.taxable_supply_date
        values = [
            (self._date_word(move), date(move.invoice_date)),
            (words.DUE_DATE, due and date(move.invoice_date_due)),
            (words.TAXABLE_SUPPLY, date(supply)),
            (words.DELIVERY_DATE, date(move.delivery_date)),
            (words.SOURCE, move.invoice_origin),
            (words.CUSTOMER_CODE, move.partner_id.ref),
            (words.REFERENCE, move.ref),
            (words.INCOTERM, self._prepare_incoterm(move)),
        ]
        return [pdf.Fact(self._word(word), value) for word, value in values if value]

    @api.model
    def _date_word(self, move):
        return {
            "out_invoice": words.INVOICE_DATE,
            "out_refund": words.CREDIT_NOTE_DATE,
            "out_receipt": words.RECEIPT_DATE,
        }.get(move.move_type, words.DATE)

    @api.model
    def _prepare_incoterm(self, move):
        parts = [move.invoice_incoterm_id.code, move.incoterm_location]
        return "\n".join(filter(None, parts)) if parts[0] else ""


class ReportInvoiceWithPayments(models.AbstractModel):
    _inherit = "report.account.report_invoice_with_payments"

    _with_payments = True

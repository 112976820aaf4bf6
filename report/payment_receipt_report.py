"""The receipt of a payment, with the invoices that it paid."""

from odoo import api, models

from .. import pdf
from . import words


class ReportPaymentReceipt(models.AbstractModel):
    _name = "report.account.report_payment_receipt"
    _inherit = ["account.email.report"]
    _description = "Payment receipt"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Core prints this report without a model; for its QWeb nothing changes."""
        return {
            "doc_ids": docids,
            "doc_model": "account.payment",
            "docs": self.env["account.payment"].browse(docids),
        }

    @api.model
    def _get_template(self, payment):
        # EXTENDS 'account_email'
        return "account.report_payment_receipt_document"

    @api.model
    def _get_document_lang(self, payment):
        # EXTENDS 'account_email'
        company = payment.company_id.partner_id
        lang = payment.partner_id.lang or company.lang
        return lang or super()._get_document_lang(payment)

    @api.model
    def _prepare_title(self, payment, data):
        # EXTENDS 'account_email'
        return f"{payment.payment_receipt_title}: {payment.name or ''}"

    @api.model
    def _prepare_parties(self, payment, data):
        # EXTENDS 'account_email'
        if not payment.partner_id:
            return None, None
        return pdf.Party(self._address_lines(payment.partner_id)), None

    @api.model
    def _prepare_blocks(self, payment, data):
        # EXTENDS 'account_email'
        values = payment._get_payment_receipt_report_values()
        blocks = [pdf.Facts(tuple(self._prepare_facts(payment, values)))]
        if values["display_invoices"]:
            blocks.append(self._prepare_invoices(payment))
        return blocks

    @api.model
    def _prepare_facts(self, payment, values):
        formats = self._formats()
        partner = {"customer": words.CUSTOMER, "supplier": words.VENDOR}
        method = values["display_payment_method"] and payment.payment_method_id.name
        amount = payment.amount and formats.amount(payment.amount, payment.currency_id)
        facts = [
            (words.PAYMENT_DATE, formats.date(payment.date)),
            (partner.get(payment.partner_type), payment.partner_id.display_name),
            (words.PAYMENT_METHOD, method),
            (words.PAYMENT_AMOUNT, amount),
            (words.MEMO, payment.memo),
        ]
        return [
            pdf.Fact(self._word(word).rstrip(" :"), value)
            for word, value in facts
            if word and value
        ]

    @api.model
    def _prepare_invoices(self, payment):
        invoices = payment.reconciled_invoice_ids or payment.reconciled_bill_ids
        invoices = invoices.filtered(lambda move: move.move_type != "entry")
        partials = {
            move: move._get_reconciled_invoices_partials()[0] for move in invoices
        }
        foreign = any(
            line.currency_id != move.currency_id
            for move, parts in partials.items()
            for _partial, _amount, line in parts
        )
        rows = []
        for move, parts in partials.items():
            rows += self._prepare_invoice_rows(move, parts)
        if not foreign:
            rows = [_without_currency(row) for row in rows]
        return pdf.Table(self._prepare_columns(foreign), tuple(rows))

    @api.model
    def _prepare_columns(self, foreign):
        columns = [
            pdf.Column(self._word(words.INVOICE_DATE), share=0.7),
            pdf.Column(self._word(words.INVOICE_NUMBER)),
            pdf.Column(self._word(words.REFERENCE)),
        ]
        if foreign:
            columns.append(pdf.Column(self._word(words.AMOUNT_IN_CURRENCY), True))
        return (*columns, pdf.Column(self._word(words.AMOUNT), True))

    @api.model
    def _prepare_invoice_rows(self, move, parts):
        formats = self._formats()
        total = formats.amount(move.amount_total, move.currency_id)
        date = formats.date(move.invoice_date)
        yield pdf.Row((date, move.name or "", move.ref or "", "", total))
        for partial, amount, line in parts:
            yield self._prepare_paid_row(move, partial, (amount, line))
        label = f"{self._word(words.DUE_AMOUNT_FOR)} {move.name or ''}"
        due = formats.amount(move.amount_residual, move.currency_id)
        yield pdf.Row(("", label, "", "", due), "total")

    @api.model
    def _prepare_paid_row(self, move, partial, paid):
        amount, line = paid
        formats, currency = self._formats(), ""
        if line.currency_id != move.currency_id:
            debit = line.debit > 0
            value = (
                partial.debit_amount_currency
                if debit
                else partial.credit_amount_currency
            )
            currency = formats.amount(-value, line.currency_id)
        return pdf.Row(
            (
                formats.date(line.move_id.date),
                line.move_id.name or "",
                line.payment_id.memo or "",
                currency,
                formats.amount(-amount, move.currency_id),
            )
        )


def _without_currency(row):
    return pdf.Row((*row.cells[:3], row.cells[4]), row.kind, row.level)

"""Invoices: totals, payments, payment terms, and what is said at the end."""

from odoo import api, models
from odoo.tools import is_html_empty

from .. import pdf
from . import words
from .payment_code import payment_code


class ReportInvoice(models.AbstractModel):
    _inherit = "report.account.report_invoice"

    @api.model
    def _prepare_totals(self, move):
        below = []
        if move.company_id.display_invoice_amount_total_words:
            text = f"{self._word(words.TOTAL_IN_WORDS)}\n{move.amount_total_words}"
            below.append(pdf.Note(pdf.plain_text(text), "end"))
        summary = move.tax_totals or {}
        if summary.get("display_in_company_currency"):
            below.append(self._prepare_company_totals(move, summary))
        return pdf.Totals(
            items=(
                *self._prepare_total_items(summary, move.currency_id, "_currency"),
                *self._prepare_payments(move),
            ),
            aside=tuple(self._prepare_aside(move)),
            below=tuple(below),
        )

    @api.model
    def _prepare_total_items(self, summary, currency, suffix):
        """Return the lines of core's tax summary, in one of its two currencies."""
        amount = self._formats().amount
        company = not suffix
        for subtotal in summary.get("subtotals", ()):
            if subtotal["tax_groups"] or company:
                value = amount(subtotal[f"base_amount{suffix}"], currency)
                yield pdf.Total(subtotal["name"], value)
            for group in subtotal["tax_groups"]:
                label = self._prepare_tax_label(summary, group, currency, suffix)
                value = amount(group[f"tax_amount{suffix}"], currency)
                yield pdf.Total(label, value, "tax")
        rounding = summary.get("cash_rounding_base_amount_currency")
        if rounding is not None and not company:
            yield pdf.Total(self._word(words.ROUNDING), amount(rounding, currency))
        if summary:
            value = amount(summary[f"total_amount{suffix}"], currency)
            yield pdf.Total(self._word(words.TOTAL), value, "total")

    @api.model
    def _prepare_tax_label(self, summary, group, currency, suffix):
        base = group[f"display_base_amount{suffix}"]
        if summary["same_tax_base"] or base is False:
            return group["group_name"]
        base = self._formats().amount(base, currency)
        return f"{group['group_name']} {self._word(words.ON)} {base}"

    @api.model
    def _prepare_company_totals(self, move, summary):
        currency = move.company_currency_id
        title = f"{self._word(words.TAXES)} {currency.display_name}"
        items = tuple(self._prepare_total_items(summary, currency, ""))
        return pdf.Framed(title, items)

    @api.model
    def _prepare_payments(self, move):
        if not self._with_payments or move.payment_state == "invoicing_legacy":
            return
        # sudo: a customer on the portal sees what she paid
        payments = (move.sudo().invoice_payments_widget or {}).get("content") or []
        formats = self._formats()
        for payment in payments:
            if payment["is_exchange"]:
                continue
            word = words.REVERSED_ON if payment["is_refund"] else words.PAID_ON
            label = f"{self._word(word)} {formats.date(payment['date'])}"
            value = formats.amount(payment["amount"], move.currency_id)
            yield pdf.Total(label, value, "payment")
        if payments:
            value = formats.amount(move.amount_residual, move.currency_id)
            yield pdf.Total(self._word(words.AMOUNT_DUE), value, "due")

    # -- beside the totals -----------------------------------------------------

    @api.model
    def _prepare_aside(self, move):
        yield from self._note(move.fiscal_position_id.note)
        yield from self._note(move.taxes_legal_notes)
        yield from self._note(move.invoice_payment_term_id.note)
        yield from self._prepare_instalments(move)
        yield from self._prepare_communication(move)
        yield from self._prepare_codes(move)

    @api.model
    def _prepare_instalments(self, move):
        term, details = move.invoice_payment_term_id, move.payment_term_details
        if not term.display_on_invoice or not details:
            return
        lines = []
        if move._is_eligible_for_early_payment_discount(
            move.currency_id, move.invoice_date
        ):
            lines.append(self._prepare_early_discount(move, term))
        if len(details) > 1:
            lines += [
                self._prepare_instalment(number, detail, move.currency_id)
                for number, detail in enumerate(details, 1)
            ]
        if lines:
            yield pdf.Note(pdf.plain_text("\n".join(lines)))

    @api.model
    def _prepare_early_discount(self, move, term):
        amount = term._get_amount_due_after_discount(move.amount_total, move.amount_tax)
        date = term._get_last_discount_date_formatted(move.invoice_date)
        amount = self._formats().amount(amount, move.currency_id)
        return f"{amount} {self._word(words.DUE_IF_PAID_BEFORE)} {date}"

    @api.model
    def _prepare_instalment(self, number, detail, currency):
        amount = self._formats().amount(detail["amount"], currency)
        of, due = self._word(words.INSTALLMENT_OF), self._word(words.DUE_ON)
        return f"{number} - {of} {amount} {due} {detail['date']}"

    @api.model
    def _prepare_communication(self, move):
        payer = move.move_type in ("out_invoice", "in_refund")
        if not payer or not move.payment_reference:
            return
        spans = [
            pdf.Span(f"{self._word(words.PAYMENT_COMMUNICATION)} "),
            pdf.Span(move.payment_reference, bold=True),
        ]
        if move.partner_bank_id:
            spans += [
                pdf.Span(f"\n{self._word(words.ON_THIS_ACCOUNT)} "),
                pdf.Span(move.partner_bank_id.display_name, bold=True),
            ]
        yield pdf.Note((pdf.Paragraph(tuple(spans)),))

    @api.model
    def _prepare_codes(self, move):
        if not move.amount_residual:
            return
        code = payment_code(move) if move.display_qr_code else None
        if code:
            caption = words.SCAN_LINE_1, words.SCAN_LINE_2
            yield pdf.Code(
                code[0], caption=tuple(map(self._word, caption)), picture=code[1]
            )
        if move.display_link_qr_code and move._get_portal_payment_link():
            caption = words.PAY_IN_A_FLASH, words.SCAN_TO_PAY_1, words.SCAN_TO_PAY_2
            url = move._get_portal_payment_link()
            yield pdf.Code(url, caption=tuple(map(self._word, caption)), url=url)

    # -- below everything ------------------------------------------------------

    @api.model
    def _prepare_closing(self, move):
        """Return the terms and conditions."""
        if is_html_empty(move.narration):
            return []
        return self._note(move.narration, "muted")

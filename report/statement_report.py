"""The statement of a partner's account, a block a currency."""

from odoo import api, models

from .. import pdf
from ..ledger import AGES
from . import words

AGE_WORDS = {
    "current": words.NOT_DUE,
    "1_30": words.DAYS_1_30,
    "31_60": words.DAYS_31_60,
    "61_90": words.DAYS_61_90,
    "older": words.DAYS_OLDER,
}
KIND_WORDS = {
    "invoice": words.INVOICE,
    "refund": words.CREDIT_NOTE,
    "payment": words.PAYMENT,
    "entry": words.ENTRY,
    "settlement": words.SETTLED_BY,
}


class ReportStatement(models.AbstractModel):
    _name = "report.account_email.report_statement"
    _inherit = ["account.email.report"]
    _description = "Statement of account"

    _has_no_template = True

    @api.model
    def _prepare_title(self, statement, data):
        # EXTENDS 'account_email'
        return self._word(words.STATEMENT)

    @api.model
    def _prepare_date(self, statement):
        # EXTENDS 'account_email'
        return statement.date_to

    @api.model
    def _prepare_parties(self, statement, data):
        # EXTENDS 'account_email'
        return pdf.Party(self._address_lines(statement.partner_id)), None

    @api.model
    def _prepare_blocks(self, statement, data):
        # EXTENDS 'account_email'
        blocks = [pdf.Facts(tuple(self._prepare_facts(statement)))]
        parts = statement._get_blocks()
        for part in parts:
            currency = statement._get_currency(part.currency)
            if len(parts) > 1:
                blocks.append(_strong(part.currency))
            blocks += self._prepare_part(statement, part, currency)
        return [*blocks, *self._prepare_payment(statement, parts)]

    @api.model
    def _prepare_facts(self, statement):
        formats, partner = self._formats(), statement.partner_id
        if statement.date_from:
            begin = formats.date(statement.date_from)
            yield pdf.Fact(self._word(words.FROM), begin)
            yield pdf.Fact(self._word(words.TO), formats.date(statement.date_to))
        else:
            yield pdf.Fact(self._word(words.AS_OF), formats.date(statement.date_to))
        if partner.ref:
            yield pdf.Fact(self._word(words.CUSTOMER_CODE), partner.ref)
        if partner.vat:
            label = partner.country_id.vat_label or self._word(words.TAX_ID)
            yield pdf.Fact(label, partner.vat)

    @api.model
    def _prepare_part(self, statement, part, currency):
        is_activity = statement.kind == "activity"
        build = self._prepare_activity if is_activity else self._prepare_open_items
        amount = self._formats().amount(float(part.closing), currency)
        total = pdf.Total(self._word(words.BALANCE), amount, "due")
        return [
            build(part, currency),
            pdf.Totals((total,)),
            self._prepare_ageing(part, currency),
        ]

    # -- tables ----------------------------------------------------------------

    @api.model
    def _prepare_activity(self, part, currency):
        formats = self._formats()
        columns = (
            pdf.Column(self._word(words.DATE), share=0.7),
            pdf.Column(self._word(words.DOCUMENT), share=1.6),
            pdf.Column(self._word(words.REFERENCE), share=1.2),
            pdf.Column(self._word(words.DUE_DATE), share=0.7),
            pdf.Column(self._word(words.AMOUNT), numeric=True),
            pdf.Column(self._word(words.BALANCE), numeric=True),
        )
        opening = formats.amount(float(part.opening), currency)
        begin = formats.date(part.begin)
        label = self._word(words.OPENING_BALANCE)
        rows = [pdf.Row((begin, label, "", "", "", opening), "total")]
        rows += [
            pdf.Row(
                (
                    *self._prepare_cells(line),
                    formats.amount(float(line.amount), currency),
                    formats.amount(float(line.balance), currency),
                )
            )
            for line in part.movements
        ]
        return pdf.Table(columns, tuple(rows))

    @api.model
    def _prepare_cells(self, line):
        """Date, document, reference and day of payment of a line."""
        formats = self._formats()
        due = formats.date(line.due) if line.kind == "invoice" else ""
        kind = self._word(KIND_WORDS[line.kind])
        if line.kind == "settlement":
            return formats.date(line.date), f"{kind} {line.ref}", line.name, due
        return formats.date(line.date), f"{kind} {line.name}".strip(), line.ref, due

    @api.model
    def _prepare_open_items(self, part, currency):
        formats = self._formats()
        columns = (
            pdf.Column(self._word(words.DATE), share=0.7),
            pdf.Column(self._word(words.DOCUMENT), share=1.5),
            pdf.Column(self._word(words.REFERENCE), share=1.1),
            pdf.Column(self._word(words.DUE_DATE), share=0.7),
            pdf.Column(self._word(words.DAYS_OVERDUE), numeric=True, share=0.6),
            pdf.Column(self._word(words.AMOUNT), numeric=True),
            pdf.Column(self._word(words.STILL_OPEN), numeric=True),
        )
        rows = [
            pdf.Row(
                (
                    *self._prepare_cells(item),
                    str(item.days_overdue or ""),
                    formats.amount(float(item.amount), currency),
                    formats.amount(float(item.residual), currency),
                )
            )
            for item in part.open_items
        ]
        return pdf.Table(columns, tuple(rows))

    @api.model
    def _prepare_ageing(self, part, currency):
        formats = self._formats()
        columns = tuple(
            pdf.Column(self._word(AGE_WORDS[key]), numeric=True) for key, _last in AGES
        )
        cells = (formats.amount(float(part.ageing[key]), currency) for key, _ in AGES)
        return pdf.Table(columns, (pdf.Row(tuple(cells)),))

    # -- how to pay ------------------------------------------------------------

    @api.model
    def _prepare_payment(self, statement, parts):
        """Where the money goes, and the code of the first currency that has one."""
        if statement.side != "customer" or all(part.closing <= 0 for part in parts):
            return
        # sudo: our own bank account is printed on every invoice
        banks = statement.company_id.sudo().partner_id.bank_ids
        banks = banks.filtered(lambda bank: bank.allow_out_payment) or banks
        if not banks:
            return
        lines = [self._word(words.PAY_TO)]
        for bank in banks:
            name = " ".join(filter(None, [bank.bank_id.name, bank.bank_id.bic]))
            lines.append(" ".join(filter(None, [bank.acc_number, name])))
        yield pdf.Note(pdf.plain_text("\n".join(lines)))
        for part in parts:
            code = self._prepare_code(statement, part, banks)
            if code:
                caption = words.SCAN_LINE_1, words.SCAN_LINE_2
                yield pdf.Code(code, caption=tuple(map(self._word, caption)))
                return

    @api.model
    def _prepare_code(self, statement, part, banks):
        if part.closing <= 0:
            return ""
        currency = statement._get_currency(part.currency)
        text = statement.partner_id.ref or statement.partner_id.name or ""
        for bank in banks:
            values = bank._build_qr_code_vals(
                *(float(part.closing), text, "", currency, statement.partner_id),
                silent_errors=True,
            )
            made = values and bank._get_qr_code_generation_params(**values)
            if made and made.get("barcode_type") == "QR" and not made.get("mask"):
                return made["value"]
        return ""


def _strong(text):
    return pdf.Note((pdf.Paragraph((pdf.Span(text, bold=True),)),))

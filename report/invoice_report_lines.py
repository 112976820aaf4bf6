"""Invoices: the table of lines, with sections and what they hide."""

from odoo import api, models

from .. import pdf
from . import words

HEADINGS = {"line_section": "section", "line_subsection": "subsection"}


class ReportInvoice(models.AbstractModel):
    _inherit = "report.account.report_invoice"

    @api.model
    def _prepare_table(self, move):
        shown = _Shown(
            discount=any(line.discount for line in move.invoice_line_ids),
            taxes=any(line.tax_ids for line in move.invoice_line_ids),
            units=self.env.user.has_group("uom.group_uom"),
        )
        rows, indent = [], _Indent()
        for line in move._get_move_lines_to_report():
            level = indent.enter(line.display_type)
            if line.collapse_composition or line.collapse_prices:
                rows += self._prepare_collapsed(line, shown, indent)
            else:
                rows.append(self._prepare_row(line, shown, level))
        return pdf.Table(self._prepare_columns(shown), tuple(rows))

    @api.model
    def _prepare_columns(self, shown):
        columns = [
            (words.DESCRIPTION, True),
            (words.QUANTITY, True),
            (words.UNIT_PRICE, True),
            (words.DISCOUNT, shown.discount),
            (words.TAXES, shown.taxes),
            (words.AMOUNT, True),
        ]
        return tuple(
            pdf.Column(self._word(word), numeric=word is not words.DESCRIPTION)
            for word, wanted in columns
            if wanted
        )

    @api.model
    def _prepare_row(self, line, shown, level):
        kind = HEADINGS.get(line.display_type)
        if kind:
            amount = self._formats().amount(
                line.get_section_subtotal(), line.move_id.currency_id
            )
            return pdf.Row((line.name or "", amount), kind, level)
        if line.display_type == "line_note":
            return pdf.Row((line.name or "",), "note", level)
        return pdf.Row(self._prepare_cells(line, shown), level=level)

    @api.model
    def _prepare_cells(self, line, shown):
        formats = self._formats()
        digits = formats.digits
        included = line.move_id.company_price_include == "tax_included"
        amount = line.price_total if included else line.price_subtotal
        return shown.cells(
            name=line.name or "",
            quantity=self._prepare_quantity(
                line.quantity, line.product_uom_id, line.product_id.uom_id, shown
            ),
            price=formats.free_number(line.price_unit, digits("Product Price")),
            discount=formats.number(line.discount, digits("Discount")),
            taxes=", ".join(tax.tax_label for tax in line.tax_ids if tax.tax_label),
            amount=formats.amount(amount, line.currency_id),
        )

    @api.model
    def _prepare_quantity(self, quantity, unit, product_unit, shown):
        """Return the quantity; a second line tells it in the product's own unit."""
        formats = self._formats()
        digits = formats.digits("Product Unit")
        text = formats.number(quantity, digits)
        if not shown.units or not unit:
            return text
        text = f"{text} {unit.display_name}"
        if product_unit and unit != product_unit:
            quantity = unit._compute_quantity(quantity, product_unit)
            other = formats.number(quantity, digits)
            text = f"{text}\n{other} {product_unit.display_name}"
        return text

    @api.model
    def _prepare_collapsed(self, line, shown, indent):
        """Return the rows of a section that hides its prices or its lines."""
        rows = []
        for part in line._get_child_lines():
            level = indent.enter(part["display_type"]) if line.collapse_prices else 0
            kind = HEADINGS.get(part["display_type"])
            if kind and not line.collapse_composition:
                rows.append(self._prepare_heading(line, part, shown, (kind, level)))
            else:
                cells = self._prepare_hidden_cells(line, part, shown)
                rows.append(pdf.Row(cells, level=level))
        return rows

    @api.model
    def _prepare_heading(self, line, part, shown, place):
        kind, level = place
        taxes = ",".join(part.get("taxes") or [])
        cells = (part["name"] or "", self._prepare_part_amount(line, part))
        if taxes and shown.taxes:
            cells = (cells[0], taxes, cells[1])
        return pdf.Row(cells, kind, level)

    @api.model
    def _prepare_hidden_cells(self, line, part, shown):
        formats = self._formats()
        if line.collapse_composition:
            quantity = formats.number(1, 2)
            if shown.units:
                quantity = f"{quantity} {self._word(words.UNITS)}"
        else:
            quantity = self._prepare_quantity(
                part["quantity"], part.get("line_uom"), part.get("product_uom"), shown
            )
        price = ""
        if not line.collapse_prices:
            digits = formats.digits("Product Price")
            price = formats.number(part["price_subtotal"], digits)
        hidden = not line.collapse_composition
        return shown.cells(
            name=part["name"] or "",
            quantity=quantity,
            price=price,
            taxes=",".join(part.get("taxes") or []),
            amount="" if hidden else self._prepare_part_amount(line, part),
        )

    @api.model
    def _prepare_part_amount(self, line, part):
        included = line.move_id.company_price_include == "tax_included"
        amount = part["price_total"] if included else part["price_subtotal"]
        return self._formats().amount(amount, line.move_id.currency_id)


class _Shown:
    """Which columns this document has, and its cells in their order."""

    def __init__(self, *, discount, taxes, units):
        self.discount = discount
        self.taxes = taxes
        self.units = units

    def cells(self, *, name, quantity, price, amount, discount="", taxes=""):
        cells = [name, quantity, price]
        if self.discount:
            cells.append(discount)
        if self.taxes:
            cells.append(taxes)
        return (*cells, amount)


class _Indent:
    """How far a line stands in: below its section and its subsection."""

    def __init__(self):
        self._section = self._subsection = False

    def enter(self, display_type):
        if display_type == "line_section":
            self._section, self._subsection = True, False
            return 0
        if display_type == "line_subsection":
            self._subsection = True
            return 1
        return 2 if self._subsection else int(self._section)

"""The words a document prints, in its language.

Core's translation comes first, so that a document reads as it did before: its QWeb
invoice says the same words in every language that Odoo knows. Ours fills in where
core has none.
"""

import re

from odoo import api, models
from odoo.tools import LazyTranslate, ormcache

_lt = LazyTranslate(__name__)
_TAG = re.compile(r"<[^>]*>")

# Views whose translated terms serve as a dictionary.
SOURCES = (
    "account.report_invoice_document",
    "account.document_tax_totals_template",
    "account.document_tax_totals_company_currency_template",
    "account.report_payment_receipt_document",
    "web.external_layout_standard",
)

AMOUNT = _lt("Amount")
AMOUNT_DUE = _lt("Amount Due")
AMOUNT_IN_CURRENCY = _lt("Amount In Currency")
AS_OF = _lt("As of")
BALANCE = _lt("Balance")
CREDIT_NOTE = _lt("Credit Note")
CREDIT_NOTE_DATE = _lt("Credit Note Date")
CUSTOMER = _lt("Customer:")
CUSTOMER_CODE = _lt("Customer Code")
DATE = _lt("Date")
DAYS_1_30 = _lt("1 to 30 days")
DAYS_31_60 = _lt("31 to 60 days")
DAYS_61_90 = _lt("61 to 90 days")
DAYS_OLDER = _lt("More than 90 days")
DAYS_OVERDUE = _lt("Days overdue")
DELIVERY_DATE = _lt("Delivery Date")
DESCRIPTION = _lt("Description")
DISCOUNT = _lt("Disc.%")
DOCUMENT = _lt("Document")
DUE_AMOUNT_FOR = _lt("Due Amount for")
DUE_DATE = _lt("Due Date")
DUE_IF_PAID_BEFORE = _lt("due if paid before")
DUE_ON = _lt("due on")
ENTRY = _lt("Entry")
FROM = _lt("From")
INCOTERM = _lt("Incoterm")
INSTALLMENT_OF = _lt("Installment of")
INVOICE = _lt("Invoice")
INVOICE_DATE = _lt("Invoice Date")
INVOICE_NUMBER = _lt("Invoice Number")
MEMO = _lt("Memo:")
NOT_DUE = _lt("Not due yet")
ON = _lt("on")
ON_THIS_ACCOUNT = _lt("on this account:")
OPENING_BALANCE = _lt("Opening balance")
PAGE = _lt("Page")
PAID_ON = _lt("Paid on")
PAYMENT = _lt("Payment")
PAYMENT_AMOUNT = _lt("Payment Amount:")
PAYMENT_COMMUNICATION = _lt("Payment Communication:")
PAYMENT_DATE = _lt("Payment Date:")
PAYMENT_METHOD = _lt("Payment Method:")
PAY_IN_A_FLASH = _lt("PAY IN A FLASH!")
PAY_TO = _lt("Please pay to:")
QUANTITY = _lt("Quantity")
RECEIPT_DATE = _lt("Receipt Date")
REFERENCE = _lt("Reference")
REVERSED_ON = _lt("Reversed on")
ROUNDING = _lt("Rounding")
SCAN_LINE_1 = _lt("Scan this QR Code with")
SCAN_LINE_2 = _lt("your banking application")
SCAN_TO_PAY_1 = _lt("Scan the QR code")
SCAN_TO_PAY_2 = _lt("or click to pay online")
SETTLED_BY = _lt("Settled by")
SHIPPING_ADDRESS = _lt("Shipping Address")
SOURCE = _lt("Source")
STATEMENT = _lt("Statement of Account")
STILL_OPEN = _lt("Still open")
TAXABLE_SUPPLY = _lt("Taxable Supply")
TAXES = _lt("Taxes")
TAX_ID = _lt("Tax ID")
TO = _lt("To")
TOTAL = _lt("Total")
TOTAL_IN_WORDS = _lt("Total amount in words:")
UNITS = _lt("Units")
UNIT_PRICE = _lt("Unit Price")
VENDOR = _lt("Vendor:")

_INVOICE_TITLES = {
    ("out_invoice", "posted"): _lt("Invoice"),
    ("out_invoice", "draft"): _lt("Draft Invoice"),
    ("out_invoice", "cancel"): _lt("Cancelled Invoice"),
    ("out_refund", "posted"): _lt("Credit Note"),
    ("out_refund", "draft"): _lt("Draft Credit Note"),
    ("out_refund", "cancel"): _lt("Cancelled Credit Note"),
    ("out_receipt", "posted"): _lt("Sales Receipt"),
    ("out_receipt", "draft"): _lt("Draft Sales Receipt"),
    ("out_receipt", "cancel"): _lt("Cancelled Sales Receipt"),
    ("in_refund", False): _lt("Vendor Credit Note"),
    ("in_refund", True): _lt("Self Billing Credit Note"),
    ("in_invoice", False): _lt("Vendor Bill"),
    ("in_invoice", True): _lt("Self Billing"),
    ("in_receipt", False): _lt("Purchase Receipt"),
    ("in_receipt", True): _lt("Purchase Receipt"),
}
_PROFORMA_TITLES = {
    ("out_invoice", "posted"): _lt("Proforma Invoice"),
    ("out_invoice", "draft"): _lt("Draft Proforma Invoice"),
    ("out_invoice", "cancel"): _lt("Cancelled Proforma Invoice"),
    ("out_refund", "posted"): _lt("Proforma Credit Note"),
    ("out_refund", "draft"): _lt("Draft Proforma Credit Note"),
    ("out_refund", "cancel"): _lt("Cancelled Proforma Credit Note"),
    ("in_refund", False): _lt("Proforma Vendor Credit Note"),
    ("in_invoice", False): _lt("Proforma Vendor Bill"),
}
DRAFT = _lt("Draft")
CANCELLED = _lt("Cancelled")
PROFORMA = _lt("Proforma")


def invoice_title(move, *, proforma):
    """Return the word for a document of `account.move`, or None."""
    if move.is_sale_document(include_receipts=True):
        key = move.move_type, move.state
    else:
        key = move.move_type, bool(move.journal_id.is_self_billing and not proforma)
    titles = {**_INVOICE_TITLES, **_PROFORMA_TITLES} if proforma else _INVOICE_TITLES
    return titles.get(key)


class AccountEmailWords(models.AbstractModel):
    _name = "account.email.words"
    _description = "Words of printed documents"

    @api.model
    def _translate(self, word):
        """Return a lazy word in the language of the environment."""
        lang = self.env.lang or "en_US"
        core = self._get_core_words(lang).get(word._source)
        return core if core and core != word._source else self.env._(word)

    @api.model
    @ormcache("lang", cache="templates")
    def _get_core_words(self, lang):
        """Return {English: translated} from the terms of core's printed views."""
        words = {}
        for key in SOURCES:
            # sudo: whoever prints a document need not read views
            view = self.env["ir.ui.view"].sudo()._get_template_view(key)
            if not view:
                continue
            for term in view.get_field_translations("arch_db", [lang])[0]:
                source, value = _bare(term["source"]), _bare(term["value"])
                if source and value:
                    words.setdefault(source, value)
        return words


def _bare(term):
    return " ".join(_TAG.sub(" ", term or "").split())

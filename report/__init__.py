from . import page_picture  # isort: skip, the others inherit it
from . import (
    customised_views,
    document_report,
    document_template,
    invoice_report,
    invoice_report_lines,
    invoice_report_totals,
    ir_actions_report,
    page_report,
    payment_receipt_report,
    pdf_gate,
    qr_bill_report,
    settings_test_report,
    statement_report,
    words,
)

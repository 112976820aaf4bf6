"""The QR code with which an invoice is paid from a telephone."""

from odoo.exceptions import UserError

from .company_theme import decode


def payment_code(move):
    """Return (what the code says, core's picture of it), one of them empty, or None.

    A plain code is drawn by us from its text. One that carries a mask, as the
    Swiss cross, is core's own picture.
    """
    if not move.qr_code_method and not _choose_method(move):
        return None
    parameters = code_parameters(move, move.qr_code_method, silent_errors=True)
    if not parameters:
        return None
    if parameters.get("barcode_type") == "QR" and not parameters.get("mask"):
        return parameters["value"], b""
    return _core_picture(move)


def code_parameters(move, method, *, silent_errors):
    """Return what core's barcodes need for a method's code, or None if there is none.

    Raises `UserError` where the method can't serve the invoice, unless silent."""
    bank, reference = move.partner_bank_id, move.payment_reference
    values = bank._build_qr_code_vals(
        move.amount_residual,
        reference or move.name,
        reference,
        move.currency_id,
        move.partner_id,
        qr_method=method,
        silent_errors=silent_errors,
    )
    return values and bank._get_qr_code_generation_params(**values)


def _choose_method(move):
    """Set the first method that can serve this invoice, as core does at print."""
    bank = move.partner_bank_id
    for method, _name in move.env[
        "res.partner.bank"
    ].get_available_qr_methods_in_sequence():
        if not bank._get_error_messages_for_qr(
            method, move.partner_id, move.currency_id
        ):
            move.qr_code_method = method
            return True
    return False


def _core_picture(move):
    try:
        address = move._generate_qr_code(silent_errors=True)
    except UserError:
        return None
    return ("", decode(address.partition(",")[2])) if address else None

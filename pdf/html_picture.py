"""Images of a web page: core's barcodes, and pictures that are in the page itself."""

import base64
import binascii
from urllib.parse import parse_qs, unquote, urlsplit

BARCODE = "/report/barcode"


def read_image(image, load):
    """Return (value, picture) of an image element, or None if it can't be had.

    A QR code of core's is known by its value, anything else as a picture's bytes.
    """
    address = image.get("src", "")
    value = _read_barcode(address)
    if value:
        return value, b""
    picture = _decode(address) or load(address)
    return ("", picture) if picture else None


def _read_barcode(address):
    """Return what a QR code of core's barcode page says, or nothing."""
    parts = urlsplit(address)
    if not parts.path.startswith(BARCODE):
        return ""
    words = parts.path.removeprefix(BARCODE).strip("/").split("/", 1)
    query = parse_qs(parts.query)
    kind = query.get("barcode_type", words[:1])[0]
    value = query.get("value", [unquote(words[-1])])[0]
    return value if kind == "QR" else ""


def _decode(address):
    head, comma, data = address.partition(",")
    if not comma or not head.startswith("data:image/") or "svg" in head:
        return b""
    try:
        return base64.b64decode(data)
    except (binascii.Error, ValueError):
        return b""

"""Images of a web page: core's barcodes, and pictures that are in the page itself."""

import base64
import binascii
from urllib.parse import parse_qsl, unquote, urlsplit

BARCODE = "/report/barcode"


def read_image(image, load):
    """Return (value, picture) of an image element, or None if it can't be had.

    A QR code of core's is known by its value, anything else as a picture's bytes.
    """
    address = image.get("src", "")
    barcode = read_barcode(address)
    if barcode and barcode[0] == "QR" and barcode[1]:
        return barcode[1], b""
    picture = decode_picture(address) or load(address)
    return ("", picture) if picture else None


def read_barcode(address):
    """Return (kind, value, options) of an address of core's barcode page, or None."""
    parts = urlsplit(address)
    if not parts.path.startswith(BARCODE):
        return None
    options = dict(parse_qsl(parts.query))
    words = parts.path.removeprefix(BARCODE).strip("/").split("/", 1)
    kind = options.pop("barcode_type", words[0])
    return kind, options.pop("value", unquote(words[-1])), options


def decode_picture(address):
    head, comma, data = address.partition(",")
    if not comma or not head.startswith("data:image/") or "svg" in head:
        return b""
    try:
        return base64.b64decode(data)
    except (binascii.Error, ValueError):
        return b""

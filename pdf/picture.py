"""Pictures: a company's logo or background, made small enough to be mailed."""

import io
import logging
import warnings
import zlib
from functools import lru_cache

from PIL import Image, TiffImagePlugin, UnidentifiedImageError, WebPImagePlugin
from reportlab.pdfbase import pdfdoc

_logger = logging.getLogger(__name__)

# Points on paper × 3 = 216 dots an inch, sharper than an office printer shows.
DOTS_PER_POINT = 3
# What a browser shows as well. Others are read by programs of their own: EPS would run
# in Ghostscript, where that is installed.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
# A program may have kept PIL from loading these by itself, as Odoo does.
Image.preinit()
_LOADED = WebPImagePlugin, TiffImagePlugin
# Decoding costs memory, four bytes a pixel: beyond this a logo is a mistake. A JPEG is
# made small while it is read.
MOST_PIXELS = 42_000_000
MOST_JPEG_PIXELS = 100_000_000
PHOTO_QUALITY = 85
BEST = 9
# Below this many colours a logo is drawn, not photographed: no JPEG fringes.
FEW_COLORS = 4096
# Modes that are made small before they are made four bytes a pixel.
_RESIZABLE = ("RGB", "RGBA", "L", "LA", "CMYK")
_BROKEN = (
    MemoryError,
    OverflowError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
)


class Picture:
    """An image ready to be embedded: pixels as a PDF stream, and its mask."""

    def __init__(self, image):
        self.width, self.height = image.size
        mask = image.getchannel("A") if image.mode == "RGBA" else None
        if mask and mask.getextrema() == (255, 255):
            mask = None
        # Compressed here, once for all documents that show it.
        self._mask = mask and zlib.compress(mask.tobytes(), BEST)
        image = image.convert("RGB")
        self._photo = not mask and image.getcolors(FEW_COLORS) is None
        self._data = (
            _jpeg(image) if self._photo else zlib.compress(image.tobytes(), BEST)
        )

    def fit(self, width, height):
        """Return the size at which it fits in the box without being distorted."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale

    def write(self, document):
        size, method = (self.width, self.height), "FlateDecode"
        stream = _describe("DeviceRGB", size)
        stream["Filter"] = pdfdoc.PDFName("DCTDecode" if self._photo else method)
        if self._mask:
            mask = _describe("DeviceGray", size)
            mask["Filter"] = pdfdoc.PDFName(method)
            stream["SMask"] = document.Reference(_closed(mask, self._mask))
        return document.Reference(_closed(stream, self._data))


def _describe(space, size):
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Image"),
            "Width": size[0],
            "Height": size[1],
            "ColorSpace": pdfdoc.PDFName(space),
            "BitsPerComponent": 8,
        }
    )


def _closed(dictionary, data):
    return pdfdoc.PDFStream(dictionary=dictionary, content=data, filters=[])


def _jpeg(image):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=PHOTO_QUALITY, optimize=True)
    return buffer.getvalue()


@lru_cache(maxsize=64)
def load_picture(data, width, height):
    """Return a `Picture` with no more pixels than a width × height box needs.

    A broken, unknown or monstrous image gives None and a line in the log: a
    document without its logo is better than none.
    """
    if not data:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Picture(_shrink(data, width, height))
    except _BROKEN as exc:
        _logger.warning("An image of the document layout is left out: %s", exc)
        return None


def _shrink(data, width, height):
    image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    pixels = image.width * image.height
    most = MOST_JPEG_PIXELS if image.format == "JPEG" else MOST_PIXELS
    if pixels > most:
        raise ValueError(f"{image.width} × {image.height} pixels are too many")
    box = round(width * DOTS_PER_POINT), round(height * DOTS_PER_POINT)
    image.draft("RGB", box)
    if image.mode not in _RESIZABLE:
        image = image.convert("RGBA")
    image.thumbnail(box, Image.Resampling.LANCZOS)
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGBA")

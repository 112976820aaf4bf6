"""A last look at a PDF before it leaves: is it one, and whose is it?"""

import io
import unicodedata

try:
    import pypdf
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
except ImportError:
    pypdf = None  # type: ignore[assignment]
    PyPdfError = ValueError  # type: ignore[assignment, misc]

# The lowest that reads every file of ours, as in the manifest.
LOWEST = (4, 3)


def _read_version(text):
    """Return (major, minor) of a version; what is none is lower than any."""
    numbers = [part for part in text.split(".")[:2] if part.isdecimal()]
    return tuple(map(int, numbers)) if len(numbers) == 2 else ()


# Without it a file leaves without a last look, which the settings say.
CAN_LOOK = bool(pypdf) and _read_version(pypdf.__version__) >= LOWEST
NOT_A_PDF = "not_a_pdf"
NO_PAGES = "no_pages"
NO_TEXT = "no_text"
NO_NUMBER = "no_number"
NO_LETTERHEAD = "no_letterhead"

# What pypdf raises on bytes that only look like a PDF.
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError)


def find_fault(content, *, number, letterhead):
    """Return why a file must not be sent, as a word of this module, or None.

    `number` must be on the first page, and at least one of the `letterhead`
    strings; an empty expectation is met. Spaces and line breaks do not count.
    """
    if not content.startswith(b"%PDF-"):
        return NOT_A_PDF
    if not CAN_LOOK:
        return None
    try:
        reader = PdfReader(io.BytesIO(content))
        if not reader.pages:
            return NO_PAGES
        text = reader.pages[0].extract_text()
    except _BROKEN:
        return NOT_A_PDF
    return _judge(_squeeze(text), number, letterhead)


def _judge(text, number, letterhead):
    if not text:
        return NO_TEXT
    if number and not _holds(text, _squeeze(number)):
        return NO_NUMBER
    expected = [part for part in map(_squeeze, letterhead) if part]
    if expected and not any(_holds(text, part) for part in expected):
        return NO_LETTERHEAD
    return None


def _squeeze(text):
    text = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(char for char in text if char.isalnum())


def _holds(text, part):
    """Tell whether the text holds the part, in either reading direction."""
    return part in text or part[::-1] in text

"""Writes the pages that a pen drew as one PDF file, by ReportLab's own objects."""

import re
from hashlib import sha256
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc

from .typeset.clean import clean

PDF_VERSION = (1, 7)
PRODUCER = "account_email with ReportLab"
# A batch is named after its first documents.
TITLES_NAMED = 3
NO_DATE = "20000101"
# What a window's title or a list of bookmarks shows of it; a PDF string has a limit.
LONGEST_LABEL = 500
# What a reader may be led to, and how long an address browsers take.
_LINKED = re.compile(r"(https?://|mailto:).{1,2000}$", re.IGNORECASE)
_ADDRESS_MARKS = "%/:=&?~#+!$,;'@()*[]"


def write_file(pen, document):
    """Return the file's bytes; author and language are those of `document`."""
    pdf = pdfdoc.PDFDocument(
        compression=1, invariant=1, pdfVersion=PDF_VERSION, lang=document.lang
    )
    add = _add_nested_pages if any(map(_is_cff, pen.fonts)) else _add_pages
    add(pdf, pen, _resources(pen, pdf))
    _add_outline(pdf, pen.bookmarks)
    pdf.info = _info(pen, document)
    pdf.Catalog.ViewerPreferences = _dictionary(
        {"DisplayDocTitle": "true", "Direction": "/R2L" if pen.rtl else "/L2R"}
    )
    pdf.updateSignature(_digest(pen, document))
    return pdf.format()


def _info(pen, document):
    day = document.date.replace("-", "")
    day = day if len(day) == len(NO_DATE) and day.isdecimal() else NO_DATE
    titles = [_label(title) for title, _page in pen.bookmarks[:TITLES_NAMED]]
    values = {
        "Title": ", ".join(titles),
        "Author": _label(document.letterhead.name),
        "Subject": _label(document.subject),
        "Creator": PRODUCER,
        "Producer": PRODUCER,
        "CreationDate": f"D:{day}000000Z",
        "ModDate": f"D:{day}000000Z",
    }
    return _dictionary({key: pdfdoc.PDFString(text) for key, text in values.items()})


def _resources(pen, pdf):
    fonts = {font.name: font.write(pdf) for font in pen.fonts.values()}
    images = {name: image.write(pdf) for image, name in pen.images.items()}
    resources = {"Font": _dictionary(fonts)}
    if images:
        resources["XObject"] = _dictionary(images)
    return _dictionary(resources)


def _is_cff(face):
    return bool(face.outlines)


def _add_pages(pdf, pen, resources):
    for code, links, size in pen.pages:
        pdf.addPage(_page("\n".join(code), links, size, resources))


def _add_nested_pages(pdf, pen, resources):
    """Put what is drawn in a form of its own, which the page shows.

    Odoo's step to PDF/A reads the program of every font that a page names, and knows
    TrueType alone: with CFF it fails. Fonts that a form names it leaves as they are.
    """
    shared = pdf.Reference(resources)
    known = resources.dict["Font"].dict
    named = [font.name for font in pen.fonts.values() if not _is_cff(font.face)]
    fonts = {name: known[name] for name in named}
    for code, links, size in pen.pages:
        form = _stream("\n".join(code))
        form.dictionary.dict |= {
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Form"),
            "BBox": pdfdoc.PDFArray([0, 0, *size]),
            "Resources": shared,
        }
        shown = {
            "Font": _dictionary(fonts),
            "XObject": _dictionary({"P": pdf.Reference(form)}),
        }
        pdf.addPage(_page("/P Do", links, size, _dictionary(shown)))


class _Page(pdfdoc.PDFPage):
    """ReportLab's page, and what transparent colours are mixed in."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "Group"]


def _page(code, links, size, resources):
    page = _Page()
    page.pagewidth, page.pageheight = size
    page.Resources = resources
    page.Contents = _stream(code)
    # Asked for by PDF/A (ISO 19005-3, 6.2.10), since a logo may be transparent.
    if "XObject" in resources.dict:
        group = {"S": "/Transparency", "CS": pdfdoc.PDFName("DeviceRGB")}
        page.Group = _dictionary(group)
    links = [link for link in links if _LINKED.match(link[0])]
    if links:
        page.Annots = pdfdoc.PDFArray([_link(*link) for link in links])
    return page


def _stream(code):
    return pdfdoc.PDFStream(content=code, filters=[pdfdoc.PDFZCompress])


def _digest(pen, document):
    digest = sha256(repr(document).encode("utf-8", "replace"))
    for code, _links, _size in pen.pages:
        digest.update("\n".join(code).encode())
    return digest.hexdigest()


def _label(text):
    return clean(text).replace("\n", " ")[:LONGEST_LABEL]


def _dictionary(values):
    return pdfdoc.PDFDictionary(values)


def _link(url, rectangle):
    # An address is ASCII (ISO 32000-1, 12.6.4.7).
    url = quote(clean(url), safe=_ADDRESS_MARKS)
    action = _dictionary({"S": "/URI", "URI": pdfdoc.PDFString(url)})
    return _dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pdfdoc.PDFArray(list(rectangle)),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "F": 4,
            "A": action,
        }
    )


def _add_outline(pdf, bookmarks):
    """Give the file one bookmark a document."""
    outline = _dictionary({"Type": "/Outlines", "Count": len(bookmarks)})
    parent = pdf.Reference(outline)
    entries = []
    for title, page in bookmarks:
        place = [pdfdoc.PDFObjectReference(f"Page{page}"), "/Fit"]
        values = {
            "Title": pdfdoc.PDFString(_label(title)),
            "Dest": pdfdoc.PDFArray(place),
        }
        entries.append(_dictionary({**values, "Parent": parent}))
    links = [pdf.Reference(entry) for entry in entries]
    for number, entry in enumerate(entries):
        if number:
            entry["Prev"] = links[number - 1]
        if number + 1 < len(links):
            entry["Next"] = links[number + 1]
    outline["First"], outline["Last"] = links[0], links[-1]
    pdf.Catalog.Outlines = outline

"""Writes the pages that a pen drew as one PDF file, by ReportLab's own objects."""

from hashlib import sha256

from reportlab.pdfbase import pdfdoc

PDF_VERSION = (1, 7)
PRODUCER = "account_email with ReportLab"


def write_file(pen, document):
    """Return the file's bytes; title, author and language from the document."""
    pdf = pdfdoc.PDFDocument(
        compression=1, invariant=1, pdfVersion=PDF_VERSION, lang=document.lang
    )
    resources = _resources(pen, pdf)
    for code, links in pen.pages:
        pdf.addPage(_page(pen, code, links, resources))
    _add_outline(pdf, document.title)
    info = pdf.info
    info.title, info.author = document.title, document.letterhead.name
    info.subject, info.creator = document.subject, PRODUCER
    pdf.Catalog.ViewerPreferences = _dictionary(
        {"DisplayDocTitle": "true", "Direction": "/R2L" if pen.rtl else "/L2R"}
    )
    pdf.updateSignature(_digest(pen, document))
    return pdf.format()


def _resources(pen, pdf):
    fonts = {font.name: font.write(pdf) for font in pen.fonts.values()}
    images = {name: image.write(pdf) for image, name in pen.images.items()}
    resources = {"Font": _dictionary(fonts)}
    if images:
        resources["XObject"] = _dictionary(images)
    return _dictionary(resources)


def _page(pen, code, links, resources):
    page = pdfdoc.PDFPage()
    page.pagewidth, page.pageheight = pen.width, pen.height
    page.Resources = resources
    page.Contents = pdfdoc.PDFStream(
        content="\n".join(code), filters=[pdfdoc.PDFZCompress]
    )
    if links:
        page.Annots = pdfdoc.PDFArray([_link(*link) for link in links])
    return page


def _digest(pen, document):
    digest = sha256(repr(document).encode("utf-8", "replace"))
    for code, _links in pen.pages:
        digest.update("\n".join(code).encode())
    return digest.hexdigest()


def _dictionary(values):
    return pdfdoc.PDFDictionary(values)


def _link(url, rectangle):
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


def _add_outline(pdf, title):
    """Give the file one bookmark, on which a batch builds its list."""
    first = pdfdoc.PDFArray([pdfdoc.PDFObjectReference("Page1"), "/Fit"])
    entry = {"Title": pdfdoc.PDFString(title), "Dest": first}
    outline = _dictionary({"Type": "/Outlines", "Count": 1})
    parent = pdf.Reference(outline)
    entry = pdf.Reference(_dictionary({**entry, "Parent": parent}))
    outline["First"] = outline["Last"] = entry
    pdf.Catalog.Outlines = outline

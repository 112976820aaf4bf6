"""What every document of ours shares: letterhead, theme, words, formats."""

from odoo import api, models
from odoo.tools import is_html_empty
from odoo.tools.misc import get_lang

from .. import pdf
from . import words
from .company_theme import decode, make_theme
from .formats import Formats, language_tag


class AccountEmailReport(models.AbstractModel):
    """Mixin of the models `report.<report name>` that draw themselves.

    A new document inherits this and implements `_prepare_blocks` and
    `_prepare_title`; the rest has a default.
    """

    _name = "account.email.report"
    _inherit = ["account.email.report.picture"]
    _description = "Documents drawn by ReportLab"

    # Set where no QWeb template exists, so that no engine can be chosen.
    _has_no_template = False

    @api.model
    def _can_draw(self, record):
        """Tell whether this model knows all that the record's document needs."""
        return True

    @api.model
    def _prepare(self, report, records, data):
        """Yield (id, document, theme). What a company's documents share is made
        once a batch."""
        themes, letterheads = {}, {}
        prepared = records.browse(records.ids)
        for record in prepared:
            lang = self._get_document_lang(record)
            drawer = self.with_context(lang=lang)
            record = record.with_context(lang=lang)
            company = drawer._get_company(record)
            key = company.id, lang
            if key not in themes:
                themes[key] = drawer._prepare_theme(company, report)
            head = key, drawer._get_forced_vat(record)
            if head not in letterheads:
                letterheads[head] = drawer._prepare_letterhead(company, head[1])
            document = drawer._prepare_document(record, data, letterheads[head])
            yield record.id, document, themes[key]

    # -- to be implemented or extended -----------------------------------------

    @api.model
    def _get_document_lang(self, record):
        partner = record.partner_id if "partner_id" in record._fields else None
        return (partner and partner.lang) or get_lang(self.env).code

    @api.model
    def _get_company(self, record):
        company = record.company_id if "company_id" in record._fields else None
        # sudo: as in core's layout, the letterhead is no secret
        return (company or self.env.company).sudo()

    @api.model
    def _get_forced_vat(self, record):
        return ""

    @api.model
    def _prepare_title(self, record, data):
        return record.display_name

    @api.model
    def _prepare_blocks(self, record, data):
        return ()

    @api.model
    def _prepare_parties(self, record, data):
        """Return the recipient, and another party or None."""
        return None, None

    @api.model
    def _prepare_date(self, record):
        """Return the day that the file gives as its own: never today's, since the
        same document must give the same bytes."""
        return record.create_date.date()

    @api.model
    def _prepare_reserve(self, record):
        """Return how many points stay free at the foot of the last page."""
        return 0.0

    @api.model
    def _prepare_mark(self, record, data):
        return ""

    # -- shared ----------------------------------------------------------------

    @api.model
    def _prepare_document(self, record, data, letterhead):
        """Return the record as a `pdf.Document`: plain strings, ready to print."""
        article = self._prepare_article(record, data, letterhead)
        footer_note = data.get("display_name_in_footer") and record.display_name
        return pdf.Document(
            title=article.title,
            letterhead=letterhead,
            recipient=article.recipient,
            other_party=article.other_party,
            blocks=article.blocks,
            page_label=f"{self._word(words.PAGE)} {{page}} / {{pages}}",
            footer_note=footer_note or "",
            mark=self._prepare_mark(record, data),
            subject=self.env[record._name]._description or "",
            date=self._prepare_date(record).isoformat(),
            reserve=self._prepare_reserve(record),
            lang=language_tag(self.env.lang),
        )

    @api.model
    def _prepare_article(self, record, data, letterhead):
        """Return what stands between header and footer, as a `pdf.Article`."""
        recipient, other = self._prepare_parties(record, data)
        blocks = tuple(self._prepare_blocks(record, data))
        return pdf.Article(self._prepare_title(record, data), recipient, other, blocks)

    @api.model
    def _prepare_theme(self, company, report):
        direction = get_lang(self.env).direction
        landscape = bool(self.env.context.get("landscape"))
        return make_theme(company, report, landscape=landscape, rtl=direction == "rtl")

    @api.model
    def _prepare_letterhead(self, company, forced_vat):
        details = self._parse(company.company_details)
        if company.is_company_details_empty:
            lines = self._address_lines(company.partner_id)
            details = pdf.plain_text("\n".join(lines))
        if forced_vat:
            label = company.country_id.vat_label or self._word(words.TAX_ID)
            details += pdf.plain_text(f"{label}: {forced_vat}")
        return pdf.Letterhead(
            name=company.name,
            details=details,
            tagline=self._parse(company.report_header),
            footer=self._parse(company.report_footer),
            logo=decode(company.logo),
        )

    @api.model
    def _address_lines(self, partner):
        """Return name and address as core's contact widget prints them."""
        # sudo: as in the widget, a document's address is part of the document
        partner = partner.sudo().with_context(show_address=True)
        name, *address = (partner.display_name or "").split("\n")
        address = [line.strip() for line in address if line.strip()]
        if partner.country_id.name_position == "after":
            return (*address, name)
        return (name, *address)

    @api.model
    def _word(self, word):
        return self.env["account.email.words"]._translate(word)

    @api.model
    def _formats(self):
        """Return the formats of the language, made once a transaction."""
        key = "account_email.formats", self.env.uid, self.env.lang
        cache = self.env.cr.cache
        if key not in cache:
            cache[key] = Formats(self.env)
        return cache[key]

    @api.model
    def _note(self, html, kind="plain"):
        """Return blocks for an HTML field: one, or none if it is empty."""
        return [] if is_html_empty(html) else [pdf.Note(self._parse(html), kind)]

    @api.model
    def _parse(self, html):
        return pdf.parse_html(html, self._load_picture)

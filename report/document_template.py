"""Documents whose template says more than core's: drawn from what it renders to."""

import logging

from odoo import api, models
from odoo.tools import ormcache

from .. import pdf

_logger = logging.getLogger(__name__)

# What the templates of these modules say, the models of this folder know.
OWN_MODULES = ("account", "web")
# What the templates of documents call.
SHARED = (
    "account.document_tax_totals_template",
    "account.document_tax_totals",
    "account.document_tax_totals_company_currency_template",
    "web.external_layout",
    "web.address_layout",
)


class AccountEmailReport(models.AbstractModel):
    _inherit = "account.email.report"

    @api.model
    def _get_template(self, record):
        """Return the key of the record's QWeb template, if it has one."""
        return

    @api.model
    def _get_report_name(self):
        return self._name.removeprefix("report.")

    @api.model
    def _says_more(self, record):
        """Tell whether an addon or a person changed what the template says."""
        key = self._get_template(record)
        if not key:
            return False
        layout = self._get_company(record).external_report_layout_id.key
        return any(map(self._is_extended, filter(None, (key, layout, *SHARED))))

    @api.model
    @ormcache("key", cache="templates")
    def _is_extended(self, key):
        # sudo: whoever prints a document need not read views
        view = self.env["ir.ui.view"].sudo()._get_template_view(key)
        return any(
            part.arch_updated or part.xml_id.partition(".")[0] not in OWN_MODULES
            for part in view | view._get_inheriting_views()
        )

    @api.model
    def _prepare_article(self, record, data, letterhead):
        # EXTENDS 'account_email'
        if self._says_more(record):
            read = self._read_article(record, data, letterhead)
            if read:
                return read
        return super()._prepare_article(record, data, letterhead)

    @api.model
    def _read_article(self, record, data, letterhead):
        """Return what the rendered template says, or None if it is no document."""
        page = self._render_page(record, data)
        articles, heads, feet = (
            page.xpath(f"//div[{pdf.has_class(name)}]")
            for name in ("article", "header", "footer")
        )
        if not articles:
            _logger.warning(
                "The template of %s has no article to draw.", self._get_report_name()
            )
            return None
        read = pdf.read_article(articles[0], self._load_picture)
        title = read.title or pdf.read_title(heads) or self._prepare_title(record, data)
        known = letterhead.text + title + record.display_name
        return pdf.Article(
            title,
            read.recipient,
            read.other_party,
            blocks=(
                *_notes(pdf.read_more(heads, known), "plain"),
                *read.blocks,
                *_notes(pdf.read_more(feet, known), "muted"),
            ),
        )

    @api.model
    def _render_page(self, record, data):
        """Return the page that the record's template renders to, as an element."""
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            self._get_report_name(), record.ids, data={**data, "report_type": "pdf"}
        )
        return pdf.parse_page(content)


def _notes(text, kind):
    return [pdf.Note(text, kind)] if text else []

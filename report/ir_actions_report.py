import io
from collections import OrderedDict

from odoo import api, models

from odoo.addons.base.models.ir_actions_report import _wkhtml

from .. import pdf

# Reports of modules that may not be there → our models that draw them.
DRAWN_BY = {
    "l10n_ch.qr_report_main": "account.email.qr.bill",
    "purchase.report_purchaseorder": "account.email.page",
    "purchase.report_purchasequotation": "account.email.page",
    "sale.report_saleorder": "account.email.page",
    "sale.report_saleorder_pro_forma": "account.email.page",
}
ENGINES = {"reportlab": True, "wkhtmltopdf": False}


class DrawnStream(io.BytesIO):
    """A PDF that remembers what it says: a batch is drawn anew as one file, which
    is faster than merging files and embeds fonts and logo once."""

    def __init__(self, document, theme):
        super().__init__(pdf.render(document, theme))
        self.document = document
        self.theme = theme


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # EXTENDS 'account'
        report = self._get_report(report_ref)
        records = self._get_drawn_records(report, res_ids)
        if not records:
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        if len(set(res_ids)) < len(res_ids):
            return self._merge_drawn(report, records, data)
        streams = self._draw_streams(report, records, data)
        others = [res_id for res_id in res_ids if res_id not in streams]
        if others:
            streams.update(
                super()._render_qweb_pdf_prepare_streams(
                    report_ref, data, res_ids=others
                )
            )
        order = sorted(streams, key=lambda key: (not key, key and res_ids.index(key)))
        return OrderedDict((res_id, streams[res_id]) for res_id in order)

    # -- which reports and records are ours ------------------------------------

    def _get_drawn_records(self, report, res_ids):
        """Return the records whose company has their PDF drawn by ReportLab."""
        model = self._get_drawer(report)
        if not res_ids or not hasattr(model, "_prepare_document"):
            return self.env[report.model].browse()
        records = self.env[report.model].browse(res_ids)
        return records.filtered(
            lambda record: (
                model._can_draw(record)
                and (
                    model._has_no_template
                    or self._is_drawn_for(self._get_company_of(record))
                )
            )
        )

    @api.model
    def _get_drawer(self, report):
        """Return the model that draws the report, or what core has in its place."""
        name = DRAWN_BY.get(report.report_name)
        own = self._get_rendering_context_model(report)
        if not name and not hasattr(own, "_prepare_document"):
            kinds = self.env["account.email.document.type"]
            name = kinds._is_report_of_kind(report.id) and "account.email.page"
        return self.env[name] if name else own

    @api.model
    def _get_company_of(self, record):
        company = record.company_id if "company_id" in record._fields else None
        return company or self.env.company

    @api.model
    def _is_drawn_for(self, company):
        # sudo: whoever prints a document need not read the email settings
        settings = company.sudo().email_settings_id
        return ENGINES.get(settings.pdf_engine, not self._is_wkhtmltopdf_good())

    @api.model
    def _is_wkhtmltopdf_good(self):
        """Without the patched Qt it prints no header, no footer and no batch."""
        return self.get_wkhtmltopdf_state() == "ok" and _wkhtml().is_patched_qt

    @api.model
    @api.readonly
    def is_drawn_by_reportlab(self, report_name, res_ids):
        """Tell the web client that it may print without asking for wkhtmltopdf."""
        report = self._get_report_from_name(report_name)
        if not report or not res_ids:
            return False
        return len(self._get_drawn_records(report, res_ids)) == len(res_ids)

    # -- drawing ---------------------------------------------------------------

    def _draw_streams(self, report, records, data):
        """Return {id: {stream, attachment}} as core does, one PDF a record."""
        model = self._get_drawer(report)
        data = self._get_drawing_data(data)
        streams = OrderedDict()
        missing = records.browse()
        for record in records:
            streams[record.id] = self._reuse_attachment(report, record)
            if not streams[record.id]["stream"]:
                missing |= record
        for res_id, document, theme in model._prepare(report, missing, data):
            streams[res_id]["stream"] = DrawnStream(document, theme)
        return streams

    def _merge_drawn(self, report, records, data):
        """Some callers print a record several times: one file, known to nobody."""
        model = self._get_drawer(report)
        data = self._get_drawing_data(data)
        once = records.browse(dict.fromkeys(records.ids))
        pairs = {key: pair for key, *pair in model._prepare(report, once, data)}
        stream = io.BytesIO(pdf.render_batch(pairs[key] for key in records.ids))
        return {False: {"stream": stream, "attachment": None}}

    @api.model
    def _merge_pdfs(self, streams, handle_error=None):
        # EXTENDS 'base'
        if streams and all(isinstance(stream, DrawnStream) for stream in streams):
            pairs = [(stream.document, stream.theme) for stream in streams]
            streams.append(io.BytesIO(pdf.render_batch(pairs)))
            return streams[-1]
        more = {"handle_error": handle_error} if handle_error else {}
        return super()._merge_pdfs(streams, **more)

    def _get_drawing_data(self, data):
        data = dict(data or {})
        if self.env.context.get("proforma_invoice"):
            data["proforma"] = True
        return data

    def _reuse_attachment(self, report, record):
        """Return the file that was stored at an earlier print, if it is to be used."""
        attachment = stream = None
        if report.attachment and not self.env.context.get("report_pdf_no_attachment"):
            attachment = report.retrieve_attachment(record)
        if attachment and report.attachment_use and not _is_picture(attachment):
            stream = io.BytesIO(attachment.raw)
        return {"stream": stream, "attachment": attachment}


def _is_picture(attachment):
    return (attachment.mimetype or "").startswith("image")

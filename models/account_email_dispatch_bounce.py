"""A letter of ours that came back through Odoo's mail gateway."""

from odoo import fields, models

from . import envelope


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def _record_reports(self, reports, partner_ids=()):
        """Write down which recipients did not get it after all.

        :param reports: list of :class:`delivery_status.Report`
        :param partner_ids: those whom core found it to be about
        """
        self.ensure_one()
        for report in reports:
            if report.failed:
                self._record_report(report, partner_ids)
        # Core takes every such message for a failure, also that a letter is late.
        self._note_reached()

    def _record_report(self, report, partner_ids):
        places = self._get_places()
        found = self._find_reported(places, report, partner_ids)
        for place in found:
            places = envelope.bounce(
                places, place.address, code=report.code, text=report.text
            )
        if not found:
            places = envelope.doubt(places, report.text)
        self._log_report(report, found)
        self._write_places(places)
        self._get_settings()._note_copy(places)
        if not envelope.waiting(places):
            self._settle("bounced")

    def _find_reported(self, places, report, partner_ids):
        """Whom it is about: by address, else by contact, else the only one."""
        known = {address.casefold() for address in report.addresses}
        found = [p for p in places if p.address.casefold() in known]
        found = found or [p for p in places if p.partner and p.partner in partner_ids]
        reached = [p for p in places if p.state == envelope.HAD and p.role != "copy"]
        return found or (reached if len(reached) == 1 else [])

    def _log_report(self, report, found):
        error = envelope.bounce_error(report.code, report.text)
        self.env["account.email.attempt"].create(
            {
                "dispatch_id": self.id,
                "started_at": fields.Datetime.now(),
                "recipients": self._show_places(found) or ", ".join(report.addresses),
                "code": report.code,
                **self._prepare_failure_values(error),
            }
        )

"""Who has the letter: the row's state and core's own marks follow from it."""

import logging

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..words import show_address
from . import envelope

_logger = logging.getLogger(__name__)

CURED = {
    "failure_kind": False,
    "failure_cause": False,
    "failure_facts": False,
    "server_text": False,
}


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    # A list of envelope.Place, kept before the network is touched.
    envelope = fields.Json(readonly=True)
    marked_sent = fields.Boolean(
        readonly=True, help="Whether it was this letter that made the document sent."
    )

    def _get_places(self):
        """Whom the letter goes to, as far as it has come."""
        self.ensure_one()
        if self.envelope:
            return envelope.read(self.envelope)
        return self.mail_id._get_places(self._get_settings(), self.remaining)

    def _write_places(self, places):
        visible = [place for place in places if place.role != "copy"]
        refused = [p for p in visible if p.state in ("refused", "bounced")]
        reached = any(place.state == envelope.HAD for place in places)
        left = envelope.waiting(places) if reached else ()
        self.write(
            {
                "envelope": envelope.dump(places),
                "recipients": self._show_places(visible) or self.recipients,
                "refused": self._show_places(refused),
                "remaining": self._show_places(left),
            }
        )

    def _show_places(self, places):
        addresses = (show_address(self.env, place.address) for place in places)
        return ", ".join(dict.fromkeys(addresses)) or False

    # ------------------------------------------------------------
    # States
    # ------------------------------------------------------------

    def _settle(self, default, error=None):
        """The state of a letter for which nothing more is tried by itself.

        :param default: the state of a letter whose recipients nobody knows any more
        :param error: why, where no single recipient was to blame
        """
        places = self._get_places()
        state = envelope.verdict(places, default)
        self.write({"state": state, "next_try_at": False, "remaining": False})
        if state not in ("sent", "partly"):
            self.sent_at = False
        if state == "sent":
            self.write(CURED)
        elif missed := [p for p in envelope.main(places) if p.kind]:
            # The error knows more facts, unless this recipient has one of its own.
            alike = error and error.cause == missed[0].cause
            self._write_failure(error if alike else missed[0].error)
        self._note_reached()

    def _is_reached(self):
        """Whether those in To have it, or some of them and no more is tried."""
        self.ensure_one()
        # What waits now may be nothing but a copy.
        waits = self.state in ("queued", "sending") and self.sent_at
        return self.state in ("sent", "partly") or bool(waits)

    def _note_reached(self):
        """Core's marks say no more than what is known of those in To."""
        places = self._get_places()
        states = {place.state for place in envelope.main(places)}
        had = states == {envelope.HAD} or self.state in ("sent", "partly")
        if had and not self.sent_at:
            self.sent_at = fields.Datetime.now()
        self.mail_id._follow_dispatch(self, places)
        self._follow_in_document()

    def _follow_in_document(self):
        """Tell the document whether it was sent."""
        model = self.env.get(self.res_model)
        if (
            not self.is_document
            or model is None
            or "can_be_emailed" not in model._fields
        ):
            return
        try:
            with self.env.cr.savepoint():
                model.browse(self.res_id).exists()._follow_letters()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # Somebody writes to the document: the whole outcome is written anew.
            raise
        except Exception:
            # Whatever an addon has against it: the letter left or not all the same.
            _logger.exception("%s %s can't be marked", self.res_model, self.res_id)

    def _set_sent(self):
        """A person says so, or all those in To have it."""
        for dispatch in self:
            places = dispatch._get_places()
            places = envelope.settle_waiting(places, envelope.HAD)
            dispatch._write_places(envelope.confirm(places))
            dispatch._settle("sent")

    def _set_cancelled(self):
        for dispatch in self:
            places = envelope.settle_waiting(dispatch._get_places(), "held")
            dispatch._write_places(places)
            dispatch._settle("cancelled")

    def _queue_again(self):
        for dispatch in self:
            places = envelope.reopen(dispatch._get_places())
            dispatch._write_places(places)
            dispatch.write({"state": "queued", "next_try_at": False})
            dispatch._note_reached()
        self._wake(self.company_id)

"""What leaves: the letter as it was written, or the reason why it does not leave."""

import logging

from odoo import models

from ..transport import TransportError
from . import envelope
from .own_trouble import find_own_trouble

_logger = logging.getLogger(__name__)


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def _prepare_letter(self):
        """The message as it goes out.

        A letter that can't be built must not stop those behind it, so here, and
        only here, every error becomes an outcome: nothing of this is the server's.
        :return: :class:`Outgoing` or TransportError
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._check_document()
                return self._address_letter(self._build_letter())
        except TransportError as error:
            return error
        except Exception as exc:
            _logger.exception("The letter of dispatch %s can't be built", self.id)
            return find_own_trouble(exc)

    def _build_letter(self):
        """:return: :class:`Outgoing`, as it was written"""
        self.ensure_one()
        if not self.mail_id:
            raise TransportError("held", "letter_gone")
        return self.mail_id._build_letter(self._get_settings())

    def _address_letter(self, letter):
        """:return: the same, for those who have not got it yet"""
        # Letters of former versions know but whom they must still go to.
        before = self._get_places() if self.envelope or self.remaining else []
        places = envelope.begin(before, letter.places)
        recipients = [place.address for place in envelope.waiting(places)]
        if not recipients:
            facts = {"name": self.recipients}
            raise TransportError("held", "address_gone", facts=facts)
        self._write_places(places)
        return letter._replace(places=places, recipients=recipients)

    def _check_document(self):
        """:raise TransportError: the document is no longer one to be sent"""
        model = self.env.get(self.res_model)
        if model is None or "can_be_emailed" not in model._fields:
            return
        document = model.browse(self.res_id).exists()
        if not document and self.was_ready:
            raise TransportError("held", "document_gone")
        # A message without files may well speak of what became of the document.
        if self.was_ready and self.files and not document._is_email_ready():
            raise TransportError("held", "document_changed")

    def _hold_back(self):
        """Those of the letters that wait and carry a document, which was taken back."""
        waiting = self.filtered(
            lambda row: row.state == "queued" and row.was_ready and row.files
        )
        for row in waiting.try_lock_for_update():
            row._record(TransportError("held", "document_changed"))

"""What leaves: the letter as it was written, or the reason why it does not leave."""

import logging

from odoo import models
from odoo.tools.mail import email_normalize_all

from ..transport import TransportError
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
                return self._build_letter()
        except TransportError as error:
            return error
        except Exception as exc:
            _logger.exception("The letter of dispatch %s can't be built", self.id)
            return find_own_trouble(exc)

    def _build_letter(self):
        """:return: :class:`Outgoing`, for those who have not got it yet"""
        self.ensure_one()
        if not self.mail_id:
            raise TransportError("held", "letter_gone")
        letter = self.mail_id._build_letter(self._get_settings())
        remaining = email_normalize_all(self.remaining)
        return letter._replace(recipients=remaining) if remaining else letter

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

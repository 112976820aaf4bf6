"""What a document, a dialog and a batch say of a letter."""

from odoo import models
from odoo.tools import LazyTranslate, format_datetime

_lt = LazyTranslate(__name__)

WAITS = _lt(
    "The letter of this document waits to be sent since %(when)s, to %(to)s, written "
    "by %(who)s."
)
STANDING = {
    "queued": WAITS,
    "sending": WAITS,
    "sent": _lt("This document was sent on %(when)s to %(to)s, by %(who)s."),
    "partly": _lt(
        "This document was sent on %(when)s by %(who)s, but not all of these have it: "
        "%(to)s."
    ),
    "unknown": _lt(
        "This document was perhaps sent already, on %(when)s to %(to)s, by %(who)s: "
        "nobody knows whether it arrived. Ask them before you send it again."
    ),
}


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def _tell_standing(self):
        """For somebody who is about to write a second letter of the document."""
        self.ensure_one()
        sentence = self.env._(STANDING[self.state])
        return sentence % {
            "when": format_datetime(self.env, self.sent_at or self.create_date),
            "to": self.recipients,
            "who": self.user_id.name,
        }

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

# What has become of a letter, on its document.
STATUS = {
    "queued": _lt("The letter to %(to)s is in the queue and leaves in a moment."),
    "sending": _lt("The letter to %(to)s is being sent now."),
    "sent": _lt("Sent on %(when)s to %(to)s."),
    "partly": _lt("Sent on %(when)s, but refused for %(refused)s."),
    "failed": _lt("Not sent to %(to)s."),
    "unknown": _lt("Nobody knows whether the letter to %(to)s arrived."),
    "bounced": _lt("The letter came back from %(refused)s."),
    "cancelled": _lt("The letter to %(to)s was kept back."),
}
# States in which a person wants to read the server's own words.
ANSWERED = ("partly", "failed", "bounced")
# Where there is more to say than the plain state.
REFUSED_TOO = _lt("Refused for %(refused)s, who were to get a copy.")
WAITS_UNTIL = _lt("The letter to %(to)s waits: next try at %(next)s.")
COPY_WAITS = _lt(
    "Sent on %(when)s to %(to)s; for a copy the server is asked again at %(next)s."
)


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

    def _tell_status(self):
        """The one line of truth that stands on the document."""
        self.ensure_one()
        facts = {
            "when": format_datetime(self.env, self.sent_at or self.create_date),
            "next": format_datetime(self.env, self.next_try_at),
            "to": self.recipients,
            "refused": self.refused or self.recipients,
        }
        sentences = [sentence % facts for sentence in self._get_sentences()]
        if self.state != "sent" and self.failure_kind:
            sentences.append(self.failure_cure)
        if self.state in ANSWERED and self.server_text:
            sentences.append(self.env._("The server said: %s", self.server_text))
        if self.state == "queued" and not self._get_settings()._is_active():
            sentences.append(self._tell_pause())
        elif self.state == "queued":
            sentences.append(self._tell_wait())
        return " ".join(filter(None, sentences))

    def _get_sentences(self):
        if self.state == "queued" and self.next_try_at:
            yield self.env._(COPY_WAITS if self.sent_at else WAITS_UNTIL)
            return
        yield self.env._(STATUS[self.state])
        if self.state == "sent" and self.refused:
            yield self.env._(REFUSED_TOO)

    def _tell_pause(self):
        """Why nothing of the company leaves now."""
        settings = self._get_settings()
        if settings.paused_until:
            return self.env._(
                "Sending is paused until %s; then it goes on by itself.",
                format_datetime(self.env, settings.paused_until),
            )
        return self.env._(
            "Sending is paused for the whole company. A manager finds the reason in "
            "the email settings."
        )

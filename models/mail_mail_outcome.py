"""Whom a letter goes to, and what the chatter and core's own list show of it."""

from odoo import models
from odoo.tools.mail import email_normalize_all

from ..words import get_cure
from .envelope import Place, settle_others

# Core's words for what went wrong, which the chatter shows beside a letter.
FAILURE_TYPE_BY_KIND = {
    "recipient": "mail_email_invalid",
    "sender": "mail_from_invalid",
    "content": "mail_spam",
    "auth": "mail_smtp",
    "tls": "mail_smtp",
    "config": "mail_smtp",
    "quota": "mail_smtp",
    "transient": "mail_smtp",
    "unknown": "unknown",
    "own": "unknown",
    "held": "unknown",
}

CURED = {"failure_type": False, "failure_reason": False}
# States of a dispatch; all others are failures.
MAIL_STATES = {
    "queued": "dispatched",
    "sending": "dispatched",
    "sent": "sent",
    "partly": "sent",
    "cancelled": "cancel",
}
# States of a place and of a dispatch.
STATUSES = {
    "waiting": "ready",
    "queued": "ready",
    "sending": "ready",
    "accepted": "sent",
    "sent": "sent",
    "partly": "sent",
    "held": "canceled",
    "cancelled": "canceled",
    "bounced": "bounce",
}
SEVERITY = ("accepted", "held", "waiting", "unknown", "refused", "bounced")


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _follow_dispatch(self, dispatch, places):
        """Core's list of emails and the chatter say what our log says."""
        if not self:
            return
        state = MAIL_STATES.get(dispatch.state, "exception")
        if state == "exception":
            self._set_failed(dispatch.failure_kind or "unknown", dispatch.failure_cure)
        else:
            self.write({"state": state, **CURED})
        statuses = set()
        for notification in self._get_letter_notifications():
            values = self._prepare_status(notification, dispatch, places)
            notification.write(values)
            statuses.add(values["notification_status"])
        if statuses - {"sent"}:
            # As core does: open chatters are told of what is not as it should be.
            self.mail_message_id._notify_message_notification_update()
        if state == "sent":
            self._forget_sent()

    def _prepare_status(self, notification, dispatch, places):
        """:return: values of a notification; of its contact's addresses the worst"""
        partner = notification.res_partner_id
        own = [p for p in places if p.partner == partner.id] or [
            p for p in places if p.address in email_normalize_all(partner.email)
        ]
        worst = max(own, key=lambda p: SEVERITY.index(p.state), default=None)
        state = worst.state if worst else dispatch.state
        status = STATUSES.get(state, "exception")
        if status not in ("exception", "bounce"):
            return {"notification_status": status, **CURED}
        kind = worst and worst.kind or dispatch.failure_kind or "unknown"
        bounced = status == "bounce"
        return {
            "notification_status": status,
            "failure_type": "mail_bounce" if bounced else FAILURE_TYPE_BY_KIND[kind],
            # Every employee of every company may read these: nothing of the server.
            "failure_reason": get_cure(self.env, kind),
        }

    def _forget_sent(self):
        """Core's choice for what nobody should read again, such as a new password.

        Not before the last of its recipients has it, since they share one message.
        """
        siblings = self.mail_message_id.mail_ids
        if all(mail.auto_delete and mail.state == "sent" for mail in siblings):
            siblings.unlink()

    def _set_failed(self, kind, reason):
        failure = {"failure_type": FAILURE_TYPE_BY_KIND[kind], "failure_reason": reason}
        self.write({"state": "exception", **failure})
        # Every employee of every company may read these: nothing of the server in it.
        failure["failure_reason"] = get_cure(self.env, kind)
        self._get_letter_notifications().write(
            {"notification_status": "exception", **failure}
        )
        self.mail_message_id._notify_message_notification_update()

    def _get_letter_notifications(self):
        # sudo: a letter's status is written whoever may read its recipients
        return (
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("mail_mail_id", "in", self.ids),
                    ("notification_type", "=", "email"),
                ]
            )
        )

    def _get_places(self, settings, remaining=None, *, addresses=None):
        """Whom the letter goes to if it is written now.

        :param addresses: those that core would write to, all by default
        :param str remaining: those who have not got it yet, where the rest has
        """
        places = [
            Place(address, "to", partner.id)
            for partner in self.recipient_ids
            for address in email_normalize_all(partner.email)
        ]
        places += [Place(address) for address in email_normalize_all(self.email_to)]
        cc = email_normalize_all(self.email_cc)
        places += [Place(address, "cc") for address in cc]
        if addresses is not None:
            places = [place for place in places if place.address in addresses]
            places += [Place(address) for address in addresses]
        if self and (copy_address := settings._get_copy_address()):
            places.append(Place(copy_address, "copy"))
        # The first that names an address counts.
        unique = list({place.address: place for place in places[::-1]}.values())[::-1]
        left = email_normalize_all(remaining)
        return settle_others(unique, left) if left else unique

"""What the chatter and core's own list of emails show of a letter of ours."""

from odoo import models
from odoo.tools.mail import email_normalize, email_normalize_all

from ..words import get_cure

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


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _set_dispatched(self, *, refused=False):
        """The letter was taken over by the server."""
        self.write({"state": "sent", "failure_type": False, "failure_reason": False})
        refused_addresses = set(email_normalize_all(refused or ""))
        notifications = self._get_letter_notifications()
        failed = notifications.filtered(
            lambda n: email_normalize(n.res_partner_id.email) in refused_addresses
        )
        cured = {"failure_type": False, "failure_reason": False}
        (notifications - failed).write({"notification_status": "sent", **cured})
        if failed:
            refusal = {"failure_type": "mail_email_invalid"}
            failed.write({"notification_status": "exception", **refusal})
            # As core does: open chatters are told of failures only.
            self.mail_message_id._notify_message_notification_update()
        self._forget_sent()

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

    def _set_cancelled(self):
        self.write({"state": "cancel"})
        self._get_letter_notifications().write({"notification_status": "canceled"})
        self.mail_message_id._notify_message_notification_update()

    def _reset_notifications(self):
        self._get_letter_notifications().write(
            {"notification_status": "ready", "failure_type": False}
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

from email.message import EmailMessage
from typing import NamedTuple

from odoo import fields, models
from odoo.tools.mail import email_normalize, email_normalize_all

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
}


class Letter(NamedTuple):
    """What goes over the wire: the message and its envelope."""

    message: EmailMessage
    sender: str
    recipients: list


class MailMail(models.Model):
    _inherit = "mail.mail"

    state = fields.Selection(
        selection_add=[("dispatched", "Sent by Accounting Email")],
        ondelete={"dispatched": "set exception"},
    )
    email_dispatch_ids = fields.One2many("account.email.dispatch", "mail_id")

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        # EXTENDS 'mail': our letters leave through the queue and nowhere else
        own = self.filtered("email_dispatch_ids")
        return super(MailMail, self - own).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def mark_outgoing(self):
        # EXTENDS 'mail': "Retry" on one of our letters puts it into our queue again
        own = self.filtered("email_dispatch_ids")
        own.email_dispatch_ids.action_retry()
        return super(MailMail, self - own).mark_outgoing()

    def cancel(self):
        # EXTENDS 'mail'
        self.email_dispatch_ids.action_cancel()
        return super(
            MailMail, self.filtered(lambda m: not m.email_dispatch_ids)
        ).cancel()

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        # EXTENDS 'mail': one letter is one message, whoever it is for
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        if not self.email_dispatch_ids or not emails:
            return emails
        merged = dict(emails[0])
        for name in ("email_to", "email_cc", "email_to_normalized"):
            merged[name] = [address for email in emails for address in email[name]]
        return [merged]

    def _build_letter(self, settings):
        """The message by core's own builders, with the company's sender.

        :return: :class:`Letter`
        """
        self.ensure_one()
        values = self._prepare_outgoing_list()[0]
        message = self.env["ir.mail_server"]._build_email__(
            email_from=settings._get_sender(),
            email_to=values["email_to"],
            email_cc=values["email_cc"],
            subject=values["subject"],
            body=values["body"],
            body_alternative=values["body_alternative"],
            subtype="html",
            subtype_alternative="plain",
            reply_to=settings._get_reply_to(),
            attachments=values["attachments"],
            message_id=values["message_id"],
            references=values["references"],
            object_id=values["object_id"],
        )
        if not settings._get_reply_to():
            del message["Reply-To"]
        recipients = list(dict.fromkeys(values["email_to_normalized"]))
        copy_address = settings._get_copy_address()
        if copy_address and copy_address not in recipients:
            recipients.append(copy_address)
        return Letter(message, settings._get_sender_address(), recipients)

    # ------------------------------------------------------------
    # What the chatter shows
    # ------------------------------------------------------------

    def _set_dispatched(self, *, refused=False):
        """The letter was taken over by the server."""
        self.write({"state": "sent", "failure_type": False, "failure_reason": False})
        refused_addresses = set(email_normalize_all(refused or ""))
        notifications = self._get_letter_notifications()
        failed = notifications.filtered(
            lambda n: email_normalize(n.res_partner_id.email) in refused_addresses
        )
        (notifications - failed).write(
            {
                "notification_status": "sent",
                "failure_type": False,
                "failure_reason": False,
            }
        )
        failed.write(
            {"notification_status": "exception", "failure_type": "mail_email_invalid"}
        )
        self.mail_message_id._notify_message_notification_update()

    def _set_failed(self, kind, reason):
        failure = {
            "failure_type": FAILURE_TYPE_BY_KIND[kind],
            "failure_reason": reason,
        }
        self.write({"state": "exception", **failure})
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

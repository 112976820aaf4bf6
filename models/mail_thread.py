from dataclasses import dataclass

from odoo import models
from odoo.tools.mail import email_normalize_all, formataddr


@dataclass(frozen=True)
class LetterDraft:
    """What ``message_post`` needs to know to make a letter of a message."""

    to_ids: tuple
    cc_ids: tuple
    body_html: str
    dispatch_values: dict

    @property
    def partner_ids(self):
        return self.to_ids + self.cc_ids


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _get_notify_valid_parameters(self):
        # EXTENDS 'mail'
        return super()._get_notify_valid_parameters() | {"letter_draft"}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        # EXTENDS 'mail': a letter goes to those on its envelope, by email, even if
        # one of them reads other notifications in the inbox
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        draft = kwargs.get("letter_draft")
        if not isinstance(draft, LetterDraft):
            return recipients
        return [
            {**recipient, "notif": "email"}
            for recipient in recipients
            if recipient["id"] in draft.partner_ids
        ]

    def _notify_thread_by_email(
        self, message, recipients_data, *, msg_vals=False, letter_draft=None, **kwargs
    ):
        # EXTENDS 'mail': a letter is one message to all, and takes our road
        if not isinstance(letter_draft, LetterDraft):
            return super()._notify_thread_by_email(
                message, recipients_data, msg_vals=msg_vals, **kwargs
            )
        mail = self._create_letter_mail(message, letter_draft)
        base = self._notify_by_email_get_base_notification_values(message)
        # sudo: as core does, notifications are not written by their users
        self.env["mail.notification"].sudo().create(
            [
                {**base, "mail_mail_id": mail.id, "res_partner_id": partner_id}
                for partner_id in dict.fromkeys(letter_draft.partner_ids)
            ]
        )
        self.env["account.email.dispatch"].sudo().create(
            {
                **letter_draft.dispatch_values,
                "mail_id": mail.id,
                "mail_message_id": message.id,
                "message_id": message.message_id,
                "subject": message.subject,
                "user_id": self.env.uid,
            }
        )
        return True

    def _create_letter_mail(self, message, draft):
        values = self._notify_by_email_get_base_mail_values(message, [])
        cc_partners = self.env["res.partner"].browse(draft.cc_ids)
        values |= {
            "body_html": draft.body_html,
            "recipient_ids": list(draft.to_ids),
            "email_cc": ", ".join(
                formataddr((partner.name or "", address))
                for partner in cc_partners
                for address in email_normalize_all(partner.email)
            ),
            "auto_delete": False,
            "headers": False,
            # Not "outgoing": core's own cron must not see it
            "state": "dispatched",
        }
        # sudo: bookkeepers may send, but mail.mail is closed to them
        return self.env["mail.mail"].sudo().create(values)

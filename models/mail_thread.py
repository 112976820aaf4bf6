import secrets
from dataclasses import dataclass

from odoo import api, models
from odoo.tools.mail import email_normalize_all, formataddr

from .delivery_status import read_reports
from .protected import without_defaults

# In the context of mails that take the company's road. No request can know it, so
# nobody marks a mail of another kind with it, which would never leave. A word and no
# object: whoever puts notifications off writes contexts and arguments down as JSON.
ROAD = secrets.token_hex(16)


@dataclass(frozen=True)
class LetterDraft:
    """What makes a letter of a message."""

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
        # EXTENDS 'mail': of former versions, and without any effect
        return super()._get_notify_valid_parameters() | {"letter_draft"}

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        # EXTENDS 'mail': a letter goes to those on its envelope and nobody else, and
        # now, even where other notifications are put off
        if self.env.context.get("account_email_letter") == ROAD:
            return []
        return super()._notify_get_recipients(message, msg_vals, **kwargs)

    def _notify_thread_by_email(
        self, message, recipients_data, *, msg_vals=False, letter_draft=None, **kwargs
    ):
        # EXTENDS 'mail': what core itself sends to the outside world about a document
        # of ours takes the company's road
        if not self._has_email_road():
            return super()._notify_thread_by_email(
                message, recipients_data, msg_vals=msg_vals, **kwargs
            )
        outside = [r for r in recipients_data if r["share"] and r["notif"] == "email"]
        inside = [r for r in recipients_data if r not in outside]
        if inside:
            super()._notify_thread_by_email(
                message, inside, msg_vals=msg_vals, **kwargs
            )
        if outside:
            thread = self.with_context(account_email_road=ROAD)
            super(MailThread, thread)._notify_thread_by_email(
                message, outside, msg_vals=msg_vals, **kwargs
            )
            self._queue_mails(message)
        return True

    def _notify_by_letter(self, message, draft):
        """A letter is one message to all on its envelope."""
        mail = self._create_letter_mail(message, draft)
        base = self._notify_by_email_get_base_notification_values(message)
        # sudo: as core does, notifications are not written by their users
        self.env["mail.notification"].sudo().create(
            [
                {**base, "mail_mail_id": mail.id, "res_partner_id": partner_id}
                for partner_id in dict.fromkeys(draft.partner_ids)
            ]
        )
        return mail._create_dispatches(draft.dispatch_values)

    def _queue_mails(self, message):
        # sudo: bookkeepers may send, but mail.mail is closed to them
        mails = self.env["mail.mail"].sudo()
        ours = mails.search(
            [("mail_message_id", "=", message.id), ("state", "=", "dispatched")]
        )
        is_document = self.env.context.get("account_email_document") == ROAD
        values = self._prepare_dispatch_values()
        ours._create_dispatches({**values, "is_document": is_document})

    def _has_email_road(self):
        """Whether letters about this record leave through its company's settings."""
        if len(self) != 1 or "can_be_emailed" not in self._fields:
            return False
        # Paused ones as well: what is written meanwhile waits with the rest.
        return self._get_email_settings().state in ("active", "paused")

    def _notify_by_email_get_base_mail_values(
        self, message, recipients_data, additional_values=None
    ):
        # EXTENDS 'mail'
        values = super()._notify_by_email_get_base_mail_values(
            message, recipients_data, additional_values
        )
        if self.env.context.get("account_email_road") == ROAD:
            values |= {"state": "dispatched", "auto_delete": False, "headers": False}
        return values

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
        return without_defaults(self.env["mail.mail"]).sudo().create(values)

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        # EXTENDS 'mail': our log and what follows it know of it as well
        result = super()._routing_handle_bounce(email_message, message_dict)
        message_ids = list(message_dict.get("bounced_msg_ids") or ())
        # sudo: whoever fetches the mail, it is about a letter of the log
        dispatches = self.env["account.email.dispatch"].sudo()
        rows = dispatches.search(
            [
                "|",
                ("mail_message_id", "in", message_dict["bounced_message"].ids),
                ("message_id", "in", message_ids),
            ]
        )
        reports = read_reports(email_message, message_dict.get("body"))
        for row in rows.filtered("envelope"):
            row._record_reports(reports, message_dict["bounced_partner"].ids)
        return result


class MailThreadMainAttachment(models.AbstractModel):
    _inherit = "mail.thread.main.attachment"

    def _message_set_main_attachment_id(self, attachments, *args, **options):
        # EXTENDS 'mail': what we write is no scan of a document, nor to be read as one
        if self.env.context.get("account_email_letter") == ROAD:
            return None
        return super()._message_set_main_attachment_id(attachments, *args, **options)

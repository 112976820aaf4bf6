from email.message import EmailMessage
from typing import NamedTuple
from zlib import crc32

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize_all

from ..transport import (
    TransportError,
    address_field,
    file_name,
    file_type,
    read_mailboxes,
    text_field,
)
from ..words import show_address
from .envelope import waiting
from .letter_files import check_files
from .protected import without_defaults


class Outgoing(NamedTuple):
    """What goes over the wire: the message and its envelope."""

    message: EmailMessage
    sender: str
    recipients: list
    places: list = []

    @property
    def key(self):
        """The same for each try of one letter to the same people: to others it is
        another letter, which a provider must not take for a repetition.
        """
        people = "\n".join(sorted(self.recipients))
        return f"{self.message['Message-ID']}{crc32(people.encode()):08x}"

    @property
    def essential(self):
        """Without one of these it does not leave."""
        return [p.address for p in waiting(self.places) if p.role == "to"]


def _mailboxes(name, texts):
    """A header of addresses as core formats them, each name as it was typed."""
    pairs = [pair for text in texts or () for pair in read_mailboxes(text)]
    return address_field(name, pairs)


def _files(attachments):
    """Attachments under names that lead nowhere, as one part each."""
    return [
        (file_name(name, file_type(kind)), content, file_type(kind))
        for name, content, kind in attachments
    ]


class MailMail(models.Model):
    _inherit = "mail.mail"

    state = fields.Selection(
        selection_add=[("dispatched", "Sent by Accounting Email")],
        ondelete={"dispatched": "set exception"},
    )
    email_dispatch_ids = fields.One2many("account.email.dispatch", "mail_id")

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'mail': a company may want all its emails to take our road
        mails = super().create(vals_list)
        for mail in mails.filtered(lambda mail: mail.state == "outgoing"):
            mail._take_company_road()
        return mails

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        # EXTENDS 'mail': our letters leave through the queue and nowhere else
        own = self.filtered(lambda m: m.state == "dispatched" or m.email_dispatch_ids)
        return super(MailMail, self - own).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def mark_outgoing(self):
        # EXTENDS 'mail': "Retry" on one of our letters puts it into our queue again
        own = self.filtered("email_dispatch_ids")
        if unknown := own.email_dispatch_ids.filtered(lambda d: d.state == "unknown"):
            # Here nothing tells the person that it may be a second copy.
            raise UserError(unknown[0]._tell_standing())
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

    # ------------------------------------------------------------
    # Queue
    # ------------------------------------------------------------

    def _take_company_road(self):
        """Queue an email that has nothing to do with a document of ours."""
        company = self.record_company_id or self.env.company
        # sudo: whether a company wants this is no secret of its manager's
        settings = company.sudo().email_settings_id
        if not settings.use_for_all or settings.state not in ("active", "paused"):
            return
        mails = self._split_by_recipient()
        mails.write({"state": "dispatched"})
        mails._create_dispatches(
            {
                "company_id": company.id,
                "res_model": self.model or "mail.message",
                "res_id": self.res_id or self.mail_message_id.id,
                "document_name": self.record_name,
            }
        )

    def _split_by_recipient(self):
        """One mail a partner, as core would send them: they don't know each other."""
        self.ensure_one()
        others = (
            self.recipient_ids
            if self.email_to or self.email_cc
            else (self.recipient_ids[1:])
        )
        mails = self
        for partner in others:
            mails |= self.copy(
                {
                    "mail_message_id": self.mail_message_id.id,
                    "headers": self.headers,
                    "email_to": False,
                    "email_cc": False,
                    "recipient_ids": partner.ids,
                    # Until its dispatch is there, nobody may send it.
                    "state": "dispatched",
                }
            )
            self._get_letter_notifications().filtered(
                lambda n, partner=partner: n.res_partner_id == partner
            ).mail_mail_id = mails[-1]
        self.recipient_ids -= others
        return mails

    def _create_dispatches(self, values):
        """A row in the queue for each letter.

        :raise LetterLimit: the person has written as many as her company allows
        """
        dispatches = without_defaults(self.env["account.email.dispatch"])
        company = self.env["res.company"].browse(values["company_id"])
        author = self[:1].mail_message_id.author_id
        put_off = dispatches._limit_person(company, author, len(self))
        # sudo: the queue is written by nobody but the queue
        return dispatches.sudo().create(
            [values | mail._prepare_dispatch_values() | put_off for mail in self]
        )

    def _prepare_dispatch_values(self):
        self.ensure_one()
        message = self.mail_message_id
        addresses = email_normalize_all(self.email_to)
        for partner in self.recipient_ids:
            addresses += email_normalize_all(partner.email)
        addresses += email_normalize_all(self.email_cc)
        return {
            "mail_id": self.id,
            "mail_message_id": message.id,
            "message_id": message.message_id,
            "subject": self.subject or message.record_name,
            "user_id": self.env.uid,
            "partner_id": self.recipient_ids[:1].id,
            "files": self._get_file_marks(),
            "recipients": ", ".join(show_address(self.env, a) for a in addresses),
            "next_try_at": self.scheduled_date,
        }

    def _get_file_marks(self):
        """What tells a file again, of each that the letter is written with."""
        # sudo: files of a letter are read with the right to send it
        return [
            {
                "id": file.id,
                "name": file.name,
                "checksum": file.checksum,
                "size": file.file_size,
            }
            for file in self.attachment_ids.sudo()
            if not file.url
        ]

    def _prepare_letter_values(self):
        """Core's values for the one message of a letter.

        :raise TransportError: somebody on it has no address
        """
        self.ensure_one()
        for partner in self.recipient_ids:
            if not email_normalize_all(partner.email):
                facts = {"name": partner.display_name}
                raise TransportError("held", "address_gone", facts=facts)
        emails = self._prepare_outgoing_list()
        if not emails or not emails[0]["email_to_normalized"]:
            facts = {"name": self.email_dispatch_ids[:1].recipients}
            raise TransportError("held", "address_gone", facts=facts)
        return emails[0]

    def _build_letter(self, settings):
        """The message by core's own builders, with the company's sender.

        :return: :class:`Outgoing`
        :raise TransportError: it is not the letter that was written
        """
        values, reply_to = self._prepare_letter_values(), settings._get_reply_to()
        check_files(self.email_dispatch_ids[:1], values["attachments"])
        message = self.env["ir.mail_server"]._build_email__(
            email_from=_mailboxes("From", [settings._get_sender()]),
            email_to=_mailboxes("To", values["email_to"]),
            email_cc=_mailboxes("Cc", values["email_cc"]),
            subject=text_field("Subject", values["subject"] or ""),
            body=values["body"],
            body_alternative=values["body_alternative"],
            subtype="html",
            subtype_alternative="plain",
            reply_to=_mailboxes("Reply-To", [reply_to or settings._get_sender()]),
            attachments=_files(values["attachments"]),
            message_id=text_field("Message-Id", values["message_id"] or ""),
            references=text_field("references", values["references"] or ""),
            object_id=values["object_id"],
        )
        if not reply_to:
            del message["Reply-To"]
        places = self._get_places(settings, addresses=values["email_to_normalized"])
        recipients = [place.address for place in places]
        return Outgoing(message, settings._get_sender_address(), recipients, places)

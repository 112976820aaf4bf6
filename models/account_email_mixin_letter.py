"""The letter of a document: its words, its files, its way into chatter and queue."""

from dataclasses import dataclass, field

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ..transport import are_addresses, file_name
from ..words import find_hidden_mark
from .letter_files import take_files
from .mail_thread import ROAD, LetterDraft


@dataclass(frozen=True)
class DocumentLetter:
    """A letter as its writer wants it: bytes and partners, nothing rendered later."""

    subject: str
    body: Markup
    to_ids: tuple
    cc_ids: tuple = ()
    files: tuple = field(default=(), repr=False)  # of (name, bytes, mimetype)


class AccountEmailMixin(models.AbstractModel):
    _inherit = "account.email.mixin"

    def _email_documents(self, *, again=False, **values):
        """Send many documents without a dialog.

        A document that was sent, that waits, or that nobody knows to have arrived,
        gets no second letter: the one it has is returned.

        :param again: send those, too
        :param values: what differs from the template: ``subject``, ``body``
            (Markup), ``to_ids``, ``cc_ids``
        :return: dispatches, one a document
        """
        self._check_can_be_emailed()
        letters = {} if again else self._get_standing_letters()
        todo = self.filtered(lambda record: record.id not in letters)
        self.env["account.email.document"]._hold(todo)
        # Once for all is enough, however many letters there are.
        for record in todo.with_context(account_email_wake_later=True):
            letter = record._prepare_email_letter(**values)
            letters[record.id] = record._post_letter(letter)
        dispatches = self.env["account.email.dispatch"].browse(
            letters[record.id].id for record in self
        )
        dispatches._wake(dispatches.company_id)
        return dispatches

    def _prepare_email_letter(self, **values):
        self.ensure_one()
        self._check_missing_letters()
        template = self._get_email_template()
        texts = template._generate_template(self.ids, ("subject", "body_html"))[self.id]
        return DocumentLetter(
            **{
                "subject": texts["subject"],
                "body": texts["body_html"],
                "to_ids": tuple(self._get_email_partners().ids),
                "files": self._get_email_files(),
                **values,
            }
        )

    def _get_email_files(self, preview=None):
        """The document's PDF first.

        :param preview: ir.attachment that a person has looked at, if one did: its
            bytes leave
        :return: tuple of ``(name, bytes, mimetype)``
        """
        self.ensure_one()
        if preview:
            return take_files(preview)
        return (
            (self._get_email_filename(), self._render_email_pdf(), "application/pdf"),
        )

    def _get_email_available_files(self):
        """What else is attached to the document and may go along."""
        self.ensure_one()
        return self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )

    def _check_letter(self, letter):
        partners = self.env["res.partner"].browse(letter.to_ids)
        if not partners:
            raise UserError(
                self.env._(
                    "%s has nobody to go to. Enter a recipient under To.",
                    self._get_email_document_name(),
                )
            )
        self._check_letter_pdf(letter)
        for partner in partners | partners.browse(letter.cc_ids):
            if mark := find_hidden_mark(self.env, partner.email):
                raise UserError(mark)
            if not are_addresses(partner.email):
                raise UserError(
                    self.env._(
                        "%s has no valid email address. Enter it in the contact, then "
                        "send again.",
                        partner.display_name,
                    )
                )

    def _post_letter(self, letter):
        """Put a letter into the chatter and into the queue, in one transaction.

        :param DocumentLetter letter: what to send
        :return: the dispatch
        """
        self.ensure_one()
        self._check_letter(letter)
        attachments = self._create_letter_attachments(letter)
        settings = self._get_email_settings()
        message = self.with_context(
            disable_attachment_import=True,
            mail_post_autofollow=False,
            mail_post_autofollow_author_skip=True,
            no_document=True,
            account_email_letter=ROAD,
        ).message_post(
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            subject=letter.subject,
            body=letter.body,
            author_id=self.env.user.partner_id.id,
            email_from=settings._get_sender(),
            reply_to=settings._get_reply_to() or settings._get_sender(),
            partner_ids=list(letter.to_ids + letter.cc_ids),
            attachment_ids=attachments.ids,
            email_add_signature=False,
            notify_author=True,
            notify_skip_followers=True,
        )
        # Owned by the message, so that they don't double the document's own files.
        attachments.write({"res_model": message._name, "res_id": message.id})
        draft = self._prepare_letter_draft(letter)
        dispatch = self._notify_by_letter(message.with_env(self.env), draft)
        return dispatch.with_env(self.env)

    def _create_letter_attachments(self, letter):
        """Copies, so that a retry sends the same bytes whatever became of the files."""
        return self.env["ir.attachment"].create(
            [
                {
                    "name": file_name(name, mimetype),
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": "mail.compose.message",
                    "res_id": 0,
                }
                for name, content, mimetype in letter.files
            ]
        )

    def _prepare_letter_draft(self, letter):
        return LetterDraft(
            to_ids=letter.to_ids,
            cc_ids=letter.cc_ids,
            body_html=self._render_letter_layout(letter),
            dispatch_values={**self._prepare_dispatch_values(), "is_document": True},
        )

    def _prepare_dispatch_values(self):
        """What the log says about the document of a letter."""
        self.ensure_one()
        return {
            "company_id": self._get_email_company().id,
            "res_model": self._name,
            "res_id": self.id,
            "document_name": self._get_email_document_name(),
            "document_kind": self._get_email_document_kind(),
            "was_ready": self._is_email_ready(),
        }

    def _render_letter_layout(self, letter):
        # sudo: the letterhead is no secret; as core's own layouts of emails
        return self.env["ir.qweb"]._render(
            "account_email.letter_layout",
            {"body": letter.body, "company": self._get_email_company().sudo()},
        )

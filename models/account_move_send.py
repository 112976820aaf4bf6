"""Core's own Send, where its emails take our road."""

from odoo import models
from odoo.exceptions import UserError

from .letter_files import take_files
from .mail_thread import ROAD

NONE = (None, None, None)


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    def _get_alerts(self, moves, moves_data):
        # EXTENDS 'account': whoever sends it again is told so before
        alerts = super()._get_alerts(moves, moves_data)
        letters = self._get_moves_by_email(moves)._get_standing_letters()
        if letters:
            told = [letter._tell_standing() for letter in letters.values()]
            alerts["account_email_standing"] = {
                "level": "warning",
                "message": told[0]
                if len(moves) == 1
                else self.env._(
                    "Of these documents %(count)s were emailed before or wait to be "
                    "sent: %(names)s.",
                    count=len(told),
                    names=", ".join(
                        letter.document_name for letter in letters.values()
                    ),
                ),
            }
        return alerts

    def _get_moves_by_email(self, moves):
        return moves.filtered(lambda move: move._has_email_road())

    def _get_seen_letter(self, move, from_cron):
        """:return: the letter that was there when a person decided, None if nobody
        told
        """
        return (
            (move.sending_data or {}).get("account_email_seen") if from_cron else None
        )

    def _generate_and_send_invoices(self, moves, from_cron=False, **options):
        # EXTENDS 'account': never twice, also beside our own button
        held = self._hold_moves(moves, from_cron, options)
        return super(
            AccountMoveSend, self.with_context(account_email_held=held.ids)
        )._generate_and_send_invoices(moves, from_cron=from_cron, **options)

    def _hold_moves(self, moves, from_cron, options):
        """Let nobody else write letters of these moves until this commits.

        :return: those that got a letter since a person decided to send them
        :raise UserError: the same, if the person is still there
        """
        held, moves = moves.browse(), self._get_moves_by_email(moves)
        letters = moves._get_standing_letters()
        for move in moves:
            seen = self._get_seen_letter(move, from_cron)
            letter = letters.get(move.id)
            if letter and seen is not None and letter.id > seen:
                held |= move
        methods = options.get("sending_methods")
        if methods is not None and "email" not in methods:
            return moves.browse()
        if held and not from_cron:
            raise UserError(letters[held[0].id]._tell_standing())
        self.env["account.email.document"]._hold(moves - held)
        return held

    def _prepare_invoice_pdf_report(self, invoices_data):
        # EXTENDS 'account': the pages that a person has looked at are those that leave
        mark, move_id, file_id = self.env.context.get("account_email_preview") or NONE
        others = dict(invoices_data)
        for move in invoices_data:
            if mark == ROAD and move.id == move_id:
                others.pop(move)["pdf_attachment_values"] = {
                    "name": move._get_email_filename(),
                    "raw": take_files(self.env["ir.attachment"].browse(file_id))[0][1],
                    "mimetype": "application/pdf",
                    "res_model": move._name,
                    "res_id": move.id,
                    "res_field": "invoice_pdf_report_file",
                }
        return super()._prepare_invoice_pdf_report(others) if others else None

    def _send_mails(self, moves_data):
        # EXTENDS 'account'
        held = self.env.context.get("account_email_held") or ()
        for move in moves_data:
            if move.id in held:
                letter = move._get_standing_letters()[move.id]
                move._message_log(body=letter._tell_standing())
        moves_data = {m: data for m, data in moves_data.items() if m.id not in held}
        return super()._send_mails(moves_data)

    def _send_mail(self, move, mail_template, **kwargs):
        # EXTENDS 'account': this letter carries the document, unlike what is written
        # in the chatter
        move = move.with_context(account_email_document=ROAD)
        return super()._send_mail(move, mail_template, **kwargs)

    def _link_invoice_documents(self, invoices_data):
        # EXTENDS 'account': with its PDF a document is not sent yet, unless other roads
        # than ours have taken it
        ours = [
            (move, move.is_move_sent)
            for move, data in invoices_data.items()
            if self._leaves_by_email(move, data)
        ]
        result = super()._link_invoice_documents(invoices_data)
        for move, was_sent in ours:
            move.is_move_sent = was_sent
        self._keep_checksums(invoices_data)
        return result

    def _keep_checksums(self, invoices_data):
        """So that a stored file that was changed is known."""
        for move, data in invoices_data.items():
            if data.get("pdf_attachment_values"):
                # sudo: as core stores the file itself
                stored = move.sudo()
                stored.legal_pdf_checksum = stored.invoice_pdf_report_id.checksum

    def _leaves_by_email(self, move, data):
        methods = set(data.get("sending_methods") or ())
        if self.env.context.get("account_email_legal_pdf") == ROAD:
            return True
        return methods == {"email"} and move._has_email_road()

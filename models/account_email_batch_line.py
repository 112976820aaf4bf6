import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..transport import are_addresses
from ..words import find_hidden_mark, show_address
from .account_email_dispatch_person import LetterLimit
from .protected import refuse_by_hand

_logger = logging.getLogger(__name__)

# What a person should look at.
TROUBLE = ("partly", "failed", "unknown", "bounced")
# What has become of a line, by the state of its letter.
PROGRESS = {
    "sent": "sent",
    "partly": "partly",
    "failed": "failed",
    "bounced": "bounced",
    "unknown": "unknown",
    "cancelled": "held",
}


class AccountEmailBatchLine(models.Model):
    _name = "account.email.batch.line"
    _description = "Document in a Batch of Emails"
    _inherit = ["account.email.reach"]
    _order = "id"

    batch_id = fields.Many2one(
        "account.email.batch", required=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    name = fields.Char("Document", readonly=True)
    partner_id = fields.Many2one("res.partner", "To", readonly=True)
    email = fields.Char("Email address", compute="_compute_email")
    selected = fields.Boolean("Send")
    problem = fields.Char("Why not", readonly=True)
    notice = fields.Char(readonly=True)
    # The letter that the document had when the dialog was opened.
    seen_letter = fields.Integer(readonly=True)
    sent_before_at = fields.Datetime("Sent before", readonly=True)
    standing_notice = fields.Char("Sent already", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("prepared", "Prepared"),
            ("held", "Held back"),
            ("failed", "Failed"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    dispatch_id = fields.Many2one(
        "account.email.dispatch", readonly=True, index="btree_not_null"
    )
    progress = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("prepared", "Prepared"),
            ("sent", "Sent"),
            ("partly", "Partly sent"),
            ("held", "Held back"),
            ("failed", "Failed"),
            ("unknown", "Outcome unknown"),
            ("bounced", "Came back"),
        ],
        compute="_compute_progress",
    )

    @api.depends("partner_id.email")
    @api.depends_context("lang")
    def _compute_email(self):
        for line in self:
            line.email = show_address(self.env, line.partner_id.email)

    @api.depends("state", "dispatch_id.state", "batch_id.state")
    def _compute_progress(self):
        for line in self:
            # sudo: a letter that the maker of the batch may not open is told of, too
            line.progress = PROGRESS.get(line.sudo().dispatch_id.state, line.state)
            if line.progress == "waiting" and line.batch_id.state == "cancelled":
                line.progress = "held"

    def write(self, vals):
        self._refuse_no_values(vals)
        refuse_by_hand(self, set(vals) - {"selected"})
        return super().write(vals)

    @api.model
    def _prepare_values(self, document):
        """What the dialog says of a document before it is sent."""
        partners = document._get_email_partners()
        problem = document._get_email_refusal()
        typed = partners.mapped("email")
        for address in typed:
            problem = problem or find_hidden_mark(self.env, address)
        if not problem and not (typed and all(map(are_addresses, typed))):
            problem = self.env._("No valid email address in the contact.")
        notice = document._get_email_notice()
        standing = document._get_standing_letters().get(document.id)
        return {
            "res_model": document._name,
            "res_id": document.id,
            "name": document._get_email_document_name(),
            "partner_id": partners[:1].id,
            "problem": problem,
            "notice": notice,
            "seen_letter": standing and standing.id,
            "sent_before_at": standing and (standing.sent_at or standing.create_date),
            "standing_notice": standing and standing._tell_standing(),
            # A vendor's own bill, or a second copy, only if someone asks for it.
            "selected": not (problem or notice or standing),
        }

    def _prepare_each(self):
        """Make the letters of these lines, which nobody else may write meanwhile.

        :raise psycopg2.errors.SerializationFailure: somebody wrote one since this
            transaction began; begin anew
        """
        for model, lines in self.grouped("res_model").items():
            documents = self.env[model].browse(set(lines.mapped("res_id")))
            self.env["account.email.document"]._hold(documents)
        for line in self:
            if line.batch_id._is_put_off():
                return
            line._prepare()

    def _prepare(self):
        """Make the letter of one line, in the name of the person who asked for it."""
        self.ensure_one()
        batch = self.batch_id
        # Each document is of its own company, which may be another than the first's.
        # sudo: which company that is; whether its maker may work there is asked below
        record = self.env[self.res_model].sudo().browse(self.res_id).exists()
        company = record and record._get_email_company() or batch.company_id
        document = (
            self.env[self.res_model]
            .with_user(batch.create_uid)
            .with_company(company)
            .with_context(lang=batch.create_uid.lang)
            .browse(self.res_id)
        )
        try:
            with self.env.cr.savepoint():
                self._write_letter(document)
        except LetterLimit as exc:
            # Nothing is wrong with the document: it stays and waits for its turn.
            batch._put_off(exc.free_at)
        except (UserError, ValidationError, AccessError) as exc:
            self.write({"state": "failed", "problem": str(exc)})
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # Nothing is wrong with the document.
            raise
        except Exception as exc:
            # The row of a cron: one broken document must not stop the others.
            _logger.exception("%s %s can't be emailed", self.res_model, self.res_id)
            self.write({"state": "failed", "problem": str(exc)})

    def _write_letter(self, document):
        """The letter, unless the document got another since the dialog was opened."""
        standing = document._get_standing_letters().get(document.id)
        if standing and standing.id > self.seen_letter:
            self.write({"state": "held", "problem": standing._tell_standing()})
            return
        self.dispatch_id = document._email_documents(again=True).id
        self.state = "prepared"

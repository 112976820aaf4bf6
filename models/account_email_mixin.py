from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError

from .account_email_dispatch import PERHAPS_SENT

# The customer reads its own invoice in the portal, and not how our server is doing.
OFFICE = "base.group_user"


class AccountEmailMixin(models.AbstractModel):
    """A document that can be emailed with its PDF.

    A model that inherits this says in a few hooks which report, template and contact
    are its own; see ``account_move.py`` for a full example.
    """

    _name = "account.email.mixin"
    _description = "Document That Can Be Emailed"

    can_be_emailed = fields.Boolean(compute="_compute_can_be_emailed", groups=OFFICE)
    email_dispatch_count = fields.Integer(
        compute="_compute_email_dispatch", groups=OFFICE
    )
    email_dispatch_state = fields.Selection(
        lambda self: self.env["account.email.dispatch"]._fields["state"].selection,
        string="Email",
        compute="_compute_email_dispatch",
        groups=OFFICE,
    )
    email_status = fields.Char(compute="_compute_email_dispatch", groups=OFFICE)
    email_waits = fields.Boolean(compute="_compute_email_dispatch", groups=OFFICE)
    has_email_button = fields.Boolean(
        compute="_compute_has_email_button", groups=OFFICE
    )
    email_dispatch_cure = fields.Text(compute="_compute_email_dispatch", groups=OFFICE)
    email_dispatch_at = fields.Datetime(
        compute="_compute_email_dispatch", groups=OFFICE
    )

    def _compute_can_be_emailed(self):
        for record in self:
            record.can_be_emailed = not record._get_email_refusal()

    def _compute_has_email_button(self):
        """It stays while sending is paused, and says why nothing can be sent."""
        for record in self:
            state = record._get_email_settings().state
            ready = state in ("active", "paused") and record._is_email_ready()
            record.has_email_button = ready

    def _compute_email_dispatch(self):
        by_record = self._get_dispatches().grouped("res_id")
        none = self.env["account.email.dispatch"]
        for record in self:
            rows = by_record.get(record.id, none)
            letter = rows.filtered("is_document")[:1]
            record.email_dispatch_count = len(rows)
            record.email_dispatch_state = letter.state
            record.email_status = bool(letter) and letter._tell_status()
            record.email_waits = letter.state == "queued" and bool(letter.next_try_at)
            record.email_dispatch_cure = letter.failure_cure
            record.email_dispatch_at = letter.sent_at or letter.create_date

    def _get_dispatches(self):
        # sudo: whoever reads the document may know whether it was emailed
        return (
            self.env["account.email.dispatch"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )

    def _get_standing_letters(self):
        """The newest letter of each document that has it, may have it or waits.

        :return: dict of dispatches by the document's id
        """
        rows = self._filter_letters(self._get_dispatches()).filtered(
            lambda row: row.is_document and row.state in PERHAPS_SENT
        )
        return {res_id: found[:1] for res_id, found in rows.grouped("res_id").items()}

    def _follow_letters(self):
        """A hook: the document's own mark of being sent, where its model has one."""

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    def _get_email_company(self):
        return self.company_id

    def _is_email_ready(self):
        """Whether the document is in a state in which it may leave the house."""
        return True

    def _get_email_template(self):
        """:return: mail.template that writes subject and body"""
        raise NotImplementedError

    def _get_email_report(self):
        """:return: ir.actions.report that draws the PDF"""
        raise NotImplementedError

    def _get_email_partners(self):
        """Of a company the contact for invoices; one that was chosen itself stays."""
        partner = self.partner_id
        if partner.parent_id and partner.email:
            return partner
        contact = partner.browse(partner.address_get(["invoice"])["invoice"])
        found = (contact | partner | partner.commercial_partner_id).filtered("email")
        return found[:1] or partner

    def _filter_letters(self, dispatches):
        """Those of the documents as they are now: an order is not its quotation."""
        return dispatches

    def _get_email_notice(self):
        """:return: a sentence to read before this document is sent, or False"""
        return False

    def _get_email_filename(self):
        self._check_one()
        return f"{self._get_email_document_name().replace('/', '_')}.pdf"

    def _get_email_document_name(self):
        self._check_one()
        return self.display_name

    def _get_email_document_kind(self):
        self._check_one()
        return self.env["ir.model"]._get(self._name).name

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def _check_one(self):
        """:raise UserError: a request names no document, or several"""
        if len(self) != 1:
            raise UserError(self.env._("Choose exactly one record."))

    def action_email_document(self):
        """Open the letter. Renders nothing and sends nothing yet."""
        self._check_one()
        self._check_can_be_emailed()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Email %s", self._get_email_document_name()),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [
                (
                    self.env.ref("account_email.mail_compose_message_view_form").id,
                    "form",
                )
            ],
            "target": "new",
            "context": {
                "default_is_document_email": True,
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": self._get_email_template().id,
                "dialog_size": "extra-large",
                "force_email": True,
            },
        }

    def action_email_documents(self):
        """The button over a list: one document opens its letter, many a list."""
        if len(self) == 1:
            return self.action_email_document()
        return self.env["account.email.batch"]._create_for(self).action_open()

    def action_open_email_dispatches(self):
        self._check_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_email.account_email_dispatch_action"
        )
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": {}}

    def _get_email_letter(self):
        """The document's newest letter, for those who may write the document."""
        self._check_one()
        self.check_access("write")
        letter = self._get_dispatches().filtered("is_document")[:1]
        return letter.with_env(self.env)

    def action_retry_email(self):
        self._get_email_letter().action_retry()

    def action_send_email_now(self):
        self._get_email_letter().action_send_now()

    def action_confirm_email(self):
        self._get_email_letter().action_mark_sent()

    # ------------------------------------------------------------
    # Refusal
    # ------------------------------------------------------------

    def _get_email_settings(self):
        """:return: the company's settings (sudo), whatever their state"""
        self._check_one()
        # sudo: the form is for managers, whether it is filled in is for all
        return self._get_email_company().sudo().email_settings_id

    def _get_email_refusal(self):
        """:return: a sentence that says why this can't be emailed, or None"""
        self._check_one()
        settings = self._get_email_settings()
        company = self._get_email_company()
        if not settings or settings.state == "draft":
            return self.env._(
                "%s has no email settings in use yet. They are filled in under "
                "Invoicing > Configuration > Email Settings.",
                company.name,
            )
        if settings.state == "paused":
            sentences = (
                self.env._("The email settings of %s are paused.", company.name),
                settings.failure_cure,
                self.env._("A manager sets them going again."),
            )
            return " ".join(filter(None, sentences))
        if settings._is_in_copy():
            return self.env._(
                "This is a copy of the database, so it sends no emails of %s. To send "
                "from here, press Start sending in the email settings.",
                company.name,
            )
        if not self._is_email_ready():
            return self.env._(
                "%s can't be emailed yet: confirm it first.",
                self._get_email_document_name(),
            )
        return None

    def _check_can_be_emailed(self):
        """:raise UserError: with the reason, and a link for those who may follow it"""
        self.check_access("write")
        for record in self:
            refusal = record._get_email_refusal()
            if not refusal:
                continue
            settings = record._get_email_settings()
            may_configure = self.env["account.email.settings"].has_access("write")
            if settings._is_sending() or not may_configure:
                raise UserError(refusal)
            raise RedirectWarning(
                refusal,
                self.env.ref("account_email.account_email_settings_action").id,
                self.env._("Open Email Settings"),
            )

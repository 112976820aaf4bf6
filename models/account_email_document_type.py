from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from .account_email_typed import extend_registry
from .known_documents import KNOWN, make_template

OWN_MODELS = ("account.move", "account.payment", "account.email.statement")


class AccountEmailDocumentType(models.Model):
    """A kind of document that can be emailed, of a model of any addon.

    Those of the addons that are known offer themselves when their addon is installed,
    before or after this one; others are added by an administrator.
    """

    _name = "account.email.document.type"
    _description = "Kind of Document to Email"
    _inherit = ["account.email.reach"]
    _order = "model, sequence, id"

    name = fields.Char(required=True, translate=True)
    key = fields.Char(readonly=True, copy=False)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    model_id = fields.Many2one(
        "ir.model",
        "Document",
        required=True,
        ondelete="cascade",
        domain=[("is_mail_thread", "=", True), ("transient", "=", False)],
    )
    model = fields.Char(related="model_id.model", store=True, index=True)
    report_id = fields.Many2one(
        "ir.actions.report",
        "PDF",
        required=True,
        ondelete="cascade",
        domain="[('model', '=', model), ('report_type', '=', 'qweb-pdf')]",
    )
    template_id = fields.Many2one(
        "mail.template",
        "Letter",
        ondelete="restrict",
        domain="[('model', '=', model)]",
        help="Subject and text. Left empty, a plain one is made.",
    )
    partner_path = fields.Char(
        "Recipient",
        required=True,
        default="partner_id",
        help="Field of the document that holds the contact, such as partner_id or "
        "employee_id.work_contact_id.",
    )
    domain = fields.Char(
        "Which ones",
        default="[]",
        required=True,
        help="Only documents that match can be emailed, such as confirmed ones.",
    )
    direction = fields.Selection(
        [("out", "Our own document"), ("in", "A document that others gave us")],
        required=True,
        default="out",
    )
    preview = fields.Char("Example", compute="_compute_preview")

    _key_unique = models.Constraint("UNIQUE(key)", "This kind is there already.")

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    @api.constrains("model_id", "report_id", "template_id", "partner_path", "domain")
    def _check_fits(self):
        for kind in self:
            if problem := kind._find_problem():
                raise ValidationError(problem)

    def _find_problem(self):
        """:return: a sentence on what does not fit the document, or None"""
        model = self.env.get(self.model)
        if self.model in OWN_MODELS or model is None or model._transient:
            return self.env._("Choose another document: this one is not for here.")
        if "message_ids" not in model._fields:
            return self.env._("Choose a document that has a chatter.")
        if self.report_id.model != self.model:
            return self.env._(
                "The PDF “%s” is of another document.", self.report_id.name
            )
        if self.template_id and self.template_id.model != self.model:
            return self.env._("The letter is of another document.")
        if not self._leads_to_partner(model):
            return self.env._(
                "“%s” is not a field that leads to a contact.", self.partner_path
            )
        try:
            model._search(literal_eval(self.domain or "[]"))
        except (ValueError, SyntaxError, TypeError, KeyError, UserError):
            return self.env._("“%s” is not a condition on this document.", self.domain)
        return None

    def _leads_to_partner(self, model):
        for name in (self.partner_path or "").split("."):
            field = model._fields.get(name) if model is not None else None
            if field is None or not field.relational:
                return False
            model = self.env.get(field.comodel_name)
        return model is not None and model._name == "res.partner"

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        kinds = super().create(vals_list)
        kinds.filtered(lambda kind: not kind.template_id)._make_templates()
        kinds._apply()
        return kinds

    def write(self, vals):
        result = super().write(vals)
        if "template_id" in vals:
            self.filtered(lambda kind: not kind.template_id)._make_templates()
        self._apply()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_views()
        return result

    def _forget_views(self):
        """Kinds and the buttons in views are remembered: look at them anew."""
        self.env.registry.clear_cache()
        self.env.registry.clear_cache("templates")

    def _apply(self):
        """Let this server, and through the registry's signal all others, know."""
        self._forget_views()
        if extend_registry(self.env, set(self.mapped("model"))):
            self.env.registry.registry_invalidated = True

    # ------------------------------------------------------------
    # Look up
    # ------------------------------------------------------------

    @api.model
    def _find(self, model):
        """:return: the active kinds of a model, in their order"""
        return self.browse(self._find_ids(model))

    @api.model
    @ormcache("model")
    def _find_ids(self, model):
        # sudo: which documents can be emailed is no secret
        return tuple(self.sudo().search([("model", "=", model)]).ids)

    @api.model
    @ormcache("report_id")
    def _is_report_of_kind(self, report_id):
        # sudo: as above
        return bool(self.sudo().search_count([("report_id", "=", report_id)], limit=1))

    def _get_all_names(self):
        """:return: the kind's names, by which the log knows it, in all languages"""
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        return {self.with_context(lang=lang).name for lang in langs}

    def _is_of(self, record):
        self.ensure_one()
        # sudo: what kind a document is may hang on what its reader may not read
        return bool(record.sudo().filtered_domain(literal_eval(self.domain or "[]")))

    # ------------------------------------------------------------
    # Offer
    # ------------------------------------------------------------

    def _register_hook(self):
        # EXTENDS 'base': the registry is ready, and so are the addons in it
        super()._register_hook()
        if self.env.registry.updated_modules:
            self._offer_known()
        # sudo: the registry belongs to nobody
        kinds = self.sudo().with_context(active_test=False)
        names = [name for (name,) in kinds._read_group([], ["model"])]
        extend_registry(self.env, names)

    @api.model
    def _offer_known(self):
        """Rows for the documents of addons that are there; what a person changed or
        switched off stays."""
        # sudo: made while addons are installed
        Kind = self.sudo().with_context(active_test=False)
        there = set(Kind.search([("key", "!=", False)]).mapped("key"))
        for known in KNOWN:
            report = self.env.ref(known.report, raise_if_not_found=False)
            if known.key in there or known.model not in self.env or not report:
                continue
            kind = Kind.create(
                {
                    "key": known.key,
                    "name": known.name._source,
                    "model_id": self.env["ir.model"]._get_id(known.model),
                    "report_id": report.id,
                    "domain": known.domain,
                    "partner_path": known.partner_path,
                    "direction": known.direction,
                }
            )
            for lang, _name in self.env["res.lang"].get_installed():
                told = kind.with_context(lang=lang)
                told.name = told.env._(known.name)

    def _make_templates(self):
        """A plain letter for each, in every language that is installed."""
        for kind in self:
            kind.template_id = make_template(kind)

    # ------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------

    @api.depends("model", "domain", "partner_path")
    def _compute_preview(self):
        for kind in self:
            record = kind._find_example()
            partners = record and record.mapped(kind.partner_path)
            kind.preview = record and self.env._(
                "%(document)s would go to %(partner)s.",
                document=record.display_name,
                partner=", ".join(partners.mapped("display_name")) or "?",
            )

    def _find_example(self):
        """:return: the newest document of the kind that the person may read, or None"""
        model = self.env.get(self.model or "")
        if model is None or self._find_problem() or not model.has_access("read"):
            return None
        return model.search(literal_eval(self.domain or "[]"), limit=1) or None

    def action_preview(self):
        """The letter of a real document, to look at."""
        self.ensure_one()
        self.check_access("read")
        record = self._find_example()
        if not record:
            raise UserError(
                self.env._(
                    "There is no document yet that could be shown as an example."
                )
            )
        return record.action_email_document()

"""Documents of models that this addon does not depend on.

Which they are stands in ``account.email.document.type``. Python has no class for them
here, since the addon that brings them may not be installed; they are given one when
the registry is ready, see ``extend_registry``.
"""

from lxml import etree

from odoo import api, models
from odoo.exceptions import UserError
from odoo.orm.model_classes import add_to_registry
from odoo.tools.safe_eval import safe_eval, time

# Whose button and lines of status the forms of all added documents have.
PATTERN = "account_email.account_email_statement_view_form"
LIST_BUTTON = {
    "name": "action_email_documents",
    "type": "object",
    "groups": "account.group_account_invoice",
}


class AccountEmailTyped(models.AbstractModel):
    """A document whose report, template and contact are a row of a table."""

    _name = "account.email.typed"
    _inherit = "account.email.mixin"
    _description = "Document of a Kind That Was Added"

    def _get_email_type(self):
        """:return: the row of the document's kind, or an empty one"""
        self.ensure_one()
        # sudo: which documents can be emailed is no secret
        types = self.env["account.email.document.type"].sudo()._find(self._name)
        return next((row for row in types if row._is_of(self)), types.browse())

    def _get_known_type(self):
        """:raise UserError: there is none, as for a document that was cancelled"""
        kind = self._get_email_type()
        if kind:
            return kind
        raise UserError(
            self.env._(
                "%s can't be emailed in this state.", self._get_email_document_name()
            )
        )

    def _is_email_ready(self):
        # EXTENDS 'account_email'
        return bool(self._get_email_type())

    def _get_email_company(self):
        # EXTENDS 'account_email'
        field = self._fields.get("company_id")
        company = self.company_id if field and field.type == "many2one" else None
        return company or self.env.company

    def _get_email_template(self):
        # EXTENDS 'account_email'
        return self._get_known_type().template_id

    def _get_email_report(self):
        # EXTENDS 'account_email'
        return self._get_known_type().report_id

    def _get_email_partners(self):
        # EXTENDS 'account_email'
        kind = self._get_email_type()
        # sudo: the way to the contact may lead over what its sender may not read
        partners = self.sudo().mapped(kind.partner_path) if kind else None
        return self.env["res.partner"].browse(partners and partners.ids)

    def _get_email_document_kind(self):
        # EXTENDS 'account_email'
        return self._get_known_type().name

    def _filter_letters(self, dispatches):
        # EXTENDS 'account_email'
        names = {
            record.id: record._get_email_type()._get_all_names() for record in self
        }
        return (
            super()
            ._filter_letters(dispatches)
            .filtered(lambda row: row.document_kind in names.get(row.res_id, ()))
        )

    def _get_email_notice(self):
        # EXTENDS 'account_email'
        if self._get_email_type().direction != "in":
            return super()._get_email_notice()
        return self.env._(
            "This document came from somebody else. You are about to send them your "
            "own record of it."
        )

    def _get_email_filename(self):
        # EXTENDS 'account_email': as core names the file when it is printed
        report = self._get_email_report()
        if not report.print_report_name:
            return super()._get_email_filename()
        # sudo: the name is the report's, which is written by administrators
        name = safe_eval(
            report.sudo().print_report_name, {"object": self, "time": time}
        )
        return f"{str(name).strip().replace('/', '_')}.pdf"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        # EXTENDS 'base': the button, in whatever view there is
        arch, view = super()._get_view(view_id, view_type, **options)
        adder = {"form": self._add_form_button, "list": self._add_list_button}
        # The class stays in the registry when the last kind of its model is gone.
        kinds = self.env["account.email.document.type"]._find_ids(self._name)
        if kinds and view_type in adder:
            adder[view_type](arch)
        return arch, view

    @api.model
    def _add_form_button(self, arch):
        """The button, and the one line of truth with what helps."""
        if arch.xpath(".//button[@name='action_email_document']"):
            return
        # sudo: whoever opens a document need not read views
        pattern = etree.fromstring(self.env.ref(PATTERN).sudo().arch)
        header = arch.find("header")
        if header is None:
            header = etree.Element("header")
            arch.insert(0, header)
        (button,) = pattern.xpath("header/button[@name='action_email_document']")
        status = header.find("field[@widget='statusbar']")
        place = len(header) if status is None else header.index(status)
        for node in (*pattern.xpath("header/field"), button)[::-1]:
            header.insert(place, node)
        for line in pattern.xpath("*[self::field or self::div]")[::-1]:
            header.addnext(line)

    @api.model
    def _add_list_button(self, arch):
        if arch.xpath(".//button[@name='action_email_documents']"):
            return
        header = arch.find("header")
        if header is None:
            header = etree.Element("header")
            arch.insert(0, header)
        button = {**LIST_BUTTON, "string": self.env._("Email")}
        header.append(etree.Element("button", button))


def extend_registry(env, names):
    """Give the models their class; those that have it already stay as they are.

    :param names: names of models with a chatter that are in the registry
    :return: list of those that were extended now
    """
    added = []
    for name in names:
        model = env.registry.get(name)
        if model is None or "can_be_emailed" in model._fields:
            continue
        definition = type(
            "TypedDocument",
            (models.Model,),
            {
                "__module__": __name__,
                "_module": "account_email",
                "_register": False,
                "_name": name,
                "_inherit": (name, "account.email.typed"),
            },
        )
        add_to_registry(env.registry, definition)
        added.append(name)
    if added:
        env.flush_all()
        env.registry._setup_models__(env.cr, added)
        env.invalidate_all()
    return added

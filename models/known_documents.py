"""Documents of addons that may be there: what is known of them before anybody asks.

Adding one is one row here.
"""

from dataclasses import dataclass

from markupsafe import Markup

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class KnownDocument:
    """A row that ``account.email.document.type`` offers by itself.

    :param key: names the row for ever
    :param report: external id of the report
    :param domain: which records are of this kind and may leave the house
    :param direction: ``out`` for our own, ``in`` for what others gave us
    """

    key: str
    model: str
    report: str
    name: object
    subject: object
    intro: object
    domain: str = "[]"
    partner_path: str = "partner_id"
    direction: str = "out"


KNOWN = (
    KnownDocument(
        "quotation",
        "sale.order",
        "sale.action_report_saleorder",
        _lt("Quotation"),
        _lt("Quotation %(name)s from %(company)s"),
        _lt("please find attached our quotation %(name)s."),
        "[('state', 'in', ('draft', 'sent'))]",
    ),
    KnownDocument(
        "sale_order",
        "sale.order",
        "sale.action_report_saleorder",
        _lt("Sales Order"),
        _lt("Order %(name)s, confirmed by %(company)s"),
        _lt("please find attached the confirmation of your order %(name)s."),
        "[('state', '=', 'sale')]",
    ),
    KnownDocument(
        "request_for_quotation",
        "purchase.order",
        "purchase.report_purchase_quotation",
        _lt("Request for Quotation"),
        _lt("Request for quotation %(name)s from %(company)s"),
        _lt(
            "please find attached our request for quotation %(name)s. We look forward "
            "to your offer."
        ),
        "[('state', 'in', ('draft', 'sent', 'to approve'))]",
    ),
    KnownDocument(
        "purchase_order",
        "purchase.order",
        "purchase.action_report_purchase_order",
        _lt("Purchase Order"),
        _lt("Purchase order %(name)s from %(company)s"),
        _lt("please find attached our order %(name)s. Please confirm that you got it."),
        "[('state', '=', 'purchase')]",
    ),
    KnownDocument(
        "delivery",
        "stock.picking",
        "stock.action_report_delivery",
        _lt("Delivery Slip"),
        _lt("Delivery %(name)s from %(company)s"),
        _lt("please find attached the delivery slip %(name)s."),
        "[('picking_type_id.code', '=', 'outgoing'), ('state', '!=', 'cancel')]",
    ),
    KnownDocument(
        "expense",
        "hr.expense",
        "hr_expense.action_report_hr_expense",
        _lt("Expense"),
        _lt("Expense %(name)s, %(company)s"),
        _lt("please find attached the expense %(name)s."),
        partner_path="employee_id.work_contact_id",
    ),
)
GREETING = _lt("Dear %(partner)s,")
CLOSING = _lt("Kind regards,")
# For a kind that an administrator adds.
ANY_SUBJECT = _lt("%(name)s from %(company)s")
ANY_INTRO = _lt("please find attached the document %(name)s.")
SUBJECT_PARTS = {
    "name": "{{ object.display_name or '' }}",
    "company": "{{ (object.company_id or user.company_id).name }}",
}
# QWeb as a template of letters has it; {} is the way to the contact.
NAME = Markup("<strong t-out=\"object.display_name or ''\"></strong>")
PARTNER = Markup("<t t-out=\"object.{}.name or ''\"></t>")
COMPANY = Markup("<t t-out=\"(object.company_id or user.company_id).name or ''\"></t>")


def write_subject(env, known):
    """The subject of a kind's letters, in the language of ``env``.

    :param known: row of :data:`KNOWN`, or None
    """
    return env._(known.subject if known else ANY_SUBJECT) % SUBJECT_PARTS


def write_body(env, known, partner_path):
    """The text of a kind's letters, in the language of ``env``."""
    greeting = Markup(env._(GREETING)) % {"partner": PARTNER.format(partner_path)}
    intro = Markup(env._(known.intro if known else ANY_INTRO)) % {"name": NAME}
    closing = Markup("%s<br/>%s") % (Markup(env._(CLOSING)), COMPANY)
    return Markup("<div><p>%s</p><p>%s</p><p>%s</p></div>") % (greeting, intro, closing)


def make_template(kind):
    """The plain letter of a kind, in every language that is installed.

    :param kind: account.email.document.type
    :return: mail.template
    """
    known = next((row for row in KNOWN if row.key == kind.key), None)
    # sudo: the letter belongs to the kind, whose right was asked
    template = kind.env["mail.template"].sudo()
    template = template.create(
        {
            "name": kind.env._("Email: %s", kind.name),
            "model_id": kind.model_id.id,
            "lang": f"{{{{ object.{kind.partner_path}.lang }}}}",
            "use_default_to": True,
            "auto_delete": False,
        }
    )
    for lang, _name in kind.env["res.lang"].get_installed():
        told = template.with_context(lang=lang)
        told.subject = write_subject(told.env, known)
        told.body_html = write_body(told.env, known, kind.partner_path)
    return template

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..transport import signin
from .account_email_settings_connection import get_allowed_hosts
from .sealed_columns import open_column, reseal_columns, seal_column

# A stored secret is for these alone: when one changes it is forgotten.
PLACE_FIELDS = ("company_id", "service", "tenant", "client_number")


def get_app(application):
    """The application with its secret, to sign in with.

    A function and no method, so that server actions can't call it.
    :return: :class:`transport.signin.App`
    :raise UserError: the key that sealed the secret is not on this machine
    """
    application.ensure_one()
    # sudo: whoever signs in uses the application, its secret stays closed
    application = application.sudo()
    return signin.App(
        application.service,
        application.client_number or "",
        tenant=application.tenant or "",
        secret=open_column(
            application, "secret_sealed", application._get_sealed_place()
        ),
        allowed_hosts=get_allowed_hosts(application.env),
    )


class AccountEmailApplication(models.Model):
    """What was registered at Google or Microsoft so that people can sign in here.

    One of a company, or one of the administrator's for all companies.
    """

    _name = "account.email.application"
    _description = "Application Registered at a Mail Provider"
    _inherit = ["account.email.reach"]
    _order = "company_id, id"

    service = fields.Selection(
        lambda self: [(row.key, row.name) for row in signin.SERVICES.values()],
        string="Provider",
        required=True,
        default="microsoft",
    )
    company_id = fields.Many2one(
        "res.company",
        ondelete="cascade",
        index=True,
        default=lambda self: self.env.company,
        help="Empty for all companies; only the administrator can do that.",
    )
    client_number = fields.Char("Client id", required=True)
    tenant = fields.Char(
        help="Directory (tenant) id of your organisation, as Microsoft shows it. Empty "
        "for any account."
    )
    secret = fields.Char(
        "Client secret",
        compute="_compute_secret",
        inverse="_inverse_secret",
        copy=False,
    )
    # Nobody reads this column through the ORM, the administrator included.
    secret_sealed = fields.Char(groups=fields.NO_ACCESS, copy=False)
    has_secret = fields.Boolean(compute="_compute_has_secret")
    # The name that the widget for passwords asks for.
    has_password = fields.Boolean(compute="_compute_has_secret")
    secret_end_date = fields.Date("Client secret expires on")
    is_testing = fields.Boolean(
        "Consent screen in testing",
        help="As long as Google's consent screen is External and in Testing, each "
        "sign-in ends after seven days.",
    )

    def _compute_secret(self):
        self.secret = False

    def _inverse_secret(self):
        for application in self.filtered("secret"):
            seal_column(
                application,
                "secret_sealed",
                application.secret.strip(),
                application._get_sealed_place(),
            )

    @api.depends("secret_sealed")
    @api.depends_context("uid")
    def _compute_has_secret(self):
        for application in self:
            # sudo: tells only whether there is one
            has_secret = bool(application.sudo().secret_sealed)
            application.has_secret = application.has_password = has_secret

    @api.depends("service", "client_number", "company_id")
    def _compute_display_name(self):
        names = {row.key: row.name for row in signin.SERVICES.values()}
        for application in self:
            words = [names.get(application.service), application.client_number]
            application.display_name = " ".join(filter(None, words))

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_no_list(vals_list)
        for vals in vals_list:
            self._check_company(self._with_defaults(vals).get("company_id", True))
        applications = super().create(vals_list)
        applications.invalidate_recordset(["secret"], flush=False)
        return applications

    def write(self, vals):
        self._refuse_no_values(vals)
        self._check_company(vals.get("company_id", True))
        places = {row: row._get_sealed_place() for row in self}
        result = super().write(vals)
        moved = self.filtered(lambda row: places[row] != row._get_sealed_place())
        if moved:
            moved._forget(keep_secret=bool(vals.get("secret")))
        self.invalidate_recordset(["secret"], flush=False)
        return result

    def _check_company(self, company):
        """:raise AccessError: an application for all companies by somebody else"""
        if not company and not self.env.is_system():
            raise AccessError(
                self.env._(
                    "Choose a company: only the administrator can register an "
                    "application for all of them."
                )
            )

    def _get_sealed_place(self):
        self.ensure_one()
        place = [self.service, self.tenant or "", self.client_number or ""]
        return [self.company_id.id, *place]

    def _forget(self, *, keep_secret):
        """What was given to another application is of no use to this one."""
        # sudo: whoever may change the application ends what was made with it
        applications = self.sudo()
        if not keep_secret:
            applications.secret_sealed = False
        grants = applications.env["account.email.grant"]
        grants.search([("application_id", "in", applications.ids)]).unlink()

    @api.model
    def _reseal(self):
        """:return: how many secrets were sealed anew, and which open with no key"""
        # sudo: the columns are closed to everyone, by NO_ACCESS
        applications = self.sudo().search([("secret_sealed", "!=", False)])
        return reseal_columns(applications, ["secret_sealed"])

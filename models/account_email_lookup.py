from odoo import api, fields, models
from odoo.exceptions import UserError

from .rate import count_last_hour

LOOKUPS_PER_HOUR = 60


# No wizard: nobody opens it, core only clears it away.
# pylint: disable-next=no-wizard-in-models
class AccountEmailLookup(models.TransientModel):
    """A look-up that was asked for: who asked how often, and for what.

    The server asks name servers and other people's web servers, so nobody may let it
    ask without end.
    """

    _name = "account.email.lookup"
    _description = "Look-up of a Mail Domain"
    _inherit = ["account.email.reach"]

    name = fields.Char("Domain", required=True, readonly=True)

    @api.model
    def _note(self, address):
        """:raise UserError: this user has asked often enough"""
        if count_last_hour(self) >= LOOKUPS_PER_HOUR:
            raise UserError(
                self.env._(
                    "You have looked up settings %s times within an hour. Wait a "
                    "little, or enter hostname and port yourself.",
                    LOOKUPS_PER_HOUR,
                )
            )
        # sudo: nobody writes look-ups by hand
        self.sudo().create({"name": address.rpartition("@")[2]})

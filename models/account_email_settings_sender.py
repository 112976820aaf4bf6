"""Who the letters come from, who gets a copy and where replies go."""

from odoo import fields, models
from odoo.tools.mail import (
    email_normalize,
    email_split,
    email_split_and_format,
    formataddr,
)

from ..advice import is_manager, one_address

# What tells whether a copy arrives.
KNOWN_STATES = ("accepted", "refused", "bounced")


class AccountEmailSettingsSender(models.AbstractModel):
    _name = "account.email.settings.sender"
    _description = "Email Settings: Sender, Copy and Replies"

    email_address = fields.Char("Email address")
    send_copy = fields.Boolean("Send a copy of every email to this address")
    copy_address = fields.Char()
    copy_refused = fields.Char(
        readonly=True,
        copy=False,
        help="Address of the copy and the server's words, while it is refused.",
    )
    use_reply_to = fields.Boolean(
        "Receive email replies at a different address than you send from"
    )
    reply_to = fields.Char("Reply to")

    def _get_sender_address(self):
        """The bare address that letters come from."""
        self.ensure_one()
        if is_manager(self):
            # Manager's protocol has no sender: the server puts in its own.
            replies = email_split(self.reply_to or "")
            return replies[0] if replies else ""
        address = email_normalize(self.email_address) or ""
        if self.protocol == "http" or self.login_kind != "password":
            return address
        username = one_address(self.username or "") and email_normalize(self.username)
        return username or address

    def _get_sender(self):
        """The From header: the company's name and its address."""
        return formataddr((self.company_id.name, self._get_sender_address()))

    def _get_reply_to(self):
        """The Reply-To header, or an empty string if replies go to the sender."""
        self.ensure_one()
        replies = self._get_acting("reply_to") or ""
        return ", ".join(email_split_and_format(replies))

    def _get_copy_address(self):
        self.ensure_one()
        return email_normalize(self._get_acting("copy_address")) or ""

    def _note_copy(self, places):
        """A copy that is refused is the settings' matter, and no letter's.

        :param places: list of :class:`envelope.Place` after an attempt
        """
        for place in places:
            if place.role != "copy" or place.state not in KNOWN_STATES:
                continue
            refused = place.state != "accepted" and f"{place.address}: {place.text}"
            # Not with every letter: workers write to one row.
            if (self.copy_refused or False) != refused:
                self.copy_refused = refused

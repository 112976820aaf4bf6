"""What is wrong with the values in the form, said before any network is touched."""

import ipaddress
import re
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.tools.mail import email_normalize, email_normalize_all, email_split

from ..advice import by_host
from ..words import find_hidden_mark
from .account_email_settings import CHECKED_VALUES

HOST_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)$")
# field -> the protocols that show it
CHECKED_FIELDS = {
    "http_url": ("http",),
    "smtp_host": ("smtp",),
    "smtp_port": ("smtp",),
    "skip_tls_verification": ("smtp",),
    "accept_plain_password": ("smtp",),
    "username": ("http", "smtp"),
    "password": ("http", "smtp"),
    "email_address": ("http", "smtp"),
    "copy_address": ("http", "smtp"),
    "reply_to": ("http", "smtp"),
}


def is_host(host):
    """Whether ``host`` is a host name or an address, and nothing else (RFC 1123)."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        labels = host.rstrip(".").split(".")
        return len(host) <= 253 and all(HOST_LABEL.match(label) for label in labels)
    return True


def is_loopback(host):
    """Whether ``host`` names this very machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class AccountEmailSettings(models.Model):
    _inherit = "account.email.settings"

    # Set by the form when Test or Save was pressed: from then on what is missing
    # is told too, not only what is malformed.
    is_complete = fields.Boolean(store=False)
    http_url_problem = fields.Char(compute="_compute_problems")
    smtp_host_problem = fields.Char(compute="_compute_problems")
    smtp_port_problem = fields.Char(compute="_compute_problems")
    skip_tls_verification_problem = fields.Char(compute="_compute_problems")
    accept_plain_password_problem = fields.Char(compute="_compute_problems")
    username_problem = fields.Char(compute="_compute_problems")
    password_problem = fields.Char(compute="_compute_problems")
    email_address_problem = fields.Char(compute="_compute_problems")
    copy_address_problem = fields.Char(compute="_compute_problems")
    reply_to_problem = fields.Char(compute="_compute_problems")

    @api.depends(*CHECKED_VALUES, "password", "is_complete")
    @api.depends_context("lang")
    def _compute_problems(self):
        for settings in self:
            problems = settings._get_problems(complete=settings.is_complete)
            for name in CHECKED_FIELDS:
                settings[f"{name}_problem"] = problems.get(name, False)

    def _get_problems(self, *, complete=False):
        """A sentence for each value that can't work.

        :param bool complete: complain about missing values as well
        :return: dict ``{field name: sentence in the user's language}``
        """
        self.ensure_one()
        problems = {}
        for name, protocols in CHECKED_FIELDS.items():
            if self.protocol in protocols:
                problem = getattr(self, f"_get_{name}_problem")(complete)
                if problem:
                    problems[name] = problem
        return problems

    def _get_http_url_problem(self, complete):
        if not self.http_url and not self._needs_reply_to():
            # A named service has an address of its own.
            return None
        if not self.http_url:
            return complete and self.env._("Enter the address of the HTTP server.")
        try:
            url = urlsplit(self.http_url.strip())
            host, _port = url.hostname or "", url.port
        except ValueError:
            return self.env._("This is not the address of a server.")
        if url.username or url.password:
            return self.env._("The address must not hold a user name or a password.")
        if url.scheme not in ("http", "https") or not is_host(host):
            return self.env._(
                "Enter the whole address, such as https://email.manager.io/send."
            )
        if url.scheme != "https" and not is_loopback(host):
            return self.env._(
                "The address must begin with https://, or everybody on the way can "
                "read your documents."
            )
        return None

    def _get_smtp_host_problem(self, complete):
        host = (self.smtp_host or "").strip()
        if not host:
            return complete and self.env._("Enter the hostname of your mail server.")
        if "://" in host or "/" in host:
            return self.env._(
                "Enter only the name of the server, such as smtp.gmail.com, without "
                "anything like https:// before it or / behind it."
            )
        if email_normalize(host):
            return self.env._(
                "This is an email address. Enter the name of the mail server, such as "
                "smtp.gmail.com."
            )
        if ":" in host and not is_host(host):
            return self.env._(
                "Enter the port in the field Port, not behind the name of the server."
            )
        if not is_host(host):
            return self.env._(
                "A server name has only letters, digits, dots and hyphens, such as "
                "smtp.gmail.com."
            )
        return None

    def _get_smtp_port_problem(self, complete):
        if not 1 <= self.smtp_port <= 65535:
            return self.env._(
                "A port is a number from 1 to 65535. Most servers use 465 or 587."
            )
        return None

    def _get_password_problem(self, complete):
        wanted = self.username if self.protocol == "smtp" else self.needs_address
        if complete and wanted and not (self.password or self.has_password):
            return self.env._(
                "Enter the password. It is asked for again whenever the server or the "
                "username changes."
            )
        return None

    def _get_skip_tls_verification_problem(self, complete):
        preset = by_host(self.smtp_host or "")
        if self.skip_tls_verification and preset:
            return self.env._(
                "The certificate of %s is always checked: do not tick this box.",
                preset.name,
            )
        return None

    def _get_accept_plain_password_problem(self, complete):
        """Nobody's password goes in the clear without her own word for it."""
        needed = self.security == "none" and self.username
        if needed and not self.accept_plain_password and complete:
            return self.env._(
                "Without encryption everybody on the way can read the password. Choose "
                "port 465 or 587, or tick this box if you accept it."
            )
        return None

    def _get_username_problem(self, complete):
        if "@" in (self.username or "") and (
            mark := find_hidden_mark(self.env, self.username)
        ):
            return mark
        if (
            complete
            and self.needs_username
            and self.protocol == "http"
            and (not self.username)
        ):
            return self.env._("This service needs a username beside the key.")
        return None

    def _get_email_address_problem(self, complete):
        if not self.needs_address:
            return None
        if not self.email_address:
            return complete and self.env._(
                "Enter the email address that your letters come from."
            )
        return self._get_single_address_problem(self.email_address)

    def _get_copy_address_problem(self, complete):
        if not self.send_copy:
            return None
        if not self.copy_address:
            return complete and self.env._("Enter the address that gets the copies.")
        return self._get_single_address_problem(self.copy_address)

    def _get_reply_to_problem(self, complete):
        if not self.use_reply_to and not self._needs_reply_to():
            return None
        if not self.reply_to:
            return complete and self.env._("Enter the address that gets the replies.")
        if mark := find_hidden_mark(self.env, self.reply_to):
            return mark
        # A list is allowed here, as in Manager.io.
        parts = [part for part in re.split("[;,]", self.reply_to) if part.strip()]
        found = email_normalize_all(self.reply_to.replace(";", ","))
        if len(found) != len(parts) or not found:
            return self.env._(
                "One of these is not an email address. Separate several with commas."
            )
        return None

    def _get_single_address_problem(self, value):
        if mark := find_hidden_mark(self.env, value):
            return mark
        if email_normalize(value):
            return None
        if len(email_split(value)) > 1:
            return self.env._("Only one email address is allowed here.")
        return self.env._(
            "This is not an email address. It should look like name@example.com."
        )

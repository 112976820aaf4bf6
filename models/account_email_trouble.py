"""What is wrong with this machine: told to the administrator, once."""

import logging
import socket
from datetime import timedelta

import psycopg2
from markupsafe import Markup

from odoo import api, fields, models

from ..words import get_cure

_logger = logging.getLogger(__name__)

# What was not seen for so long is over; seen again later, it is told again.
QUIET = timedelta(days=1)
# What holds the letters up now.
CURRENT = timedelta(hours=1)
# How often the time is written down while it lasts.
STEP = timedelta(minutes=5)
KEPT = timedelta(days=30)


class AccountEmailTrouble(models.Model):
    """One row for each host and cause. Written by the queue alone."""

    _name = "account.email.trouble"
    _description = "Trouble of This Odoo Server"
    _order = "seen_at desc, id desc"
    _rec_name = "host"

    host = fields.Char(required=True, readonly=True)
    cause = fields.Char(required=True, readonly=True)
    facts = fields.Json(readonly=True)
    seen_at = fields.Datetime("Last seen", required=True, readonly=True)
    sentence = fields.Text("What to do", compute="_compute_sentence")

    _host_cause_unique = models.Constraint(
        "unique(host, cause)", "This trouble is known already."
    )

    @api.depends("host", "cause", "facts")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for trouble in self:
            cure = get_cure(self.env, "own", trouble.cause, trouble.facts)
            trouble.sentence = self.env._(
                "Server %(host)s: %(cure)s", host=trouble.host, cure=cure
            )

    @api.model
    def _tell(self, cause, facts=None):
        """Write down what is wrong here; the administrators hear of it once."""
        try:
            with self.env.cr.savepoint():
                # sudo: whoever meets with it, the rows are written here alone
                if news := self.sudo()._note(cause, facts):
                    news._notify_administrators()
        except (psycopg2.IntegrityError, psycopg2.OperationalError):
            # Another worker tells of the same, or the database is the trouble.
            _logger.error("Emails wait: %s %s", cause, facts or "")

    @api.model
    def _note(self, cause, facts):
        """:return: the row, if there is something to tell"""
        host, now = socket.gethostname(), fields.Datetime.now()
        known = self.search([("host", "=", host), ("cause", "=", cause)])
        values = {"facts": facts or {}, "seen_at": now}
        if not known:
            return self.create({"host": host, "cause": cause, **values})
        before = known.seen_at
        if abs(now - before) < STEP or not known.try_lock_for_update():
            return self.browse()
        known.write(values)
        return known if abs(now - before) > QUIET else self.browse()

    def _notify_administrators(self):
        _logger.error("Emails wait. %s", self.sentence)
        group = self.env.ref("base.group_system")
        for user in group.all_user_ids.filtered("active"):
            told = self.with_context(lang=user.lang)
            self.env["mail.thread"].message_notify(
                subject=told.env._("Emails of this database are waiting"),
                body=Markup("<p>%s</p>") % told.sentence,
                partner_ids=user.partner_id.ids,
            )

    @api.model
    def _get_current(self):
        """:return: what holds letters up now"""
        return self.search([("seen_at", ">", fields.Datetime.now() - CURRENT)])

    @api.autovacuum
    def _gc_troubles(self):
        self.search([("seen_at", "<", fields.Datetime.now() - KEPT)]).unlink()

"""How many letters the provider allows, and how many have left."""

from datetime import timedelta

from odoo import api, fields, models

from .session_lock import free_session_lock, try_session_lock

# First half of the advisory lock's key: one slot for each connection at once.
SLOT_CLASS = 0x41454D53
# The second half is the settings' id times this, plus the slot's number.
SLOTS = 64
# Base64 with its line ends, and what a letter has beside its files.
ENCODED = 4 / 3 * 78 / 76
BESIDE_FILES = 20_000
WINDOWS = {
    "limit_per_minute": timedelta(minutes=1),
    "limit_per_day": timedelta(days=1),
}


class AccountEmailSettingsLimits(models.AbstractModel):
    _name = "account.email.settings.limits"
    _description = "Email Settings: Limits and Counters"

    limit_per_minute = fields.Integer(
        "Emails a minute", help="How many the provider allows. 0 for no limit."
    )
    limit_per_day = fields.Integer(
        "Emails a day", help="How many the provider allows. 0 for no limit."
    )
    limit_connections = fields.Integer(
        "Connections at once",
        default=2,
        help="How many connections the provider allows at the same time.",
    )
    limit_user_per_hour = fields.Integer(
        "Emails an hour and person",
        help="How many emails each person may send in an hour. A batch goes on by "
        "itself afterwards. 0 for no limit.",
    )
    retry_hours = fields.Integer(
        "Try again for (hours)",
        default=24,
        help="How long a letter is tried again when the server asks to wait.",
    )
    retention_days = fields.Integer(
        "Keep the log for (days)",
        default=0,
        help="Older entries of Sent Emails are deleted, with the exact copies of the "
        "letters. The chatter keeps its messages. 0 keeps everything.",
    )
    sent_last_minute = fields.Integer(compute="_compute_counters")
    sent_last_day = fields.Integer(compute="_compute_counters")
    waiting_count = fields.Integer(compute="_compute_counters")
    people_last_hour = fields.Char("Last hour", compute="_compute_people")
    people_last_day = fields.Char("Last 24 hours", compute="_compute_people")

    _limits_positive = models.Constraint(
        "CHECK(limit_per_minute >= 0 AND limit_per_day >= 0 "
        "AND limit_user_per_hour >= 0 AND retry_hours >= 0 "
        "AND retention_days >= 0)",
        "A limit can't be negative. Enter 0 for none.",
    )
    _connections_range = models.Constraint(
        f"CHECK(limit_connections BETWEEN 1 AND {SLOTS})",
        f"Connections at once must be from 1 to {SLOTS}.",
    )

    @api.depends("company_id")
    def _compute_counters(self):
        Dispatch = self.env["account.email.dispatch"]
        for settings in self:
            counts = [settings._count_sent(window) for window in WINDOWS.values()]
            settings.sent_last_minute, settings.sent_last_day = counts
            settings.waiting_count = settings.company_id and Dispatch.search_count(
                [
                    ("company_id", "in", settings._get_served_companies().ids),
                    ("state", "in", ("queued", "sending")),
                ]
            )

    @api.depends("company_id")
    def _compute_people(self):
        for settings in self:
            settings.people_last_hour = settings._tell_people(timedelta(hours=1))
            settings.people_last_day = settings._tell_people(timedelta(days=1))

    def _tell_people(self, window):
        """How many letters each person has written, the busiest first."""
        self.ensure_one()
        groups = self.env["account.email.dispatch"]._read_group(
            [
                ("company_id", "in", self._get_served_companies().ids),
                ("create_date", ">", fields.Datetime.now() - window),
                ("is_test", "=", False),
                ("user_id", "!=", False),
            ],
            ["user_id"],
            ["__count"],
            order="__count desc",
        )
        return ", ".join(f"{user.name}: {count}" for user, count in groups)

    def _get_served_companies(self):
        """Its own company and the branches that have no settings of their own."""
        self.ensure_one()
        # sudo: branches are counted with their parent, whoever may read them
        companies = self.env["res.company"].sudo()
        found = companies.search([("id", "child_of", self.company_id.ids)])
        return found.filtered(lambda company: company.email_settings_id == self)

    def _count_sent(self, window):
        self.ensure_one()
        now = fields.Datetime.now()
        return self.env["account.email.attempt"].search_count(
            [
                ("company_id", "in", self._get_served_companies().ids),
                ("started_at", ">", now - window),
                # Written while the clock was ahead; within a window it may differ
                # from host to host.
                ("started_at", "<", now + window),
                ("success", "=", True),
            ]
        )

    def _get_size_limit(self):
        """Bytes that the server takes in one letter, as far as that is known, or 0:
        what its provider publishes, and what it said when one was too big.
        """
        self.ensure_one()
        preset = self._get_preset()
        published = preset.limits.size_mb * 1_000_000 if preset else 0
        refused = self.env["account.email.dispatch"].search(
            [
                ("company_id", "in", self._get_served_companies().ids),
                ("failure_cause", "=", "too_big"),
            ],
            order="id desc",
            limit=1,
        )
        facts = refused.failure_facts or {}
        same = self.protocol == "smtp" and facts.get("host") == self.smtp_host
        told = same and facts.get("limit") or 0
        return min(filter(None, (published, told)), default=0)

    def _tell_size(self, size):
        """:return: a sentence if files of ``size`` bytes can't go out, else False"""
        limit = self and self._get_size_limit()
        letter = size * ENCODED + BESIDE_FILES
        if not limit or letter <= limit:
            return False
        return self.env._(
            "This letter has about %(size)s MB (files grow by a third on their way), "
            "but the mail server takes at most %(limit)s MB. Take out files, or send "
            "them in several letters.",
            size=f"{letter / 1_000_000:.1f}",
            limit=f"{limit / 1_000_000:.1f}",
        )

    def _wait_for_limits(self):
        """Put the settings to sleep where the provider's limit is reached.

        :return: whether a letter may leave now
        """
        self.ensure_one()
        for name, window in WINDOWS.items():
            if self[name] and self._count_sent(window) >= self[name]:
                # Half a window or a quarter of an hour, whichever ends first: the
                # oldest letters have left the window by then.
                wait = min(window / 2, timedelta(minutes=15))
                self._sleep_until(fields.Datetime.now() + wait)
                return False
        return True

    def _sleep_until(self, moment):
        self.paused_until = moment
        self.env.ref("account_email.ir_cron_process_dispatches")._trigger(at=moment)

    def _take_slot(self):
        """Take one of the connections that the provider allows at once.

        The slot is held by this database connection, so it is free again when the
        worker dies.
        :return: the key to give to :meth:`_free_slot`, or None if all are taken
        """
        self.ensure_one()
        for slot in range(self.limit_connections):
            key = self.id * SLOTS + slot
            if try_session_lock(self.env, SLOT_CLASS, key):
                return key
        return None

    @api.model
    def _free_slot(self, key):
        free_session_lock(self.env, SLOT_CLASS, key)

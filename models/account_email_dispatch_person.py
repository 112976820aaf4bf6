"""How many letters one person may write in an hour, where a company limits it."""

from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

WINDOW = timedelta(hours=1)


class LetterLimit(UserError):
    """A person has written as many letters as her company allows; ``free_at`` is when
    it goes on.
    """

    def __init__(self, message, free_at):
        super().__init__(message)
        self.free_at = free_at


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    # What is counted while a person's letter is written.
    _person_idx = models.Index("(user_id, create_date)")

    @api.model
    def _limit_person(self, company, author, count):
        """Whether ``count`` letters more may be written now, and in whose name.

        Counted under a lock on the person's row, which lasts as long as this
        transaction: of many requests at once no two read the same count.

        :param author: res.partner, who stands for what a cron writes in her name
        :return: ``user_id`` of the letters, and ``next_try_at`` where they must wait
        :raise LetterLimit: nobody has anything to wait for, so the person is told
        """
        user = self._find_writer(author)
        # sudo: the limit is the manager's, whoever is held to it
        settings = company.sudo().email_settings_id
        limit = settings.limit_user_per_hour
        if not limit or not user or user.share or user.id == SUPERUSER_ID:
            return {}
        self.env(user=user.id)["account.email.rate"]._lock_row(
            "letter", str(settings.company_id.id)
        )
        moments = self._get_person_moments(settings, user)
        if len(moments) + count <= limit:
            return {"user_id": user.id}
        if self.env.uid == SUPERUSER_ID:
            # Nobody is there to be told: a turn for each hour's letters.
            hours = max(1, len(moments) // limit)
            return {"user_id": user.id, "next_try_at": self._in_hours(hours)}
        raise self._refuse_person(limit, count, moments)

    @api.model
    def _find_writer(self, author):
        """Who presses the button, or in whose name a cron does."""
        if self.env.uid != SUPERUSER_ID:
            return self.env.user
        # sudo: whose letter it is
        users = author.sudo().user_ids
        return users.filtered(lambda user: not user.share)[:1]

    @api.model
    def _in_hours(self, hours):
        return fields.Datetime.now() + hours * WINDOW

    @api.model
    def _get_person_moments(self, settings, user):
        """When each letter of the last hour was written, and each that still waits for
        its turn, in order.
        """
        now = fields.Datetime.now()
        domain = (
            Domain("user_id", "=", user.id)
            & Domain("is_test", "=", False)
            & Domain("company_id", "in", settings._get_served_companies().ids)
            & (
                # Written while the clock was ahead, at most an hour.
                Domain("create_date", ">", now - WINDOW)
                & Domain("create_date", "<", now + WINDOW)
                | Domain("state", "=", "queued")
                & Domain("attempt_count", "=", 0)
                & Domain("next_try_at", ">", now)
            )
        )
        # sudo: a person is held to what she has written, whatever she may read now
        return sorted(self.sudo().search(domain).mapped("create_date"))

    @api.model
    def _refuse_person(self, limit, count, moments):
        """The sentence that says when it goes on."""
        now = fields.Datetime.now()
        if count > limit:
            return LetterLimit(
                self.env._(
                    "This would be %(count)s emails at once, but your company allows "
                    "each person %(limit)s an hour. Send to fewer people, or ask the "
                    "manager to change the limit in the email settings.",
                    count=count,
                    limit=limit,
                ),
                now + WINDOW,
            )
        # When so many of them are older than an hour that these have room.
        leaving = moments[len(moments) + count - limit - 1] + WINDOW
        free_at = max(leaving, now) + timedelta(minutes=1)
        return LetterLimit(
            self.env._(
                "You have sent as many emails in the last hour as your company allows "
                "each person (%(limit)s). It goes on at %(time)s. The manager can "
                "change the limit in the email settings.",
                limit=limit,
                time=format_datetime(self.env, free_at),
            ),
            free_at,
        )

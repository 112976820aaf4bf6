from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

WINDOW = timedelta(hours=1)
LOOKUPS_PER_HOUR = 60


class AccountEmailRate(models.Model):
    """How often somebody had this server ask others, by a test, a look-up or a sign-in.

    For letters only the lock is taken: the log counts them.

    Nobody may let it ask without end. One row counts for one user and one subject; it
    is kept apart from what was asked, so that deleting that counts nothing anew.
    """

    _name = "account.email.rate"
    _description = "Rate of Tests and Look-ups"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("test", "Test"),
            ("copy", "Copy of a test"),
            ("lookup", "Look-up"),
            ("signin", "Sign-in"),
            ("letter", "Letter"),
        ],
        required=True,
        readonly=True,
    )
    subject = fields.Char(required=True, readonly=True)
    # When, within the last hour: a list of ISO times.
    moments = fields.Json(readonly=True)

    _row_unique = models.Constraint("unique(user_id, kind, subject)")

    @api.model
    def _take(self, kind, limit, subject="-"):
        """Count one more.

        :param str subject: what is limited for itself, such as one address
        :return: whether it is within ``limit``
        """
        row, now = self._lock_row(kind, subject), fields.Datetime.now()
        since = (now - WINDOW).isoformat()
        recent = [moment for moment in row.moments or [] if moment > since]
        if len(recent) >= limit:
            return False
        row.moments = [*recent, now.isoformat()]
        return True

    @api.model
    def _lock_row(self, kind, subject):
        """The user's row, which nobody else can count on until this request ends.

        Who comes in between meets a conflict with what was committed meanwhile, and
        Odoo runs that request again: two never read the same count.
        """
        query = SQL(
            """INSERT INTO account_email_rate (user_id, kind, subject, write_date)
            VALUES (%s, %s, %s, %s)
            ON CONFLICT (user_id, kind, subject) DO UPDATE SET kind = EXCLUDED.kind
            RETURNING id""",
            *(self.env.uid, kind, subject, fields.Datetime.now()),
        )
        # sudo: nobody counts by hand
        return self.sudo().browse(self.env.execute_query(query)[0][0])

    @api.autovacuum
    def _gc_rates(self):
        yesterday = datetime.now() - timedelta(days=1)
        self.search([("write_date", "<", yesterday)]).unlink()

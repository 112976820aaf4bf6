"""What a server refuses to every letter alike: ask a person before all are refused."""

from odoo import models
from odoo.exceptions import UserError

from ..transport import TransportError, gist

# So many letters refused in the same words are no chance.
ALIKE = 3


class AccountEmailDispatch(models.Model):
    _inherit = "account.email.dispatch"

    def _refuse(self, error):
        """The server does not want this letter, or perhaps any letter of ours.

        Refused in the same words and at the same step as the letters before it, it
        waits with them, and a person is asked, once: a letter that is refused so again
        has failed.
        """
        settings = self._get_settings()
        if settings.state == "paused" and _is_said(settings, error):
            # Another worker has found the same, and asked.
            self._keep_waiting()
        elif before := self._find_refused_alike(error):
            self._keep_waiting()
            before._revive()
            settings._pause_for(
                TransportError(
                    error.kind,
                    "refused_alike",
                    step=error.step,
                    code=error.code,
                    server_text=error.server_text,
                )
            )
        else:
            self._give_up("failed", error)

    def _find_refused_alike(self, error):
        """:return: the letters before this one that failed by the same refusal, if
        they are enough; none for a letter about which a person was asked already"""
        self.ensure_one()
        if not error.code or self._count_refused(error) > 1:
            return self.browse()
        last = self.env["account.email.attempt"].search(
            [
                ("company_id", "in", self._get_settings()._get_served_companies().ids),
                ("dispatch_id", "!=", self.id),
                ("failure_kind", "!=", "own"),
            ],
            order="id desc",
            limit=ALIKE - 1,
        )
        rows = last.dispatch_id
        alike = len(rows) == ALIKE - 1 and all(
            _is_refusal(attempt, error) for attempt in last
        )
        first = all(
            row.state == "failed" and row._count_refused(error) == 1 for row in rows
        )
        return rows if alike and first else self.browse()

    def _revive(self):
        """Have them wait again; not beside a newer letter of the same document."""
        for dispatch in self:
            try:
                dispatch._hold_documents()
            except UserError:
                continue
            dispatch._queue_again()

    def _count_refused(self, error):
        """How often this letter has met the very refusal."""
        return len(self.attempt_ids.filtered(lambda row: _is_refusal(row, error)))


def _is_refusal(attempt, error):
    place = (attempt.step, attempt.code) == (error.step, error.code)
    return place and _is_said(attempt, error)


def _is_said(record, error):
    return gist(record.server_text or "") == gist(error.server_text)

"""One letter a document, also when many write at once."""

from odoo import api, fields, models
from odoo.tools import SQL

HOLD = """
    INSERT INTO account_email_document (res_model, res_id, letters)
         SELECT %s, id, 1 FROM unnest(%s) AS id ORDER BY id
    ON CONFLICT (res_model, res_id)
      DO UPDATE SET letters = account_email_document.letters + 1
"""


class AccountEmailDocument(models.Model):
    """A document of which a letter was ever written.

    Whoever writes a letter counts it here first. Two who do so at once meet at this
    row: the second waits for the first, and since its view of the database is older
    than what the first has done, PostgreSQL makes it begin anew, as Odoo does by
    itself; then it sees the first one's letter. A lock alone would only make it wait,
    and it would still look at the old picture. It is a table of ours, since whoever
    may email a document need not be allowed to write to its row.
    """

    _name = "account.email.document"
    _description = "Document with Emails"
    _log_access = False

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="res_model", required=True, readonly=True
    )
    letters = fields.Integer(required=True, readonly=True)

    _document_uniq = models.Constraint(
        "UNIQUE (res_model, res_id)", "There is one row a document."
    )

    @api.model
    def _hold(self, records):
        """Let nobody else write a letter of these documents until this commits.

        :raise psycopg2.errors.SerializationFailure: somebody did so since this
            transaction began, so that what it has read is no longer true
        """
        if records:
            # In the order of their numbers, lest two wait for each other.
            ids = list(records._ids)
            self.env.execute_query(SQL(HOLD, records._name, ids))

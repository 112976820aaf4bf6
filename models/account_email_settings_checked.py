"""What is wrong with the values in the form, said before any network is touched."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..advice import FORM_VALUES, check
from ..words import tell_problem

# What is stored where nobody reads it: only that it is there.
KNOWN_VALUES = ("has_password", "is_signed_in")


class AccountEmailSettingsChecked(models.AbstractModel):
    _name = "account.email.settings.checked"
    _description = "Email Settings: Checks"

    # Set by the form when Test or Save was pressed: from then on what is missing
    # is told too, not only what is malformed.
    is_complete = fields.Boolean(store=False)
    # Field name -> sentence; the form shows each beside its field.
    problems = fields.Json(compute="_compute_problems")

    @api.depends(*FORM_VALUES, *KNOWN_VALUES, "is_complete")
    @api.depends_context("lang")
    def _compute_problems(self):
        for settings in self:
            settings.problems = settings._get_problems(complete=settings.is_complete)

    @api.constrains(*FORM_VALUES)
    def _check_problems(self):
        for settings in self:
            settings._raise_problems(complete=False)

    def _get_problems(self, *, complete=False):
        """A sentence for each value that can't work.

        :param bool complete: complain about missing values as well
        :return: dict ``{field name: sentence in the user's language}``
        """
        self.ensure_one()
        values = {name: self[name] for name in (*FORM_VALUES, *KNOWN_VALUES)}
        return {
            name: tell_problem(self.env, word, facts)
            for name, (word, facts) in check(values, complete=complete).items()
        }

    def _raise_problems(self, *, complete=True):
        """:raise ValidationError: the settings can't work as they stand"""
        if problems := self._get_problems(complete=complete):
            labels = {
                name: self._fields[name]._description_string(self.env)
                for name in problems
            }
            raise ValidationError(
                "\n".join(f"{labels[name]}: {problems[name]}" for name in problems)
            )

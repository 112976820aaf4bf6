"""What a request may point at: nothing that its user could not read herself."""

from odoo import api, fields, models
from odoo.exceptions import UserError

LINKING = (fields.Command.UPDATE, fields.Command.LINK)


def _read_commands(commands):
    """:return: list of ids that are pointed at, list of the values of lines"""
    ids, lines = [], []
    for command in commands or ():
        if not isinstance(command, list | tuple):
            ids.append(command)
            continue
        code, number, *rest = [*command, None, None][:3]
        value = rest[0]
        if code in LINKING:
            ids.append(number)
        if code == fields.Command.SET:
            ids += value or ()
        if isinstance(value, dict):
            lines.append(value)
    return ids, lines


def _read_relation(field, value):
    """The same of any relation, as a client may send it."""
    if isinstance(value, models.BaseModel):
        value = value.ids
    if field.type == "many2one" or not isinstance(value or (), list | tuple):
        number = value.get("id") if isinstance(value, dict) else value
        return number if isinstance(number, list | tuple) else [number], []
    return _read_commands(value)


def check_reach(records, values, names=None):
    """:raise AccessError: ``values`` point at something the user may not read

    :param names: relations to look at, all of the model by default
    """
    for name, value in values.items():
        field = records._fields.get(name)
        if field is None or not field.relational or names and name not in names:
            continue
        comodel = records.env[field.comodel_name].sudo(False)
        ids, lines = _read_relation(field, value)
        comodel.browse(_check_ids(records.env, ids)).check_access("read")
        for line in lines:
            check_reach(comodel, line)


def _check_ids(env, ids):
    """:return: the numbers of saved records; a line without one yet has a name"""
    ids = [
        number
        for number in ids
        if number and not (isinstance(number, str) and number.startswith("virtual_"))
    ]
    for number in ids:
        # PostgreSQL would take "7" for 7.
        if isinstance(number, bool) or not isinstance(number, int):
            raise UserError(env._("“%s” is no number of a record.", number))
    return ids


def check_texts(env, value):
    """:raise UserError: a text that the database can't keep, at any depth"""
    if isinstance(value, str):
        try:
            # "surrogatepass" would hand it on to the database.
            is_kept = "\0" not in value and bool(value.encode() or True)
        except UnicodeEncodeError:
            is_kept = False
        if not is_kept:
            raise UserError(
                env._("A text holds a character that can't be stored. Type it again.")
            )
    elif isinstance(value, dict):
        for inner in value.values():
            check_texts(env, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            check_texts(env, inner)


class AccountEmailReach(models.AbstractModel):
    """Core shows the name of whatever a relation points at, and answers domains that
    reach through it, with more rights than the user has. So what a request writes into
    a relation is checked on every road by which it comes: into the table, into a form
    that is not saved yet, and from the defaults of a context.
    """

    _name = "account.email.reach"
    _description = "Relations Within the Reach of Their Writer"

    @api.model
    def _get_reach_fields(self, values):
        """:return: names of the relations to check; None for all"""
        return

    def _check_reach(self, values):
        if self.env.su:
            return
        check_texts(self.env, values)
        check_reach(self, values, self._get_reach_fields(values))

    def _refuse_no_values(self, values):
        if not isinstance(values, dict):
            raise UserError(self.env._("Values are given by the names of fields."))
        return values

    def _refuse_no_list(self, vals_list):
        if not isinstance(vals_list, list | tuple):
            self._refuse_no_values(None)
        for values in vals_list:
            self._refuse_no_values(values)

    @api.private
    def ensure_one(self):
        """As ever, but with a sentence where a request names none, or several."""
        if len(self) != 1:
            raise UserError(self.env._("Choose exactly one record."))
        return self

    def _with_defaults(self, values):
        """What a new record will hold, as far as the request says."""
        context = self.env.context
        defaults = {
            name.removeprefix("default_"): context[name]
            for name in context
            if name.startswith("default_")
        }
        return defaults | self._refuse_no_values(values)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        # Computations ask as superuser, but what they find is the request's.
        self.sudo(False)._check_reach(values)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_no_list(vals_list)
        for vals in vals_list:
            self._check_reach(self._with_defaults(vals))
        return super().create(vals_list)

    def write(self, vals):
        self._check_reach(self._refuse_no_values(vals))
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        given = self._refuse_no_values(values)
        self._check_reach(given if self else self._with_defaults(given))
        return super().onchange(values, field_names, fields_spec)

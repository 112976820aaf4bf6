"""Columns that tell what happened: written by the addon, never by hand or over RPC."""

from odoo.exceptions import AccessError
from odoo.tools.misc import clean_context


def refuse_by_hand(records, names):
    """:raise AccessError: one of the fields ``names`` would be set by a person"""
    known = [records._fields[name].string for name in names if name in records._fields]
    if not known or records.env.su:
        return
    raise AccessError(
        records.env._("This can't be entered by hand: %s.", ", ".join(sorted(known)))
    )


def without_defaults(records):
    """The caller's ``default_…`` would be written down as if they had happened."""
    return records.with_env(records.env(context=clean_context(records.env.context)))

"""Secrets in columns of any model: sealed for one place, opened by functions alone.

Functions and no methods: the code of server actions may call a method whatever its
name, but knows no function of ours.
"""

import json

from odoo.exceptions import UserError

from ..vault import (
    MissingKey,
    VaultError,
    fingerprint,
    reseal,
    seal,
    sealed_with,
    unseal,
)
from .keyring import get_keys, take_keys, take_sealing_key


def get_context(record, name, place):
    """What a sealed column is bound to: it opens in no other row, and for no other
    place, whoever wrote it into the table.

    :param list place: plain values that name where the secret may be shown
    """
    return f"{record._name}:{name}:{json.dumps(place)}"


def seal_column(record, name, text, place):
    """Keep ``text`` sealed in the column ``name``; an empty one empties it."""
    context = get_context(record, name, place)
    key = text and take_sealing_key(record.env)
    # sudo: the column is closed to everyone, by NO_ACCESS
    record.sudo()[name] = seal(key, text, context) if text else False


def open_column(record, name, place):
    """:return: what was sealed there for ``place``, or an empty string

    :raise UserError: the key that sealed it is not on this machine
    """
    # sudo: the column is closed to everyone, by NO_ACCESS
    sealed = record.sudo()[name]
    if not sealed:
        return ""
    try:
        keys = take_keys(record.env)
        return unseal(keys, sealed, get_context(record, name, place))
    except MissingKey as exc:
        raise UserError(
            record.env._(
                "A stored secret can't be opened on this server: its key is not here. "
                "Enter the client secret again and sign in again."
            )
        ) from exc
    except VaultError:
        # Of another database, company or application: as good as none.
        return ""


def reseal_columns(records, names):
    """Seal anew with the first key what was sealed with another.

    :return: tuple of how many were, and of the records with one that opens with no key
    """
    keys, count, closed = get_keys(), 0, records.browse()
    # sudo: the columns are closed to everyone, by NO_ACCESS
    for record in records.sudo():
        for name in names:
            sealed = record[name]
            if not sealed or sealed_with(sealed) == fingerprint(keys[0]):
                continue
            context = get_context(record, name, record._get_sealed_place())
            try:
                record[name] = reseal(keys, sealed, context)
                count += 1
            except VaultError:
                closed |= record
    return count, closed

"""What is wrong with the key of the passwords, and the command that cures it."""

import socket

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

KEY_FAULTS = {
    "bad": _lt(
        "The key that seals the passwords on this server is damaged, or none. It is "
        "kept in the environment variable ACCOUNT_EMAIL_KEY, as account_email_key in "
        "odoo.conf or in %(path)s, and is 32 bytes in URL-safe base64, 44 characters "
        "long. Its administrator puts the right one back, or makes the first one with: "
        "%(cure)s"
    ),
    "gone": _lt(
        "The key of this database is not on server %(host)s: the file %(path)s is "
        "missing. Its administrator copies it from the server where the passwords were "
        "typed. If it is lost for good, press “Use a new key” in the email settings."
    ),
    "other": _lt(
        "Server %(host)s has another key than the one that seals the passwords of this "
        "database. Its administrator copies %(path)s from the server where they were "
        "typed. If that key is lost for good, press “Use a new key” in the email "
        "settings."
    ),
    "empty": _lt(
        "The key that seals the passwords on this server is missing: %(path)s is "
        "empty. Its administrator puts the key back, or removes the empty file; then "
        "the passwords are typed again."
    ),
    "unreadable": _lt(
        "Odoo can't read the key that seals the passwords on this server. Its "
        "administrator runs: %(cure)s"
    ),
    "link": _lt(
        "The key file of this server is a link, so the key may be anywhere. Its "
        "administrator runs: %(cure)s"
    ),
    "owner": _lt(
        "The key file of this server belongs to another user, who may read and change "
        "it. Its administrator runs: %(cure)s"
    ),
    "exposed": _lt(
        "Others than Odoo may read or change the key file of this server. Its "
        "administrator runs: %(cure)s"
    ),
    "folder": _lt(
        "Everybody may put files into the folder with the key of this server. Its "
        "administrator runs: %(cure)s"
    ),
}


def get_key_fault(env, fault):
    """:param fault: ``vault.BadKey``"""
    sentence = env._(KEY_FAULTS[fault.problem])
    host = socket.gethostname()
    return sentence % {"path": fault.path, "cure": fault.cure, "host": host}

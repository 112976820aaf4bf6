"""What is wrong with the key of the passwords, and the command that cures it."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

KEY_FAULTS = {
    "bad": _lt(
        "The key that seals the passwords on this server is damaged. Its administrator "
        "puts the right one back into %(path)s, or where else it is kept."
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
    return sentence % {"path": fault.path, "cure": fault.cure}

"""Which road to take with a sign-in, and why."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Way to log in and protocol → what speaks for it, or for the other one.
ROAD_ADVICE = {
    ("google", "http"): _lt(
        "Recommended: sending through the Gmail API needs only the right to send, and "
        "passes firewalls that block mail. A letter may have 35 MB."
    ),
    ("google", "smtp"): _lt(
        "SMTP needs the right to the whole mailbox, which Google restricts and warns "
        "of. Choose HTTP unless your administrator wants SMTP."
    ),
    ("microsoft", "http"): _lt(
        "Recommended: sending through Microsoft Graph needs no SMTP AUTH, which most "
        "organisations switch off, and passes firewalls that block mail. A letter may "
        "have 3 MB with its files: if yours are larger, choose SMTP."
    ),
    ("microsoft", "smtp"): _lt(
        "SMTP takes letters of up to 25 MB, but “Authenticated SMTP” must be switched "
        "on for the mailbox. If your files are smaller than 3 MB, choose HTTP."
    ),
    ("application", "http"): _lt(
        "Recommended: for Microsoft Graph an administrator allows the permission "
        "Mail.Send once, and can limit it to one mailbox. A letter may have 3 MB with "
        "its files: if yours are larger, choose SMTP."
    ),
    ("application", "smtp"): _lt(
        "SMTP takes letters of up to 25 MB, but the application must be made known to "
        "Exchange with PowerShell, as the guide shows. If your files are smaller than "
        "3 MB, choose HTTP."
    ),
}


def get_road_advice(env, login_kind, protocol):
    """:return: the recommended road and why, or False with a password"""
    advice = ROAD_ADVICE.get((login_kind, protocol))
    return advice and env._(advice)

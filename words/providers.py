"""What a person has to do at her mail provider, in her language.

Facts about providers are data in ``advice/presets.py``; here are the sentences,
keyed by the provider or by the kind of secret it wants. An HTTP service has all of its
own, its words included, in one file of ``transport/providers/``.
"""

from odoo.tools import LazyTranslate

from ..transport import PROVIDERS

_lt = LazyTranslate(__name__)

SECRET_STEPS = {
    "password": _lt("Enter the user name and the password that the provider gave you."),
    "app_password": _lt(
        "The normal password does not work here. Make an app password in the security "
        "settings of the account and enter it as the password, without spaces."
    ),
    "maybe_app_password": _lt(
        "If the account is protected by a second factor, make an app password in its "
        "security settings and enter it here instead of the normal one."
    ),
    "token": _lt(
        "Make a token for sending at the provider and enter it as the password."
    ),
    "api_key": _lt("Make an API key at the provider and enter it as the password."),
    "smtp_key": _lt(
        "Make a user or key for SMTP at the provider. It is not the same as the API "
        "key, nor as the password of your account."
    ),
    "oauth": _lt(
        "This provider no longer accepts a password from other programs. Choose it "
        "under How to log in and press Sign in."
    ),
}

PROVIDER_STEPS = {
    "gmail": _lt(
        "In your Google account switch on 2-Step Verification. Then open App "
        "passwords, enter a name such as Odoo and press Create. Enter the sixteen "
        "letters here as the password, without spaces, instead of your normal password."
    ),
    "google": _lt(
        "In the Google account switch on 2-Step Verification; the administrator of "
        "your organisation must allow it. Then open App passwords, enter a name such "
        "as Odoo and press Create. Enter the sixteen letters here as the password."
    ),
    "yahoo": _lt(
        "In Yahoo open Account security, press Generate app password, choose Other "
        "app, enter a name such as Odoo and press Generate. Enter what is shown here "
        "as the password, instead of your normal password."
    ),
    "microsoft365": _lt(
        "The administrator of Microsoft 365 must allow sending with a password: in the "
        "Exchange admin center under Settings > Mail flow, and for the mailbox under "
        "Active users > Mail > Manage email apps > Authenticated SMTP. Security "
        "defaults must be off, or an exception made with Conditional Access."
    ),
    "icloud": _lt(
        "Open Sign-In and Security in your Apple account, then App-Specific Passwords, "
        "and make one for Odoo. Enter it here instead of your normal password."
    ),
    "zoho": _lt(
        "Choose the server of your region: another one answers that the login is "
        "wrong. With a second factor, make an application-specific password under "
        "Security in Zoho Accounts."
    ),
    "gmx": _lt(
        "First allow access by other programs (POP3 and IMAP) in the settings of the "
        "mailbox. With a second factor, make an app password."
    ),
    "webde": _lt(
        "The username is only what stands before the @. First allow access by other "
        "programs (POP3 and IMAP) in the settings of the mailbox."
    ),
    "proton": _lt(
        "In Proton open Settings > IMAP/SMTP > SMTP submission and make a token for "
        "the address. It needs a paid plan with a domain of your own."
    ),
    "postmark": _lt(
        "Enter the token of your Postmark server both as the username and as the "
        "password."
    ),
}

NOTICES = {
    "ms_basic_auth_2026": _lt(
        "From the end of December 2026 Microsoft switches off sending with a password "
        "for existing organisations, and does not offer it to new ones. An "
        "administrator can switch it on again for now. Better sign in instead: it "
        "needs no password here."
    ),
}


def get_steps(env, preset):
    """What to do to get the secret of a preset, or an empty string."""
    steps = PROVIDER_STEPS.get(preset.key) or SECRET_STEPS.get(preset.secret)
    return env._(steps) if steps else ""


def get_http_steps(env, key):
    """What to enter for an HTTP service; the words stand with its other facts."""
    return env._(PROVIDERS[key].steps) if key in PROVIDERS else ""


def get_notice(env, key):
    return env._(NOTICES[key])

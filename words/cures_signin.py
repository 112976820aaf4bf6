"""Cures for what goes wrong with a sign-in at Google or Microsoft.

``%(name)s`` stands for a fact, see ``transport.causes.CAUSES``; the page at the
provider, where there is one, follows the sentence.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SIGNIN_CURES = {
    "token_refused": _lt(
        "The mail server does not accept the sign-in. Sign in again in the email "
        "settings."
    ),
    "token_mailbox": _lt(
        "The sign-in is good, but not for the mailbox %(address)s: whoever signed in "
        "needs the right to send from it. Without a person, the mailbox must be given "
        "to the enterprise application in Exchange, by its object id there and not by "
        "the one of the registration."
    ),
    "token_not_offered": _lt(
        "The mail server offers no login by sign-in here. Choose the HTTP interface "
        "of the provider."
    ),
    "signin_again": _lt(
        "The sign-in holds no longer: the password was changed, the consent taken back "
        "or it was not used for too long. Sign in again in the email settings. All "
        "letters are kept and leave then."
    ),
    "signin_missing": _lt(
        "Nobody has signed in yet. Press the button to sign in in the email settings."
    ),
    "signin_stale": _lt(
        "This sign-in took too long or was used already. Press the button to sign in "
        "once more."
    ),
    "signin_declined": _lt(
        "The sign-in was cancelled, or your organisation does not allow it. Try again "
        "and allow everything that is asked for; if you can't, ask your administrator "
        "to allow this application."
    ),
    "signin_forged": _lt(
        "This answer does not belong to a sign-in that you began here, so nothing was "
        "changed. Press the button to sign in once more, in this browser."
    ),
    "other_issuer": _lt(
        "The answer came from another provider or organisation than the one that was "
        "asked, so nothing was changed. Check the tenant, then sign in once more."
    ),
    "other_account": _lt(
        "%(account)s signed in, but letters are to come from %(address)s. Sign in as "
        "%(address)s, or tick that it is a shared mailbox."
    ),
    "refresh_missing": _lt(
        "The provider gave leave for one hour only. Take the consent for this "
        "application back in your account there, then sign in once more."
    ),
    "scope_missing": _lt(
        "The leave to send emails was not given. Sign in once more and tick everything "
        "that is asked for; the permission must also stand in the registration of the "
        "application."
    ),
    "consent_missing": _lt(
        "An administrator of your organisation must allow this application. Send this "
        "page to your administrator."
    ),
    "client_unknown": _lt(
        "The provider does not know this application. Check the client id and the "
        "tenant: copy both once more from the page of the registration."
    ),
    "client_secret_wrong": _lt(
        "The client secret is wrong. Make a new one at the provider and enter its "
        "value, not its id."
    ),
    "client_secret_expired": _lt(
        "The client secret has expired. Make a new one at the provider and enter its "
        "value, not its id. Nobody needs to sign in again."
    ),
    "public_client_off": _lt(
        "The registration must allow public client flows: switch that on at the "
        "provider, under Authentication, or enter a client secret."
    ),
    "redirect_mismatch": _lt(
        "Enter exactly this redirect address at the provider: %(redirect)s"
    ),
    "tenant_unknown": _lt(
        "The account and the application are not of this organisation. Check the "
        "tenant: it is the directory id of the registration. Without a person it must "
        "be the one of your own organisation."
    ),
    "access_policy": _lt(
        "The access rules of your organisation forbid this. Ask its administrator to "
        "allow this application."
    ),
    "mailbox_missing": _lt(
        "This account has no mailbox at the provider. Sign in with an account that "
        "has one, or give it a licence with email."
    ),
    "right_missing": _lt(
        "The provider does not let this sign-in send from this mailbox. Whoever signed "
        "in needs the right Send as; an application needs the permission Mail.Send and "
        "the consent of an administrator."
    ),
    "api_off": _lt(
        "The Gmail API is switched off for this application. Switch it on in the "
        "Google Cloud console and wait some minutes."
    ),
    "library_missing": _lt(
        "Signing in needs the Python package Authlib, which this server lacks. Ask the "
        "administrator to run pip install Authlib and to start Odoo again."
    ),
}

EXCHANGE = "https://admin.exchange.microsoft.com/#/mailboxes"
MICROSOFT_USERS = "https://admin.microsoft.com/Adminportal/Home#/users"
# Cause and provider → the page where it is put right.
SIGNIN_PAGES = {
    (
        "api_off",
        "gmail_api",
    ): "https://console.cloud.google.com/apis/library/gmail.googleapis.com",
    ("mailbox_missing", "gmail_api"): "https://admin.google.com/ac/users",
    ("mailbox_missing", "graph"): MICROSOFT_USERS,
    ("right_missing", "graph"): EXCHANGE,
    ("sender_denied", "graph"): EXCHANGE,
    ("token_mailbox", "microsoft365"): EXCHANGE,
    ("ms_mailbox", "microsoft365"): MICROSOFT_USERS,
    ("ms_tenant", "microsoft365"): "https://admin.exchange.microsoft.com/#/settings",
}

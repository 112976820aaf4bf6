"""Cures for a username or a password that a mail server refuses, by provider.

One row a sentence, the nearest first; see ``cure.Cure``. The steps at a provider
follow by themselves, see ``providers``.
"""

from odoo.tools import LazyTranslate

from .cure import Cure

_lt = LazyTranslate(__name__)

REFUSED = "login_refused app_password login_missing"

REFUSED_CURES = (
    Cure(
        "login_refused ses_credentials",
        {"protocol": "smtp", "provider": "sendgrid"},
        _lt(
            "SendGrid refuses the login. The username there is the word apikey, for "
            "everybody; the password is an API key that may send mail."
        ),
    ),
    Cure(
        "login_refused ses_credentials",
        {"protocol": "smtp", "provider": "resend"},
        _lt(
            "Resend refuses the login. The username there is the word resend, for "
            "everybody; the password is an API key."
        ),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "provider": "brevo"},
        _lt(
            "Brevo refuses the login. The username is the login that Brevo shows "
            "beside the SMTP keys; the password is an SMTP key, not an API key and not "
            "the password of your account."
        ),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "provider": "mailgun"},
        _lt(
            "Mailgun refuses the login. Username and password are those of the SMTP "
            "credentials of your domain there, such as postmaster@your-domain; the API "
            "key does not work here."
        ),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "provider": "postmark"},
        _lt("Postmark refuses the login."),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "provider": "mailjet"},
        _lt(
            "Mailjet refuses the login. The username is the API key, the password is "
            "the secret key that belongs to it."
        ),
    ),
    Cure(
        "login_refused ses_credentials",
        {"protocol": "smtp", "provider": "ses"},
        _lt(
            "Amazon SES refuses the login. It wants an SMTP user name and password "
            "made in SES for this very region, not the access keys of the AWS account."
        ),
    ),
    Cure(
        REFUSED,
        {"protocol": "smtp", "provider": "webde", "login": "address"},
        _lt(
            "The username at WEB.DE is only what stands before the @. Enter it without "
            "@web.de, and your address under Email address."
        ),
    ),
    Cure(
        REFUSED,
        {
            "protocol": "smtp",
            "provider": (
                *("gmail", "google", "yahoo", "microsoft365", "outlook", "icloud"),
                *("zoho", "fastmail", "gmx", "proton", "mailbox"),
            ),
            "login": "word",
        },
        _lt(
            "%(service)s refuses the login: the username there is the whole email "
            "address, such as name@example.com. Enter it as the Username."
        ),
    ),
    Cure(
        "login_refused app_password",
        {"protocol": "smtp", "provider": ("gmail", "google")},
        _lt(
            "Google refuses the login. The normal password of the account does not "
            "work here, only an app password. If you entered one already, it is "
            "mistyped or no longer valid (a new password of the account ends them "
            "all): make a new one."
        ),
    ),
    Cure(
        "login_refused app_password",
        {"protocol": "smtp", "provider": ("yahoo", "icloud", "fastmail")},
        _lt(
            "%(service)s refuses the login. The normal password of the account does "
            "not work here, only an app password. If you entered one already, it is "
            "mistyped or no longer valid: make a new one."
        ),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "provider": "microsoft365"},
        _lt(
            "Username or password is wrong. The username is the whole address that you "
            "sign in to Microsoft 365 with. Try both at https://outlook.office.com. If "
            "the account asks there for a second factor, the password alone does not "
            "work."
        ),
    ),
    Cure(
        "login_refused app_password",
        {"protocol": "smtp", "provider": "outlook"},
        _lt("Outlook.com refuses every password here, also the right one."),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "provider": "zoho"},
        _lt(
            "Zoho refuses the login. The password is wrong, or the account belongs to "
            "another region than %(host)s."
        ),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "provider": ("gmx", "webde", "mailbox", "proton")},
        _lt("%(service)s refuses the login: username or password is wrong."),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "login": "address"},
        _lt(
            "Username or password is wrong. Type both again. If they are right, some "
            "servers want as the username only what stands before the @, others an app "
            "password: ask your provider."
        ),
    ),
    Cure(
        "login_refused",
        {"protocol": "smtp", "login": "word"},
        _lt(
            "Username or password is wrong. The username is mostly the whole email "
            "address: enter it with the @ and what follows, and type the password "
            "again."
        ),
    ),
)

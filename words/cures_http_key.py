"""Cures for the key of an HTTP service, and for the domain and sender it knows.

One row a sentence, the nearest first; see ``cure.Cure``.
"""

from odoo.tools import LazyTranslate

from .cure import Cure
from .cures_http import HTTP, of

_lt = LazyTranslate(__name__)

HTTP_KEY_CURES = (
    Cure(
        "login_refused login_missing",
        of("brevo"),
        _lt(
            "Brevo refuses the key. Enter an API key as the Password (it begins with "
            "xkeysib-), not an SMTP key (xsmtpsib-)."
        ),
    ),
    Cure(
        "login_refused login_missing",
        of("mailgun"),
        _lt(
            "Mailgun refuses the key. Enter an API key as the Password: the one of the "
            "account, or the sending key of just this domain. For a domain in the "
            "European region enter https://api.eu.mailgun.net as the server."
        ),
    ),
    Cure(
        "login_refused login_missing",
        of("sendgrid"),
        _lt(
            "SendGrid refuses the key: it is mistyped, was deleted, or belongs to the "
            "European region. Make a new API key with the right to send mail and enter "
            "it as the Password (it begins with SG.)."
        ),
    ),
    Cure(
        "login_refused login_missing",
        of("postmark"),
        _lt(
            "Postmark refuses the token. Enter the Server API token as the Password, "
            "not the one of the account: open the server there, then API Tokens."
        ),
    ),
    Cure(
        "login_refused login_missing",
        of("resend"),
        _lt(
            "Resend refuses the key: it is mistyped or was deleted. Make a new API key "
            "and enter it as the Password (it begins with re_)."
        ),
    ),
    Cure(
        "login_refused login_missing",
        of("mailjet"),
        _lt(
            "Mailjet refuses the login. Enter the API key as the Username and the "
            "secret key that belongs to it as the Password."
        ),
    ),
    Cure(
        "login_refused login_missing",
        of("sparkpost"),
        _lt(
            "SparkPost refuses the key: it is mistyped, was deleted, or belongs to the "
            "European region. Then enter https://api.eu.sparkpost.com as the server."
        ),
    ),
    Cure(
        "login_refused login_missing",
        HTTP,
        _lt(
            "The HTTP server does not let this Odoo in. Check its address, also what "
            "comes after the name: it may hold a key of yours. Ask who runs it."
        ),
    ),
    Cure(
        "key_rights",
        of("sendgrid"),
        _lt(
            "The API key may not send. Open it at SendGrid and give it Mail Send > "
            "Full Access, or make a new one that has it."
        ),
    ),
    Cure(
        "key_rights",
        of("sparkpost"),
        _lt(
            "The API key may not send. At SparkPost give it the permission "
            "Transmissions: Read/Write, or make a new key that has it."
        ),
    ),
    # the domain, the address
    Cure(
        "not_found",
        of("mailgun"),
        _lt(
            "Mailgun does not know this domain. Check the domain in the Username. If "
            "it is right, the domain is in the other region: enter "
            "https://api.eu.mailgun.net as the server for Europe, or leave the server "
            "empty for the United States."
        ),
    ),
    Cure(
        "not_found",
        of("", "manager"),
        _lt(
            "There is nothing at this address of %(host)s. Check what comes after the "
            "name in the address of the HTTP server."
        ),
    ),
    Cure(
        "not_found",
        HTTP,
        _lt(
            "There is nothing at this address of %(host)s. Leave the address of the "
            "server empty, so that the usual one of the service is taken."
        ),
    ),
    Cure(
        "redirect",
        {},
        _lt(
            "The HTTP server points to another address: %(location)s. If you trust it, "
            "enter that address itself. If it is a login page, a guest network "
            "(captive portal) or a proxy stands in between."
        ),
    ),
    Cure(
        "sender_unverified sender_refused sender_denied",
        of("ses"),
        _lt(
            "Amazon SES does not know an address in this region. Verify the sender's "
            "address or domain under Identities, in the region of the server. While "
            "the account is in the sandbox, each recipient must be verified too, also "
            "the one of the copy: ask Amazon for production access."
        ),
    ),
    Cure(
        "sender_unverified sender_refused sender_denied",
        of("sendgrid"),
        _lt(
            "SendGrid does not know the sender %(address)s. Verify the address or its "
            "domain there under Settings > Sender Authentication, or enter one that is "
            "verified as the Email address."
        ),
    ),
    Cure(
        "sender_unverified sender_refused sender_denied",
        of("mailgun"),
        _lt(
            "Mailgun does not let this domain send yet. Verify the domain there under "
            "Sending > Domains, and use an Email address of that domain. A sandbox "
            "domain sends only to authorised recipients."
        ),
    ),
    Cure(
        "sender_unverified sender_refused sender_denied",
        of("postmark"),
        _lt(
            "Postmark does not know the sender %(address)s. Confirm the address or its "
            "domain there under Sender Signatures, or enter one that is confirmed as "
            "the Email address."
        ),
    ),
    Cure(
        "sender_unverified sender_refused sender_denied",
        of("brevo"),
        _lt(
            "Brevo does not know the sender %(address)s. Add the address or its domain "
            "there under Senders, Domains & Dedicated IPs, or enter one that is "
            "verified as the Email address."
        ),
    ),
    Cure(
        "sender_unverified sender_refused sender_denied",
        of("resend"),
        _lt(
            "Resend does not know the domain of %(address)s. Verify it there under "
            "Domains, or enter an Email address of a domain that is verified."
        ),
    ),
    Cure(
        "sender_unverified sender_refused sender_denied",
        of("mailjet", "sparkpost"),
        _lt(
            "The service does not know the sender %(address)s. Verify the address or "
            "its domain there under Sender or Sending Domains, or enter one that is "
            "verified as the Email address."
        ),
    ),
)
# Where a row above sends people: (cause, provider) -> page.
PAGES = {
    ("ip_not_allowed", "brevo"): "https://app.brevo.com/security/authorised_ips",
    ("login_refused", "brevo"): "https://app.brevo.com/settings/keys/api",
    ("login_refused", "sendgrid"): "https://app.sendgrid.com/settings/api_keys",
    ("key_rights", "sendgrid"): "https://app.sendgrid.com/settings/api_keys",
    ("login_refused", "mailgun"): "https://app.mailgun.com/settings/api_security",
    ("login_refused", "postmark"): "https://account.postmarkapp.com/servers",
    ("login_refused", "resend"): "https://resend.com/api-keys",
    ("login_refused", "mailjet"): "https://app.mailjet.com/account/apikeys",
    ("login_refused", "sparkpost"): "https://app.sparkpost.com/account/api-keys",
    ("key_rights", "sparkpost"): "https://app.sparkpost.com/account/api-keys",
    ("sender_unverified", "ses"): "https://console.aws.amazon.com/ses/home#/identities",
    (
        "sender_unverified",
        "sendgrid",
    ): "https://app.sendgrid.com/settings/sender_auth",
    ("sender_unverified", "brevo"): "https://app.brevo.com/senders",
    ("sender_unverified", "resend"): "https://resend.com/domains",
    ("sender_unverified", "mailgun"): "https://app.mailgun.com/mg/sending/domains",
    (
        "sender_unverified",
        "postmark",
    ): "https://account.postmarkapp.com/signature_domains",
}

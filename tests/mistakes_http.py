"""Mistakes with HTTP services; see ``mistakes``."""

import json

from .internet import api
from .mistakes import AVAST, RIGHT, USER, VERIFY, WRONG, Mistake, certificate

HOSTS = {
    "brevo": "api.brevo.com",
    "mailgun": "api.mailgun.net",
    "sendgrid": "api.sendgrid.com",
    "postmark": "api.postmarkapp.com",
    "resend": "api.resend.com",
    "ses": "email.eu-west-1.amazonaws.com",
    "mailjet": "api.mailjet.com",
    "sparkpost": "api.sparkpost.com",
}
MAILJET = {"Messages": [{"Status": "success", "To": [{"MessageID": 7}]}]}
SPARKPOST = {"results": {"total_accepted_recipients": 1, "id": "1"}}
GOOD = {
    "brevo": (201, {"messageId": "<1@x>"}),
    "mailgun": (200, {"id": "<1@x>", "message": "Queued"}),
    "sendgrid": (202, None),
    "postmark": (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "1"}),
    "resend": (200, {"id": "1"}),
    "ses": (200, {"MessageId": "1"}),
    "mailjet": (200, MAILJET),
    "sparkpost": (200, SPARKPOST),
}
BASES = {"ses": "https://email.eu-west-1.amazonaws.com"}
# What only SMTP knows, and nobody who sends by HTTP should read.
SMTP = (VERIFY, "SMTP key at", "port 465", "587", "mail server", "app password")


def service(key, status=None, body=None, *, host=None, tls=None, headers=None):
    """A function that gives the service; without a status it takes the letter."""
    good_status, good_body = GOOD[key]
    status, body = (status, body) if status else (good_status, good_body)
    content = body if isinstance(body, str) else json.dumps(body) if body else ""
    host = host or HOSTS[key]
    answer = (status, headers or {}, content.encode())
    return lambda: {(host, 443): api(answer, host, tls=tls)}


def typed(key, **values):
    return {
        "protocol": "http",
        "http_provider": key,
        "http_url": BASES.get(key, False),
        "username": "acme.example",
        "email_address": USER,
        "smtp_host": False,
        **WRONG,
        **values,
    }


def refused(key, status, body, says, never=(), cured=None, **options):
    return Mistake(
        service(key, status, body, **options),
        typed(key),
        says,
        (*SMTP, *never),
        RIGHT if cured is None else cured,
        after=service(key),
    )


def amazon(name, words, says, never=(), cured=None):
    return refused(
        "ses",
        403,
        {"message": words},
        says,
        never,
        cured,
        headers={"X-Amzn-ErrorType": name},
    )


HTTP = {
    "Brevo: wrong key": refused(
        "brevo",
        401,
        {"code": "unauthorized", "message": "Key not found"},
        ("API key", "xkeysib-", "https://app.brevo.com/settings/keys/api"),
        ("user or key for SMTP",),
    ),
    "Brevo: unknown address of this Odoo": refused(
        "brevo",
        401,
        {
            "code": "unauthorized",
            "message": "We have detected you are using an unrecognised IP address "
            "9.9.9.1.",
        },
        ("9.9.9.1", "Authorised IPs", "https://app.brevo.com/security/authorised_ips"),
        ("refuses the key",),
        {},
    ),
    "Brevo: unknown sender": refused(
        "brevo",
        400,
        {"code": "invalid_parameter", "message": "sender is not valid"},
        (USER, "Senders"),
        ("refuses the key",),
        {},
    ),
    "Mailgun: wrong key": refused(
        "mailgun",
        401,
        "Forbidden",
        ("API key", "https://api.eu.mailgun.net"),
        ("username is mostly the address", "postmaster@"),
    ),
    "Mailgun: unknown domain": refused(
        "mailgun",
        404,
        {"message": "Domain not found: acme.example"},
        ("domain", "region", "https://api.eu.mailgun.net"),
        ("how it is spelled",),
        {"username": "mg.acme.example"},
    ),
    "SendGrid: wrong key": refused(
        "sendgrid",
        401,
        {"errors": [{"message": "The provided authorization grant is invalid"}]},
        ("API key", "SG."),
        ("the word apikey",),
    ),
    "SendGrid: key that may not send": refused(
        "sendgrid",
        403,
        {"errors": [{"message": "access forbidden"}]},
        ("Mail Send", "Full Access"),
        ("mistyped",),
    ),
    "SendGrid: unknown sender": refused(
        "sendgrid",
        403,
        {"errors": [{"message": "The from address does not match a verified Sender"}]},
        ("Sender Authentication", USER),
        ("API key",),
        {},
    ),
    "Postmark: token of the account": refused(
        "postmark",
        401,
        {"ErrorCode": 10, "Message": "Bad or missing API token"},
        ("Server API token",),
        ("as the username",),
    ),
    "Resend: wrong key": refused(
        "resend",
        401,
        {"name": "invalid_api_key", "message": "API key is invalid"},
        ("API key", "re_", "https://resend.com/api-keys"),
        ("the word resend",),
    ),
    "Resend: unknown domain": refused(
        "resend",
        403,
        {
            "name": "validation_error",
            "message": "The acme.example domain is not verified",
        },
        ("Domains", "Verify"),
        ("API key",),
        {},
    ),
    "SES: key": amazon(
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        ("access key ID", "Username"),
        ("region",),
        {"username": "AKIAOK"},
    ),
    "SES: secret": amazon(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match yours.",
        ("secret access key",),
        ("region", "clock"),
    ),
    "SES: region": amazon(
        "SignatureDoesNotMatch",
        "Credential should be scoped to a valid region.",
        ("region", "https://email.REGION.amazonaws.com"),
        ("secret",),
        {},
    ),
    "SES: clock": amazon(
        "InvalidSignatureException",
        "Signature expired: 20261127T001500Z is now earlier than 20261127T011000Z",
        ("clock",),
        ("secret", "region"),
        {},
    ),
    "SES: rights": amazon(
        "AccessDeniedException",
        "User is not authorized to perform `ses:SendRawEmail`",
        ("ses:SendRawEmail",),
        ("region",),
        {},
    ),
    "SES: no reason": amazon(
        "Nobody",
        "Forbidden",
        ("access key ID", "secret access key", "region", "ses:SendRawEmail"),
    ),
    "Mailjet: wrong key": refused(
        "mailjet",
        401,
        {"ErrorMessage": "API key authentication failure.", "StatusCode": 401},
        ("API key as the Username", "secret key"),
    ),
    "SparkPost: key that may not send": refused(
        "sparkpost",
        403,
        {"errors": [{"message": "Forbidden."}]},
        ("Transmissions",),
        ("mistyped",),
    ),
    "Brevo: a login page": refused(
        "brevo",
        200,
        "<!DOCTYPE html><title>Hotel</title>Please log in",
        ("web page", "captive portal", "api.brevo.com"),
        ("refuses the key", "It arrived"),
        {},
    ),
    "SendGrid: a wall": refused(
        "sendgrid",
        403,
        "<html><head><title>Attention Required! | Cloudflare</title></head></html>",
        ("web page", "proxy", "key was not looked at"),
        ("API key",),
        {},
    ),
    "Brevo: no credits": refused(
        "brevo",
        402,
        {"code": "not_enough_credits", "message": "You have no credits left"},
        ("plan", "used up"),
        ("by itself", "refuses the key"),
        {},
    ),
    "Resend: too fast": refused(
        "resend",
        429,
        {"name": "rate_limit_exceeded", "message": "2 requests per second"},
        ("test again",),
        ("by itself", "refuses the key"),
        {},
    ),
    "Brevo: antivirus": Mistake(
        service("brevo", tls=certificate("api.brevo.com", issuer=AVAST)),
        typed("brevo"),
        ("antivirus", "Avast"),
        SMTP,
        after=service("brevo"),
    ),
    "SES: region misspelt": Mistake(
        service("ses"),
        typed("ses", http_url="https://email.eu-wst-1.amazonaws.com"),
        ("region",),
        SMTP,
        {"http_url": BASES["ses"]},
    ),
    "Manager: nothing at this address": Mistake(
        lambda: {("mail.acme.example", 443): api((404, {}, b""), "mail.acme.example")},
        typed("manager", http_url="https://mail.acme.example/snd", reply_to=USER),
        ("nothing at this address", "what comes after the name"),
        SMTP,
        {"http_url": "https://mail.acme.example/send"},
        after=lambda: {
            ("mail.acme.example", 443): api((200, {}, b"OK"), "mail.acme.example")
        },
    ),
    "Manager: another address": Mistake(
        lambda: {
            ("mail.acme.example", 443): api(
                (301, {"Location": "https://new.acme.example/send"}, b""),
                "mail.acme.example",
            ),
            ("new.acme.example", 443): api((200, {}, b"OK"), "new.acme.example"),
        },
        typed("manager", http_url="https://mail.acme.example/send", reply_to=USER),
        ("https://new.acme.example/send",),
        SMTP,
        {"http_url": "https://new.acme.example/send"},
    ),
}

"""Mistakes at the login; see ``mistakes``."""

from .mistakes import (
    GMAIL,
    LOGIN,
    OFFICE,
    RIGHT,
    USER,
    VERIFY,
    WRONG,
    Mistake,
    at,
    both,
    gmail,
    good,
    office,
    refusing,
    typed,
)

STEPS = ("2-Step Verification",)


def microsoft(reply):
    return refusing("AUTH", f"535 5.7.139 Authentication unsuccessful, {reply}", OFFICE)


def only(offer, port=587, **options):
    ehlo = f"250-x\r\n250-STARTTLS\r\n250 {offer}\r\n"
    return refusing("EHLO", ehlo, password="", **options)


LOGINS = {
    "normal password at Gmail": Mistake(
        at(
            GMAIL,
            465,
            tls=True,
            AUTH="535-5.7.8 Username and Password not accepted.\r\n535 5.7.8 BadCred",
            password="right",
        ),
        typed(GMAIL, 465, **WRONG),
        ("app password", *STEPS, "https://myaccount.google.com/apppasswords"),
        (VERIFY, "Choose port"),
        RIGHT,
        after=gmail,
    ),
    "app password wanted at Gmail": Mistake(
        at(
            GMAIL,
            465,
            tls=True,
            AUTH="534 5.7.9 Application-specific password required",
            password="right",
        ),
        typed(GMAIL, 465, **WRONG),
        ("app password", *STEPS),
        after=gmail,
        cured=RIGHT,
    ),
    "normal password at Yahoo": Mistake(
        at("smtp.mail.yahoo.com", 465, tls=True, password="right"),
        typed("smtp.mail.yahoo.com", 465, **WRONG),
        ("app password", "Yahoo", "https://login.yahoo.com/account/security"),
        ("Google",),
        RIGHT,
    ),
    "too many wrong ones at Yahoo": Mistake(
        at(
            "smtp.mail.yahoo.com",
            465,
            tls=True,
            AUTH="535 5.7.0 (#AUTH005) Too many bad auth attempts.",
            password="right",
        ),
        typed("smtp.mail.yahoo.com", 465, **WRONG),
        ("locked", "Wait"),
        after=at("smtp.mail.yahoo.com", 465, tls=True, password="right"),
        cured=RIGHT,
    ),
    "Microsoft: wrong password": Mistake(
        microsoft("the user credentials were incorrect."),
        typed(OFFICE, **WRONG),
        ("sername or password is wrong",),
        ("no longer", "administrator", "Exchange", "HTTP"),
        RIGHT,
        after=office,
    ),
    "Microsoft: tenant": Mistake(
        microsoft("SmtpClientAuthentication is disabled for the Tenant."),
        typed(OFFICE),
        ("whole organisation", "Settings > Mail flow"),
        ("password is wrong", "Conditional"),
        after=office,
    ),
    "Microsoft: mailbox": Mistake(
        microsoft("SmtpClientAuthentication is disabled for the Mailbox."),
        typed(OFFICE),
        ("this mailbox", "Authenticated SMTP"),
        ("password is wrong", "Mail flow"),
        after=office,
    ),
    "Microsoft: security defaults": Mistake(
        microsoft("user is locked by your organization's security defaults policy."),
        typed(OFFICE),
        ("security defaults", "Entra"),
        ("password is wrong", "Mail flow"),
        after=office,
    ),
    "Microsoft: criteria": Mistake(
        microsoft("the request did not meet the criteria to be authenticated."),
        typed(OFFICE),
        ("A rule", "Conditional Access", "administrator", "press Sign in"),
        ("password is wrong", "no longer"),
        after=office,
    ),
    "Microsoft: no passwords": Mistake(
        microsoft("basic authentication is disabled."),
        typed(OFFICE),
        ("takes no password here", "Choose Microsoft under How to log in"),
        ("password is wrong", "must allow", "Mail flow"),
        after=office,
    ),
    "Microsoft: Outlook.com takes no password": Mistake(
        refusing(
            "AUTH",
            "535 5.7.139 Authentication unsuccessful, basic authentication is disabled",
            "smtp-mail.outlook.com",
        ),
        typed("smtp-mail.outlook.com"),
        ("no password", "Choose Microsoft under How to log in"),
        ("password is wrong", "Exchange admin"),
        after=at("smtp-mail.outlook.com", 587, starttls=True, password="right"),
    ),
    "Microsoft: no reason": Mistake(
        refusing("AUTH", "535 5.7.3 Authentication unsuccessful", OFFICE),
        typed(OFFICE),
        ("sername or password is wrong", "Authenticated SMTP"),
        ("no longer",),
        after=office,
    ),
    "normal password at iCloud": Mistake(
        at("smtp.mail.me.com", 587, starttls=True, password="right"),
        typed("smtp.mail.me.com", **WRONG),
        ("app password", "App-Specific Passwords", "https://account.apple.com"),
        ("Google",),
        RIGHT,
    ),
    "another region of Zoho": Mistake(
        both(
            at("smtp.zoho.com", 465, tls=True, password="other"),
            at("smtp.zoho.eu", 465, tls=True, password="right"),
        ),
        typed("smtp.zoho.com", 465),
        ("region", "smtp.zoho.com"),
        cured={"smtp_host": "smtp.zoho.eu"},
    ),
    "one token of two at Postmark": Mistake(
        at("smtp.postmarkapp.com", 587, starttls=True, password="right"),
        typed("smtp.postmarkapp.com", **WRONG),
        ("both as the username and as the password",),
        ("whole email address",),
        {"username": "right", "email_address": USER, **RIGHT},
    ),
    "an API key at Mailgun's mail server": Mistake(
        at("smtp.mailgun.org", 587, starttls=True, password="right"),
        typed("smtp.mailgun.org", **WRONG),
        ("SMTP credentials", "API key does not work"),
        ("HTTP",),
        RIGHT,
    ),
    "too many logins at Gmail": Mistake(
        refusing("AUTH", "454 4.7.0 Too many login attempts, please try later", GMAIL),
        typed(GMAIL),
        ("fifteen minutes", "test again"),
        ("by itself", "app password"),
        after=gmail,
    ),
    "the API key's name at SendGrid": Mistake(
        at("smtp.sendgrid.net", 587, starttls=True, password="right"),
        typed("smtp.sendgrid.net", email_address=USER, **WRONG),
        ("the word apikey", "API key"),
        ("whole email address", "app password"),
        {"username": "apikey", **RIGHT},
    ),
    "the API key's name at Resend": Mistake(
        at("smtp.resend.com", 465, tls=True, password="right"),
        typed("smtp.resend.com", 465, email_address=USER, **WRONG),
        ("the word resend",),
        ("whole email address",),
        {"username": "resend", **RIGHT},
    ),
    "the whole address at WEB.DE": Mistake(
        at("smtp.web.de", 587, starttls=True, password="right"),
        typed("smtp.web.de", **{**LOGIN, "username": "me@web.de", **WRONG}),
        ("before the @", "Email address"),
        ("whole email address",),
        {"username": "me", "email_address": "me@web.de", **RIGHT},
    ),
    "an API key at Brevo's mail server": Mistake(
        at("smtp-relay.brevo.com", 587, starttls=True, password="right"),
        typed("smtp-relay.brevo.com", **WRONG),
        ("SMTP key", "not an API key"),
        ("xkeysib",),
        RIGHT,
    ),
    "keys of AWS at SES's mail server": Mistake(
        at(
            "email-smtp.eu-west-1.amazonaws.com",
            587,
            starttls=True,
            AUTH="535 Authentication Credentials Invalid",
            password="right",
        ),
        typed(
            "email-smtp.eu-west-1.amazonaws.com",
            username="AKIA",
            email_address=USER,
            **WRONG,
        ),
        ("SMTP user name and password", "region"),
        ("AKIA", "ses:SendRawEmail"),
        {"username": "smtp-user", **RIGHT},
        after=at(
            "email-smtp.eu-west-1.amazonaws.com", 587, starttls=True, password="right"
        ),
    ),
    "Brevo does not know the address of this Odoo": Mistake(
        at(
            "smtp-relay.brevo.com",
            587,
            starttls=True,
            AUTH="525 5.7.1 Unauthorized IP address 9.9.9.1",
            password="right",
        ),
        typed("smtp-relay.brevo.com"),
        ("Authorised IPs", "9.9.9.1", "https://app.brevo.com/security/authorised_ips"),
        ("password is wrong",),
        after=at("smtp-relay.brevo.com", 587, starttls=True, password="right"),
    ),
    "a login the server does not want": Mistake(
        only("SIZE 1000000", starttls=True),
        typed(),
        ("wants no login", "Leave the Username empty", "Email address"),
        ("password is wrong",),
        {"username": False, "email_address": USER},
    ),
    "a login on port 25": Mistake(
        at("mx.acme.example", 25, starttls=True),
        typed(port=25, accept_plain_password=True),
        ("no login on port 25", "Leave the Username empty", "587"),
        cured={"username": False, "email_address": USER},
    ),
    "a login that is announced only": Mistake(
        refusing("AUTH", "503 5.5.1 Error: authentication not enabled"),
        typed(),
        ("wants no login", "Leave the Username empty"),
        ("password is wrong",),
        {"username": False, "email_address": USER},
    ),
    "logins of Windows alone": Mistake(
        only("AUTH NTLM GSSAPI", starttls=True),
        typed(),
        ("Windows", "administrator"),
        after=good,
    ),
    "a sign-in alone at Microsoft": Mistake(
        only("AUTH XOAUTH2", host=OFFICE, starttls=True),
        typed(OFFICE),
        ("no password", "Choose Microsoft under How to log in"),
        ("password is wrong",),
        after=office,
    ),
    "a sign-in alone": Mistake(
        only("AUTH XOAUTH2", starttls=True),
        typed(),
        ("no password", "XOAUTH2"),
        ("password is wrong",),
        after=good,
    ),
    "no login at all": Mistake(
        refusing("MAIL", "530 5.7.0 Authentication required"),
        typed(username=False, email_address=USER, password=False),
        ("Username is empty",),
        cured=LOGIN,
        after=good,
    ),
}

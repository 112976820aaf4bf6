"""The providers: services for sending.

Hosts and ports: Thunderbird's provider database and the providers' own pages; limits
and login rules: the page in ``url`` or the provider's help, autumn 2026. What could
not be confirmed was left out rather than guessed.
"""

from __future__ import annotations

from .preset import Preset

SERVICES = (
    Preset(
        key="sendgrid",
        name="SendGrid",
        host="smtp.sendgrid.net",
        port=587,
        security="starttls",
        username="=apikey",
        secret="api_key",
        url="https://app.sendgrid.com/settings/api_keys",
        spf="sendgrid.net",
        selectors=("s1", "s2"),
        own_return_path=True,
        http="sendgrid",
    ),
    Preset(
        key="mailgun",
        name="Mailgun",
        host="smtp.mailgun.org",
        port=587,
        security="starttls",
        username="own",
        secret="password",
        url="https://app.mailgun.com",
        regions={"us": "smtp.mailgun.org", "eu": "smtp.eu.mailgun.org"},
        spf="mailgun.org",
        selectors=("mailo", "k1", "mx", "pic"),
        own_return_path=True,
        http="mailgun",
    ),
    Preset(
        key="postmark",
        name="Postmark",
        host="smtp.postmarkapp.com",
        port=587,
        security="starttls",
        username="own",
        secret="token",
        url="https://account.postmarkapp.com/servers",
        spf="spf.mtasv.net",
        own_return_path=True,
        http="postmark",
    ),
    Preset(
        key="brevo",
        name="Brevo",
        host="smtp-relay.brevo.com",
        username="own",
        secret="smtp_key",
        url="https://app.brevo.com/settings/keys/smtp",
        spf="spf.brevo.com",
        selectors=("brevo1", "brevo2", "mail"),
        own_return_path=True,
        http="brevo",
    ),
    Preset(
        key="ses",
        name="Amazon SES",
        host="email-smtp.<region>.amazonaws.com",
        username="own",
        secret="smtp_key",
        url="https://console.aws.amazon.com/ses/home#/smtp",
        spf="amazonses.com",
        own_return_path=True,
        http="ses",
    ),
    Preset(
        key="resend",
        name="Resend",
        host="smtp.resend.com",
        username="=resend",
        secret="api_key",
        url="https://resend.com/api-keys",
        spf="amazonses.com",
        selectors=("resend",),
        own_return_path=True,
        http="resend",
    ),
    Preset(
        key="mailjet",
        name="Mailjet",
        host="in-v3.mailjet.com",
        port=587,
        security="starttls",
        username="own",
        secret="api_key",
        url="https://app.mailjet.com",
        spf="spf.mailjet.com",
        selectors=("mailjet",),
        own_return_path=True,
        http="mailjet",
    ),
)

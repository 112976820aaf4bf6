"""The providers: mailboxes.

Hosts and ports: Thunderbird's provider database and the providers' own pages; limits
and login rules: the page in ``url`` or the provider's help, autumn 2026. What could
not be confirmed was left out rather than guessed.
"""

from __future__ import annotations

import datetime

from .preset import Limits, Notice, Preset

# Exchange team, 27 January 2026: basic login is switched off by default at the end of
# December 2026; an administrator can switch it on again.
MICROSOFT_2026 = Notice(
    key="ms_basic_auth_2026",
    shown_from=datetime.date(2026, 1, 27),
)

MAILBOXES = (
    Preset(
        key="gmail",
        name="Gmail",
        host="smtp.gmail.com",
        url="https://myaccount.google.com/apppasswords",
        domains=("gmail.com", "googlemail.com"),
        spf="_spf.google.com",
        selectors=("20230601",),
        limits=Limits(recipients_day=500, size_mb=25),
    ),
    Preset(
        key="google",
        name="Google Workspace",
        host="smtp.gmail.com",
        url="https://myaccount.google.com/apppasswords",
        mx=("google.com", "googlemail.com"),
        spf="_spf.google.com",
        selectors=("google",),
        limits=Limits(letters_day=2000, size_mb=25),
    ),
    Preset(
        key="yahoo",
        name="Yahoo Mail",
        host="smtp.mail.yahoo.com",
        url="https://login.yahoo.com/account/security",
        domains=("yahoo.*", "ymail.com", "rocketmail.com"),
        mx=("yahoodns.net",),
        spf="_spf.mail.yahoo.com",
        limits=Limits(letters_day=500),
    ),
    Preset(
        key="microsoft365",
        name="Microsoft 365",
        host="smtp.office365.com",
        port=587,
        security="starttls",
        secret="password",
        url="https://admin.exchange.microsoft.com/#/settings",
        mx=("mail.protection.outlook.com", "mx.microsoft"),
        spf="spf.protection.outlook.com",
        selectors=("selector1", "selector2"),
        limits=Limits(letters_minute=30, recipients_day=10000, connections=3),
        notices=(MICROSOFT_2026,),
    ),
    Preset(
        key="outlook",
        name="Outlook.com, Hotmail, Live",
        host="smtp-mail.outlook.com",
        port=587,
        security="starttls",
        secret="oauth",
        domains=("outlook.*", "hotmail.*", "live.*", "msn.com"),
        spf="spf.protection.outlook.com",
    ),
    Preset(
        key="icloud",
        name="iCloud Mail",
        host="smtp.mail.me.com",
        port=587,
        security="starttls",
        url="https://account.apple.com",
        domains=("icloud.com", "me.com", "mac.com"),
        mx=("mail.icloud.com",),
        spf="icloud.com",
        selectors=("sig1",),
        limits=Limits(letters_day=1000, size_mb=20),
    ),
    Preset(
        key="zoho",
        name="Zoho Mail",
        host="smtp.zoho.com",
        secret="maybe_app_password",
        url="https://www.zoho.com/mail/help/zoho-smtp.html",
        regions={
            "com": "smtp.zoho.com",
            "eu": "smtp.zoho.eu",
            "in": "smtp.zoho.in",
            "com.au": "smtp.zoho.com.au",
            "jp": "smtp.zoho.jp",
            "ca": "smtp.zohocloud.ca",
            "organisation com": "smtppro.zoho.com",
            "organisation eu": "smtppro.zoho.eu",
            "organisation in": "smtppro.zoho.in",
            "organisation com.au": "smtppro.zoho.com.au",
            "organisation jp": "smtppro.zoho.jp",
        },
        domains=("zohomail.*", "zoho.*"),
        mx=("zoho.com", "zoho.eu", "zoho.in", "zoho.com.au", "zoho.jp", "zohocloud.ca"),
        spf="zoho.com",
        selectors=("zmail", "zoho"),
    ),
    Preset(
        key="fastmail",
        name="Fastmail",
        host="smtp.fastmail.com",
        url="https://app.fastmail.com/settings/security",
        domains=("fastmail.com", "fastmail.fm"),
        mx=("messagingengine.com",),
        spf="spf.messagingengine.com",
        selectors=("fm1", "fm2", "fm3"),
    ),
    Preset(
        key="gmx",
        name="GMX",
        host="mail.gmx.net",
        secret="maybe_app_password",
        regions={"net": "mail.gmx.net", "com": "mail.gmx.com"},
        domains=("gmx.*",),
        mx=("gmx.net",),
    ),
    Preset(
        key="webde",
        name="WEB.DE",
        host="smtp.web.de",
        username="local",
        secret="maybe_app_password",
        domains=("web.de",),
    ),
    Preset(
        key="proton",
        name="Proton Mail",
        host="smtp.protonmail.ch",
        port=587,
        security="starttls",
        secret="token",
        url="https://proton.me/support/smtp-submission",
        domains=("proton.me", "protonmail.com", "pm.me"),
        mx=("protonmail.ch",),
        spf="_spf.protonmail.ch",
        selectors=("protonmail", "protonmail2", "protonmail3"),
    ),
    Preset(
        key="mailbox",
        name="mailbox.org",
        host="smtp.mailbox.org",
        secret="maybe_app_password",
        url="https://kb.mailbox.org/en/private/e-mail/e-mail-configuration",
        domains=("mailbox.org",),
        mx=("mailbox.org",),
        spf="mailbox.org",
        selectors=("MBO0001",),
    ),
)

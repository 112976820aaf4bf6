"""What a reply means: the table, and the look-up.

Codes and enhanced codes: RFC 5321, RFC 3463, RFC 4954. The providers' own texts
were collected from their help pages and from public bug reports. The order counts:
the first rule that fits wins, quotas and logins before the codes in general.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .errors import TransportError
from .text import first_ip


class Rule(NamedTuple):
    """What a reply means whose "<code> <text>" has ``pattern``, in whatever case.

    :ivar kind: one of ``errors.KINDS``
    :ivar cause: one of ``errors.CAUSES``
    :ivar retry_after: seconds to wait, where the server's own words name none
    :ivar steps: the steps at which the rule holds; at any, if there are none
    """

    pattern: str
    kind: str
    cause: str
    retry_after: float | None = None
    steps: tuple[str, ...] = ()


# Said by an antivirus program or a proxy that stands between, not by the server.
BETWEEN = (
    Rule(
        r"cannot connect to (the )?(smtp |mail )?server|connect error \d{4,5}",
        "transient",
        "intercepted",
        steps=("connect", "greeting"),
    ),
)
QUOTA = (
    # No limit of the account: a new connection may go on.
    Rule(r"^4.*(in|per) (this |the |one )?(connection|session)", "transient", "busy"),
    Rule(r"^550.5\.4\.5\b|SubmissionQuotaExceeded", "quota", "quota_daily"),
    Rule(
        r"(daily|24.hour|per day).{0,30}(limit|quota)|(limit|quota).{0,20}per day",
        "quota",
        "quota_daily",
    ),
    Rule(r"^4.*too many login", "quota", "too_many_logins", 900),
    Rule(r"maximum sending rate", "transient", "rate", 5),
    Rule(r"^421.4\.7\.28|unusual rate|unsolicited mail.*rate", "quota", "rate", 3600),
    Rule(
        r"^432|concurrent (smtp )?connections?|thread limit|too many connections",
        "transient",
        "concurrent",
        60,
    ),
)
LOGIN = (
    Rule(r"5\.7\.139.*\btenant\b", "auth", "ms_tenant"),
    Rule(r"5\.7\.139.*\bmailbox\b", "auth", "ms_mailbox"),
    Rule(r"5\.7\.139.*security defaults", "auth", "ms_security_defaults"),
    Rule(
        r"5\.7\.139.*(credentials (were|are) incorrect|password is incorrect)",
        "auth",
        "ms_password",
    ),
    Rule(r"basic authentication is disabled", "auth", "ms_oauth"),
    Rule(r"5\.7\.139", "auth", "ms_policy"),
    Rule(
        r"unauthori[sz]ed IP|\bIP\b.{0,40}not (white|allow).?list|unrecogni[sz]ed IP"
        r"|invalid credentials for relay",
        "auth",
        "ip_not_allowed",
    ),
    Rule(
        r"application.specific password|app(lication)?.password"
        r"|username and password not accepted|log ?in (via|with) your web browser",
        "auth",
        "app_password",
    ),
    Rule(
        r"AUTH005|too many (bad|failed|invalid).*(auth|login)", "auth", "login_locked"
    ),
    # Written just so by Amazon, and otherwise by servers of everybody's own.
    Rule(r"(?-i:Authentication Credentials Invalid)", "auth", "ses_credentials"),
    Rule(
        r"(account|user|mailbox).{0,20}(disabled|suspended|locked|deactivated)",
        "auth",
        "account_disabled",
        steps=("login", "sender"),
    ),
    Rule(r"^5.*\bSTARTTLS\b|^538", "tls", "starttls_required"),
    Rule(
        r"^530|client (was )?not authenticated|authentication (is )?required"
        r"|authenticate first|must (log ?in|authenticate|issue.*AUTH)",
        "auth",
        "login_missing",
    ),
    Rule(r"^4", "transient", "login_temporary", steps=("login",)),
    Rule(r"^53[45]", "auth", "login_refused"),
)
SENDER = (
    Rule(
        r"5\.7\.60|permissions? to send as|SendAsDenied|not owned by (user|auth)"
        r"|relaying disallowed as|not allowed to send (as|from)|sender.*mismatch"
        r"|(from|sender) address.*(not (allowed|authori[sz]ed|permitted|verified))",
        "sender",
        "sender_denied",
    ),
    Rule(
        r"identity|address is not verified|not a verified",
        "sender",
        "sender_unverified",
    ),
    Rule(
        r"relay(ing)?.{0,20}(denied|disallowed|prohibited|not (permitted|allowed))"
        r"|(unable|not permitted|not allowed|do not) to relay|not relay|5\.7\.64"
        # What Postfix's submission port says to somebody who has not logged in.
        r"|client host rejected: access denied",
        "config",
        "relay_denied",
    ),
)
RECIPIENT = (
    Rule(r"^4.*(4\.2\.2|mailbox.{0,12}full|over ?quota)", "transient", "mailbox_full"),
    Rule(
        r"5\.2\.2|mailbox.{0,12}full|over ?quota|quota exceeded",
        "recipient",
        "mailbox_full",
    ),
    Rule(
        r"^5.*(5\.2\.3|5\.3\.4)|(message|mail|size).{0,30}(too (big|large)|exceeds)"
        r"|maximum.{0,20}(message|mail) size",
        "content",
        "too_big",
    ),
    Rule(r"^45.*(grey|gray|4\.7\.1.*(try|later))", "transient", "greylisted", 300),
    Rule(
        r"^4.*(rate|too (many|much) (mails?|messages?|recipients))|^45\d.4\.7\.28",
        "transient",
        "rate",
    ),
    Rule(r"^5.*too many recipients|5\.5\.3\b", "content", "too_many_recipients"),
    Rule(
        r"^5.*(sending (limit|quota)|too many (mails|messages))", "quota", "rate", 3600
    ),
    Rule(
        r"^5.*(5\.1\.2|5\.4\.4|domain.{0,20}(not (found|exist)|does ?n.t exist))",
        "recipient",
        "recipient_domain",
        steps=("recipient", "delivery"),
    ),
    Rule(
        r"^5.*(5\.1\.10?\b|5\.4\.1\b|user unknown|no such (user|mailbox)"
        r"|(unknown|invalid) (user|recipient)|mailbox unavailable|does not exist)",
        "recipient",
        "recipient_unknown",
        steps=("recipient", "delivery"),
    ),
    Rule(r"^55[13]", "recipient", "recipient_unknown", steps=("recipient",)),
)
CONTENT = (
    Rule(
        r"^5.*(5\.7\.26|5\.7\.509|dmarc|\bspf\b|dkim|unauthenticated)",
        "content",
        "unauthenticated",
    ),
    Rule(
        r"^5.*(block ?list|black ?list|blocked using|spamhaus|\brbl\b|dnsbl"
        r"|reputation|5\.7\.606)",
        "content",
        "blocklisted",
    ),
    Rule(r"^5.*(spam|junk|phish|virus|malware)", "content", "spam"),
    Rule(r"^5.*5\.7\.1\b", "content", "spam", steps=("delivery",)),
    Rule(
        r"^5.*(attachment|file (type|extension)).{0,40}(not|block|reject|refus|forbid)",
        "content",
        "attachment_refused",
    ),
)
# What is left is judged by the step at which the server said no.
BY_STEP = (
    Rule(r"^421", "transient", "busy"),
    Rule(r"^4", "transient", "temporary"),
    Rule(r"", "config", "greeting_refused", steps=("connect", "greeting")),
    Rule(r"", "tls", "starttls_missing", steps=("encryption", "certificate")),
    Rule(r"", "auth", "login_refused", steps=("login",)),
    Rule(r"", "sender", "sender_refused", steps=("sender",)),
    Rule(r"", "recipient", "recipient_refused", steps=("recipient",)),
    Rule(r"", "content", "content_refused"),
)
RULES = BETWEEN + QUOTA + LOGIN + SENDER + RECIPIENT + CONTENT + BY_STEP
_COMPILED = tuple(
    (re.compile(rule.pattern, re.IGNORECASE | re.DOTALL), rule) for rule in RULES
)
# Whose texts name the address that this machine comes from.
ABOUT_AN_IP = {"blocklisted", "ip_not_allowed"}
# Beyond this no text gets more telling, and the patterns stay cheap.
MAX_JUDGED = 2000


def judge(code: int, text: str, step: str) -> Rule:
    """The rule for a negative SMTP reply ``code`` (400 to 599) at ``step``."""
    line = f"{code} {text[:MAX_JUDGED]}"
    return next(
        rule
        for pattern, rule in _COMPILED
        if (not rule.steps or step in rule.steps) and pattern.search(line)
    )


def reply_error(
    code: int, text: str, *, step: str, shown: str | None = None
) -> TransportError:
    """A negative reply as a classified error.

    :param text: the server's words, judged as they are
    :param shown: the words to keep, when a secret had to be masked in them
    """
    rule = judge(code, text, step)
    ip = first_ip(text[:MAX_JUDGED]) if rule.cause in ABOUT_AN_IP else ""
    return TransportError(
        rule.kind,
        rule.cause,
        step=step,
        code=code,
        server_text=text if shown is None else shown,
        retry_after=rule.retry_after,
        facts={"ip": ip} if ip else None,
    )

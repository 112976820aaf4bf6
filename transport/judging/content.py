"""The letter itself; and what is left to the codes and to the step."""

from __future__ import annotations

from .rule import Rule

ANY = (
    Rule(
        "content",
        "too_many_recipients",
        "too many recipients|recipients? limit|zu viele empfanger"
        "|trop de destinataires|troppi destinatari|demasiados destinatarios",
        r"5",
    ),
    Rule("content", "too_many_recipients", codes=r"5\d\d 5\.5\.3\b"),
    Rule("transient", "rate", r"too many (?:recipients|messages|mails)", r"4"),
    Rule(
        "content",
        "unauthenticated",
        r"dmarc|\bspf\b|dkim|sender id|unauthenticated|sender policy framework"
        r"|authentication (?:checks?|results?)",
        r"5",
    ),
    Rule("content", "unauthenticated", codes=r"5\d\d 5\.7\.(?:2[0-36]|509|515)\b"),
    Rule(
        "content",
        "attachment_refused",
        "(?:attachments?|attached file|file (?:type|extension|name)|file ?name"
        r"|executable|macros?|anhang|anhange|allegat\w*|piece[s]? jointe[s]?"
        r"|adjunt\w*)\b.{0,60}(?:not|block\w*|reject\w*|refus\w*|forbid\w*"
        r"|prohibit\w*|denied|banned|unsafe|disallow\w*|dangerous|nicht|verboten"
        r"|interdit\w*|non|no\b|illegal|potential\w*)|(?:block\w*|reject\w*|refus\w*"
        r"|forbid\w*|prohibit\w*|banned|unsafe|disallow\w*|dangerous|illegal"
        r"|potentially)\b.{0,60}(?:attachments?|file (?:type|extension|name)"
        "|executable|macros?)",
        r"5",
    ),
    Rule(
        "content",
        "spam",
        r"\bspam\w*|junk|phish\w*|virus\w*|malware|trojan|infected|unsolicited"
        r"|\bube\b|\buce\b|\bbulk\b|suspicious|viagra|offensive|banned content"
        r"|content (?:filter\w*|denied|reject\w*)|fraud\w*|scam\b|abus\w*",
        r"5",
    ),
    Rule("transient", "temporary", codes=r"4(?!21)", steps=("delivery",)),
    Rule("content", "spam", codes=r"5\d\d 5\.7\.1\b", steps=("delivery",)),
)
# Who has sent nothing yet has sent no bad letter.
SENT = ("sender", "recipient", "delivery", "")
CONTENT = tuple(rule if rule.steps else rule._replace(steps=SENT) for rule in ANY)
# What is left is judged by the step at which the server said no.
LATER = (
    r"temporar\w*|try (?:again|it|later)|retry (?:later|again|in)|(?:again|back"
    "|resend) later|come back|in a few minutes|spater (?:erneut|noch)|plus tard"
    "|piu tardi|mas tarde|lookup (?:failure|error)|internal (?:server )?error"
    "|local error|not responding|timed? ?out|out of memory|maintenance|wartung"
    r"|overload\w*|system (?:busy|error|load)"
)
BY_STEP = (
    Rule("transient", "busy", codes=r"421"),
    Rule(
        "transient",
        "greylisted",
        r"try|later",
        r"45\d 4\.7\.1\b",
        ("recipient",),
        retry_after=300,
    ),
    Rule("transient", "temporary", codes=r"4"),
    Rule("config", "greeting_refused", steps=("connect", "greeting")),
    Rule("tls", "starttls_missing", steps=("encryption", "certificate")),
    Rule("auth", "login_refused", steps=("login",)),
    Rule("transient", "temporary", LATER, r"5", unless=r"permanent\w*|policy"),
    Rule("sender", "sender_refused", steps=("sender",)),
    Rule("recipient", "recipient_refused", steps=("recipient",)),
    Rule("content", "content_refused"),
)

"""Whom the letter is for, at RCPT or after the final dot."""

from __future__ import annotations

from .rule import Rule

STEPS = ("recipient", "delivery")
PERSON = (
    r"users?\b|mail ?box(?:es)?\b|recipients?\b|accounts?\b|address(?:es|ee)?\b"
    r"|mail ?drop|person|inbox|local part|empfanger\w*|benutzer|postfach|adress\w*"
    r"|destinata\w*|utente|utilisateur|usuario|indirizzo|casella|boite|buzon|cuenta"
    "|compte|konto|e-?mail"
)
GONE = (
    r"unknown|not (?:be )?(?:found|known|exist\w*|valid|available|active|listed"
    "|recogni[sz]ed|local|deliverable|our customer|here|have|located|allocated"
    "|a valid|routable)|n't (?:exist|have|known?|find|list)|no (?:longer )?(?:such"
    r"|exist\w*|valid|mailbox|here|active)|no longer (?:\w+ )?(?:valid|exists?"
    r"|available|here|works?|active|in use|accept\w*|on)|invalid|inactive|disabled"
    r"|discontinued|unavailable|unroutable|undeliverable|unrouteable|nonexist\w*"
    r"|non-exist\w*|suspended|deactivated|closed|deleted|moved|expired|terminated"
    "|blocked|locked|unbekannt|existiert nicht|nicht (?:gefunden|vorhanden|bekannt"
    r"|verfugbar|erreichbar|eingerichtet)|ungultig\w*|inconnue?|inexistant\w*"
    r"|n'existe pas|introuvable|invalide|desactive\w*|sconosciut\w*|inesistente"
    r"|non (?:esiste|trovat\w*|valid\w*|attiv\w*)|disabilitat\w*|desconocid\w*"
    r"|inexistente|no (?:existe|encontrad\w*|valid\w*)|doesn't exist"
    "|rejected: undeliverable|wrong|does not exist|unassigned|dormant|frozen|retired"
    "|not a mailbox"
)
NOBODY = (
    "no such (?:person|name|entry|alias)|recipnotfound|recipientnotfound"
    "|not a known user|we (?:do not|don't) have|no one by that name"
    "|not on this server|user_unknown|is no longer (?:valid|active|here|available)"
    "|no mailbox here|(?:is|was) not found|unknown recipient|does not exist"
    "|doesn't exist|dd (?:this user|sorry|requested)"
    "|account.{0,20}(?:has been )?(?:disabled|discontinued)|not our customer"
    "|isn't a valid|recipient address rejected: (?:undeliverable|user|access denied)"
    r"|adr\.recipientnotfound|unrouteable address|cannot be delivered to"
    "|delivery to this address|no user|unbekannter (?:empfanger|benutzer)"
    "|keine mailbox"
)
RECIPIENT = (
    Rule(
        "recipient",
        "recipient_refused",
        r"suppress\w*|opted[ -]out|unsubscribed",
        r"5",
        STEPS,
    ),
    # Services end a connection with the codes of their HTTP answers.
    Rule("recipient", "recipient_refused", r"marked as inactive", "", STEPS),
    Rule(
        "recipient",
        "recipient_refused",
        r"no valid recipients|(?:valid )?rcpt (?:command )?must precede|need rcpt"
        r"|all (?:rcpt|recipients)|no recipients",
        r"5",
        ("delivery",),
    ),
    Rule(
        "recipient",
        "recipient_domain",
        "null ?mx|domain .{0,40}(?:does(?: not|n't) (?:exist|accept (?:e-?)?mail"
        r"|receive)|not (?:found|exist\w*|accept)|has no (?:mx|mail))|no (?:mx"
        "|mail) (?:record|host|exchanger)|host (?:or domain name )?(?:not found"
        "|unknown)|no such (?:domain|host)|unknown (?:domain|host)"
        "|unrouteable (?:domain|mail domain)|unroutable domain"
        "|bad destination system|nonexistentdomain|name service error"
        "|cannot find (?:the )?(?:mail )?(?:domain|host)|domain (?:invalid|unknown)"
        "|invalid domain|domain (?:inexistant|unbekannt|inesistente)"
        "|dominio (?:inesistente|no existe|non)|all relevant mx|does not accept mail",
        r"5",
        STEPS,
    ),
    Rule(
        "recipient", "recipient_domain", codes=r"5\d\d 5\.(?:1\.2|4\.4|1\.10)\b(?<!10)"
    ),
    Rule(
        "recipient",
        "bad_address",
        r"(?:bad|invalid|illegal|malformed|syntax)\b.{0,40}(?:recipient|address"
        r"|mailbox|char\w*|local part|syntax)|bad chars?|(?:address"
        "|recipient).{0,30}(?:syntax|malformed|not rfc|illegal)|syntax error",
        r"5(?:01|53|50 5\.1\.3|55)|5\d\d 5\.1\.3",
        ("recipient",),
        unless=r"unknown|no such|invalid (?:user|recipient|mailbox|address$)|not found"
        r"|unrecogni[sz]ed|exist",
    ),
    Rule(
        "recipient",
        "recipient_unknown",
        rf"(?:{PERSON}).{{0,60}}?(?:{GONE})|(?:{GONE}) (?:\w+ ){{0,3}}(?:{PERSON})"
        rf"|{NOBODY}",
        r"5",
        STEPS,
        unless=r"spam|virus|dmarc|\bspf\b|dkim|content|policy|message (?:was "
        "|is )?(?:blocked|rejected)|suspicious|sender|header|helo|attachment"
        "|message-id|listed|mail request|invalid (?:message|mail|data"
        "|parameter|argument|from)|command|encoding",
    ),
    Rule(
        "recipient",
        "recipient_unknown",
        codes=r"5\d\d 5\.(?:1\.1|1\.10|1\.6|4\.1|2\.1|0\.1)(?!\d)|55[13]",
        steps=("recipient",),
    ),
    Rule(
        "recipient",
        "recipient_unknown",
        codes=r"5\d\d 5\.(?:1\.1|1\.10|1\.6|4\.1|2\.1)(?!\d)",
        steps=("delivery",),
    ),
    Rule("recipient", "mailbox_full", codes=r"5\d\d 5\.2\.2\b", steps=STEPS),
    Rule(
        "recipient", "bad_address", codes=r"5\d\d 5\.1\.3\b|501", steps=("recipient",)
    ),
)

"""Who has had enough: this connection, or the recipient; and what is too big.

A limit of the recipient is never the account's, nor the other way round: these rules
stand before all that judges senders and recipients.
"""

from __future__ import annotations

from .rule import Rule, near

RECIPIENT_STEPS = ("recipient", "delivery")
WINDOW = (
    r"billing (?:period|cycle)|monatlich\w*|wochentlich\w*|mensuel\w*|short (?:period"
    r"|time|while)|(?:every|past|last|in|within|per) \d+ ?(?:s|sec"
    r"|seconds|min|minutes|h|hours|days)\b|period of time|recently|in breve tempo"
    r"|kurzer zeit|"
    r"per[ -](?:second|sec|minute|min|hour|day|24|week|month|user|account|sender|domain"
    r"|connection interval)|hourly|daily|monthly|weekly|(?:an|each|one|the|this|last) "
    r"(?:hour|day|minute|24)|a (?:day|minute|month)\b|/ ?(?:hour|hr|h|day|d|min|minute"
    r"|month)\b|24[ -]?(?:hours?|h\b|stunden|heures|ore|horas)|stundlich\w*|taglich\w*"
    r"|pro (?:stunde|tag|minute|monat)|par (?:heure|jour|minute|mois)|quotidien\w*"
    r"|horaire|journalier\w*|all'ora|al giorno|orari[ao]\b|giornalier\w*|mensil\w*"
    r"|per ora|por (?:hora|dia|minuto|mes)|diari[oa]s?\b|al dia|mensual"
)
SESSION = (
    Rule(
        "transient",
        "busy",
        near(
            r"(?:in|per|for|on|during|dans|pro|in der) ?(?:this|the|one|a|single|same"
            r"|diese\w*|cette|une)? ?(?:smtp )?(?:connection|session|sitzung|verbindung"
            r"|connexion|sessione|connessione|sesion|conexion)\b",
            r"limit\w*|max\w*|too many|exce+d\w*|zu viele|trop|tropp\w*|demasiad\w*",
            80,
        ),
        unless=r"concurrent|simultan\w*|auth\w*|login",
    ),
    Rule(
        "transient",
        "concurrent",
        r"too many (?:\w+ ){0,3}(?:connections|sessions|connects)|(?:connections?"
        r"|sessions?)(?: \w+){0,3} (?:exce+d\w*|limit\b|reached|too (?:many|fast))"
        r"|(?:concurrent|simultaneous|parallel)(?: \w+){0,3} (?:connections?"
        r"|sessions?)|thread limit|trop de connexions|zu viele (?:\w+ )?verbindungen"
        "|troppe connessioni|demasiadas conexiones|connection (?:rate"
        r"|frequency)(?: limit)?|(?:max\w*|limit\w*) .{0,20}connections"
        "|open connections",
        unless=r"message rate|user is (?:sending|over)",
        retry_after=60,
    ),
    Rule(
        "transient",
        "greylisted",
        r"gr[ea]y-?list\w*|postgrey|graylist|first time sender|greeting delay"
        r"|(?:try|come back|retry|erneut|riprova|reessay\w*).{0,40}gr[ea]y"
        r"|(?:unknown|new) (?:sender|triplet|client).{0,40}(?:again|later|defer)",
        retry_after=300,
    ),
)
FULL = (
    "(?:mail ?box|mail account|inbox|in-box|postfach|boite|casella|buzon|account"
    r"|user|recipient|disk|quota|maildir|mail ?drop).{0,40}\b(?:full|voll|pleine?"
    r"|piena|lleno|llena)\b|\bfull (?:mailbox|inbox)|mailbox_full|(?:over|exceed\w*"
    "|beyond|above) ?-?(?:the |its |his |their |user |disk |mail ?box |storage "
    "|allowed |allotted )*(?:storage|space|disk|mail ?box)? ?(?:quota|space)"
    "|quota ?-?exceeded|overquota|quota (?:is )?(?:full|violation)|(?:disk|storage"
    r"|user'?s?|mail ?box|recipient'?s?) (?:\w+ )?quota|(?:out of|insufficient"
    r"|not enough|no) (?:\w+ )?(?:storage|disk|space)|(?:mail ?box|postfach|casella"
    r"|boite|buzon|inbox)\b.{0,60}(?:exce+d\w*|limit|quota|uberschr\w*|depass\w*"
    r"|superat\w*|over its|maximum size)|exceeded (?:\w+ )?storage|(?:speicher\w*"
    r"|spazio|espace|espacio)\b.{0,40}(?:erschopft|voll|esaurit\w*|plein|insuffisant"
    "|insuficiente|insufficiente|agotado)|allocated storage|space has been used"
    r"|(?:destination|target) (?:account|user|mail ?box)\b.{0,30}quota|uberfullt"
    "|too many messages (?:on|in) the (?:server|mailbox)"
)
OUTGOING = (
    r"\bsending\b|send (?:limit|quota|rate)|outgoing|outbound|submission|\brelay\b"
    r"|versand"
    r"|upgrade"
    r"|inviabil\w*|\binvio|envoi|envio|(?:messages?|e-?mails?|recipient) (?:quota"
    r"|limits?|rate)\b|e-?mails pro "
)
SENDING = f"{OUTGOING}|{WINDOW}"
RECIPIENTS_LIMIT = (
    Rule("transient", "temporary", codes=r"\d+ [45]\.2\.12[12]\b"),
    Rule(
        "transient",
        "temporary",
        "(?:recipient|user|mailbox|account|group|person|destinatario|destinataire"
        r"|empfanger)\b.{0,80}(?:receiv\w+|incoming|inbound|riceve\w*|recoi\w*"
        r"|empfang\w*).{0,80}(?:limit|rate\b|quick\w*|too (?:many|much|fast)|per hour"
        "|maximum)|recipients?'? (?:has|have) exceeded|inbound (?:rate|limit)",
        unless=r"your (?:account|limit)|recipient limit|you have",
    ),
    Rule("transient", "mailbox_full", FULL, r"4", RECIPIENT_STEPS, unless=SENDING),
    Rule(
        "transient",
        "mailbox_full",
        codes=r"4\d\d [45]\.2\.2\b",
        steps=RECIPIENT_STEPS,
        unless=SENDING,
    ),
    # RFC 3463: the mail system is full, not a mailbox.
    Rule("transient", "temporary", codes=r"4\d\d 4\.3\.1", unless=SENDING),
    Rule("recipient", "mailbox_full", FULL, r"5", RECIPIENT_STEPS, unless=SENDING),
    # A mailbox that is full may not send either.
    Rule("quota", "quota_plan", FULL, "", ("sender",), unless=rf"{SENDING}|system"),
)
TOO_BIG = (
    "(?:message|mail|letter|content|body|attachments?|file|nachricht|anhang"
    r"|messaggio|allegat\w*|mensaje|data|it)\b.{0,40}too (?:big|large|long)"
    "|too (?:big|large) (?:message|mail|attachment)|too much (?:mail )?data"
    r"|message too|(?:\bsize|taille|dimension\w*|tamano|grosse)\b.{0,40}(?:limit"
    r"|exce+d\w*|maximum|max\b|uberschr\w*|depass\w*|superat\w*|superad\w*|excess\w*)"
    r"|(?:limit|exce+d\w*|maximum|\bmax|massim\w*|uberschr\w*|depass\w*|supera\w*"
    r"|exced\w*)\b.{0,40}(?:\bsize|taille|dimension\w*|tamano|grosse|\bbytes)"
    r"|zu gross|troppo grand\w*|trop (?:gros|volumineux|grand)\w*|demasiado grande"
)
SIZE = (
    Rule(
        "content",
        "too_big",
        TOO_BIG,
        r"5|4\d\d 4\.(?:2\.3|3\.4)",
        unless=r"mail ?box|quota|storage|line|policy size|queue|header",
    ),
    Rule("content", "too_big", codes=r"5\d\d 5\.(?:2\.3|3\.4)"),
)
LIMITS = SESSION + RECIPIENTS_LIMIT + SIZE

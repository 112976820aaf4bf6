"""The account's own limits: how much, how often, how many for how much money.

None of them is a failed letter, whatever code it comes with, at whatever step.
"""

from __future__ import annotations

from .limits import WINDOW
from .rule import Rule, near

LETTERS = (
    r"e-?mails?\b|mails?\b|messages?\b|mailings?\b|letters?\b|recipients?\b|rcpts?\b"
    r"|nachrichten|empfanger|messaggi\w*|destinatar\w*|invii|messages|courriels?"
    r"|destinataires?|envois?|mensajes|correos|envios?"
)
LIMIT = (
    r"limit\w*|quota\w*|contingent\w*|allotment|threshold|maximum|\bmax\b|exce+d\w*"
    r"|allows|run out of|ran out of|verbraucht|begrenz\w*|consumid\w*|consomm\w*"
    r"|\w*geschopft|erschopft"
    r"|excess\w*|allowed|allowance|too (?:many|much)|reached|uberschr\w*|kontingent\w*"
    r"|used up|exhausted|more than|aufgebraucht|epuis\w*|esaurit\w*|agotad\w*"
    r"|obergrenze|plafond|depass\w*|attein\w*|soglia|superat\w*|raggiunt\w*|supera\w*"
    r"|cuota|cupo|excedi\w*|alcanz\w*|erreicht|maximal\w*|maxim[oae]\b|massim[oaie]\b"
    r"|hochst\w*|hochstens|mehr als|plus de|piu di|mas de|au plus|only \d+|nur \d+"
    r"|(?:may|can|you) only|at most|up to \d"
)
OVER = (
    r"exce+d\w*|excess\w*|reached|hit\b|over\b|used (?:up|all)|spent|verbraucht"
    r"|consumid\w*|consomme\w*|ran out|run out"
    r"|exhausted|ausgeschopft|terminat[ao]|beendet"
    r"|too (?:many|much|high)"
    r"|uberschr\w*|erreicht|aufgebraucht|erschopft|depass\w*|attein\w*|epuis\w*"
    r"|superat\w*|raggiunt\w*|esaurit\w*|superad\w*|excedid\w*|alcanzad\w*|agotad\w*"
)
LIMIT_NOUN = (
    r"limit\w*|quota\w*|allotment|allowance|threshold|plafond|soglia|kontingent\w*"
    r"|cuota|cupo|obergrenze|nombre d|numero d|anzahl|(?:sende|versand)volumen"
    r"|maximum number|numero massimo|nombre maxim\w*"
    "|numero maximo|hochstzahl"
)
# Limits that are nobody's sending.
OTHER_LIMIT = (
    r"\bsize|too (?:big|large|long)|line length|\bhops?\b|header|bytes"
    r"|connection (?:rate|limit)|connections|login|auth\w*|password|passwort|storage"
    r"|disk space|attachments|receiv\w+ (?:mail|messages)|per (?:single )?(?:message"
    r"|e-?mail|mail|transaction)\b|greylist\w*|timeout|time limit"
    r"|not within the limits|dns lookups?|spam (?:limit|threshold|level|points)|\bscore"
)
PLAN = (
    r"credit(?:s|o|i|os)?\b|\bplan\b|package|forfait|\btarif\w*|pacchetto"
    r"|subscription|probation|\btrial\b|free (?:tier|account)"
    "|prepaid|guthaben|abonnement|abbonamento|suscripcion"
)
OTHER_MANY = (
    "too many (?:invalid |unknown |bad )?(?:recipients|rcpt)|unrecognized|headers"
    r"|destinataires|destinatari\b|empfanger|trop de messages d'er"
)
OWN = (
    Rule(
        "transient",
        "rate",
        r"maximum (?:sending|send) rate|throttling failure: maximum",
        retry_after=5,
    ),
    Rule(
        "quota",
        "quota_plan",
        near(
            PLAN,
            rf"{OVER}|expired|ended|limit\w*|insuf\w*|not enough|nicht genug|no more"
            rf"|out of"
            r"|\bno\b|zero|empty|none|nessun\w*|ningun\w*|aucun\w*|keine?\b|\bsin\b"
            r"|plus de|leer\b|upgrade|not (?:include|allow)",
            80,
        ),
        unless=r"suspend\w*|\bsize|(?:the user|recipient)'s|mail ?box removed",
    ),
    Rule(
        "quota",
        "rate",
        r"defers and failures|(?:too many|max\w*|excess\w*|high|rate of|number of)"
        r" (?:\w+ ){0,2}(?:bounce\w*|undeliverable|failed deliver\w*|delivery failures)"
        r"|bounce (?:rate|limit)|(?:bounce|defer)\w*.{0,30}per hour",
        retry_after=3600,
    ),
    Rule(
        "quota",
        "quota_daily",
        near(
            LIMIT,
            r"daily|per day|a day\b|/ ?day|24[ -]?(?:hours?|h\b|stunden|heures|ore"
            r"|horas)|pro tag|taglich\w*|tages\w*|par jour|quotidien\w*|journalier\w*"
            r"|al giorno|giornalier\w*|por dia|diari[oa]s?\b|al dia|per 24|one day"
            "|today|heute",
        ),
        unless=OTHER_LIMIT,
    ),
    Rule("quota", "quota_daily", codes=r"55\d 5\.4\.5\b"),
    Rule("quota", "quota_daily", r"submissionquotaexceeded"),
    Rule(
        "quota",
        "rate",
        near(LIMIT, WINDOW),
        unless=OTHER_LIMIT,
        retry_after=3600,
    ),
    Rule(
        "quota",
        "rate",
        r"too (?:fast|frequent\w*|quick\w*|rapid\w*)|frequency (?:limit\w*|exce+d\w*"
        "|is too|control)|(?:sending|send|mail|message|e-?mail|recipient"
        r"|transmission) frequency|zu (?:schnell|haufig)|trop (?:vite|rapide\w*"
        r"|frequem\w*)|troppo (?:velocemente|rapidamente|frequent\w*)"
        "|demasiado rapido|slow(?:ing)? down",
        unless=r"receiving|connection",
        retry_after=3600,
    ),
    Rule(
        "quota",
        "rate",
        r"(?:too (?:many|much)|zu viele?|trop de|tropp[ieo]|demasiad[oa]s?) "
        r"(?:\w+ ){0,3}"
        rf"(?:{LETTERS})(?! (?:in|per|for) (?:one|this|a single|the) (?:message|mail))",
        unless=f"{OTHER_LIMIT}|{OTHER_MANY}",
        retry_after=3600,
    ),
    Rule(
        "quota",
        "rate",
        "too many recipients|zu viele empfanger|trop de destinataires"
        "|troppi destinatari|demasiados destinatarios",
        r"55\d|45[01]|421",
        ("sender",),
        retry_after=3600,
    ),
    Rule(
        "quota",
        "rate",
        near(rf"(?:{LIMIT_NOUN})", OVER, 50)
        + r"|limitexceeded|(?:sende|versand)(?:begrenzung|limit|kontingent|quota)\w*"
        r"|(?:outgoing|outbound|sent|sending) .{0,20}rate exce",
        unless=OTHER_LIMIT,
        retry_after=3600,
    ),
    Rule(
        "quota",
        "rate",
        r"rate[ -]?limit\w*|\brate\b.{0,20}(?:exce+d\w*|control|too high|limit)"
        r"|throttl\w*|exce+d\w*.{0,30}\brates?\b|unusual rate|rate of .{0,30}mail"
        "|(?:sending|send|submission|message|outgoing|outbound|relay) (?:limit|quota"
        "|rate|allowance|budget|cap|ceiling)|quota.{0,20}(?:send|sent|outgoing)"
        r"|(?:plus de|aucun|keine?|nessun\w*|ningun\w*|\bsin|\bno (?:more"
        r"|remaining)) (?:\w+ )?(?:quota|kontingent|cuota|cupo)\b"
        r"|(?:exce+d\w*|uberschr\w*|depass\w*|superat\w*"
        r"|superad\w*) .{0,30}(?:allowed|permitted|autoris\w*|consentit\w*"
        r"|permitid\w*|zulassig\w*|erlaubt\w*)"
        rf" .{{0,20}}(?:{LETTERS})"
        r"|used (?:all|up) .{0,30}(?:messages|e-?mails|mails|letters|sends)|(?:outgoing"
        r"|outbound) (?:messages?|e-?mails?|mails?|letters?).{0,30}(?:used|spent)",
        unless=OTHER_LIMIT,
        retry_after=3600,
    ),
    Rule("quota", "rate", codes=r"4\d\d 4\.7\.28", retry_after=3600),
)
# Who has only just connected has no account yet, and so none with a limit.
KNOWN = ("login", "sender", "recipient", "delivery")
QUOTA = tuple(rule if rule.steps else rule._replace(steps=KNOWN) for rule in OWN)

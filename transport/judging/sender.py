"""Who the letter says it is from, at whatever step it is told."""

from __future__ import annotations

from .rule import Rule, near

REFUSED = (
    r"reject\w*|refus\w*|denied|not (?:[\w-]+[ -])?(?:allowed|authori[sz]ed|permitted"
    r"|valid|accept\w*|local|owned|verified|found|known|recogni[sz]ed|exist\w*"
    r"|match\w*|resolv\w*|registered|configured|confirmed|approved|active|one of"
    r"|listed|enabled|set ?up|hosted|handled|served)|n't (?:\w+ )?(?:allowed"
    r"|authori[sz]ed|permitted|valid"
    "|accepted|exist|match|verified|resolve|belong|registered)|invalid|illegal"
    r"|mismatch\w*|fail\w*|unverified|unknown|unauthori[sz]ed|bad\b|forbidden|missing"
    r"|malformed|must (?:be|exist|match)|required|differ\w*|unroutable"
    r"|cannot be verified|blocked|prohibited|disallowed|incorrect|spoof\w*|not have"
    "|n't have|no (?:mx|dns|a) |must (?:contain|have|use)"
)
# People and groups that take letters from some only.
RESTRICTED = (
    Rule(
        "recipient",
        "recipient_refused",
        r"resolver\.rst|sendernotauthenticated|(?:post|send|write|deliver\w*"
        r"|mail)(?: \w+){0,3} to (?:\w+ )?(?:this|the|that"
        r"|these) (?:\w+ )?(?:recipient|group|list|user|mail ?box|distribution)"
        r"|delivery (?:restriction|not authorized)|only (?:\w+ )?(?:members"
        "|subscribers|accepts?|accepting)|(?:recipient|user|mailbox|group|list"
        r"|empfanger|destinatario|destinataire)\b.{0,60}(?:does(?: not|n't)|is not"
        r"|not|doesn't|only) (?:\w+ )?(?:accept\w*|want|wish"
        r"|allow\w*) (?:\w+ ){0,6}(?:from|sender)|(?:blocked|rejected"
        "|refused) by (?:the )?(?:recipient|user|addressee|empfanger)|(?:recipient"
        r"|user|addressee)\b.{0,30}does(?: not|n't) (?:want|wish)"
        "|recipient (?:has )?(?:blocked|rejected|refused)|(?:restricted|closed"
        "|private) (?:group|list|mailing)|moderated|sender.{0,40}(?:black"
        r"|block)-?list\w* (?:of|by) (?:the )?(?:recipient|user)|customer block list"
        "|(?:banned|blocked) recipient",
    ),
    Rule(
        "recipient",
        "recipient_refused",
        codes=r"5\d\d 5\.7\.(?:12[34]|13[3-6]|50[457]|703|12)\b",
    ),
)
VERIFY = (
    Rule(
        "transient",
        "temporary",
        r"(?:sender|callout|callback|domain|verif\w*|resol\w*|dns"
        r"|lookup).{0,60}(?:temporar|defer\w*|time\w* ?out|try|later"
        r"|could not complete|unable|servfail|again|not (?:found|resolv\w*)"
        "|does ?n[o']t resolve|unverified|cannot be verified|failed)"
        "|could not complete|unverified address",
        r"4",
        ("sender", "recipient", "delivery"),
        unless=r"recipient address rejected|not owned|mismatch|send as",
    ),
)
NOT_VERIFIED = (
    "identit(?:y|ies)|testing e-?mails|must be (?:verified|validated|confirmed)"
    r"|not (?:a )?verified|un-?verified|verify (?:your|a|the) (?:\w+ )?(?:domain"
    "|sender|address|identity|e-?mail)|unconfigured sending|sandbox|sending domain"
    r"|sender signature|ownership|unregistered|domain\b.{0,50}(?:not (?:been |yet "
    "|properly )?(?:verified|validated|confirmed|configured|set ?up|registered"
    "|authenticated|activated|active|allowed to send|authori[sz]ed|approved|added)"
    "|n't (?:been )?(?:verified|configured|set ?up|registered))|unknown sending"
    r"|no sending domain|(?:sender|from) (?:\w+ ){0,3}not (?:been )?(?:confirmed"
    "|validated|verified|registered|activated)|add your own domain|valid sender"
    r"|authorized sender|absender\w* nicht (?:verifiziert|bestatigt|freigeschaltet)"
    r"|mittente non verificat\w*|expediteur non (?:verifie|valide)"
)
SENDER = (
    Rule(
        "sender",
        "sender_unverified",
        NOT_VERIFIED,
        unless=r"recipient (?:domain|address)|unverified address|mx|dmarc|\bspf\b|dkim",
    ),
    Rule(
        "sender",
        "sender_denied",
        r"permissions? to send|send[ -]?as\b|sendasdenied|send on behalf|not owned by"
        "|own(?:ed|s)? by (?:user|auth)|relaying disallowed as|not (?:allowed"
        r"|permitted|authori[sz]ed) to (?:send|use|submit|mail)\b.{0,40}(?:\bas\b"
        r"|\bfrom\b|on behalf|this (?:address|sender|domain|identity)|using|with|for)"
        r"|(?:can ?not|can't|may not|must not|cant) (?:send|use)\b.{0,30}(?:\bas\b"
        r"|\bfrom\b|on behalf|this (?:address|sender|domain))"
        r"|not (?:one of )?your (?:own )?(?:address|alias|e-?mail|domain)\w*"
        "|sender.{0,30}mismatch|from.{0,30}mismatch|(?:from|sender"
        r"|envelope)\b.{0,60}(?:must match|must (?:be |equal )?(?:the|your|one"
        r"|auth\w*)|does(?: not|n't) (?:match|belong)|not match\w*|differ\w*"
        "|should be (?:the )?same|identical|not the same)|(?:does(?: not|n't)"
        r"|not) match.{0,60}(?:auth\w*|login|user\w*|account|from|sender|mail_from)"
        r"|must be same as|same as auth\w*|spoof\w*|impersonat\w*|forged? sender"
        "|forged (?:from|address)|envelope.?from|unauthori[sz]ed (?:sender|from"
        r"|use of|address)|(?:invalid|bad|unauthori[sz]ed) (?:\w+ )?outbound sender"
        r"|outbound sender|(?:header|mime|rfc ?5?822|5322)[ .-]?from\b"
        r"|from:? (?:header|field|address(?:es)?|domain|line)\b|(?:valid|blank"
        r"|missing|empty|as a) from\b|not (?:\w+ ){0,2}alias"
        r"|absender(?:adresse)?\b.{0,60}(?:nicht|ungultig|abgelehnt|unbekannt|falsch"
        r"|verboten)|expedit\w*\b.{0,60}(?:refus\w*|non|invalide|inconnu\w*"
        r"|interdit\w*|pas\b|rejet\w*)|mittente\b.{0,60}(?:non|rifiut\w*|respint\w*"
        r"|sconosciut\w*|errat\w*|invalid\w*)|remitente\b.{0,60}(?:no\b|rechaz\w*"
        r"|invalid\w*|desconocid\w*|denegad\w*)|adresse d'(?:expedit|envoi)\w*"
        "|not (?:in|on|among) (?:the |your |our )?(?:list of )?(?:allowed|approved"
        "|permitted|authori[sz]ed|known|accepted) (?:sender|from)",
        unless=r"recipient address rejected|by (?:the )?recipient|dmarc|\bspf\b|dkim"
        "|undisclosed",
    ),
    Rule(
        "sender",
        "sender_refused",
        near(
            r"\bsenders?\b|mail[ _-]?from\b(?! (?:your|this|#ip|hosts?|servers?|that"
            r"|an?)\b)|return[ -]?path|sender'?s? (?:address|domain)"
            r"|originat\w+ (?:address|domain)|reverse[ -]?path|envelope sender",
            REFUSED,
            50,
        ),
        unless="recipient address rejected|by (?:the )?recipient|recipient (?:has"
        r"|policy)|dmarc|\bspf\b|dkim|virus|spam|greylist\w*|recipient unknown"
        r"|ask the sender|sender (?:is )?(?:block|black)\w*|sender ip"
        "|sending ip|for this recipient",
    ),
    Rule(
        "sender",
        "sender_refused",
        "domain (?:name )?(?:of sender|.{0,30}(?:must exist|does(?: not"
        r"|n't) (?:exist|resolve|accept mail)|not (?:found|exist\w*|resolv\w*)"
        "|is not (?:local|valid|allowed)|invalid|required|unknown))|domain of sender"
        "|no such domain|(?:unknown|invalid|bad|unresolvable"
        r"|nonexistent) (?:\w+ )?domain|address (?:is )?(?:invalid|not (?:valid"
        r"|allowed|local))|verif\w* fail\w*|fail\w* verif\w*",
        r"5",
        ("sender",),
    ),
    Rule("sender", "sender_refused", codes=r"5\d\d 5\.(?:1\.[78]|7\.(?:27|750|60))\b"),
    Rule(
        "sender",
        "sender_refused",
        r"verification failed.{0,80}sender|sender verif\w*|verify sender"
        "|sender callback",
        r"5",
    ),
)

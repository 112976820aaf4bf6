"""What a server has against this machine: its name, its address, its encryption.

Every letter of the company would meet the same answer, whoever it is for.
"""

from __future__ import annotations

from .reading import LISTS
from .rule import Rule, near

ENCRYPTION = (
    Rule("tls", "starttls_required", codes=r"538|\d+ 5\.7\.11\b|523"),
    Rule(
        "tls",
        "starttls_required",
        r"(?:issue|use|need|must|require\w*|first|expected|without|enable"
        r"|before).{0,30}\bstarttls|starttls.{0,30}(?:first|required|needed|must"
        r"|command|mandatory|before)|(?:\bssl\b|\btls\b|encrypt\w*"
        r"|secure (?:connection|channel)|verschlussel\w*|chiffr\w*|crittograf\w*"
        r"|cifrad\w*).{0,40}(?:required|requires|mandatory|needed|not allowed|must"
        r"|only|first|is necessary|erforderlich|obligatoire|requise|richiest\w*"
        r"|obbligatori\w*|requerid\w*|obligatori\w*)|(?:must|need\w*|require\w*"
        r"|without|only (?:over|via|with|allowed)|no) .{0,40}(?:\bssl\b|\btls\b"
        r"|encrypt\w*|secure connection)|unencrypted|plain-?text (?:auth|password"
        r"|login)\w*|insecure (?:connection|channel|auth)",
        r"5|4(?!54)",
        unless="rcpt domain|recipient|not available|dkim|signature"
        "|starttls (?:is )?not",
    ),
)
LISTED_FOR_NOW = (
    r"block ?list\w*|black ?list\w*|\brbl\b|dnsbl|reputation|blocked using"
    r"|\blisted (?:in|by|at|on)|user complaints|accept\w* .{0,20}from your (?:ip"
    r"|network|host|server)|\[?(?:tss|ts)\d\d\]?"
)
LISTED = (
    r"block-? ?list\w*|black-? ?list\w*|deny ?list|\brbl\b|dnsbl|blocked using"
    r"|rejected using|refused using|\breputa\w*|\bs3150\b|\bs3140\b|\blisted (?:in"
    r"|by|at|on)\b|is (?:currently )?listed|\bbanned\b(?! (?:content|word|attachment"
    "|file))|sperrliste|(?:messages?|mails?"
    r"|connections?)(?: \w+)? from #ip.{0,40}(?:deferred|refused|blocked)|(?:bad"
    r"|invalid|suspicious|suspected|unauthori[sz]ed) (?:\w+ )?ip\b"
    r"|remote ?host\b.{0,30}(?:suspicious\w*|spam\w*)|spams? from (?:your|this)"
    r"|accept\w* .{0,20}from (?:your|this) (?:ip|network|host|server)|(?:host"
    "|network)s? not allowed|^(?:blocked|refused) - see|(?:servidor|serveur"
    r"|server mittente|ihr\w* (?:mail)?server)\b.{0,60}(?:bloque\w*|bloccat\w*"
    r"|gesperrt|refus\w*|rechaz\w*|rifiut\w*)|liste? noire|lista nera"
    r"|lista negra|schwarze\w* liste|abuse list|(?:\bip\b|\bips\b|#ip|client host"
    "|your (?:host|server|network|mail ?server|isp)|sending (?:host|server)"
    "|remote host|indirizzo ip|adresse ip|ip-adresse|direccion ip)(?: address(?:es)?"
    r"| range)?\b.{0,60}(?:block\w*|\bban\w*|listed|blacklist\w*|den(?:y|ied)\b"
    r"|reject\w*|refus\w*|not (?:allowed|permitted|welcome|accepted|registered"
    r"|authori[sz]ed)"
    r"|disallowed|gesperrt|abgelehnt|bloccat\w*|bloque\w*|rifiutat\w*|suspicious"
    r"|spam\w*|abus\w*|trust\w*)|(?:block\w*|\bban\w*|refus\w*|reject\w*|denied"
    r"|not accept\w*|disallow\w*)\b.{0,40}(?:\bfrom|your|this|for|of|due to"
    r"|because) (?:\w+ ){0,3}(?:\bip\b|#ip|your (?:host|server|network)|ip address)"
    r"|(?:mails?|messages?|connections?) from your (?:hosting |internet "
    r"|service )?(?:provider|isp|hoster|network)\b.{0,40}(?:not|reject\w*|refus\w*"
    r"|block\w*)|\bip (?:non|no|nicht) (?:autoriz\w*|autoris\w*|zugelassen|erlaubt)"
    r"|country|geo-?(?:ip|block)\w*"
)
MACHINE = (
    Rule(
        "config",
        "helo_refused",
        near(
            r"\bhelo\b|\behlo\b|\blhlo\b",
            r"reject\w*|invalid|need\w*|refus\w*|\bbad\b|syntax|not\b|n't|forg\w*"
            r"|match\w*|policy|fake|denied|must|require\w*|first|impersonat\w*"
            "|you are|illegal|wrong|malformed|polite|ungultig|unknown|numeric|bogus"
            "|own|dynamic|generic",
        ),
    ),
    Rule("config", "helo_refused", codes=r"5\d\d 5\.7\.506\b"),
    Rule(
        "config",
        "machine_refused",
        r"reverse[ -]?(?:dns|host ?name|lookup|name|mapping|record|resol\w*|entry|ip)"
        r"|\bptr\b|\brdns\b|unresolvable (?:\w+ )?host"
        "|(?:name|dns|entry|record) of (?:your|the sending) (?:server|host|machine|mta)"
        r"|your (?:mail ?)?(?:server|host|machine|mta)(?:'s)? (?:host ?name|name|dns)\b"
        "|cannot find your (?:reverse )?host|cannot resolve your|ip name lookup"
        "|name lookup failed|(?:host ?name|name).{0,30}(?:not|n't) (?:match"
        r"|resolve)\w*.{0,40}(?:ip|address|#ip)|no (?:host ?)?name for (?:your|#ip)"
        "|forward.confirmed|fcrdns|iprev|dns inverso|inverse dns|generic (?:host|ptr"
        "|name)|dynamic (?:ip|address|host|pool|range)|dial-?up|dynamically assigned"
        "|residential|dynablock|directly to (?:our|the|mx)|direct.to.mx"
        "|end-?user (?:ip|address)|(?:smtp relay|mail ?server|smarthost|mail relay"
        "|smtp server) (?:at|of|from|provided by) (?:your|the) (?:service provider"
        r"|isp|provider)|use your (?:isp|provider)|dynamische\w* (?:ip|adress\w*)",
    ),
    Rule("config", "machine_refused", codes=r"5\d\d 5\.7\.25\b"),
    # What is written about in the letter, not who carries it.
    Rule(
        "content",
        "blocklisted",
        r"surbl|uribl|\bdbl\b|dbl\.spamhaus|(?:\burls?|\blinks?|\buris?"
        r"|hyperlinks?)\b.{0,60}(?:listed|black ?list\w*|block\w*|reputation"
        r"|malicious)|(?:reputation|block ?list\w*|black ?list\w*"
        r"|listed)(?: \w+){0,4} (?:domain|url|link)s?\b"
        r"|domains?\b.{0,40}(?:reputation|black ?list\w*|block ?list\w*|\blisted\b)"
        r"|content.{0,30}black ?list\w*",
        r"5",
        unless=r"#ip.{0,30}(?:listed|block)|client host|\bip\b.{0,30}(?:listed|block)",
    ),
    Rule(
        "sender",
        "sender_refused",
        "(?:your|sender'?s?|from|mail ?from) (?:e-?mail )?(?:address|domain"
        r"|sender)\b.{0,30}(?:black|block)-?(?:ed|list\w*)",
        unless=r"\bip\b|#ip",
    ),
    Rule(
        "auth",
        "ip_not_allowed",
        "invalid credentials for relay|(?:un(?:authori[sz]ed|recogni[sz]ed|known)"
        r"|not authori[sz]ed|new|not (?:white)?listed|not allowed) (?:\w+ ){0,2}ip\b"
        r"|\bip(?: address)?\b.{0,40}(?:not|n't) (?:in |on "
        r"|your )?(?:the )?(?:authori[sz]ed|whitelist\w*|allow ?list\w*|recogni[sz]ed"
        "|allowed to (?:use|access|connect|log|relay))|(?:authori[sz]ed"
        r"|allowed) ips\b",
        unless=r"directly|rcpt domain|\bspf\b",
    ),
    Rule(
        "transient",
        "blocklisted",
        f"{LISTED_FOR_NOW}|{LISTS}",
        r"4",
        unless=r"recipient|quota",
    ),
    Rule(
        "config",
        "blocklisted",
        f"{LISTED}|{LISTS}",
        r"5",
        unless=r"relay\w*|recipient (?:address )?rejected|likely (?:unsolicited"
        "|suspicious) mail|client host rejected: access denied|sender address"
        r"|\bspf\b|dmarc|as a from|domain of|by (?:the )?(?:recipient|user)"
        "|sender.{0,20}(?:in|on|is)? ?(?:your|the recipient|blocked by)",
    ),
    Rule("config", "blocklisted", codes=r"5\d\d 5\.7\.(?:511|6[0-4]\d|708)\b"),
)

"""Logins: refused, missing, locked, not wanted; relaying; accounts that are off."""

from __future__ import annotations

from .rule import Rule, near

LOGIN = ("login",)
AT_LOGIN = (
    Rule("auth", "ms_tenant", r"\btenant\b", r"5\d\d 5\.7\.139", LOGIN),
    Rule("auth", "ms_mailbox", r"\bmailbox\b", r"5\d\d 5\.7\.139", LOGIN),
    Rule(
        "auth",
        "ms_security_defaults",
        r"security defaults",
        r"5\d\d 5\.7\.139",
        LOGIN,
    ),
    Rule(
        "auth",
        "ms_password",
        r"(?:credentials (?:were|are)|password is) incorrect",
        r"5\d\d 5\.7\.139",
        LOGIN,
    ),
    Rule("auth", "ms_oauth", r"basic auth\w* is (?:disabled|not supported)|basicauth"),
    Rule("auth", "ms_policy", codes=r"5\d\d 5\.7\.139", steps=LOGIN),
    Rule(
        "auth",
        "app_password",
        r"(?:application|app)[ -]?specific pass\w*|\bapp(?:lication)?[ -]?passw\w*"
        r"|username and password not accepted|log ?in (?:via|with) your web browser"
        r"|mot de passe d'application|anwendungs\w* passwort|app-passwort|third-party",
        steps=("login", "sender"),
    ),
    Rule(
        "auth",
        "login_locked",
        r"auth005|too many (?:\w+ )?(?:bad|failed|invalid|unsuccessful|wrong"
        "|incorrect).{0,40}(?:auth|log ?in|attempt|password)|too many .{0,20}(?:auth"
        r"|login|password)\w* (?:failure|error)s?|(?:brute.?force|fail2ban)|(?:login"
        r"|auth\w*|account) .{0,40}temporarily (?:locked|blocked|disabled)"
        r"|temporarily (?:locked|blocked) .{0,30}(?:login|auth\w*|attempts)"
        r"|zu viele .{0,20}(?:login|anmelde)\w*",
        steps=("login", "greeting", "sender"),
    ),
    Rule(
        "transient",
        "login_temporary",
        r"temporar\w*|later|try again|unavailable|connection lost|timed? ?out",
        r"4",
        LOGIN,
        unless=r"too many|credits|exce+d\w*",
    ),
    Rule(
        "quota", "too_many_logins", r"too many log ?ins?", r"4", LOGIN, retry_after=900
    ),
    # Written just so by Amazon, and otherwise by servers of everybody's own.
    Rule("auth", "ses_credentials", r"^authentication credentials invalid", "", LOGIN),
    Rule(
        "auth",
        "login_not_offered",
        r"(?:auth\w*|mechanism|command|login).{0,60}(?:not (?:advertised|supported"
        "|enabled|available|implemented|recogni[sz]ed|allowed)|unsupported|too weak"
        "|unknown|unrecogni[sz]ed|disabled)|(?:unsupported|unrecogni[sz]ed|unknown"
        r"|invalid|bad) (?:\w+ ){0,2}(?:auth\w*|mechanism)",
        r"50[0-4]|534|538|\d+ 5\.(?:7\.[49]|5\.4)",
        LOGIN,
    ),
)
SWITCHED_OFF = (
    r"gesperrt|deaktiviert|abgeschaltet|stillgelegt|ausgesetzt|blockiert|sospes\w*"
    r"|disabilitat\w*|disattivat\w*|bloccat\w*|chius[oa]|suspendu\w*|desactive\w*"
    r"|bloque\w*|ferme\b|suspendid\w*|deshabilitad\w*|desactivad\w*|bloquead\w*"
    r"|cerrad\w*|expire\b|abgelaufen|gekundigt|scadut\w*|caducad\w*|vencid\w*"
    r"|resilie\w*|(?:switched|turned) off|compromised|hacked"
)
# Our own account, in the words of the one who speaks to us.
YOURS = (
    r"(?:votre|vostr[oa]|tu[oa]|su[oa]?|ihr\w*|dein\w*|your) (?:\w+ ){0,2}(?:compte"
    r"|account|casella|cuenta|konto|postfach|zugang|acces\w*|boite|buzon|servi\w*"
    r"|abonnement|abbonamento|suscripcion|vertrag|contrat\w*)\b"
)
OFF = (
    Rule(
        "auth",
        "account_disabled",
        "(?:your|this|the|sender'?s?|sending|sasl|from|e-?mail|mail|smtp|user|domain"
        r"|^mail ?box|casella|boite|buzon|zugang|postfach"
        r"|account|konto|compte|cuenta|login|service|benutzer)\b.{0,40}(?:account"
        "|mail ?box|user|service|domain|access|submission|konto|compte|cuenta"
        r"|postfach|benutzer|outgoing|sending|smtp|login)?\b.{0,60}(?:disabled"
        "|suspended|locked|deactivated|paused|terminated|frozen|on hold|expired"
        r"|overdue|unpaid|cancell?ed|inactive"
        rf"|{SWITCHED_OFF})",
        steps=("login", "sender"),
        unless=r"smtputf8|pipelining",
    ),
    Rule(
        "auth",
        "account_disabled",
        "account has limited access|permissions? to submit|sending (?:is "
        "|was )?(?:suspended|disabled|paused)|(?:outgoing|outbound|sending"
        r"|smtp)\b.{0,30}suspension|(?:smtp|sending|sender'?s?|submission"
        r"|relay) (?:account|user|service|mailbox)\b.{0,30}(?:suspended|disabled"
        "|inactive|blocked|locked|closed|deactivated)|(?:outgoing|outbound|sending"
        r"|submission) (?:[\w~]+ ){0,4}?(?:(?:has been|have been|is|are|was"
        r"|were) (?:\w+ ){0,2}(?:suspended|disabled|blocked|paused|locked|restricted"
        "|deactivated|stopped|(?:switched|turned) off|not (?:enabled|allowed"
        "|activated))|(?:suspended|paused"
        "|disabled|blocked) for )|unusual (?:sending )?activity"
        r"|your (?:\w+ ){0,4}(?:account|service|domain|user|mailbox|subscription"
        r"|server)\b.{0,60}(?:suspended|disabled|blocked|locked|deactivated|paused"
        "|terminated|frozen|closed|restricted|on hold|under (?:review|validation)"
        "|not (?:yet )?(?:been )?(?:activated|approved|active|validated|enabled)"
        "|inactive|pending|expired|compromised)|(?:account|sender|user"
        r"|domain)\b.{0,40}(?:suspended|disabled|blocked|restricted|prohibited"
        r"|barred) (?:\w+ ){0,3}(?:from )?(?:sending|send)\b|(?:smtp|sending|send"
        r"|mail) (?:access|service|function\w*|privileg\w*"
        r"|permission)\b.{0,30}(?:disabled|suspended|blocked|revoked|denied"
        "|not enabled)|smtp(?:-| )?versand.{0,40}(?:gesperrt|deaktiviert)"
        "|account (?:is )?(?:suspended|on hold|not activated|frozen|under review"
        "|pending)|domain .{0,40}is not allowed to send.{0,20}(?:disabled|suspended)"
        "|(?:not (?:allowed|permitted|enabled) to|can ?not|can't"
        "|unable to) send (?:any |out |outgoing |external )?(?:e-?mails?|mails?"
        r"|messages?)\b(?! (?:to|from|as|on))|invio (?:\w+ ){0,3}(?:sospeso|bloccato"
        r"|disabilitato)|envoi (?:\w+ ){0,3}(?:suspendu|bloque|desactive)"
        rf"|{YOURS}.{{0,60}}(?:{SWITCHED_OFF}|cours de (?:verification|validation)"
        rf"|uberpruf\w*|en revision|in (?:fase di )?verifica)"
        "|(?:stopped|blocked|suspended|paused|withheld"
        "|frozen) .{0,40}from your account",
        unless=r"tried to reach|attempted to reach|recipient|this mailbox is disabled"
        r"|directly|spf|dmarc|to (?:this|the) (?:user|mailbox|address)|does not accept",
    ),
)
NOT_LOGGED_IN = (
    r"not (?:been )?logged[ -]?in|not login\b|(?:is|was|are|were|been)? ?(?:not|n't"
    r"|never) (?:yet )?(?:been )?(?:authenticat\w*|authenticate\w*)\b"
    "|unauthenticated (?:sender|user|client|connection|relay|smtp|access|session)s?"
    r"|(?:auth\w*|log ?in|logon|smtp-?auth\w*|credentials|password|anmeldung"
    r"|authentifi\w*|authentis\w*|autentica\w*|autenticac\w*"
    r"|identification)\b.{0,30}(?:is |are )?(?:required|needed|necessary|first"
    "|mandatory|erforderlich|notwendig|notig|zuerst|requise?|obligatoire|necessaire"
    r"|richiest\w*|necessari\w*|obbligatori\w*|requerid\w*|necesari\w*|missing)"
    r"|(?:require\w*|need\w*|must|please|should|have to) (?:\w+ ){0,3}(?:auth\b"
    r"|authenticat\w*|authentification|log ?in\b|login|logged in|smtp auth|smtp-auth)"
    r"|before authenticat\w*|pop.before.smtp|(?:check|read|fetch|get) (?:your "
    r"|for )?(?:new )?mail (?:first|before)|no (?:smtp )?auth\w*"
    r"|without (?:prior )?auth\w*|5\.5\.1 auth|unauthori[sz]ed (?:user|sender|relay)"
    r"|anonymous|unidentified|not identified|non identifi\w*|non (?:e "
    r"|sei )?(?:stato )?autenticat\w*|nicht (?:angemeldet"
    r"|authentifiziert|authentisiert|eingeloggt)|non authentifie\w*"
    r"|no (?:esta )?autenticad\w*|mailstore not authenticated"
    "|client not authenticated"
)
MISSING = (
    Rule(
        "auth",
        "login_missing",
        NOT_LOGGED_IN,
        logins=(False, None),
        unless=r"dmarc|\bspf\b|dkim|unauthenticated (?:mail|e-?mail|message)|\barc\b"
        r"|resolver|group|auth\w* results|no auth\w* results|dns",
        steps=("greeting", "sender", "recipient", "delivery"),
    ),
    Rule("auth", "login_missing", codes=r"530", logins=(False, None)),
    # To one who has not logged in, whatever is said of logins asks for one.
    Rule(
        "auth",
        "login_missing",
        r"smtp[ -]?auth\w*|authenti[cfs]\w*|autentic\w*|anmeld\w*|\blog ?in\b"
        r"|einlogg\w*|eingelogg\w*|(?:vous|veuillez) (?:\w+ )?connecter"
        r"|connectez-vous|l'accesso|accedere|accedi\b|inici\w* (?:la )?sesion"
        r"|acreditarse|\bsign ?in\b|identif\w*|pass ?wor\w*|mot de passe|contrasena"
        r"|(?:after|nach) pop\b"
        r"|mails? (?:zuerst |vorher )?abrufen",
        r"5",
        ("sender", "recipient", "delivery"),
        (False,),
        r"dmarc|\bspf\b|dkim|unauthenticated (?:mail|e-?mail|message)|resolver|\barc\b",
    ),
    # The login was good: what is left to be refused is who it writes as.
    Rule(
        "sender",
        "sender_denied",
        codes=r"530",
        steps=("sender", "recipient"),
        logins=(True,),
    ),
)
RELAY = (
    r"relay\w*.{0,30}(?:denied|disallow\w*|prohibit\w*|reject\w*|refus\w*"
    "|not (?:permitted|allowed|authori[sz]ed|enabled|possible|local)|forbidden"
    r"|n't (?:permitted|allowed)|restrict\w*|verboten|abgelehnt|interdit|refuse"
    r"|negato|vietato|denegad\w*|non (?:e )?(?:consentit|permess|autorizzat"
    r"|abilitat)\w*"
    r"|nicht (?:erlaubt|gestattet|zulassig|moglich)|no (?:esta )?permitid\w*"
    r"|pas (?:autorise|permis)|verweigert|\bonly\b|customers|\bnur\b)|(?:\bno\b"
    r"|\bnon\b|nicht|pas)\b.{0,20}"
    r"(?:weiterleit\w*|retransmi\w*|inoltr\w*|reenvi\w*)|(?:weiterleit\w*|weitergabe"
    r"|retransmi\w*|inoltro|reenvi\w*|reexpedition)\b"
    r".{0,60}(?:nicht|verboten|verweigert|abgelehnt|\bno\b|\bnon\b|pas\b|deneg\w*"
    r"|vietat\w*|interdit\w*|negat\w*|refus\w*)|(?:unable|not permitted|not allowed"
    r"|not authori[sz]ed|do(?:es)? not|don't|cannot|can't|won't|will not|refus\w*"
    r"|denied|no|unauthori[sz]ed|prohibited|illegal|attempt\w* to|not an open"
    r"|rejected:?|third[ -]?party|not configured to) (?:\w+ ){0,3}relay\w*"
    r"|only .{0,30}(?:our|local|own|hosted) (?:own )?domains?\b|relay access"
    r"|not relay|rcpthosts|not (?:a )?(?:gateway"
    r"|local(?:ly)? (?:hosted)?(?:domain|host))|\bwe do not relay|mail relay"
    "|relay mail|relais (?:refuse|interdit)|(?:domain|host) is not (?:hosted|handled"
    "|local) (?:here|by|on)|not in my list|client host rejected: access denied"
    r"|is not (?:a )?local(?:ly)?\b.{0,20}domain|for relay\b|no relaying|relaying"
    "|open relay|not an? allowed relay"
)
RELAYING = (
    Rule("auth", "login_missing", RELAY, logins=(False,)),
    Rule("auth", "login_missing", codes=r"5\d\d 5\.7\.64\b", logins=(False,)),
    Rule("config", "relay_denied", RELAY),
    Rule("config", "relay_denied", codes=r"5\d\d 5\.7\.64\b"),
)
LOGIN_LEFT = (
    Rule("auth", "login_refused", r"password transition", "", LOGIN),
    Rule(
        "auth",
        "login_refused",
        near(
            r"password|passwort|mot de passe|contrasena|credentials|username|user name",
            r"wrong|incorrect|invalid|bad|expired|falsch|ungultig|incorrecte?|errat\w*"
            r"|mismatch|not (?:valid|accepted|correct)|reject\w*|fail\w*",
            40,
        ),
        r"5",
        LOGIN,
    ),
    Rule("transient", "login_temporary", "", r"4", LOGIN),
)

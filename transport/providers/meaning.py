"""What an API's refusal means: by the field it names, by its words, by its status.

The words are judged as a mail server's are (``judging``); only the codes are others,
for the statuses of HTTP are no reply codes of SMTP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..exchange import Answer
from ..judging import judge, read

Meaning = tuple[str, str]
# Who refuses a parameter names it: ours are the company's settings, theirs the people.
OURS = (
    r"reply[-_ ]?to(?:_list)?|from(?:[._ ]?(?:e-?mail)?(?:[._ ]?address)?|[._]name)"
    r"|content\.from|sender(?:[._]\w+)*|return[-_ ]?path"
)
THEIRS = (
    r"personalizations?|to(?:[._ ]?e-?mails?|[._ ]?addresses)?|b?cc(?:[._ ]?addresses)?"
    r"|recipients?|destination\w*"
)
PARAMETERS = ("field", "param", "parameter", "property", "ErrorRelatedTo")
# What follows the name in a path: "[0].Email", ".0.email".
PATH = r"(?=$|[.\[ ])"
MARKED = (
    r"(?:['\"`]({0})['\"`]|\b({0}) (?:field|param(?:eter)?|header|property|object)\b)"
)
NAMED = (
    r"(?:parsing|not valid in|invalid in|valid|missing|malformed) (?:the )?({0})\b"
    r"(?! (?:send|use|be|a|an|the|your|this|do|have|find)\b)|^({0}) (?:e-?mail )?"
    r"(?:address )?is (?:missing|required|invalid|not valid|empty)\b"
)
KEY = re.compile(
    r"(?<!idempotency )\b(?:key|token|credentials?|secret)s?\b.{0,40}(?:invalid"
    r"|not found|expired|missing|revoked|disabled|incorrect|wrong"
    r"|not (?:exist|valid|authori[sz]ed)"
    r"|required|unknown|inactive|malformed)|(?:invalid|bad|missing|unknown|expired|no"
    r"|incorrect|wrong) (?:\w+[ -])?(?:api|server|account|access|auth\w*)?[ -]?"
    r"(?:key|token|credentials?)\b",
    re.IGNORECASE,
)
FOREIGN_IP = re.compile(
    r"unauthori[sz]ed ip|unrecogni[sz]ed ip|\bip\b.{0,40}not.{0,9}(white|allow).?list"
    r"|\bip\b.{0,30}not (allowed|authori[sz]ed)",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"access forbidden|(not|insufficient).{0,20}(permission|scope)", re.IGNORECASE
)
SUPPRESSED = re.compile(
    r"suppress|inactive recipient|marked as inactive|zero recipients"
    r"|(recipient|\bto\b).{0,60}(invalid|not (a )?valid|parse)"
    r"|invalid.{0,20}(recipient|e-?mail address)",
    re.IGNORECASE,
)
# Said by what stands in front of a service, and by no service.
WALL = re.compile(
    r"cloudflare|just a moment|attention required|captcha|incapsula|akamai|sucuri"
    r"|checking your browser|web application firewall|access denied|captive",
    re.IGNORECASE,
)
STATUS_MEANING: dict[int, Meaning] = {
    401: ("auth", "login_refused"),
    402: ("quota", "quota_plan"),
    403: ("auth", "login_refused"),
    404: ("config", "not_found"),
    405: ("config", "not_found"),
    406: ("config", "http_refused"),
    # A proxy on the way wants a login of its own.
    407: ("config", "intercepted"),
    408: ("transient", "temporary"),
    410: ("config", "not_found"),
    411: ("config", "http_refused"),
    413: ("content", "too_big"),
    # It takes no letters, or not in this form.
    415: ("config", "http_refused"),
    # SparkPost's own, and some others': enhance your calm.
    420: ("quota", "rate"),
    421: ("config", "http_refused"),
    423: ("transient", "temporary"),
    425: ("transient", "temporary"),
    426: ("config", "http_refused"),
    429: ("quota", "rate"),
    451: ("config", "http_refused"),
    501: ("config", "http_refused"),
    505: ("config", "http_refused"),
    509: ("quota", "quota_plan"),
    # RFC 6585 6: the network itself wants a login.
    511: ("config", "intercepted"),
}
NO_SUCH_PLACE = {404, 405, 410}
# What a page says of itself by its status, whoever it is of.
PAGE_MEANING = {
    404: ("config", "not_found"),
    408: ("transient", "temporary"),
    410: ("config", "not_found"),
    413: ("content", "too_big"),
    429: ("transient", "rate"),
}


def by_place(status: int, words: str) -> Meaning | None:
    """Whether the refusal is about the address that the request comes from."""
    if status in {401, 403} and FOREIGN_IP.search(words[:2000]):
        return "auth", "ip_not_allowed"
    return None


def by_page(answer: Answer) -> Meaning | None:
    """A web page in place of an API: of a wall, a proxy, a login, a wrong address."""
    if not answer.is_page:
        return None
    if answer.status in PAGE_MEANING:
        return PAGE_MEANING[answer.status]
    if answer.status < 300 or 400 <= answer.status < 500:
        return "config", "http_refused"
    return ("config", "http_refused") if WALL.search(answer.text[:4000]) else None


def by_field(answer: Answer, words: str) -> Meaning | None:
    """Whose address was refused, where the answer names the parameter."""
    if not 400 <= answer.status < 500 or KEY.search(words[:2000]):
        return None
    for path in _parameters(answer.json()):
        for fields, meaning in FIELDS:
            if re.match(rf"(?:{fields}){PATH}", path, re.IGNORECASE):
                return meaning
    said = words[:2000]
    for form in (MARKED, NAMED):
        for fields, meaning in FIELDS:
            if re.search(form.format(fields), said, re.IGNORECASE):
                return meaning
    return None


def refused_copy(answer: Answer, words: str) -> str:
    """``cc`` or ``bcc``, if that is the parameter that was refused; else empty."""
    found = " ".join(_parameters(answer.json()))
    if not found and (named := re.search(COPY_NAMED, words[:2000], re.IGNORECASE)):
        found = next(filter(None, named.groups()))
    copy = re.search(r"(?<![a-z])(b?cc)(?![a-z])", found, re.IGNORECASE)
    return copy[1].lower() if copy else ""


COPY_NAMED = f"{MARKED}|{NAMED}".format("b?cc")
FIELDS = (
    (OURS, ("sender", "sender_refused")),
    (THEIRS, ("recipient", "recipient_refused")),
)


def _parameters(value: object, depth: int = 6) -> Iterator[str]:
    """What is called a parameter anywhere in an answer, e.g. ``from.email``."""
    if not depth:
        return
    if isinstance(value, list):
        for item in value[:20]:
            yield from _parameters(item, depth - 1)
    if isinstance(value, dict):
        for name, item in value.items():
            found = item if isinstance(item, list) else [item]
            if name in PARAMETERS:
                yield from (word for word in found if isinstance(word, str))
            else:
                yield from _parameters(item, depth - 1)


def by_words(status: int, words: str) -> Meaning:
    """Kind and cause of a refusal by the provider's words, else by its status."""
    said = words[:2000]
    if not 400 <= status < 500 or status in NO_SUCH_PLACE:
        return by_status(status)
    if RIGHTS.search(said):
        return "auth", "key_rights"
    if KEY.search(said):
        return "auth", "login_refused"
    if SUPPRESSED.search(said):
        return "recipient", "recipient_refused"
    rule = judge(read(550, said, step="delivery"))
    # A rule without words would speak of the code, which is not the server's.
    if rule.words and not (status == 429 and rule.kind not in {"quota", "transient"}):
        return rule.kind, rule.cause
    return by_status(status)


def by_status(status: int) -> Meaning:
    """Kind and cause of an HTTP status alone (RFC 9110 15)."""
    if status in STATUS_MEANING:
        return STATUS_MEANING[status]
    if 300 <= status < 400:
        return "config", "redirect"
    if status >= 500:
        return "transient", "temporary"
    return "content", "http_refused"

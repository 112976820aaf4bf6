"""What receivers will make of the company's letters, in plain words."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

OUTCOMES = {
    "fine": _lt("Letters from %(domain)s through this server should arrive well."),
    "weak": _lt(
        "Letters from %(domain)s through this server will mostly arrive, but some "
        "receivers may take them for spam."
    ),
    "spam": _lt(
        "Many receivers will take letters from %(domain)s through this server for spam."
    ),
    "rejected": _lt(
        "Many receivers will refuse letters from %(domain)s through this server, "
        "because the domain itself asks them to."
    ),
    "unknown": _lt(
        "The name servers could not be asked, so nothing can be said about %(domain)s. "
        "Check the internet connection of the server, and that the Python package "
        "dnspython is installed."
    ),
}

CHECKS = {
    "spf": {
        "pass": _lt("SPF: the domain allows this server to send."),
        "missing": _lt(
            "SPF: the domain does not say who may send for it. Add this TXT record to "
            "the domain: “%(advised)s”. If other services send for it too, their "
            "entries belong into the same record."
        ),
        "not_listed": _lt(
            "SPF: the domain does not list this server. Replace its SPF record by "
            "“%(advised)s”."
        ),
        "multiple": _lt(
            "SPF: the domain has several records, which counts as none. Replace them "
            "all by one: “%(advised)s”."
        ),
        "invalid": _lt(
            "SPF: the record can't be read because of “%(term)s”, which counts as an "
            "error. Replace it by “%(advised)s”."
        ),
        "too_many_lookups": _lt(
            "SPF: the record asks for more than ten others, which counts as an error. "
            "Take out what no longer sends for the domain."
        ),
        "full": _lt(
            "SPF: the domain does not list this server, and its record has no room for "
            "one more (ten look-ups at most). Take out what no longer sends for the "
            "domain, then check again."
        ),
        "too_open": _lt(
            "SPF: the record allows everybody, which helps nobody. Replace it by "
            "“%(advised)s”."
        ),
        "not_needed": _lt(
            "SPF: this service sends with a return address of its own, so the record "
            "of your domain does not matter here. DKIM does."
        ),
        "unasked": _lt("SPF: could not be asked."),
    },
    "dkim": {
        "found": _lt("DKIM: the domain has a key for signatures (%(selector)s)."),
        "revoked": _lt("DKIM: the key of the domain was withdrawn (%(selector)s)."),
        "not_found": _lt(
            "DKIM: no key was found in the usual places. Switch on DKIM at the "
            "provider."
        ),
        "unknown": _lt(
            "DKIM: the place of the key is not known. Ask the provider whether it "
            "signs."
        ),
        "unasked": _lt("DKIM: could not be asked."),
    },
    "dmarc": {
        "none": _lt("DMARC: the domain watches, but asks for nothing."),
        "quarantine": _lt("DMARC: the domain asks to treat false letters as spam."),
        "reject": _lt("DMARC: the domain asks to refuse false letters."),
        "missing": _lt(
            "DMARC: the domain has no record. Large providers want one: add a TXT "
            "record at _dmarc.%(domain)s, such as “v=DMARC1; p=none”."
        ),
        "multiple": _lt(
            "DMARC: the domain has several records, which counts as none. Keep one of "
            "them at _dmarc.%(domain)s."
        ),
        "invalid": _lt(
            "DMARC: the record at _dmarc.%(domain)s can't be read. Replace it by "
            "“v=DMARC1; p=none”."
        ),
        "unasked": _lt("DMARC: could not be asked."),
    },
}

# Where nobody can tell the whole record.
WITHOUT_RECORD = {
    "missing": _lt(
        "SPF: the domain does not say who may send for it. Ask the operator of the "
        "mail server what to enter as an SPF record."
    ),
    "not_listed": _lt(
        "SPF: the domain does not list this server. Ask the operator of the mail "
        "server what to add to the SPF record."
    ),
    "multiple": _lt(
        "SPF: the domain has several records, which counts as none. Put all their "
        "entries into one."
    ),
    "invalid": _lt(
        "SPF: the record can't be read because of “%(term)s”, which counts as an "
        "error. Correct it or take it out."
    ),
    "too_open": _lt(
        "SPF: the record allows everybody, which helps nobody. Write ~all instead of "
        "+all at its end."
    ),
}


def tell(env, verdict):
    """The verdict as sentences.

    :param verdict: :class:`advice.verdict.Verdict`
    :return: list of sentences, the outcome first
    """
    outcome = str(env._(OUTCOMES[verdict.outcome])) % {"domain": verdict.domain}
    return [outcome, *(_tell_check(env, verdict, name) for name in CHECKS)]


def _tell_check(env, verdict, name):
    check = getattr(verdict, name)
    sentence = CHECKS[name][check.state]
    if name == "spf" and "advised" not in check.facts:
        sentence = WITHOUT_RECORD.get(check.state, sentence)
    facts = {"domain": verdict.domain, **check.facts}
    known = {
        "selector": "–",
        "term": "…",
        **{key: str(fact) for key, fact in facts.items()},
    }
    return str(env._(sentence)) % known

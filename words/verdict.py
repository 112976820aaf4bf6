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
            "SPF: the domain does not say who may send for it. Add a TXT record, such "
            "as “v=spf1 %(include)s ~all”."
        ),
        "not_listed": _lt(
            "SPF: the domain does not list this server. Add “%(include)s” to its SPF "
            "record."
        ),
        "multiple": _lt("SPF: the domain has several records, which counts as none."),
        "too_many_lookups": _lt(
            "SPF: the record asks for more than ten others, which counts as an error."
        ),
        "too_open": _lt("SPF: the record allows everybody, which helps nobody."),
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
        "invalid": _lt("DMARC: the record can't be read."),
        "unasked": _lt("DMARC: could not be asked."),
    },
}


def tell(env, verdict):
    """The verdict as sentences.

    :param verdict: :class:`transport.verdict.Verdict`
    :return: list of sentences, the outcome first
    """
    sentences = [_fill(env, OUTCOMES[verdict.outcome], {"domain": verdict.domain})]
    for name, states in CHECKS.items():
        check = getattr(verdict, name)
        facts = {"domain": verdict.domain, **check.facts}
        sentences.append(_fill(env, states[check.state], facts))
    return sentences


def _fill(env, term, facts):
    known = {"include": "…", "selector": "–", **facts}
    sentence = env._(term)
    return sentence % {name: str(fact) for name, fact in known.items()}

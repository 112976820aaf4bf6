"""Numbers and dates in a language, by Odoo's own formatters."""

from functools import lru_cache
from math import isfinite

from odoo.tools import float_is_zero, float_round
from odoo.tools.misc import format_date, get_lang

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
FLOAT_DIGITS = 6
SIGNIFICANT_DIGITS = 15
SCRIPTS = {"latin": "Latn", "cyrl": "Cyrl"}


def language_tag(code):
    """Return an Odoo language such as "sr@latin" in the form of RFC 5646."""
    code, _at, script = (code or "en_US").partition("@")
    language, *region = code.split("_")
    return "-".join([language, *filter(None, [SCRIPTS.get(script.lower())]), *region])


class Formats:
    """Formats for one environment, whose language is the document's."""

    def __init__(self, env):
        self.env = env
        self.lang = env["res.lang"].browse(get_lang(env).id)
        self.digits = lru_cache(env["decimal.precision"].precision_get)

    def date(self, value):
        return format_date(self.env, value) if value else ""

    def amount(self, value, currency):
        digits = currency.decimal_places
        value = 0.0 if float_is_zero(value, precision_digits=digits) else value
        text = self.number(currency.round(value) if isfinite(value) else value, digits)
        symbol = currency.symbol or ""
        if currency.position == "before":
            return f"{symbol}{NO_BREAK_SPACE}{text}"
        return f"{text}{NO_BREAK_SPACE}{symbol}"

    def number(self, value, digits):
        if not isfinite(value):
            return str(value)
        value = float_round(value, precision_digits=digits)
        text = self.lang.format(f"%.{digits}f", value, grouping=True)
        return text.replace(" ", NO_BREAK_SPACE)

    def free_number(self, value, least):
        """Format a number with as many decimals as it has, at least `least`."""
        if not isfinite(value):
            return str(value)
        whole = len(str(int(abs(value))))
        most = min(FLOAT_DIGITS, max(SIGNIFICANT_DIGITS - whole, 0))
        decimals = f"{value:.{most}f}".partition(".")[2].rstrip("0")
        return self.number(value, min(max(len(decimals), least), max(most, least)))

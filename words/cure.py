"""How a cure is chosen: the first row of a table that fits the circumstances."""

from typing import Any, NamedTuple


class Cure(NamedTuple):
    """What to do about ``causes`` where the circumstances are as in ``when``.

    :ivar causes: words of ``transport.CAUSES``, with spaces between
    :ivar when: circumstance -> the value it has, or a tuple of values; see
        ``advice.deduce``, and ``voice``, ``test`` or ``delivery``
    :ivar sentence: ``%(name)s`` stands for a circumstance; a row that names an
        unknown one does not fit
    """

    causes: str
    when: dict[str, Any]
    sentence: Any

    def fits(self, known):
        return all(_is(known.get(name), value) for name, value in self.when.items())


def _is(known, wanted):
    known = "" if known is None else known
    return known in wanted if isinstance(wanted, tuple) else known == wanted


def by_cause(*tables):
    """The rows of all tables as cause -> rows, in their order."""
    found = {}
    for cure in (row for table in tables for row in table):
        for cause in cure.causes.split():
            found.setdefault(cause, []).append(cure)
    return found

"""Whom a letter goes to, and what became of it for each: plain data, kept as JSON.

Nothing here knows the database. A letter is "sent" when all in To have it; Cc and the
blind copy never make a success.
"""

import re
from dataclasses import asdict, dataclass, replace

from ..transport import TransportError, reply_error

# What providers say of addresses from which letters came back before.
SUPPRESSED = re.compile(
    r"suppress|inactive (recipient|address)|marked as inactive|hard.?bounce"
    r"|(previous|earlier|recent)\w* bounce|bounced (before|earlier|previously)",
    re.IGNORECASE,
)
# The server wants to hear of these again, at once or when a person has settled what is
# wrong with the account; the gravest first.
LATER_KINDS = ("auth", "tls", "config", "sender", "quota", "transient")
# The blind copy keeps nobody waiting but itself.
COPY_KINDS = ("quota", "transient")
HAD = "accepted"


@dataclass(frozen=True)
class Place:
    """One address on the envelope.

    :ivar role: ``to``, ``cc`` or ``copy`` (the company's blind one)
    :ivar partner: id of the contact whose address it is, 0 for a bare address
    :ivar state: ``waiting``, ``accepted``, ``refused``, ``unknown``, ``bounced`` or
        ``held`` (a person kept it back)
    :ivar kind: why not, with ``cause`` and the server's own words in ``text``
    """

    address: str
    role: str = "to"
    partner: int = 0
    state: str = "waiting"
    kind: str = ""
    cause: str = ""
    text: str = ""

    @property
    def error(self):
        """Why not, for the cure; what it says is data."""
        facts = {"address": self.address}
        return TransportError(self.kind, self.cause, server_text=self.text, facts=facts)

    def fails(self, state, error):
        if state == "refused" and SUPPRESSED.search(error.server_text):
            return self.fails("bounced", suppressed(error))
        return replace(
            self,
            state=state,
            kind=error.kind,
            cause=error.cause,
            text=error.server_text,
        )


def suppressed(error):
    """The provider tells of a bounce that nobody else has told of."""
    return TransportError("recipient", "suppressed", server_text=error.server_text)


def read(values):
    return [Place(**value) for value in values or ()]


def dump(places):
    return [asdict(place) for place in places]


def waiting(places):
    return [place for place in places if place.state == "waiting"]


def gravest(places):
    """Of those who wait the one whose refusal says most of what must happen."""
    return min(places, key=lambda place: LATER_KINDS.index(place.kind))


def main(places):
    """Those whom the letter is for: To, or whoever there is."""
    return [place for place in places if place.role == "to"] or [
        place for place in places if place.role != "copy"
    ]


def begin(old, new):
    """The envelope of the next attempt: at the contacts' present addresses those who
    wait, and nobody who has the letter already.

    :param old: places as the last attempt left them
    :param new: places as the letter would be written today
    """
    if not old:
        return new
    settled = [place for place in old if place.state != "waiting"]
    return settled + [place for place in new if _is_awaited(place, old)]


def _is_awaited(place, old):
    """Whether it, or the address of which it takes the place, waits."""
    before = [p for p in old if p.address == place.address] or [
        p
        for p in old
        if (p.role == "copy" and place.role == "copy")
        or (p.partner and p.partner == place.partner)
    ]
    return bool(waiting(before))


def receive(places, receipt):
    """What a receipt tells of those who waited."""
    refusals = {refusal.address.casefold(): refusal for refusal in receipt.refused}
    unknown = {address.casefold() for address in receipt.unknown}
    return [_receive(place, refusals, unknown) for place in places]


def _receive(place, refusals, unknown):
    if place.state != "waiting":
        return place
    address = place.address.casefold()
    if address in unknown:
        return place.fails("unknown", TransportError("unknown", "not_told"))
    if address not in refusals:
        return replace(place, state=HAD, kind="", cause="", text="")
    error = refusals[address].error
    later = error.kind in (COPY_KINDS if place.role == "copy" else LATER_KINDS)
    return place.fails("waiting" if later else "refused", error)


def fail(places, error):
    """Nobody took it: those who waited get the server's word for each, if it had one.

    Cc and copy without one of their own were not refused: it just did not come to it.
    """
    words = {refusal.address.casefold(): refusal.error for refusal in error.refused}
    return [
        _fail(place, words.get(place.address.casefold()), error)
        if place.state == "waiting"
        else place
        for place in places
    ]


def _fail(place, word, error):
    if error.kind == "unknown":
        return place.fails("unknown", error)
    if word is None and place.role != "to":
        return replace(place, state="held")
    return place.fails("refused", word or error)


def bounce_error(code, text):
    """Why a letter came back, in the words of the report about it."""
    error = reply_error(code, text, step="recipient")
    if error.kind in ("recipient", "content", "sender"):
        return error
    return TransportError("recipient", "came_back", server_text=text)


def bounce(places, address, *, code, text):
    """The letter came back from one address."""
    error = bounce_error(code, text)
    return [
        place.fails("bounced", error) if place.address == address else place
        for place in places
    ]


def doubt(places, text):
    """It came back from one of those who have it, but nobody knows from whom."""
    error = TransportError("unknown", "came_back", server_text=text)
    return [
        place.fails("unknown", error)
        if place.state == HAD and place.role != "copy"
        else place
        for place in places
    ]


def reopen(places):
    """Send again, to those who have not got it; a refused copy stays refused."""
    return [
        replace(place, state="waiting")
        if place.state != HAD and (place.role, place.state) != ("copy", "refused")
        else place
        for place in places
    ]


def settle_waiting(places, state):
    return [
        replace(place, state=state) if place.state == "waiting" else place
        for place in places
    ]


def settle_others(places, addresses):
    """All but these have it."""
    return [
        place if place.address in addresses else replace(place, state=HAD)
        for place in places
    ]


def confirm(places):
    """A person has found out that those nobody knew of have it."""
    return [
        replace(place, state=HAD, kind="", cause="", text="")
        if place.state == "unknown"
        else place
        for place in places
    ]


def verdict(places, default):
    """The state of a letter nobody waits for any more; ``default`` if it has nobody."""
    states = {place.state for place in main(places)}
    if not states:
        return default
    if "unknown" in states:
        return "unknown"
    if states == {HAD}:
        return "sent"
    if HAD in states:
        return "partly"
    if "bounced" in states:
        return "bounced"
    return "cancelled" if states == {"held"} else "failed"

"""When to try again. No clock and no randomness: a table and a look-up."""

from __future__ import annotations

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# Greylisting opens after minutes, an outage lasts hours; after a day a person
# should look. RFC 5321 4.5.4.1 asks for at least 30 minutes on average.
TRANSIENT = (
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    8 * HOUR,
)
# A quota always ends: the last value repeats and the letter never fails by it.
QUOTA = (15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR)
# A full disk or a busy database is mended within minutes or by a person: asking costs
# nobody anything, so the letter leaves soon after.
OWN = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR)
WAITS = {"transient": TRANSIENT, "quota": QUOTA, "own": OWN}
# The longest that ``delay`` ever gives.
LONGEST = DAY


def delay(kind: str, attempt: int, retry_after: float | None = None) -> float | None:
    """Seconds to wait after the ``attempt``-th try (from 1), or None: not by itself.

    :param kind: failure kind of ``transport.errors.KINDS``
    :param retry_after: seconds the server asked for; it wins, within one day
    """
    waits = WAITS.get(kind)
    if waits is None or (kind == "transient" and attempt > len(waits)):
        return None
    if retry_after is not None:
        return float(min(max(retry_after, 1), DAY))
    return float(waits[min(max(attempt, 1), len(waits)) - 1])

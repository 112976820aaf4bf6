"""Some have the letter and some have not: what a receipt says of each."""

import json

import pytest
from account_email.transport import Receipt, TransportError, open_session
from account_email.transport.exchange import Answer
from account_email.transport.providers import PROVIDERS
from account_email.transport.providers.base import Call
from transport_apis import TO, profile_of
from transport_servers import SENDER, catcher, letter, smtp_profile

URL = "https://api.example/"


def receipt(name, body, *, recipients=tuple(TO), **options):
    provider = PROVIDERS[name](profile_of(name, URL))
    call = Call(URL, recipients, options)
    return provider.receipt(call, Answer(200, json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("results", "known"),
    [
        ({"total_accepted_recipients": 3, "total_rejected_recipients": 0}, True),
        ({"total_accepted_recipients": 1, "total_rejected_recipients": 2}, False),
        ({"total_accepted_recipients": 2, "total_rejected_recipients": 1}, False),
        ({"total_accepted_recipients": 1}, False),
    ],
)
def test_sparkpost_counts_but_names_nobody(results, known):
    found = receipt("sparkpost", {"results": results})
    assert found.accepted == (tuple(TO) if known else ())
    assert found.unknown == (() if known else tuple(TO))


def test_mailjet_names_each():
    asked = {"Messages": [{"To": [{"Email": TO[0]}, {"Email": TO[1]}]}]}
    told = {"Messages": [{"Status": "success", "To": [{"Email": TO[0].upper()}]}]}
    found = receipt("mailjet", told, recipients=tuple(TO[:2]), json=asked)
    assert found.accepted == (TO[0],)
    assert found.unknown == (TO[1],)


@pytest.mark.parametrize(
    ("words", "refused", "unknown"),
    [
        (f"OK, but will not deliver to these inactive addresses: {TO[0]}.", 1, 0),
        ("OK, some recipients are inactive", 0, 3),
        ("OK", 0, 0),
    ],
)
def test_postmark_says_it_in_a_sentence(words, refused, unknown):
    found = receipt("postmark", {"ErrorCode": 0, "MessageID": "1", "Message": words})
    assert (len(found.refused), len(found.unknown)) == (refused, unknown)
    assert len(found.accepted) == 3 - refused - unknown


def test_a_second_request_without_an_answer_is_no_refusal():
    call = Call(URL, (TO[2],))
    assert call.refused(TransportError("unknown", "lost_after_data")) == Receipt(
        (), unknown=(TO[2],)
    )
    assert call.refused(TransportError("recipient", "recipient_refused")).refused


@pytest.mark.parametrize("code", ["550", "450"])
def test_without_the_essential_ones_it_is_not_handed_over(code):
    lost = f"{code}@x.example"
    with catcher() as (handler, port), open_session(smtp_profile(port)) as session:
        with pytest.raises(TransportError) as caught:
            session.send(letter(), SENDER, [lost, *TO], essential=[lost])
        assert [refusal.address for refusal in caught.value.refused] == [lost]
        # The session goes on, and one of several is enough.
        found = session.send(letter(), SENDER, [lost, *TO], essential=[lost, TO[0]])
    assert found.accepted == tuple(TO)
    assert [taken.recipients for taken in handler.letters] == [TO]

"""Each HTTP API: what it is asked, and what its answers mean."""

from __future__ import annotations

import base64
import datetime
import email
import email.policy
import json
from email.headerregistry import Address

import pytest
import requests
from account_email.transport import header, open_session
from account_email.transport.providers.letter import read_letter
from account_email.transport.providers.sigv4 import signed_headers
from transport_apis import GOOD, NAMED, SECRET, TO, profile_of
from transport_scripts import http_server
from transport_servers import SENDER, letter, parts_of


def sent(provider, message=None, recipients=TO, key="letter-1", **values):
    """Send one letter; the request, and the receipt."""
    message = message or letter(
        Cc="The Boss <boss@customer.example>",
        **{"Reply-To": "Office <office@sender.example>"},
    )
    with (
        http_server(lambda request: GOOD[provider]) as (seen, url),
        open_session(profile_of(provider, url, **values)) as session,
    ):
        receipt = session.send(message, SENDER, recipients, idempotency_key=key)
    (request,) = seen
    return request, receipt


@pytest.mark.parametrize("provider", NAMED)
def test_nobody_sees_the_blind_copy_and_nobody_is_missing(provider):
    request, receipt = sent(provider)
    assert receipt.accepted == tuple(TO)
    for address in TO:
        assert address.encode() in request.body or provider in {"ses", "graph"}
    if provider in {"mailgun", "sparkpost", "ses"}:
        assert "copy@" not in str(raw_message(provider, request))


@pytest.mark.parametrize("provider", NAMED)
def test_a_letter_repeated_for_the_copy_alone(provider):
    request, receipt = sent(provider, recipients=TO[2:])
    assert receipt.accepted == tuple(TO[2:])
    if provider not in {"mailgun", "sparkpost", "ses"}:
        assert b"jane@" not in request.body


def raw_message(provider, request):
    """The message of a request of the APIs that take it as it is."""
    if provider == "mailgun":
        data = parts_of(request)["message"][0]
    elif provider == "graph":
        data = base64.b64decode(request.body)
    elif provider == "gmail_api":
        data = request.body
    elif provider == "ses":
        body = json.loads(request.body)
        data = base64.b64decode(body["Content"]["Raw"]["Data"])
    else:
        data = json.loads(request.body)["content"]["email_rfc822"].encode()
    return email.message_from_bytes(data, policy=email.policy.default)


@pytest.mark.parametrize(
    "provider", ["mailgun", "sparkpost", "ses", "graph", "gmail_api"]
)
def test_the_message_goes_as_it_is(provider):
    message = raw_message(provider, sent(provider)[0])
    assert message["Message-ID"] == "<0001@sender.example>"
    assert message["From"].addresses[0].display_name == "Acmé & Söhne, Inc."
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "INV 2026 0001.pdf"
    assert pdf.get_content().startswith(b"%PDF-1.7 \0\1\2")


def test_mailgun():
    request, _receipt = sent("mailgun", username="mg.example/../x")
    assert request.path == "/v3/mg.example%2F..%2Fx/messages.mime"
    assert parts_of(request)["to"][0].decode() == ", ".join(TO)
    login = base64.b64encode(f"api:{SECRET}".encode()).decode()
    assert request.headers["Authorization"] == f"Basic {login}"
    assert sent("mailgun", username="")[0].path == "/v3/sender.example/messages.mime"


def test_postmark():
    request, _receipt = sent("postmark")
    body = json.loads(request.body)
    assert request.path == "/email"
    assert request.headers["X-Postmark-Server-Token"] == SECRET
    assert body["From"] == f'"Acmé & Söhne, Inc." <{SENDER}>'
    assert (body["To"], body["Bcc"]) == ('"Jane" <jane@customer.example>', TO[2])
    assert body["Cc"] == '"The Boss" <boss@customer.example>'
    assert body["ReplyTo"] == '"Office" <office@sender.example>'
    assert {"Name": "Message-ID", "Value": "<0001@sender.example>"} in body["Headers"]
    (file,) = body["Attachments"]
    assert file["Name"] == "INV 2026 0001.pdf"
    assert base64.b64decode(file["Content"]).startswith(b"%PDF")


def test_postmark_names_who_is_inactive():
    words = (
        "Message OK, but will not deliver to these inactive addresses: "
        "boss@customer.example. Inactive recipients are ones that bounced."
    )
    body = {"ErrorCode": 0, "Message": words, "MessageID": "pm-2"}
    with (
        http_server(lambda request: (200, {}, json.dumps(body).encode())) as (_s, url),
        open_session(profile_of("postmark", url)) as session,
    ):
        receipt = session.send(letter(), SENDER, TO)
    assert receipt.accepted == (TO[0], TO[2])
    assert [refusal.address for refusal in receipt.refused] == [TO[1]]
    assert receipt.refused[0].error.kind == "recipient"


def test_sendgrid():
    request, _receipt = sent("sendgrid")
    body = json.loads(request.body)
    assert request.path == "/v3/mail/send"
    assert request.headers["Authorization"] == f"Bearer {SECRET}"
    assert body["personalizations"] == [
        {
            "to": [{"email": TO[0], "name": "Jane"}],
            "cc": [{"email": TO[1], "name": "The Boss"}],
            "bcc": [{"email": TO[2]}],
        }
    ]
    assert [part["type"] for part in body["content"]] == ["text/plain", "text/html"]
    assert body["reply_to_list"] == [
        {"email": "office@sender.example", "name": "Office"}
    ]
    assert body["attachments"][0]["disposition"] == "attachment"


def test_brevo():
    request, _receipt = sent("brevo")
    body = json.loads(request.body)
    assert request.path == "/v3/smtp/email"
    assert request.headers["api-key"] == SECRET
    assert body["replyTo"] == {"email": "office@sender.example", "name": "Office"}
    assert body["bcc"] == [{"email": TO[2]}]
    key = body["headers"].pop("idempotencyKey")
    assert key == json.loads(sent("brevo")[0].body)["headers"]["idempotencyKey"]
    assert len(key) == 36
    assert body["attachment"][0]["name"] == "INV 2026 0001.pdf"


def test_resend():
    request, _receipt = sent("resend", key="x" * 300)
    body = json.loads(request.body)
    assert request.path == "/emails"
    assert request.headers["Idempotency-Key"] == "x" * 256
    assert body["to"] == ['"Jane" <jane@customer.example>']
    assert body["reply_to"] == ['"Office" <office@sender.example>']
    assert "Idempotency-Key" not in sent("resend", key=None)[0].headers


def test_mailjet():
    request, _receipt = sent("mailjet")
    (body,) = json.loads(request.body)["Messages"]
    assert request.path == "/v3.1/send"
    assert body["From"] == {"Email": SENDER, "Name": "Acmé & Söhne, Inc."}
    assert body["Bcc"] == [{"Email": TO[2]}]
    assert body["CustomID"] == "letter-1"
    assert body["Attachments"][0]["Filename"] == "INV 2026 0001.pdf"


def test_sparkpost():
    request, _receipt = sent("sparkpost")
    body = json.loads(request.body)
    assert request.headers["Authorization"] == SECRET
    assert [r["address"]["email"] for r in body["recipients"]] == TO
    assert body["options"]["open_tracking"] is False


def test_ses_signs_what_it_sends():
    request, _receipt = sent("ses", username="AKIDEXAMPLE")
    body = json.loads(request.body)
    assert body["Destination"] == {
        "ToAddresses": TO[:1],
        "CcAddresses": TO[1:2],
        "BccAddresses": TO[2:],
    }
    authorization = request.headers["Authorization"]
    assert authorization.startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert "/us-east-1/ses/aws4_request, SignedHeaders=" in authorization
    assert len(request.headers.get_all("Host")) == 1


def test_signature_as_amazon_computes_it():
    """The value was computed by botocore for the same request."""
    request = requests.Request(
        "POST",
        "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails",
        json={"a": "b"},
    ).prepare()
    headers = signed_headers(
        request,
        key=("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        scope=("eu-west-1", "ses"),
        now=datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.timezone.utc),
    )
    assert headers["Authorization"].endswith(
        "Signature=2dbd4e97e92e0ce6ac74e09a09124659f7c70712b2b46dcd73b8163c96e472eb"
    )


@pytest.mark.parametrize("filename", ["", "noextension", "a\u202eb.pdf"])
def test_a_file_always_has_a_good_name(filename):
    message = letter()
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="x")
    part = list(message.iter_attachments())[-1]
    part.set_param("filename", filename, header="Content-Disposition")
    name = read_letter(message, SENDER, recipients=TO).files[-1].name
    assert name.endswith(".pdf")
    assert name.isprintable()


def test_pictures_inside_the_letter():
    message = letter()
    html = message.get_body(("html",))
    html.add_related(b"PNG", "image", "png", cid="<logo@x>", disposition="inline")
    files = read_letter(message, SENDER, recipients=TO).files
    assert {file.content_id for file in files} == {"", "logo@x"}


@pytest.mark.parametrize("provider", NAMED)
def test_an_international_domain(provider):
    to = "jörg@bücher.example"
    request, receipt = sent(
        provider, letter(To=f"Jörg <{to}>"), ["jane@bücher.example"]
    )
    assert receipt.accepted == ("jane@bücher.example",)
    assert b"jane@xn--bcher-kva.example" in request.body or provider in {"ses", "graph"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Acme, Inc.", "Acme, Inc."),
        ("Söhne", "Söhne"),
        ("Söhne, Inc.", "=?utf-8?b?U8O2aG5lLCBJbmMu?="),
    ],
)
def test_a_name_that_brevo_would_drop(name, shown):
    message = letter(From=Address(name, addr_spec=SENDER))
    body = json.loads(sent("brevo", message)[0].body)
    assert body["sender"] == {"email": SENDER, "name": shown}


def test_the_sender_of_ses_is_written_in_seven_bits():
    name, message = "Bäckerei „Zum Löwen“, Köln", letter()
    del message["From"]
    message["From"] = header.address_field("From", [(name, SENDER)])
    with (
        http_server(lambda request: GOOD["ses"]) as (seen, url),
        open_session(profile_of("ses", url)) as session,
    ):
        session.send(message, SENDER, TO[:1])
    said = json.loads(seen[0].body)["FromEmailAddress"]
    assert said.isascii()
    assert header.read_mailboxes(said) == [(name, SENDER)]

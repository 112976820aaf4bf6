"""What is written into a header is what a parser reads back, and nothing beside it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from account_email.transport import (
    address_field,
    are_addresses,
    file_name,
    read_mailboxes,
    serialize,
    text_field,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

ADDRESS = "billing@example.com"
NAMES = [
    "Construcciones y Servicios de la Península Ibérica S.A.",
    "Gesellschaft für Wärme- und Kältetechnik Müller & Söhne mbH & Co. KG",
    'Ndërmarrja për Shërbime Kontabël "Çlirimi" sh.p.k.',
    "Société d'Électricité et de Plomberie du Val-d'Oise, Établissements Lefèvre",
    "O'Brien, Murphy & Sons (Trading) Ltd.",
    "株式会社 日本語請求書サービス",
    "شركة الفواتير الإلكترونية المحدودة",
    "Ελληνική Εταιρεία Λογιστικών Υπηρεσιών Α.Ε.",
    "Acme 😀 Partners — “Best” Choice",
    "=?utf-8?q?x=0d=0aReply-To:_evil=40example.net?=",
    "=?utf-8?b?DQpCY2M6IHRoaWVmQGV2aWwuZXhhbXBsZQ==?=",
    "a =?us-ascii?q?b?= =?us-ascii?q?c?= d",
    "<thief@evil.example>, Jane",
    'back\\slash "quoted" \\',
    "undisclosed-recipients:;",
    "x" * 300,
    "word " * 60 + "end",
    "é" * 200,
    "👩‍👩‍👧‍👦 family",
]
SPACED = "a  b   c with   several    blanks"
EVIL = [
    "\r\nBcc: thief@evil.example",
    "\nX-Evil: 1",
    "\r\n\r\n<b>body",
    "a\x00b\x0bc\x85d\u2028e\u2029f\x1b[2J",
]
LIVE = {"blacklist_categories": ["Cc", "Cs", "Zl", "Zp"]}
TEXT = st.text(st.characters(**LIVE), min_size=1, max_size=160).map(
    lambda text: " ".join(text.split(" ")).strip()
)
ANY = st.text(max_size=80)


def built(name="Jane", subject="Invoice", files=(), as_list=False):
    message = EmailMessage(policy=policy.SMTP)
    message["Message-Id"] = "<1@example.com>"
    message["references"] = text_field("references", "<1@example.com> <2@example.com>")
    message["Subject"] = text_field("Subject", subject)
    message["From"] = address_field("From", [(name, ADDRESS)])
    message["To"] = address_field("To", [(name, ADDRESS), ("", "b@example.com")])
    message["Cc"] = address_field("Cc", [(name, ADDRESS)] * 3)
    message["Reply-To"] = address_field("Reply-To", [(name, ADDRESS)])
    message.set_content("Dear")
    message.add_alternative("<p>Dear</p>", subtype="html")
    for title in files:
        message.add_attachment(b"%PDF", "application", "pdf", filename=title)
    return message


def block_of(data):
    return data.partition(b"\r\n\r\n")[0]


def check_form(data, message):
    """Every header block of a letter, as RFC 5322 and RFC 2047 want it."""
    block = block_of(data)
    lines = block.split(b"\r\n")
    assert not re.search(rb"[\r\n]", b"".join(lines))
    assert all(len(line) <= 998 and line.strip() for line in lines)
    assert all(len(line) <= 76 for line in lines if b"=?" in line)
    assert not re.search(rb"\?==\?", block)
    for word in re.findall(rb"=\?utf-8\?[bq]\?[^?]*\?=", block):
        assert len(word) <= 75
        ((text, charset),) = decode_header(word.decode())
        text.decode(charset)  # whole characters
    names = [line.partition(b":")[0] for line in lines if line[:1] not in b" \t"]
    assert [name.decode() for name in names] == list(message.keys())


def squeezed(text):
    return "".join(text.split())


def check_name(data, name, header="To"):
    old = message_from_bytes(data, policy=policy.compat32)
    line = re.sub(r"\r\n", "", old[header])
    words, address = getaddresses([line])[0]
    if not line.startswith(f"{words} <"):
        words = f'"{words}"'  # it was quoted
    text = words.strip('"')
    if words[0] != '"':
        text = "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii")
            for part, charset in decode_header(words)
        )
    assert (text, address) == (name, ADDRESS)
    modern = message_from_bytes(data, policy=policy.default)
    first = modern[header].addresses[0]
    assert first.addr_spec == ADDRESS
    if re.search(r"\?=\s+=\?", line.partition("<")[0]):
        # Python's parser shows a blank between two encoded words of a name.
        assert squeezed(first.display_name) == squeezed(name)
    else:
        assert first.display_name.split() == name.split()


def check_subject(data, subject):
    modern = message_from_bytes(data, policy=policy.default)
    assert str(modern["Subject"]) == subject


@pytest.mark.parametrize("name", [*NAMES, SPACED])
def test_names_and_subjects_arrive_as_typed(name):
    message = built(name, name)
    data = serialize(message)
    check_form(data, message)
    check_subject(data, name)
    for header in ("From", "To", "Cc", "Reply-To"):
        check_name(data, name, header)


@settings(max_examples=300, deadline=None)
@given(name=TEXT, subject=TEXT)
@example(name="a\xadb c", subject="\u200fשלום  !")
def test_any_name_and_subject_arrives(name, subject):
    message = built(name, subject)
    data = serialize(message)
    check_form(data, message)
    check_subject(data, subject)
    if name:
        check_name(data, name)


@settings(max_examples=200, deadline=None)
@given(st.builds("{}{}{}".format, ANY, st.sampled_from(["", *EVIL]), ANY))
def test_nothing_ends_a_line(text):
    message = built(text, text)
    data = serialize(message)
    check_form(data, message)
    parsed = message_from_bytes(data, policy=policy.compat32)
    assert parsed.keys() == message.keys()
    assert parsed.is_multipart()


@pytest.mark.parametrize("name", [*NAMES, *EVIL])
def test_what_a_list_holds_is_taken_apart_as_well(name):
    """As core's builder stores recipients: strings that nothing has looked at."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = ADDRESS
    message["To"] = [f'"{quoted}" <{ADDRESS}>', "b@example.com"]
    message.set_content("Dear")
    data = serialize(message)
    check_form(data, message)
    if name not in EVIL:
        check_name(data, name)


@pytest.mark.parametrize("name", NAMES)
def test_an_encoded_word_is_one_outside_quotation_marks_only(name):
    message = EmailMessage(policy=policy.SMTP)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    assert read_mailboxes(f'"{quoted}" <{ADDRESS}>') == [(name, ADDRESS)]
    assert read_mailboxes("=?utf-8?q?J=C3=BCrg?= <a@b.c>") == [("Jürg", "a@b.c")]
    message["Subject"] = text_field("Subject", name)
    assert message["Subject"] == name


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a@b.c", [("", "a@b.c")]),
        ("a@b.c, d@e.f", [("", "a@b.c"), ("", "d@e.f")]),
        ('"A, B" <a@b.c>; C D <d@e.f>', [("A, B", "a@b.c"), ("C D", "d@e.f")]),
        ('"a b"@example.org', [("", '"a b"@example.org')]),
        ("", []),
        ("Jane <>", []),
        ('"never closed <a@b.c>', []),
    ],
)
def test_lists_of_addresses_are_read(text, pairs):
    assert read_mailboxes(text) == pairs


def names_of(data):
    for rules in (policy.default, policy.compat32):
        parts = message_from_bytes(data, policy=rules).walk()
        yield [part.get_filename() for part in parts if part.get_filename()]


@settings(max_examples=200, deadline=None)
@given(st.one_of(TEXT, ANY, st.sampled_from([*NAMES, SPACED, *EVIL])))
@example("Faktura  për Çlirimi  " + "ë" * 90 + ".pdf")
@example("a'b\"c%41;d=e*f.pdf")
def test_file_names_arrive(text):
    name = file_name(text, "application/pdf")
    message = built(files=[name])
    data = serialize(message)
    for found in names_of(data):
        assert found == [name]
    for line in data.split(b"\r\n"):
        assert len(line) <= 998


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("INV/2026/00001.pdf", "INV_2026_00001.pdf"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("..\\..\\boot.ini", "_._boot.ini"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("a\x00b\r\nc.pdf", "a b c.pdf"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("Console.pdf", "Console.pdf"),
        (".htaccess", "htaccess"),
        ("a. . ", "a"),
        ("", "attachment.pdf"),
        ("\u200b\u2066", "attachment.pdf"),
        ("=?utf-8?q?x?=.pdf", "_utf-8_q_x_.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_file_names_are_cleaned(typed, name):
    assert file_name(typed, "application/pdf").replace("=", "") == name


def test_long_file_names_fit_into_a_file_system():
    assert len(file_name("請" * 400 + ".pdf").encode()) <= 220


@settings(max_examples=100, deadline=None)
@given(ANY, ANY, ANY)
def test_other_headers_stay_one(message_id, references, comment):
    message = built()
    for name, value in (
        ("Message-Id", message_id),
        ("references", references),
        ("X-Comment", comment),
    ):
        del message[name]
        message[name] = text_field(name, value)
    check_form(serialize(message), message)


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("jane@example.org", True),
        ("Jane <jane@example.org>", True),
        ('"Doe, Jane" <jane@example.org>, b@example.org', True),
        ("info@b\u00fccher.example", True),
        ("j\u00f6rg@example.org", True),
        ("o'brien+x=y@mail.example.org", True),
        ('"a b"@example.org', False),
        ("a@example.org SIZE=1", False),
        ("x@@example.org", False),
        ("badly typed@@example", False),
        ("a@example.org.", False),
        (".a@example.org", False),
        ("a..b@example.org", False),
        ("a@-example.org", False),
        ("a(comment)@example.org", False),
        ("a@example.org>", False),
        ("a\x00@example.org", False),
        ("a\u202e@example.org", False),
        ("a@exa\u200bmple.org", False),
        ("@example.org", False),
        ("nobody", False),
        ("", False),
        (False, False),
        ("x" * 65 + "@example.org", False),
    ],
)
def test_an_address_is_taken_as_typed_or_refused(typed, good):
    assert are_addresses(typed) is good

"""Files into titled sections: what is read of each kind, and what is refused with which error."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cueline.guidance.knowledge import documents, html
from cueline.guidance.knowledge.documents import (
    DocumentTooLargeError,
    EmptyDocumentError,
    EncryptedDocumentError,
    Section,
    UnreadableDocumentError,
)
from cueline.guidance.knowledge.passages import WORDS_MAX, passages_of
from cueline.guidance.knowledge.reading import READERS, read_document
from cueline.kernel.errors import InputError
from tests.fakes.pdf_paper import CARD, pdf


def sections(raw, name="a.md"):
    document = read_document(raw.encode() if isinstance(raw, str) else raw, name)
    return document.title, [(each.heading, each.level, list(each.paragraphs)) for each in document.sections]


def test_markdown():
    text = """---
author: somebody
title: "Cards, lost"
---
Before all.

# Lost *cards*

Call **at once**, see [the cards](cards.md "here")
and `PIN`. <b>Now</b> ![a card](card.png).

- first thing
- [x] second *thing*
  goes on
1. third

Under\\_lined snake_case_word
----------
> quoted

| What | Fee |
|------|----:|
| New card | 10 |

```sh
# no heading
```
<!-- hidden
# hidden -->
### Deeper ###
~~old~~ new
"""
    assert sections(text) == ("Cards, lost", [
        ("", 0, ["Before all."]),
        ("Lost cards", 1, ["Call at once, see the cards and PIN. Now a card.", "first thing", "second thing goes on",
                           "third"]),
        ("Under_lined snake_case_word", 2, ["quoted", "What; Fee", "New card; 10", "# no heading"]),
        ("Deeper", 3, ["old new"]),
    ])  # fmt: skip


def test_a_document_without_a_title_has_its_first_heading_or_its_files_name():
    assert sections("## Second\ntext")[0] == "Second"
    assert sections("text", "help/lost-card_now.txt")[0] == "Lost card now"


def test_windows_line_ends_marks_and_old_encodings():
    assert sections(b"\xef\xbb\xbf# A\r\nb\rc\r\n") == ("A", [("A", 1, ["b c"])])
    assert sections("# Gebühr\nfünf €".encode("utf-16"))[1] == [("Gebühr", 1, ["fünf €"])]
    assert sections("Gebühr € fünf".encode("cp1252"))[1] == [("", 0, ["Gebühr € fünf"])]
    declared = '<meta charset="iso-8859-2"><p>Łódź'.encode("iso-8859-2")
    assert sections(declared, "a.html")[1] == [("", 0, ["Łódź"])]
    # A page cannot name an encoding that does something else than decode.
    assert sections(b'<meta charset="unicode_escape"><p>\\x41', "a.html")[1] == [("", 0, ["\\x41"])]


def test_html():
    text = """<!doctype html><html><head><title>Cards | Bank</title><style>p{}</style></head><body>
<nav><ul><li>Home</li></ul></nav><header>Logo</header>
<main><h1>Lost <em>cards</em></h1><p>Call&nbsp;<b>at once</b>,<br>see.<script>alert(1)</script></p>
loose text<div>boxed <span>text</span></div>
<h2>Fees</h2><ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>
<table><tr><th>What</th><th>Fee</th></tr><tr><td>Card</td><td>10</td></tr></table>
<!-- comment --><noscript>none</noscript></main><footer>Imprint</footer></body></html>"""
    assert sections(text, "a.HTML") == ("Lost cards", [
        ("Lost cards", 1, ["Call at once, see.", "loose text", "boxed text"]),
        ("Fees", 2, ["one", "inner", "two", "What; Fee", "Card; 10"]),
    ])  # fmt: skip
    assert sections("<title>Only a title</title><p>text", "a.htm") == ("Only a title", [("", 0, ["text"])])


def test_html_that_is_nested_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(html, "DEPTH_MAX", 20)
    with pytest.raises(UnreadableDocumentError, match="nested"):
        sections("<div>" * 50 + "deep", "a.html")
    assert sections("<div>" * 10 + "deep", "a.html")[1] == [("", 0, ["deep"])]


def test_pdf():
    raw = pdf(CARD, [(11, "Second page goes on here.")])
    assert sections(raw, "a.pdf") == ("Lost cards", [
        ("Lost cards", 1, ["Block the card at once. A replacement comes by mail.", "It is free."]),
        ("Abroad (travel)", 2, ["Call the travel desk.", "Second page goes on here."]),
    ])  # fmt: skip
    assert sections(pdf(CARD, title="From the file"), "a.pdf")[0] == "From the file"


def test_a_pdf_that_opens_without_a_password_is_read_and_one_with_a_password_refused():
    assert sections(pdf(CARD, encrypt=""), "a.pdf")[1][1][2] == ["Call the travel desk."]
    with pytest.raises(EncryptedDocumentError, match="password"):
        sections(pdf(CARD, encrypt="secret"), "a.pdf")


def test_a_scan_is_empty_and_a_cut_file_unreadable():
    with pytest.raises(EmptyDocumentError):
        sections(pdf([]), "a.pdf")
    for raw in (b"", b"%PDF-1.4", pdf(CARD)[:200], b"no pdf at all"):
        with pytest.raises(InputError) as caught:
            sections(raw, "a.pdf")
        assert isinstance(caught.value, UnreadableDocumentError | EmptyDocumentError)


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_what_holds_no_text_and_what_is_no_text(name):
    with pytest.raises(EmptyDocumentError):
        sections("  \n\n ", name)
    with pytest.raises(UnreadableDocumentError, match="no text"):
        sections(b"\x00\x01\xff\xfe\x00", name)


def test_kinds_that_nobody_reads():
    for name in ("a.docx", "README", ".md", "folder.md/file"):
        with pytest.raises(UnreadableDocumentError, match=r"\.md"):
            read_document(b"text", name)


def test_what_is_too_large(monkeypatch):
    monkeypatch.setattr("cueline.guidance.knowledge.reading.FILE_MAX_BYTES", 10)
    with pytest.raises(DocumentTooLargeError, match="larger"):
        sections("# A\nlonger than that")
    monkeypatch.undo()
    monkeypatch.setattr(documents, "CHARACTERS_MAX", 100)
    for name in ("a.md", "a.html"):
        with pytest.raises(DocumentTooLargeError, match="characters"):
            sections("word " * 50, name)
    monkeypatch.undo()
    monkeypatch.setattr(documents, "SECTIONS_MAX", 3)
    with pytest.raises(DocumentTooLargeError, match="sections"):
        sections("# a\n\n# b\n\n# c\n\n# d\ntext")
    monkeypatch.setattr("cueline.guidance.knowledge.pdf.PAGES_MAX", 1)
    with pytest.raises(DocumentTooLargeError, match="pages"):
        sections(pdf(CARD, CARD), "a.pdf")


def test_what_cannot_be_shown_is_dropped():
    title, found = sections("# A\u200bB\u0007\nsoft\u00adly \ud800 said".encode("utf-8", "surrogatepass"))
    assert title.startswith("A")
    assert "\u0007" not in title
    assert all(ord(character) >= 32 for _, _, lines in found for line in lines for character in line)


def storable(raw, name):
    """Reads; whatever comes of it can be stored, and only our own errors come."""
    try:
        document = read_document(raw, name)
    except InputError:
        return
    assert document.title
    for section in document.sections:
        assert isinstance(section, Section)
        for text in (section.heading, *section.paragraphs):
            assert "\0" not in text
            assert "\n" not in text
            text.encode()
    for passage in passages_of(document, "kd_1"):
        assert 0 < len(passage.text.split()) <= WORDS_MAX


MARKUP = st.lists(
    st.sampled_from(["# ", "## ", "\n", "\n\n", "- ", "| a | b |", "---", "```", "~~~", "> ", "*", "_", "`", "[a](b)",
                     "![", "](", "<!--", "-->", "<p>", "</p>", "<h1>", "</h1>", "<table><tr><td>", "<![CDATA[", "&#0;",
                     "&#xd800;", "<main>", "<script>", "title: x\n", "word ", "A sentence ends. ", "\\", "é", "\0"]),
    max_size=60,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(raw=st.binary(max_size=400) | MARKUP.map(str.encode), name=st.sampled_from(["a.md", "a.html", "a.txt"]))
@example(raw=b"\xff\xfe\x00", name="a.md")
@example(raw=b"---\n", name="a.md")
def test_whatever_the_bytes_are_only_our_errors_come(raw, name):
    storable(raw, name)


@settings(deadline=None)
@given(
    cut=st.integers(0, 1_500),
    patches=st.lists(st.tuples(st.integers(0, 1_500), st.binary(min_size=1, max_size=6)), max_size=6),
    raw=st.binary(max_size=60),
)
def test_whatever_happened_to_a_pdf_only_our_errors_come(cut, patches, raw):
    broken = bytearray(pdf(CARD, CARD))
    for at, patch in patches:
        broken[at : at + len(patch)] = patch
    storable(bytes(broken), "a.pdf")
    storable(bytes(broken[:cut]) + raw, "a.pdf")


def test_long_lines_of_marks_take_no_long_time():
    """Patterns that look again and again at the same text would take hours here; the test's time-out would tell."""
    for piece in ("*", "_", "`", "[", "![", "<", "<!--", "[a](", "|", "-", "> ", "**a", "a.", "A. "):
        for name in ("a.md", "a.html"):
            storable((piece * 60_000).encode(), name)


def test_every_kind_has_a_reader():
    assert set(READERS) == {".md", ".markdown", ".txt", ".html", ".htm", ".xhtml", ".pdf"}

"""A file's bytes into titled sections, by the kind that its name tells. Pure."""

import codecs
import re
from collections.abc import Callable, Mapping
from typing import Final

from cueline.guidance.knowledge.documents import (
    FILE_MAX_BYTES,
    Document,
    DocumentTooLargeError,
    UnreadableDocumentError,
)
from cueline.guidance.knowledge.html import read_html
from cueline.guidance.knowledge.markdown import read_markdown
from cueline.guidance.knowledge.pdf import read_pdf

READING_VERSION: Final = 1
"""Part of every fingerprint: to be raised when the same file is read in another way, so that it is loaded anew."""

_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN: Final = 2_048
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python's codecs also turn bytes into other bytes, and unpack; a page's encoding is one of these.
_ENCODINGS: Final = re.compile(
    r"(utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d)"
)


def _markdown(raw: bytes, name: str) -> Document:
    return read_markdown(_text(raw, declared=None), name)


def _html(raw: bytes, name: str) -> Document:
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    return read_html(_text(raw, declared=found[1].decode() if found else None), name)


READERS: Final[Mapping[str, Callable[[bytes, str], Document]]] = {
    ".md": _markdown, ".markdown": _markdown, ".txt": _markdown,
    ".html": _html, ".htm": _html, ".xhtml": _html,
    ".pdf": read_pdf,
}  # fmt: skip
"""Reader by the end of a file's name, in lower case."""


def suffix_of(name: str) -> str:
    """The end of a file's name that tells its kind; empty where there is none.

    >>> suffix_of("help/Cards.MD"), suffix_of("README")
    ('.md', '')
    """
    base = name.rsplit("/", 1)[-1]
    return f".{base.rsplit('.', 1)[1].lower()}" if "." in base.lstrip(".") else ""


def read_document(raw: bytes, name: str) -> Document:
    """name: of the file, with its folders.

    Raises DocumentTooLargeError, EncryptedDocumentError, EmptyDocumentError and UnreadableDocumentError, whatever the
    bytes are.
    """
    reader = READERS.get(suffix_of(name))
    if reader is None:
        raise UnreadableDocumentError(f"its name ends in none of {', '.join(READERS)}")
    if len(raw) > FILE_MAX_BYTES:
        raise DocumentTooLargeError(f"it is larger than {FILE_MAX_BYTES // 2**20} MiB: cut it in several files")
    return reader(raw, name)


def _text(raw: bytes, *, declared: str | None) -> str:
    """Bytes as text: by their mark, by what they declare, as UTF-8, and as Windows writes them at last."""
    encodings = [encoding for mark, encoding in _MARKS if raw.startswith(mark)]
    if declared is not None and _ENCODINGS.fullmatch(declared.lower()):
        encodings.append(declared)
    for encoding in (*encodings, "utf-8"):
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" in text:
            raise UnreadableDocumentError("it is no text")
        return text
    if b"\0" in raw:
        raise UnreadableDocumentError("it is no text")
    return raw.decode("cp1252", "replace")

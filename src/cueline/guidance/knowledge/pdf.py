"""PDF into sections: a line in larger letters than most is a heading. Pure (bytes in, sections out).

A damaged or hostile file may take long or much memory in here, which is why the product reads PDF in a process of its
own (``adapters/pdf_process.py``). Scans have no text: they are reported as empty.
"""

import io
import statistics
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from cueline.guidance.knowledge.documents import (
    Document,
    DocumentTooLargeError,
    EncryptedDocumentError,
    Outline,
    UnreadableDocumentError,
    tidy,
)
from cueline.kernel.errors import InputError

PAGES_MAX: Final = 1_000
HEADING_SIZE: Final = 1.12
"""A heading's letters are at least so many times as large as those of most of the text."""

HEADING_WORDS_MAX: Final = 16
_PARAGRAPH_GAP: Final = 1.7
"""Lines further apart than so many times the size of their letters belong to two paragraphs."""


class _Line(msgspec.Struct):
    text: str
    size: float
    page: int
    y: float


def read_pdf(raw: bytes, name: str) -> Document:
    """name: of the file.

    Raises EncryptedDocumentError, DocumentTooLargeError, EmptyDocumentError, and UnreadableDocumentError for all that
    pypdf stumbles over: on broken files it raises errors of many kinds, its own and Python's.
    """
    try:
        title, lines = _read(raw)
    except InputError:
        raise
    except FileNotDecryptedError:
        raise EncryptedDocumentError("it opens with a password only: save a copy without one") from None
    except LimitReachedError:
        raise DocumentTooLargeError("what is packed in it is too large") from None
    except (PyPdfError, MemoryError, RecursionError):
        raise UnreadableDocumentError("it is damaged, or is no PDF") from None
    except Exception:  # noqa: BLE001 - see above; the error's text may quote the file and is not told
        raise UnreadableDocumentError("it is damaged, or is no PDF") from None
    return _outlined(lines, title).document(name)


def _read(raw: bytes) -> tuple[str, list[_Line]]:
    reader = PdfReader(io.BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedDocumentError("it opens with a password only: save a copy without one")
    pages = len(reader.pages)
    if pages > PAGES_MAX:
        raise DocumentTooLargeError(f"it has more than {PAGES_MAX} pages: cut it in several files")
    title = str((reader.metadata.title if reader.metadata else None) or "")
    return title, [line for page in range(pages) for line in _lines(reader.pages[page], page)]


def _lines(page: Any, number: int) -> list[_Line]:
    """Lines of a page with the size of their letters, in the order in which the page's program draws them."""
    lines: list[_Line] = []

    def visit(text: str, _cm: Sequence[float], matrix: Sequence[float], _font: object, size: float) -> None:
        for place, part in enumerate(text.split("\n")):
            scaled = abs(float(size) * float(matrix[3])) if matrix[3] else abs(float(size))
            y = float(matrix[5])
            if place or not lines:
                lines.append(_Line("", scaled, number, y))
            line = lines[-1]
            if part.strip():
                if not line.text.strip():
                    line.size, line.y = scaled, y
                line.text += part

    page.extract_text(visitor_text=visit)
    return [line for line in lines if line.text.strip()]


def _outlined(lines: Sequence[_Line], title: str) -> Outline:
    outline = Outline()
    outline.title = tidy(title)
    usual = statistics.median_low(line.size for line in lines for _ in line.text.split()) if lines else 0.0
    heights = sorted({round(line.size, 1) for line in lines if _is_heading(line, usual)}, reverse=True)
    paragraph: list[str] = []
    heading: list[str] = []
    before: _Line | None = None

    def close() -> None:
        outline.paragraph(_joined(paragraph))
        paragraph.clear()

    def head() -> None:
        if heading and before is not None:
            outline.heading(" ".join(heading), 1 + heights.index(round(before.size, 1)))
            heading.clear()

    for line in lines:
        if _is_heading(line, usual):
            close()
            if before is not None and heading and round(before.size, 1) != round(line.size, 1):
                head()
            heading.append(tidy(line.text))
        else:
            head()
            if before is not None and (line.page != before.page or abs(before.y - line.y) > _PARAGRAPH_GAP * line.size):
                close()
            paragraph.append(tidy(line.text))
        before = line
    head()
    close()
    return outline


def _is_heading(line: _Line, usual: float) -> bool:
    return line.size >= HEADING_SIZE * usual and len(line.text.split()) <= HEADING_WORDS_MAX


def _joined(lines: Sequence[str]) -> str:
    """Lines of a paragraph as one, words put together that the line's end had parted.

    >>> _joined(["a replace-", "ment card"])
    'a replacement card'
    """
    text = ""
    for line in lines:
        if text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text

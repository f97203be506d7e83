"""What every reader makes of a file: titled sections; and the errors that it raises. Pure."""

import re
from typing import Final

import msgspec

from cueline.kernel.errors import InputError

FILE_MAX_BYTES: Final = 16 * 1024 * 1024
"""Of one file, whatever its kind."""

CHARACTERS_MAX: Final = 2_000_000
"""Of the text of one document: some thousand printed pages."""

SECTIONS_MAX: Final = 5_000
TITLE_MAX: Final = 200

_SPACE: Final = re.compile(r"\s+")
# What no text column and no screen can hold: controls but for white space, surrogates, non-characters, soft hyphens.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\xad\u200b\u2060\ufeff]")


class UnreadableDocumentError(InputError):
    """A file that is damaged, or is not what its name says."""

    code = "document_unreadable"


class DocumentTooLargeError(InputError):
    """A file, or the text in it, is longer than a document of the knowledge base may be."""

    code = "document_too_large"


class EncryptedDocumentError(InputError):
    """A file that only opens with a password."""

    code = "document_encrypted"


class EmptyDocumentError(InputError):
    """A file without any text, such as a scan."""

    code = "document_empty"


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands under it. level: 1 is a chapter; 0 is what stands before the first heading.

    paragraphs: a paragraph, a list item or a table row each, without line ends.
    """

    heading: str
    level: int
    paragraphs: tuple[str, ...]


class Document(msgspec.Struct, frozen=True):
    """A document as it was read."""

    title: str
    sections: tuple[Section, ...]


def tidy(text: str) -> str:
    """One line, single spaces, nothing that cannot be shown."""
    return _SPACE.sub(" ", _UNSHOWABLE.sub("", text)).strip()


class Outline:
    """Collects a document while it is read from its beginning to its end, and bounds it.

    Raises DocumentTooLargeError from whatever would make it too long.
    """

    def __init__(self) -> None:
        self.title = ""
        self._sections: list[Section] = []
        self._heading = ""
        self._level = 0
        self._paragraphs: list[str] = []
        self._characters = 0

    def heading(self, text: str, level: int) -> None:
        """A new section begins. The first heading of level 1 gives the title, where nothing else gave it."""
        text = tidy(text)[:TITLE_MAX].rstrip()
        if not text:
            return
        self._count(text)
        self._close()
        if level == 1 and not self.title:
            self.title = text
        self._heading, self._level = text, level

    def paragraph(self, text: str) -> None:
        """A paragraph of the section that is open."""
        text = tidy(text)
        if text:
            self._count(text)
            self._paragraphs.append(text)

    def document(self, name: str) -> Document:
        """The whole. name: of the file, the title where the document has none. Raises EmptyDocumentError."""
        self._close()
        if not any(section.paragraphs for section in self._sections):
            raise EmptyDocumentError("there is no text in it")
        title = tidy(self.title)[:TITLE_MAX].rstrip() or next(
            (section.heading for section in self._sections if section.heading), title_of(name)
        )
        return Document(title=title, sections=tuple(self._sections))

    def _close(self) -> None:
        if self._heading or self._paragraphs:
            if len(self._sections) >= SECTIONS_MAX:
                raise DocumentTooLargeError(f"it has more than {SECTIONS_MAX} sections: cut it in several files")
            self._sections.append(Section(self._heading, self._level, tuple(self._paragraphs)))
        self._paragraphs = []

    def _count(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > CHARACTERS_MAX:
            raise DocumentTooLargeError(f"it has more than {CHARACTERS_MAX} characters: cut it in several files")


def title_of(name: str) -> str:
    """A title out of a file's name.

    >>> title_of("help/lost-card_replacement.md")
    'Lost card replacement'
    """
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = tidy(stem.replace("-", " ").replace("_", " "))
    return (words[:1].upper() + words[1:])[:TITLE_MAX] or "Untitled"

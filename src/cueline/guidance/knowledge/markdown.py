"""Markdown into sections: headings, paragraphs, lists, tables, code; as CommonMark has them, as far as text goes. Pure.

What only looks is dropped (emphasis, images' places, HTML tags), what says something stays (link texts, code).
"""

import re
from typing import Final

from cueline.guidance.knowledge.documents import Document, Outline

_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE: Final = re.compile(r"^title:[ \t]*(.+)$", re.MULTILINE)
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE: Final = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)$")
_QUOTE: Final = re.compile(r"\A {0,3}(?:>[ \t]?)+")
_TABLE_LINE: Final = re.compile(r"\s*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_DEFINITION: Final = re.compile(r" {0,3}\[[^\]]{1,200}\]:[ \t]*\S+")

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_IMAGE: Final = re.compile(r"!\[([^\]]{0,500})\](?:\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,200}\")?\)|\[[^\]]{0,200}\])?")
_LINK: Final = re.compile(r"\[([^\[\]]{1,500})\](?:\([^()\s]{0,2000}(?:[ \t]+\"[^\"]{0,200}\")?\)|\[[^\]]{0,200}\])")
_ADDRESS: Final = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_STRONG: Final = re.compile(r"(\*{1,3}|~~)(?=\S)([^*~]{1,1000}?)(?<=\S)\1")
_UNDERSCORED: Final = re.compile(r"(?<![A-Za-z0-9])(_{1,3})(?=\S)([^_]{1,1000}?)(?<=\S)\1(?![A-Za-z0-9])")
_CODE: Final = re.compile(r"(`{1,3})([^`]{1,1000})\1")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown(text: str, name: str) -> Document:
    """name: of the file. Raises EmptyDocumentError and DocumentTooLargeError."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader()
    front = _FRONT_MATTER.match(text)
    if front is not None:
        title = _FRONT_TITLE.search(front[1] or "")
        reader.outline.title = title[1].strip().strip("\"'") if title else ""
        text = text[front.end() :]
    for line in _COMMENT.sub("", text).split("\n"):
        reader.line(line)
    return reader.end(name)


class _Reader:
    """One line after the other. A paragraph is open until an empty line, a heading, an item or a rule closes it."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._open: list[str] = []
        self._fence: str | None = None

    def line(self, line: str) -> None:
        if self._fenced(line):
            return
        line = _QUOTE.sub("", line, count=1)
        heading = _ATX.match(line)
        if not line.strip() or _DEFINITION.match(line):
            self._close()
        elif heading is not None:
            self._close()
            self.outline.heading(plain((heading[2] or "").rstrip().rstrip("#")), len(heading[1]))
        elif self._open and _UNDERLINE.match(line):
            title = " ".join(self._open)
            self._open = []
            self.outline.heading(plain(title), 1 if "=" in line else 2)
        elif _RULE.match(line):
            self._close()
        elif "|" in line:
            self._row(line)
        elif (item := _ITEM.match(line)) is not None:
            self._close()
            self._open.append(item[1])
        else:
            self._open.append(line.strip())

    def end(self, name: str) -> Document:
        self._close()
        return self.outline.document(name)

    def _fenced(self, line: str) -> bool:
        """Code: its lines are said as they are, and none of them is a heading."""
        mark = _FENCE.match(line)
        if self._fence is not None:
            if mark is not None and mark[1].startswith(self._fence) and not line.strip().strip("`~"):
                self._fence = None
            else:
                self.outline.paragraph(line)
            return True
        if mark is None:
            return False
        self._close()
        self._fence = mark[1]
        return True

    def _row(self, line: str) -> None:
        self._close()
        if not _TABLE_LINE.match(line):
            cells = [plain(cell).strip() for cell in line.strip().strip("|").split("|")]
            self.outline.paragraph("; ".join(cell for cell in cells if cell))

    def _close(self) -> None:
        if self._open:
            self.outline.paragraph(plain(" ".join(self._open)))
            self._open = []


def plain(text: str) -> str:
    """A line's words without its marks.

    >>> plain("Call **at once**, see [cards](cards.md) and `PIN`")
    'Call at once, see cards and PIN'
    """
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(r"\1", text)
    text = _TAG.sub("", text)
    text = _CODE.sub(r"\2", text)
    text = _STRONG.sub(r"\2", text)
    text = _UNDERSCORED.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text)

"""HTML into sections, by what browsers make of it (lexbor parses any bytes). Pure.

What stands on every page of a site (navigation, header, footer) and what nobody reads (scripts) is left out. Where a
page names its main part, only that is read.
"""

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cueline.guidance.knowledge.documents import Document, Outline, UnreadableDocumentError, tidy

DEPTH_MAX: Final = 400
"""Elements inside each other; pages that people wrote have a few dozen."""

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LEFT_OUT: Final = frozenset({
    "script", "style", "template", "noscript", "nav", "aside", "form", "button", "select", "svg", "iframe", "head",
    "header", "footer", "object", "canvas", "dialog",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "p", "div", "section", "article", "main", "body", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "thead",
    "tbody", "tfoot", "caption", "blockquote", "pre", "figure", "figcaption", "details", "summary", "address", "hr",
    "fieldset", "center", "html",
})  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})


def read_html(text: str, name: str) -> Document:
    """name: of the file. Raises UnreadableDocumentError, EmptyDocumentError and DocumentTooLargeError."""
    parsed = LexborHTMLParser(text)
    body = parsed.body
    if body is None:
        raise UnreadableDocumentError("it is no HTML page")
    outline = Outline()
    title = parsed.css_first("title")
    main = parsed.css_first("main") or parsed.css_first("[role=main]")
    if main is None:
        articles = parsed.css("article")
        main = articles[0] if len(articles) == 1 else body
    heading = main.css_first("h1")
    # A page's own heading says what it is about; its title often says whose page it is as well.
    outline.title = tidy(heading.text()) if heading is not None else tidy(title.text()) if title is not None else ""
    _Walk(outline).through(main)
    return outline.document(name)


class _Walk:
    """Goes through the elements in the order of the page; without recursion, as pages may nest as deep as they like."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._words: list[str] = []

    def through(self, root: LexborNode) -> None:
        pending: list[tuple[LexborNode | None, str, int]] = [(root, "", 0)]
        while pending:
            node, closing, depth = pending.pop()
            if node is None:
                self._closed(closing)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._words.append(node.text_content or "")
            elif tag == "br":
                self._words.append(" ")
            elif tag in _HEADINGS:
                self._close()
                self._outline.heading(node.text(), _HEADINGS[tag])
            elif tag not in _LEFT_OUT and not tag.startswith(("-", "!")):
                if depth >= DEPTH_MAX:
                    raise UnreadableDocumentError(f"its elements are nested more than {DEPTH_MAX} deep")
                if tag in _BLOCKS:
                    self._close()
                pending.append((None, tag, depth))
                children = list(node.iter(include_text=True))
                pending.extend((child, "", depth + 1) for child in reversed(children))
        self._close()

    def _closed(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._close()
        elif tag in _CELLS:
            self._words.append("; ")

    def _close(self) -> None:
        if self._words:
            self._outline.paragraph(tidy("".join(self._words)).removesuffix(";"))
            self._words = []

"""Documents cut into passages: what fits on a card beside the transcript, and answers one question. Pure.

A passage keeps to its heading and to whole sentences, has 60 to 180 words, and shares none of them with another.
Sections that are shorter go together with what follows them; a document of less than 60 words is one short passage,
and a sentence of more than 180 is cut between words.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from cueline.events.knowledge import NewPassage
from cueline.guidance.knowledge.documents import TITLE_MAX, Document, DocumentTooLargeError

WORDS_MIN: Final = 60
WORDS_MAX: Final = 180

PASSAGES_MAX: Final = 5_000
"""Of one document."""

WORD_MAX: Final = 200
"""Characters of a word; what has more is no word that anybody says, and is cut."""

_END: Final = re.compile(
    r"[.!?\N{HORIZONTAL ELLIPSIS}]+[\"')\]\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]*\s+"
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|approx|incl|vs|no|nos|st|mr|mrs|ms|dr|prof|inc|ltd|co|fig|dept|[a-z])\.\s+$",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(r"[\"'(\[\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}]*[^\W_a-z]")


class _Sentence(msgspec.Struct, frozen=True):
    """text: without line ends. words: how many. new: a paragraph begins with it."""

    text: str
    words: int
    new: bool


class _Piece(msgspec.Struct):
    heading: str
    sentences: list[_Sentence]

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)


def sentences_of(paragraph: str) -> list[str]:
    """A paragraph's sentences; a full stop of an abbreviation or in a number ends none.

    >>> sentences_of("Fees apply, e.g. Cash costs $2.50. Ask Dr. Who? He knows.")
    ['Fees apply, e.g. Cash costs $2.50.', 'Ask Dr. Who?', 'He knows.']
    """
    found, start = [], 0
    for match in _END.finditer(paragraph):
        # The words just before are enough to know an abbreviation by; a paragraph may be long.
        if _BEGINS.match(paragraph, match.end()) and not _ABBREVIATION.search(
            paragraph[max(start, match.end() - 12) : match.end()]
        ):
            found.append(paragraph[start : match.end()].rstrip())
            start = match.end()
    if paragraph[start:].strip():
        found.append(paragraph[start:].strip())
    return found


def document_id_of(source: str) -> str:
    """The id of a document: the same whenever its source is loaded."""
    return f"kd_{hashlib.sha256(source.encode()).hexdigest()[:24]}"


def passages_of(document: Document, document_id: str) -> list[NewPassage]:
    """In the order of the document. Raises DocumentTooLargeError.

    A passage that did not change has the id that it had: ids are a hash of the document's id, heading and text (and of
    how often the same stood before it in the document).
    """
    passages, seen = [], dict[str, int]()
    for piece in _pieces(document):
        text = _text(piece.sentences)
        content = f"{document_id}\n{piece.heading}\n{text}"
        seen[content] = seen.get(content, 0) + 1
        digest = hashlib.sha256(f"{content}\n{seen[content]}".encode()).hexdigest()
        passages.append(NewPassage(passage_id=f"kp_{digest[:24]}", heading=piece.heading, text=text))
        if len(passages) > PASSAGES_MAX:
            raise DocumentTooLargeError(f"it makes more than {PASSAGES_MAX} passages: cut it in several files")
    return passages


def _pieces(document: Document) -> list[_Piece]:
    done: list[_Piece] = []
    short: _Piece | None = None
    for section in document.sections:
        piece = _Piece(section.heading, _sentences(section.paragraphs))
        if not piece.sentences:
            continue
        if short is not None:
            piece = _merged(short, piece, done, document.title)
        short = None
        if piece.words < WORDS_MIN:
            short = piece
        else:
            done.extend(_split(piece))
    if short is not None:
        if done and done[-1].words + _follower(short).words <= WORDS_MAX:
            done[-1] = _Piece(_both(done[-1].heading, short.heading), done[-1].sentences + _follower(short).sentences)
        else:
            done.append(short)
    return done


def _merged(short: _Piece, piece: _Piece, done: list[_Piece], title: str) -> _Piece:
    """A short section with the next one, or by itself where both would be too long.

    What stands under a document's title leads to its first section, and has no heading of its own to keep.
    """
    if short.heading in {"", title} and short.words + piece.words <= WORDS_MAX:
        return _Piece(piece.heading or short.heading, short.sentences + piece.sentences)
    follower = _follower(piece)
    if short.words + follower.words > WORDS_MAX:
        done.append(short)
        return piece
    return _Piece(_both(short.heading, piece.heading), short.sentences + follower.sentences)


def _both(first: str, second: str) -> str:
    return f"{first}; {second}" if first and second and len(first) + len(second) < TITLE_MAX else first or second


def _follower(piece: _Piece) -> _Piece:
    """A section that loses its place as a heading's own keeps the heading as a sentence."""
    if not piece.heading:
        return piece
    heading = piece.heading if piece.heading[-1] in ".?!:" else f"{piece.heading}."
    return _Piece("", [_Sentence(heading, len(heading.split()), new=True), *piece.sentences])


def _sentences(paragraphs: Sequence[str]) -> list[_Sentence]:
    found = []
    for paragraph in paragraphs:
        new = True
        for sentence in sentences_of(paragraph):
            words = [word[at : at + WORD_MAX] for word in sentence.split() for at in range(0, len(word), WORD_MAX)]
            for at in range(0, len(words), WORDS_MAX):
                part = words[at : at + WORDS_MAX]
                found.append(_Sentence(" ".join(part), len(part), new))
                new = False
    return found


def _split(piece: _Piece) -> list[_Piece]:
    """Filled one after the other; the last takes sentences of the one before it where it would be too short."""
    parts = [_Piece(piece.heading, [])]
    words = 0
    for sentence in piece.sentences:
        if words + sentence.words > WORDS_MAX:
            parts.append(_Piece(piece.heading, []))
            words = 0
        parts[-1].sentences.append(sentence)
        words += sentence.words
    if len(parts) > 1:
        before, last = parts[-2], parts[-1]
        while last.words < WORDS_MIN and len(before.sentences) > 1:
            moved = before.sentences[-1]
            if before.words - moved.words < WORDS_MIN or last.words + moved.words > WORDS_MAX:
                break
            last.sentences.insert(0, before.sentences.pop())
    return parts


def _text(sentences: Sequence[_Sentence]) -> str:
    """Paragraphs on lines of their own."""
    text = ""
    for sentence in sentences:
        between = "" if not text else "\n" if sentence.new else " "
        text += between + sentence.text
    return text

"""Word error rate: the usual measure of a recogniser. Pure."""

from typing import NamedTuple


class WordErrors(NamedTuple):
    """The least edits that turn the reference into the hypothesis; ``words`` counts the reference."""

    substitutions: int
    deletions: int
    insertions: int
    words: int

    @property
    def rate(self) -> float:
        """Edits per reference word; above 1 is possible, and 0 of 0 words is 0."""
        edits = self.substitutions + self.deletions + self.insertions
        return edits / self.words if self.words else float(edits > 0)


def word_error_rate(reference: str, hypothesis: str) -> WordErrors:
    """Aligns two texts word by word (Levenshtein); case and punctuation at a word's edges do not count.

    >>> word_error_rate("the card is lost", "the car is lost now")
    WordErrors(substitutions=1, deletions=0, insertions=1, words=4)
    """
    spoken, heard = _words(reference), _words(hypothesis)
    # Each cell: (edits, substitutions, deletions, insertions) of the best alignment so far.
    row = [(count, 0, 0, count) for count in range(len(heard) + 1)]
    for index, word in enumerate(spoken, start=1):
        above = row
        row = [(index, 0, index, 0)]
        for place, guess in enumerate(heard, start=1):
            edits, substitutions, deletions, insertions = above[place - 1]
            if word == guess:
                row.append(above[place - 1])
                continue
            replaced = (edits + 1, substitutions + 1, deletions, insertions)
            edits, substitutions, deletions, insertions = above[place]
            dropped = (edits + 1, substitutions, deletions + 1, insertions)
            edits, substitutions, deletions, insertions = row[place - 1]
            added = (edits + 1, substitutions, deletions, insertions + 1)
            row.append(min(replaced, dropped, added))
    _, substitutions, deletions, insertions = row[-1]
    return WordErrors(substitutions, deletions, insertions, len(spoken))


def _words(text: str) -> list[str]:
    return [word for word in (part.strip('.,;:!?"()[]').lower() for part in text.split()) if word]

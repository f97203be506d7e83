"""Where a new worker must begin to read: the fragment that holds the smallest settled position. Pure."""

from bisect import bisect_right
from collections.abc import Sequence

from cueline.events.checkpoint import FragmentMark

MAX_MARKS = 4_096
"""More than an hour of fragments; a channel that settles nothing for longer resumes that much later."""


class FragmentIndex:
    """Marks of the fragments handed on, in order of position; bounded."""

    __slots__ = ("_marks",)

    def __init__(self, resume: FragmentMark | None) -> None:
        self._marks: list[FragmentMark] = [] if resume is None else [resume]

    def note(self, marks: Sequence[FragmentMark]) -> None:
        """Adds fragments; one that is known already (read again after a resume) is skipped."""
        for mark in marks:
            if not self._marks or mark.position > self._marks[-1].position:
                self._marks.append(mark)
        del self._marks[:-MAX_MARKS]

    def resume_for(self, position: int) -> FragmentMark | None:
        """The last fragment that begins at or before ``position``; earlier ones are forgotten."""
        index = bisect_right(self._marks, position, key=lambda mark: mark.position) - 1
        if index > 0:
            del self._marks[:index]
        return self._marks[0] if self._marks else None

"""The one error that bad media bytes give."""

from typing import ClassVar

from cueline.kernel.errors import CuelineError


class MediaError(CuelineError):
    """The bytes are not the Matroska that Kinesis Video Streams sends, or go past a stated bound.

    ``offset`` is the absolute byte offset in the stream (from 0) of the element at fault. The message names
    structure only: never a byte of what an element holds, since that may be somebody's voice.
    """

    code: ClassVar[str] = "media_error"
    retryable: ClassVar[bool] = False
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} (at byte {offset})")
        self.message = message
        self.offset = offset

    def __reduce__(self) -> tuple[type["MediaError"], tuple[str, int]]:
        return (MediaError, (self.message, self.offset))

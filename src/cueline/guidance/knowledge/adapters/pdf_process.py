"""PDF, read in a process of its own: a file that takes for ever or unpacks without end costs one process, no call.

The process gets the file on standard input and its name as the argument, and answers with one JSON object.
"""

import asyncio
import resource
import sys
from contextlib import suppress
from typing import Final

import msgspec

from cueline.guidance.knowledge.documents import (
    Document,
    DocumentTooLargeError,
    EmptyDocumentError,
    EncryptedDocumentError,
    UnreadableDocumentError,
)
from cueline.guidance.knowledge.pdf import read_pdf
from cueline.kernel.errors import InputError

TIME_OUT_S: Final = 60.0
MEMORY_MAX_BYTES: Final = 1024 * 1024 * 1024

_ERRORS: Final[dict[str, type[InputError]]] = {
    error.code: error
    for error in (DocumentTooLargeError, EmptyDocumentError, EncryptedDocumentError, UnreadableDocumentError)
}


class Answer(msgspec.Struct):
    """What the process says: a document, or the code and the sentence of an error."""

    document: Document | None = None
    code: str = ""
    message: str = ""


async def read_pdf_apart(raw: bytes, name: str, *, timeout_s: float = TIME_OUT_S) -> Document:
    """``read_pdf`` in a process. Raises what that raises; UnreadableDocumentError where the process does not come to
    an end with an answer."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, name,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(timeout_s):
            out, _ = await process.communicate(raw)
    except TimeoutError:
        raise UnreadableDocumentError(f"it could not be read in {timeout_s:g} s") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    try:
        answer = msgspec.json.decode(out, type=Answer)
    except msgspec.MsgspecError:
        raise UnreadableDocumentError("it is damaged: reading it took too much memory, or broke off") from None
    if answer.document is None:
        raise _ERRORS.get(answer.code, UnreadableDocumentError)(answer.message)
    return answer.document


def main() -> None:
    """The process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX_BYTES, MEMORY_MAX_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = Answer(document=read_pdf(sys.stdin.buffer.read(), sys.argv[1]))
    except InputError as error:
        answer = Answer(code=error.code, message=str(error))
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()

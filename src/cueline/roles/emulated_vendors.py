"""Emulators in the place of recognition services that are not set up, so that the demo needs no account."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from cueline.emulators.deepgram import serve_deepgram
from cueline.emulators.transcribe import serve_transcribe
from cueline.roles.emulate_deepgram import words_of
from cueline.roles.recognisers import parse_recognisers
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import Settings


@asynccontextmanager
async def vendors_emulated(
    settings: Settings, scripts: ScriptLibrary, say: Callable[[str], None]
) -> AsyncIterator[Settings]:
    """The settings, with an emulator's address for each service that is named and not set up.

    Transcribe counts as set up when its address is named: credentials of AWS may lie about for other ends, and the
    demo's calls are nobody's bill.
    """
    names = parse_recognisers(settings.recogniser)
    changed: dict[str, object] = {}
    async with AsyncExitStack() as stack:
        if "deepgram" in names and settings.deepgram_api_key is None and settings.deepgram_url is None:
            changed["deepgram_url"] = await stack.enter_async_context(serve_deepgram(words_of(scripts)))
            say("No Deepgram key is set: an emulator of Deepgram says the sample calls' recorded words.")
        if "transcribe" in names and settings.transcribe_url is None:
            serving = serve_transcribe(words_of(scripts), region=settings.aws_region)
            changed["transcribe_url"] = await stack.enter_async_context(serving)
            say("An emulator of Amazon Transcribe says the sample calls' recorded words.")
        yield settings.model_copy(update=changed)

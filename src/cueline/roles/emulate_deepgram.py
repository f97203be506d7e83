"""``cueline emulate deepgram``: the emulator of Deepgram's live endpoint as a server of its own."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from cueline.emulators.deepgram import EMULATOR_KEY, DeepgramEmulator, WordsFor
from cueline.emulators.deepgram_faults import Fault, parse_faults
from cueline.emulators.hearing import MAX_WORDS_BYTES, SpokenWord, SpokenWords, read_words
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CHANNELS, contact_id
from cueline.roles.emulated_hearing import ears_of
from cueline.roles.scripts import ScriptLibrary
from cueline.speech.ports import Recogniser


async def emulate_deepgram(
    *,
    host: str,
    port: int,
    faults: Path | None,
    words: Path | None,
    scripts: ScriptLibrary,
    recogniser: Recogniser | None = None,
    language: str = "en-US",
    put: Callable[[str], None],
) -> None:
    """Serves until SIGINT or SIGTERM. Raises InputError, and UnavailableError where it cannot listen.

    words: what is said on every call whose contact has no words in ``scripts``. recogniser: hears in place of these.
    """
    failing = read_faults(faults) if faults is not None else ()
    if recogniser is not None:
        ears = ears_of(recogniser, language=language)
        emulator = DeepgramEmulator(ear_for=ears, faults=failing, host=host)
    else:
        said = words_of(scripts, otherwise=read_words(_read(words)) if words is not None else None)
        emulator = DeepgramEmulator(said, faults=failing, host=host)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        put(f"Deepgram emulator ready: {await emulator.start(port)} (API key {EMULATOR_KEY})")
        await stop.wait()
    finally:
        await emulator.stop()
        if recogniser is not None:
            await recogniser.aclose()


def words_of(scripts: ScriptLibrary, *, otherwise: SpokenWords | None = None) -> WordsFor:
    """The words of a contact as the emulators of speech providers take them."""

    def find(contact: str | None) -> SpokenWords | None:
        try:
            script = scripts.find(contact_id(contact)) if contact is not None else None
        except InputError:
            return otherwise
        if script is None:
            return otherwise
        return [
            [SpokenWord(word.text, word.start_ms, word.end_ms) for word in script.words(channel)]
            for channel in CHANNELS
        ]

    return find


def read_faults(path: Path) -> tuple[Fault, ...]:
    """The faults of a faults file; ``InputError`` says what is wrong with it."""
    return parse_faults(_read(path))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_WORDS_BYTES:
            raise InputError(f"{path} is larger than {MAX_WORDS_BYTES >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None

"""``cueline emulate transcribe``: the emulator of Amazon Transcribe's streaming as a server of its own."""

import asyncio
import signal
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cueline.emulators.aws_signature import Account
from cueline.emulators.hearing import MAX_WORDS_BYTES, read_words
from cueline.emulators.transcribe import (
    EMULATOR_ACCESS_KEY_ID,
    EMULATOR_SECRET_ACCESS_KEY,
    TranscribeEmulator,
)
from cueline.emulators.transcribe_faults import read_faults
from cueline.kernel.errors import InputError
from cueline.roles.emulate_deepgram import words_of
from cueline.roles.emulator_ears import ears_of
from cueline.roles.recognisers import REMOTE, make_recogniser, parse_recognisers
from cueline.roles.scripts import ScriptLibrary
from cueline.speech.ports import Recogniser


@dataclass(frozen=True, slots=True)
class TranscribeArguments:
    """The command's arguments as they were given.

    words: what is said on calls that the scripts do not know. recogniser: what hears in place of recorded words.
    """

    host: str
    port: int
    http2_port: int
    faults: Path | None
    words: Path | None
    recogniser: str | None
    region: str
    vocabularies: tuple[str, ...]
    certificate: Path | None
    key: Path | None


async def emulate_transcribe(
    arguments: TranscribeArguments, *, scripts: ScriptLibrary, put: Callable[[str], None]
) -> None:
    """Serves until SIGINT or SIGTERM. Raises InputError, and UnavailableError where it cannot listen."""
    recogniser = _local(arguments, scripts)
    words = read_words(_read(arguments.words)) if arguments.words is not None else None
    emulator = TranscribeEmulator(
        words_of(scripts, otherwise=words) if recogniser is None else None,
        ear_for=ears_of(recogniser) if recogniser is not None else None,
        faults=read_faults(_read(arguments.faults)) if arguments.faults is not None else (),
        account=Account(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY, region=arguments.region),
        vocabularies=arguments.vocabularies,
        tls=_tls(arguments),
        host=arguments.host,
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        socket, http2 = await emulator.start(arguments.port, arguments.http2_port)
        put(
            f"Transcribe emulator ready: {socket} and {http2} (region {arguments.region}, access key"
            f" {EMULATOR_ACCESS_KEY_ID}, secret {EMULATOR_SECRET_ACCESS_KEY})"
        )
        await stop.wait()
    finally:
        await emulator.stop()
        if recogniser is not None:
            await recogniser.aclose()


def _local(arguments: TranscribeArguments, scripts: ScriptLibrary) -> Recogniser | None:
    if arguments.recogniser is None:
        return None
    if REMOTE.intersection(parse_recognisers(arguments.recogniser)):
        raise InputError("an emulator hears with a recogniser of this machine")
    if arguments.words is not None:
        raise InputError("give --script or --recogniser, not both")
    return make_recogniser(arguments.recogniser, scripts)


def _tls(arguments: TranscribeArguments) -> ssl.SSLContext | None:
    if (arguments.certificate is None) != (arguments.key is None):
        raise InputError("TLS needs both --certificate and --key")
    if arguments.certificate is None or arguments.key is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(arguments.certificate, arguments.key)
    except (OSError, ssl.SSLError):
        raise InputError("--certificate and --key must name a certificate and its key in PEM files") from None
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_WORDS_BYTES:
            raise InputError(f"{path} is larger than {MAX_WORDS_BYTES >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None

"""Which recognisers listen, by their names in ``CUELINE_RECOGNISER``, and what each of them needs.

Several names, best first, are one recogniser that fails over. A vendor alone is wrapped too: its stalls are noticed
early, and its outages wait with the audio kept.
"""

import importlib.util
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import msgspec
from pydantic import SecretStr

from cueline.kernel.clock import Clock
from cueline.kernel.errors import ConfigurationError
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock
from cueline.roles.scripts import ScriptLibrary
from cueline.roles.settings import Settings
from cueline.speech.adapters.script import ScriptRecogniser
from cueline.speech.failing_over import FailoverRecogniser
from cueline.speech.failover import FailoverPolicy, Failure
from cueline.speech.failover_session import FailoverObserver
from cueline.speech.ports import Capabilities, Recogniser

RECOGNISERS: Final = ("deepgram", "transcribe", "sherpa", "pocketsphinx", "script")
REMOTE: Final = frozenset({"deepgram", "transcribe"})


class FailoverMetrics:
    """A ``FailoverObserver`` that counts for Prometheus. Labels are recognisers' names and kinds of failure."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def left(self, name: str, failure: Failure) -> None:
        self._metrics.recogniser_failures.labels(name, failure).inc()

    def went_on(self, name: str, seam_ms: float) -> None:
        self._metrics.recogniser_switches.labels(name).inc()
        self._metrics.recogniser_seam_ms.observe(seam_ms)

    def standing(self, name: str, *, set_aside: bool) -> None:
        self._metrics.recognisers_set_aside.labels(name).set(set_aside)


def parse_recognisers(text: str) -> tuple[str, ...]:
    """``deepgram,transcribe,pocketsphinx`` as names, best first. Raises ConfigurationError."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [name for name in names if name not in RECOGNISERS]
    if unknown or not names:
        wrong = f"recogniser {unknown[0]!r} is not known" if unknown else "no recogniser is named"
        raise ConfigurationError(f"{wrong}; there are: {', '.join(sorted(RECOGNISERS))}")
    if len(set(names)) < len(names):
        raise ConfigurationError(f"a recogniser is named twice in {','.join(names)}")
    return names


def make_recogniser(
    text: str,
    scripts: ScriptLibrary,
    settings: Settings | None = None,
    *,
    observer: FailoverObserver | None = None,
    clock: Clock | None = None,
    policy: FailoverPolicy | None = None,
) -> Recogniser:
    """The recogniser of one name, or of several that stand in for each other. Raises ConfigurationError.

    settings: needed for vendors alone.
    """
    names = parse_recognisers(text)
    made = [make_one(name, scripts, settings) for name in names]
    if len(made) == 1 and names[0] not in REMOTE:
        return made[0]
    return FailoverRecogniser(made, clock=clock or SystemClock(), policy=policy, observer=observer)


def make_one(name: str, scripts: ScriptLibrary, settings: Settings | None) -> Recogniser:
    """A recogniser by one name, as it is. Raises ConfigurationError where a setting is missing."""
    return _MAKERS[name](scripts, settings)


def missing(name: str, settings: Settings) -> str | None:
    """What a recogniser lacks, as the command or setting that mends it; None when it can be made."""
    if name == "pocketsphinx":
        return None if importlib.util.find_spec("pocketsphinx") else "pip install pocketsphinx"
    if name == "deepgram" and settings.deepgram_api_key is None and not _is_local(settings.deepgram_url):
        return "set CUELINE_DEEPGRAM_API_KEY"
    try:
        _MAKERS[name](ScriptLibrary(), settings)
    except ConfigurationError as error:
        return str(error)
    return None


def _script(scripts: ScriptLibrary, _: Settings | None) -> Recogniser:
    return ScriptRecogniser(scripts.find)


def _pocketsphinx(_: ScriptLibrary, __: Settings | None) -> Recogniser:
    from cueline.speech.adapters.pocketsphinx import PocketSphinxRecogniser  # noqa: PLC0415 - heavy

    return PocketSphinxRecogniser()


def _sherpa(_: ScriptLibrary, settings: Settings | None) -> Recogniser:
    from cueline.roles.models import model_folder  # noqa: PLC0415 - only who asks for it pays for it
    from cueline.speech.adapters.sherpa import SherpaRecogniser  # noqa: PLC0415
    from cueline.speech.adapters.sherpa_settings import SherpaSettings  # noqa: PLC0415

    if settings is None:
        raise ConfigurationError("the recogniser sherpa needs settings")
    folder = model_folder(settings, settings.sherpa_model)
    return SherpaRecogniser(SherpaSettings(folder=folder, language=settings.language, workers=settings.sherpa_workers))


def _deepgram(_: ScriptLibrary, settings: Settings | None) -> Recogniser:
    from cueline.emulators.deepgram import EMULATOR_KEY  # noqa: PLC0415 - only who asks for it pays for it
    from cueline.speech.adapters.deepgram import DeepgramRecogniser, DeepgramSettings  # noqa: PLC0415
    from cueline.speech.adapters.deepgram_settings import SERVICE_URL  # noqa: PLC0415

    if settings is None:
        raise ConfigurationError("the recogniser deepgram needs settings")
    local = _is_local(settings.deepgram_url)
    key = settings.deepgram_api_key
    if key is None and not local:
        raise ConfigurationError("the recogniser deepgram needs an API key: set CUELINE_DEEPGRAM_API_KEY")
    made = DeepgramRecogniser(
        DeepgramSettings(
            api_key=key or SecretStr(EMULATOR_KEY),
            url=settings.deepgram_url or SERVICE_URL,
            model=settings.deepgram_model,
            marked=local,
        )
    )
    if local:
        made.capabilities = _emulated(made.capabilities)
    return made


def _transcribe(_: ScriptLibrary, settings: Settings | None) -> Recogniser:
    from cueline.emulators.transcribe import (  # noqa: PLC0415
        EMULATOR_ACCESS_KEY_ID,
        EMULATOR_SECRET_ACCESS_KEY,
    )
    from cueline.speech.adapters.transcribe import (  # noqa: PLC0415
        TranscribeCredentials,
        TranscribeRecogniser,
        TranscribeSettings,
    )

    if settings is None:
        raise ConfigurationError("the recogniser transcribe needs settings")
    local = _is_local(settings.transcribe_url)
    emulated = TranscribeCredentials(EMULATOR_ACCESS_KEY_ID, EMULATOR_SECRET_ACCESS_KEY) if local else None
    names = (settings.transcribe_vocabularies or "").split(",")
    made = TranscribeRecogniser(
        TranscribeSettings(
            region=settings.aws_region,
            url=settings.transcribe_url,
            credentials=emulated,
            vocabularies=tuple(name.strip() for name in names if name.strip()),
        )
    )
    if local:
        made.capabilities = _emulated(made.capabilities)
    return made


_MAKERS: Final[dict[str, Callable[[ScriptLibrary, Settings | None], Recogniser]]] = {
    "deepgram": _deepgram,
    "transcribe": _transcribe,
    "sherpa": _sherpa,
    "pocketsphinx": _pocketsphinx,
    "script": _script,
}


def _is_local(url: str | None) -> bool:
    """An emulator: nothing but one is spoken to without TLS, and on this machine alone."""
    return url is not None and urlsplit(url).scheme == "ws"


def _emulated(capabilities: Capabilities) -> Capabilities:
    """What an emulator says was recorded, and the screen says so."""
    label = f"{capabilities.label}, emulated (recorded words)"
    return msgspec.structs.replace(capabilities, label=label, source="script")

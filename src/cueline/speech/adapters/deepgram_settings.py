"""How Deepgram's live recognition is asked for."""

from typing import Final
from urllib.parse import urlsplit

import msgspec
from pydantic import SecretStr

from cueline.kernel.errors import ConfigurationError

LISTEN_PATH: Final = "/v1/listen"
SERVICE_URL: Final = f"wss://api.deepgram.com{LISTEN_PATH}"
_LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class DeepgramSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator may choose; every wait is bounded.

    - api_key: of the Deepgram project; never printed.
    - url: of the service, of a self-hosted one, or of the emulator. Only the last may do without TLS.
      Without a path it is that of live recognition.
    - model: `nova-3` or another streaming model of the vendor.
    - punctuate: words come with capitals and punctuation.
    - redact: kinds that the vendor masks itself. Empty by default: Cueline's own gate decides, and needs to hear.
    - improve_models: the vendor may keep audio to train on; off, which some contracts charge for.
    - endpointing_ms: silence after which the vendor ends a segment.
    - utterance_end_ms: gap between words after which it says that an utterance is over, in noise too (1000 at least).
    - chunk_ms: audio of one frame at most. What has come is sent at once: longer frames delay nothing, and cost least.
    - idle_finalize_ms: after so long without new audio, what is open is made final.
    - hold_ms: words that stay hypotheses for longer are asked for as final.
    - keep_alive_s: what is sent at least, without audio; the vendor hangs up after 10 s.
    - connect_s, send_s, finish_s: time limits: of connecting, of handing over one frame, of the last results.
    - marked: contact and position go along as `extra`, which the emulator finds its words by.
    """

    api_key: SecretStr
    url: str = SERVICE_URL
    model: str = "nova-3"
    punctuate: bool = True
    redact: tuple[str, ...] = ()
    improve_models: bool = False
    endpointing_ms: int = 300
    utterance_end_ms: int = 1_000
    chunk_ms: int = 250
    idle_finalize_ms: int = 1_500
    hold_ms: int = 10_000
    keep_alive_s: float = 4.0
    connect_s: float = 5.0
    send_s: float = 5.0
    finish_s: float = 8.0
    marked: bool = False

    @property
    def listen_url(self) -> str:
        """The address that is connected to."""
        return self.url if urlsplit(self.url).path.strip("/") else self.url.rstrip("/") + LISTEN_PATH

    def __post_init__(self) -> None:
        """Raises ConfigurationError for what the vendor would refuse, or what would give audio away."""
        parts = urlsplit(self.url)
        if parts.scheme != "wss" and not (parts.scheme == "ws" and parts.hostname in _LOCAL_HOSTS):
            raise ConfigurationError("the Deepgram address must begin with wss:// (ws:// to this machine alone)")
        if not parts.hostname or parts.username is not None:
            raise ConfigurationError("the Deepgram address needs a host, and holds no user name")
        if parts.query or parts.fragment:
            raise ConfigurationError("the Deepgram address takes no query: the settings make it")
        if not self.api_key.get_secret_value().isascii() or not self.api_key.get_secret_value().isprintable():
            raise ConfigurationError("the Deepgram API key holds characters that no key has")
        if not self.api_key.get_secret_value():
            raise ConfigurationError("the Deepgram API key is empty: set CUELINE_DEEPGRAM_API_KEY")
        if not 20 <= self.chunk_ms <= 250:
            raise ConfigurationError("a frame of audio for Deepgram lasts 20 to 250 ms")
        if not 10 <= self.endpointing_ms <= 5_000 or not 1_000 <= self.utterance_end_ms <= 5_000:
            raise ConfigurationError("Deepgram takes endpointing of 10 to 5000 ms and utterance ends of 1000 to 5000")
        if not 0.1 <= self.keep_alive_s <= 8:
            raise ConfigurationError("Deepgram hangs up after 10 s of silence: keep alive every 8 s or more often")
        if min(self.connect_s, self.send_s, self.finish_s, self.idle_finalize_ms, self.hold_ms) <= 0:
            raise ConfigurationError("time limits for Deepgram must be positive")

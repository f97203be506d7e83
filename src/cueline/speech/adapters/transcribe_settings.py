"""How Amazon Transcribe is used: settings of the adapter, without anything that acts."""

from typing import Final, Literal

import msgspec

STREAM_LIMIT_S: Final = 4 * 3_600
"""A stream of the service ends after four hours of audio."""

MAX_EXPIRES_S: Final = 300
"""The service takes a pre-signed address for at most five minutes."""


class TranscribeCredentials(msgspec.Struct, frozen=True):
    """Fixed credentials, for an emulator; in AWS leave them out, so that the default chain finds and refreshes them."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    def __repr__(self) -> str:
        return "TranscribeCredentials()"


class TranscribeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything but the call itself.

    url: ``ws://HOST:PORT`` or ``wss://HOST:PORT`` of an emulator; None is the region's own address.
    credentials: None asks the standard AWS chain (environment, shared files, role of the machine or container).
    vocabularies: names of custom vocabularies of the account; the first is used, or, where the language is identified,
    each goes with its language.
    stability: how early the service keeps to a word of a hypothesis; ``high`` is earliest and least accurate.
    chunk_ms: audio of one frame, 50 to 200. keep_alive_ms: silence is sent after so long without audio (the service
    ends a stream after 15 s). expires_s: how long a pre-signed address holds, at most 300.
    longest_s: session audio after which the session ends itself, so that another may be opened before the service's
    four hours are over.
    """

    region: str = "us-east-1"
    url: str | None = None
    credentials: TranscribeCredentials | None = None
    vocabularies: tuple[str, ...] = ()
    stability: Literal["low", "medium", "high"] = "high"
    chunk_ms: int = 100
    keep_alive_ms: int = 5_000
    expires_s: int = 60
    open_timeout_s: float = 10.0
    send_timeout_s: float = 10.0
    finish_timeout_s: float = 15.0
    longest_s: int = STREAM_LIMIT_S - 300

"""The emulated Transcribe's results: words become hypotheses and finals, as the service words them. Pure."""

from typing import Any, Final

import msgspec

from cueline.emulators.hearing import SpokenWord
from cueline.media.event_stream import encode

PAUSE_MS: Final = 600
"""A pause that ends a segment."""

LONGEST_MS: Final = 12_000
"""A speaker who never pauses gets a final after this long, between two words."""

TAIL_MS: Final = PAUSE_MS // 2
"""A final reaches so far into the pause after it."""

UNSTABLE_WORDS: Final = {"high": 1, "medium": 3, "low": 5}
"""How many words at a hypothesis' end may still change; without stabilisation all of them."""


class Result(msgspec.Struct, frozen=True):
    """One result: the words of a segment, so far or for good."""

    identity: str
    words: tuple[SpokenWord, ...]
    end_ms: int
    partial: bool


class ChannelSegments:
    """One channel: words in, results out."""

    __slots__ = ("_name", "_number", "_open")

    def __init__(self, name: str) -> None:
        self._name = name
        self._number = 0
        self._open: list[SpokenWord] = []

    def hear(self, words: list[SpokenWord], quiet_until_ms: int) -> list[Result]:
        """Words that came to their end, and up to where nothing else is being said."""
        results: list[Result] = []
        for word in words:
            if self._open and (
                word.start_ms - self._open[-1].end_ms >= PAUSE_MS or word.end_ms - self._open[0].start_ms > LONGEST_MS
            ):
                results += self._final(word.start_ms)
            self._open.append(word)
            results.append(self._result(word.end_ms, partial=True))
        if self._open and quiet_until_ms - self._open[-1].end_ms >= PAUSE_MS:
            results += self._final(quiet_until_ms)
        return results

    def finish(self) -> list[Result]:
        return self._final(self._open[-1].end_ms) if self._open else []

    def _final(self, next_ms: int) -> list[Result]:
        last_ms = self._open[-1].end_ms
        result = self._result(last_ms + min((next_ms - last_ms) // 2, TAIL_MS), partial=False)
        self._open = []
        self._number += 1
        return [result]

    def _result(self, end_ms: int, *, partial: bool) -> Result:
        return Result(f"{self._name}-{self._number}", tuple(self._open), end_ms, partial)


class ResultWriter:
    """Results as frames. channel_id: ``ch_0`` or ``ch_1``, None where the client did not ask for channels."""

    __slots__ = ("_identified", "_language", "_unstable")

    def __init__(self, *, language: str, identified: bool, stability: str | None) -> None:
        self._language = language
        self._identified = identified
        self._unstable = UNSTABLE_WORDS[stability] if stability is not None else None

    def frame(self, result: Result, channel_id: str | None) -> bytes:
        text = " ".join(word.text for word in result.words)
        items = [self._item(result, index) for index in range(len(result.words))]
        if not result.partial:
            text += "."
            items.append(
                {
                    "Content": ".",
                    "StartTime": result.words[-1].end_ms / 1_000,
                    "EndTime": result.words[-1].end_ms / 1_000,
                    "Type": "punctuation",
                    "VocabularyFilterMatch": False,
                }
            )
        written: dict[str, Any] = {
            "Alternatives": [{"Transcript": text, "Items": items}],
            "EndTime": result.end_ms / 1_000,
            "IsPartial": result.partial,
            "ResultId": result.identity,
            "StartTime": result.words[0].start_ms / 1_000,
        }
        if channel_id is not None:
            written["ChannelId"] = channel_id
        if self._identified:
            written["LanguageCode"] = self._language
            written["LanguageIdentification"] = [{"LanguageCode": self._language, "Score": 1.0}]
        return event("TranscriptEvent", {"Transcript": {"Results": [written]}})

    def _item(self, result: Result, index: int) -> dict[str, Any]:
        word = result.words[index]
        item: dict[str, Any] = {
            "Content": word.text,
            "StartTime": word.start_ms / 1_000,
            "EndTime": word.end_ms / 1_000,
            "Type": "pronunciation",
            "VocabularyFilterMatch": False,
        }
        if not result.partial:
            item["Confidence"] = 1.0
        if self._unstable is not None:
            item["Stable"] = not result.partial or index < len(result.words) - self._unstable
        return item


def event(kind: str, payload: dict[str, Any]) -> bytes:
    """A frame of the service's."""
    headers = {":content-type": "application/json", ":event-type": kind, ":message-type": "event"}
    return encode(headers, msgspec.json.encode(payload))


def exception(name: str, message: str) -> bytes:
    """An exception as an event; the service closes the stream after it."""
    headers = {":content-type": "application/json", ":exception-type": name, ":message-type": "exception"}
    return encode(headers, msgspec.json.encode({"Message": message}))

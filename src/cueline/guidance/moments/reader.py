"""Reads moments from what was said: the reason of the call, intents, dialogue acts, feelings. Pure; one per call.

Every final is weighed once; the same finals in the same order give the same moments.
"""

from collections.abc import Mapping
from typing import Final

from cueline.events.guidance import Evidence, MomentFound
from cueline.guidance.heard import Heard
from cueline.guidance.moments.feelings import FeelingTracker, Felt
from cueline.guidance.moments.model import Family, MomentModels, Numbers, Reading, TextModel, moment_models
from cueline.guidance.moments.reasons import OTHER, ReasonTracker
from cueline.guidance.moments.words import Words
from cueline.guidance.picture import CallPicture
from cueline.kernel.errors import InputError
from cueline.kernel.ids import Speaker

LANGUAGES: Final = ("en",)

ACTS_MAX: Final = 3
"""Dialogue acts of one utterance, the likeliest ones."""

WHOLE_TOKENS: Final = 6
"""The evidence of an utterance of at most as many tokens is all of it."""

_ANSWER_WITHIN_MS: Final = 12_000

_RECAP_TURNS: Final = 4
"""Turns of the agent after which summing up is to be expected; before, it is seldom what a turn does."""
_RECAP_FROM: Final = 0.35
_RECAP_EARLY_FROM: Final = 0.85

_BY_AGENT: Final = frozenset((
    "promises_callback", "verification_question", "disclosure", "empathy", "apology", "offer", "recap", "hold_notice",
))  # fmt: skip
"""What only an agent does; every other intent is the customer's, every other act anybody's."""


class MomentReader:
    """The moments of one call. extra: another model, whose chances are averaged with ours where it has any."""

    __slots__ = ("_agent_turns", "_asked", "_extra", "_feelings", "_models", "_reasons")

    def __init__(
        self, language: str = "en", *, models: MomentModels | None = None, extra: TextModel | None = None
    ) -> None:
        """Raises InputError for a language that no model was trained for."""
        if language.partition("-")[0].lower() not in LANGUAGES:
            raise InputError(f"there are no moment models for the language {language!r}; there are for: en")
        self._models = models if models is not None else moment_models()
        self._extra = extra
        self._reasons = ReasonTracker(self._models)
        self._feelings: dict[Speaker, FeelingTracker] = {"customer": FeelingTracker(), "agent": FeelingTracker()}
        self._agent_turns = 0
        self._asked: tuple[Speaker, int] | None = None

    @property
    def reason(self) -> str | None:
        """What the call is about, once it is clear."""
        return self._reasons.reason

    def sentiment(self, speaker: Speaker = "customer") -> float:
        """How a side feels, over its turns so far: -1 to 1."""
        return self._feelings[speaker].average if speaker in self._feelings else 0.0

    def read(self, heard: Heard, picture: CallPicture) -> list[MomentFound]:  # noqa: ARG002 - as the guide's other readers
        """The moments of a final, at most one of a label; nothing of hypotheses and of the system's announcements."""
        if not heard.final or heard.speaker == "system":
            return []
        words = Words(heard.text, heard.tokens)
        if not len(words):
            return []
        reading = self._models.read(words)
        extra = {} if self._extra is None else self._extra.chances(words.texts)
        chances = self._with_extra(self._models.judge(reading, reading.segments), extra)
        whole = self._with_extra(self._models.judge(reading, reading.stretches), extra)
        felt = self._felt(heard, words, chances)
        # What presses comes first: of the cues that one sentence leads to, an agent is shown the first of its kind.
        found = [
            *self._clear(heard, reading, chances, "intent"),
            *(() if felt is None else (felt,)),
            *self._reason(heard, reading, chances, whole),
            *self._acts(heard, reading, chances, whole),
        ]
        self._agent_turns += heard.speaker == "agent"
        return found

    def _with_extra(self, chances: Numbers, given: Mapping[str, float]) -> Numbers:
        for place, label in enumerate(self._models.labels):
            if label in given:
                chances[:, place] = (chances[:, place] + min(max(given[label], 0.0), 1.0)) / 2
        return chances

    def _reason(self, heard: Heard, reading: Reading, chances: Numbers, whole: Numbers) -> list[MomentFound]:
        """The reason, by whole turns; the place in one that speaks most for it, by its segments."""
        found = self._reasons.hear(whole, len(reading.words), heard.speaker)
        if found is None:
            return []
        evidence = None
        if found.label != OTHER:
            place = self._place("reason", found.label)
            evidence = self._evidence(heard, reading, place, reading.segments[chances[:, place].argmax()])
        return [_moment(heard, "reason", found.label, found.confidence, evidence)]

    def _place(self, family: Family, label: str) -> int:
        places = self._models.places[family]
        return int(places.start) + self._models.labels[places].index(label)

    def _clear(
        self, heard: Heard, reading: Reading, chances: Numbers, family: Family, *, recap: float | None = None
    ) -> list[MomentFound]:
        """Labels whose chance in one of the segments is above their threshold, the likeliest first.

        recap: the chance of one in the whole turn, as it is seldom in a single sentence.
        """
        places = self._models.places[family]
        best = chances[:, places].max(axis=0)
        bars = self._models.thresholds[places]
        if recap is not None:
            at, bars = self._models.labels[places].index("recap"), bars.copy()
            best[at] = max(best[at], recap)
            bars[at] = _RECAP_FROM if self._agent_turns >= _RECAP_TURNS else _RECAP_EARLY_FROM
        clear = (best >= bars).nonzero()[0].tolist()
        found = []
        for at in sorted(clear, key=lambda at: (-best[at], at)):
            label = self._models.labels[places.start + at]
            by_agent = label in _BY_AGENT
            if by_agent == (heard.speaker == "agent") or (family == "act" and not by_agent):
                place = places.start + at
                evidence = self._evidence(heard, reading, place, reading.segments[chances[:, place].argmax()])
                found.append(_moment(heard, family, label, float(best[at]), evidence))
        return found

    def _acts(self, heard: Heard, reading: Reading, chances: Numbers, whole: Numbers) -> list[MomentFound]:
        """The acts of an utterance: a question about identity is no other question; an answer needs a question."""
        recap = float(whole[:, self._place("act", "recap")].max())
        found = self._clear(heard, reading, chances, "act", recap=recap)
        labels = {moment.label for moment in found}
        left_out = {"question"} if "verification_question" in labels else set()
        if self._asked is None or self._asked[0] == heard.speaker or heard.started_ms > self._asked[1]:
            left_out.add("answer")
        if labels & {"question", "verification_question"}:
            self._asked = (heard.speaker, heard.ended_ms + _ANSWER_WITHIN_MS)
            left_out.add("answer")
        elif self._asked is not None and self._asked[0] != heard.speaker and "answer" in labels:
            self._asked = None
        return [moment for moment in found if moment.label not in left_out][:ACTS_MAX]

    def _felt(self, heard: Heard, words: Words, chances: Numbers) -> MomentFound | None:
        highest = chances[:, self._models.places["sentiment"]].max(axis=0).tolist()
        best = dict(zip(self._models.labels[self._models.places["sentiment"]], highest, strict=True))
        felt = self._feelings[heard.speaker].hear(words, negative=best["negative"], positive=best["positive"])
        if felt is None or (heard.speaker == "agent" and not felt.turned):
            return None
        return _moment(
            heard, "sentiment", felt.feeling, _certainty(felt, best), Evidence(utterance_id=heard.utterance_id)
        )

    @staticmethod
    def _evidence(heard: Heard, reading: Reading, label: int, stretch: tuple[int, int]) -> Evidence:
        """The words that weigh most for a label in a stretch; all of a short utterance."""
        if len(heard.tokens) <= WHOLE_TOKENS:
            return Evidence(utterance_id=heard.utterance_id)
        first, last = reading.span(label, *stretch)
        return heard.evidence(reading.words.tokens[first], reading.words.tokens[last])


def _certainty(felt: Felt, best: Mapping[str, float]) -> float:
    return best[felt.feeling] if felt.feeling in best else 1.0 - max(best.values())


def _moment(heard: Heard, family: Family, label: str, confidence: float, evidence: Evidence | None) -> MomentFound:
    return MomentFound(
        moment_id=f"{heard.utterance_id}.{label}", family=family, label=label, confidence=round(confidence, 3),
        speaker=heard.speaker, started_ms=heard.started_ms, ended_ms=heard.ended_ms, evidence=evidence,
    )  # fmt: skip

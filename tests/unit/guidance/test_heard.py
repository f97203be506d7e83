"""An event becomes what the guide hears: words with their times, masks apart, and how loud it was."""

from cueline.events.catalogue import PartialRevised, UtteranceCommitted
from cueline.events.redacted import Mask, RedactedWord
from cueline.guidance.heard import heard
from cueline.kernel.ids import UtteranceId

WORDS = (RedactedWord("It's", 100, 300), RedactedWord("[PHONE]", 400, 2_000), RedactedWord("New York", 2_100, 2_500))
SAID = UtteranceCommitted(
    utterance_id=UtteranceId("call_1.c0"),
    channel="customer",
    speaker="customer",
    started_ms=100,
    ended_ms=2_500,
    text="It's [PHONE] New York",
    words=WORDS,
    masks=(Mask(5, 12, "PHONE"),),
    loudness_db=-21.5,
)


def test_a_final_keeps_its_words_times_and_loudness() -> None:
    one = heard(SAID, now_ms=9_000)
    assert (one.final, one.ended_ms, one.loudness_db, one.words) == (True, 2_500, -21.5, WORDS)
    assert [token.text or token.mask for token in one.tokens] == ["it's", "PHONE", "new", "york"]
    assert [one.said_ms(place) for place in range(4)] == [300, 2_000, 2_500, 2_500]
    evidence = one.evidence(2, 3)
    assert SAID.text[evidence.start : evidence.end] == "New York"


def test_a_hypothesis_ends_now_and_has_neither() -> None:
    partial = PartialRevised(
        utterance_id=SAID.utterance_id,
        epoch=1,
        revision=4,
        channel="customer",
        speaker="customer",
        started_ms=100,
        text=SAID.text,
        masks=SAID.masks,
    )
    one = heard(partial, now_ms=1_700)
    assert (one.final, one.ended_ms, one.revision, one.loudness_db, one.words) == (False, 1_700, 4, None, ())
    assert one.said_ms(0) == 1_700

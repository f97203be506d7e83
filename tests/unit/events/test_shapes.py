"""Checkpoints and records as they are kept."""

from typing import get_args, get_type_hints

import msgspec

from cueline.events.checkpoint import ChannelProgress, Checkpoint, FragmentMark
from cueline.events.redacted import ArmMemory, ChannelMemory, EntityType, RedactorSnapshot
from cueline.kernel.ids import CHANNELS, Channel
from cueline.redaction.classifier import topic_model
from cueline.redaction.context import CallContext
from cueline.redaction.locales.locale import BENIGN, CLOSING, IDENTITY, PAYMENT
from cueline.redaction.policy import Language, RedactionPolicy
from cueline.redaction.redactor import Redactor
from cueline.unredacted.audio import SAMPLES_PER_MS
from cueline.unredacted.transcript import RawUtterance, RawWord


def test_a_checkpoint_goes_to_json_and_back() -> None:
    checkpoint = Checkpoint(
        origin_producer_ms=1_700_000_000_000,
        resume=FragmentMark(number="9" * 40, producer_ms=5, position=8_000),
        customer=ChannelProgress(settled=16_000, next_ordinal=3),
        redactor=RedactorSnapshot(agent=ChannelMemory(open_run=True, run_tokens=2, run_ended_ms=7)),
        warned=("audio_gap",),
    )
    raw = msgspec.json.encode(checkpoint)
    assert msgspec.json.decode(raw, type=Checkpoint) == checkpoint
    assert b'"nextOrdinal":3' in raw


def test_a_checkpoint_of_another_version_is_read_as_far_as_it_goes() -> None:
    assert msgspec.json.decode(b'{"newer":1,"customer":{"settled":5}}', type=Checkpoint) == Checkpoint(
        customer=ChannelProgress(settled=5)
    )


def test_channels_are_told_apart() -> None:
    checkpoint = Checkpoint(customer=ChannelProgress(settled=1), agent=ChannelProgress(settled=2))
    assert (checkpoint.channel("customer").settled, checkpoint.channel("agent").settled) == (1, 2)


def test_what_the_redactor_remembers_has_no_room_for_digits() -> None:
    """Counts, times, flags, channels and kinds only: nothing there is free text or bytes but a question's topics."""
    kind, maybe = get_type_hints(ChannelMemory)["run_type"], get_type_hints(RedactorSnapshot)["policy_version"]
    assert (kind, maybe) == (EntityType | None, int | None)
    told = {
        ChannelMemory: {bool, int, kind},
        ArmMemory: {bool, int, Channel, tuple[str, ...]},
        RedactorSnapshot: {int, maybe, ChannelMemory, tuple[ArmMemory, ...]},
    }
    for shape, kinds in told.items():
        assert set(get_type_hints(shape).values()) == kinds
    assert {name for name, kind in get_type_hints(ArmMemory).items() if kind == tuple[str, ...]} == {"topics"}


TOPICS = {*get_args(EntityType), BENIGN}
TOPICS_OF_TALK = {CLOSING, IDENTITY, PAYMENT}
"""What cues may name beside them; no question asks for it."""

LANGUAGES: tuple[Language, ...] = get_args(Language)


def test_nothing_but_a_kind_can_become_a_topic() -> None:
    """All that the cues of any language, a tenant's own words among them, and the trained models can name."""
    for language in LANGUAGES:
        policy = RedactionPolicy(languages=(language,), benign_words=("voucher",))
        named = {cue.topic for cue in CallContext(policy, RedactorSnapshot()).locale.cues}
        assert BENIGN in named
        assert named <= TOPICS | TOPICS_OF_TALK
    for task in ("asked", "announced"):
        assert set(topic_model(task).classes) <= TOPICS


ONE = (
    "four five three nine one four eight eight zero three four three six four six seven",
    "three one eight",
    "robert",
)
OTHER = ("five one two six two nine seven three eight one five nine two eight three nine", "six two five", "thomas")


def remembered(card: str, code: str, name: str) -> list[RedactorSnapshot]:
    """The memory at each commit of a call, with some open questions, open runs and a policy with words in it."""
    redactor = Redactor(policy=RedactionPolicy(benign_words=("voucher",)))
    half = len(card.split()) // 2
    turns: list[tuple[Channel, str]] = [
        ("agent", "may i have your full name please"),
        ("customer", f"{name} {name}son"),
        ("agent", "and your voucher number"),
        ("customer", f"voucher {code} {code}"),
        ("agent", "what is the long number on your card"),
        ("customer", "it is " + " ".join(card.split()[:half])),
        ("agent", "uh huh"),
        ("customer", " ".join(card.split()[half:])),
        ("agent", "and the security code please what is your password"),
        ("customer", f"{code} and the password is {name}{code[:3]}"),
        ("agent", f"so {code} and the email address"),
        ("customer", f"{name} at gmail dot com and my account number is {code}"),
    ]
    kept, ordinals = [], dict.fromkeys(CHANNELS, 0)
    for turn, (channel, text) in enumerate(turns):
        words = [
            RawWord(word, turn * 9_000 + at * 300, turn * 9_000 + at * 300 + 300)
            for at, word in enumerate(text.split())
        ]
        end = words[-1].end_ms * SAMPLES_PER_MS
        redactor.settle(RawUtterance(channel=channel, ordinal=ordinals[channel], words=words, settled=end))
        ordinals[channel] += 1
        for each in CHANNELS:
            redactor.hear(each, end, end)
        kept += [snapshot for _, snapshot in redactor.take_decided()]
    kept += [snapshot for _, snapshot in redactor.finish()]
    assert len(kept) == len(turns)
    return kept


def strings(built: object) -> set[str]:
    """All values that are text."""
    if isinstance(built, dict):
        return set().union(*map(strings, built.values()))
    if isinstance(built, list | tuple):
        return set().union(*map(strings, built))
    return {built} if isinstance(built, str) else set()


def test_what_is_remembered_of_a_call_is_nothing_that_was_said() -> None:
    """Other numbers of the same length and other names leave the very same memory, and its text is kinds alone."""
    kept = remembered(*ONE)
    assert kept == remembered(*OTHER)
    asked = {topic for snapshot in kept for arm in snapshot.arms for topic in arm.topics}
    assert {"PERSON", "CREDIT_CARD", "CVV", "PASSWORD", "EMAIL"} <= asked
    assert any(snapshot.customer.run_type == "CREDIT_CARD" and snapshot.customer.open_run for snapshot in kept)
    for snapshot in kept:
        assert strings(msgspec.to_builtins(snapshot)) <= TOPICS | set(CHANNELS)

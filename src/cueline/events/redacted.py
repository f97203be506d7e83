"""Text that has passed the gate.

``RedactedText`` is made from raw words in one place, ``redaction/redactor.py``; the codec and the storage may decode
what was already redacted. A test reads the source tree and fails when anything else constructs it.
"""

from typing import Literal

import msgspec

from cueline.kernel.ids import Channel

EntityType = Literal[
    "CREDIT_CARD", "CVV", "CARD_EXPIRY", "PIN", "OTP", "BANK_ACCOUNT", "ABA_ROUTING", "IBAN", "SORT_CODE", "US_SSN",
    "SSN_LAST4", "TAX_ID", "PASSPORT", "DRIVER_LICENSE", "MEDICAL_RECORD", "MEMBER_ID", "ACCOUNT_NUMBER", "DOB",
    "PHONE", "EMAIL", "ADDRESS", "PERSON", "PASSWORD", "IP_ADDRESS", "NUMBER",
]  # fmt: skip
"""Kinds of masked content; in text a mask is written ``[TYPE]``."""

MaskType = EntityType | Literal["HELD"]
"""``HELD`` stands in partials only: undecided text, shown as ``HELD_TEXT``."""

HELD_TEXT = "..."


class RedactedWord(msgspec.Struct, frozen=True, rename="camel"):
    """One word, or one whole mask or hold, as it may be shown; times in milliseconds since the call's origin."""

    text: str
    start_ms: int
    end_ms: int


class Mask(msgspec.Struct, frozen=True, rename="camel"):
    """A masked or held stretch: half-open offsets in code points of the redacted text."""

    start: int
    end: int
    type: MaskType


class RedactedText(msgspec.Struct, frozen=True, rename="camel"):
    """Words joined by single spaces, with every mask as one word ``[TYPE]`` and every hold as one word ``...``."""

    text: str
    words: tuple[RedactedWord, ...]
    masks: tuple[Mask, ...]


class RedactedPartial(msgspec.Struct, frozen=True):
    """A partial that has passed the gate; keys as in ``RawPartial``."""

    channel: Channel
    ordinal: int
    revision: int
    started_ms: int
    content: RedactedText


class RedactedUtterance(msgspec.Struct, frozen=True):
    """A final that has passed the gate and may be committed.

    settled: the channel's resume point (samples since the origin) once this utterance is committed.
    loudness_db: below full scale, to half a decibel; None where it was not measured.
    """

    channel: Channel
    ordinal: int
    started_ms: int
    ended_ms: int
    settled: int
    content: RedactedText
    loudness_db: float | None = None


class ChannelMemory(msgspec.Struct, frozen=True, rename="camel"):
    """What the redactor remembers of one channel: never digits, never hashes of digits.

    open_run: the channel's last committed word was part of a number run that may go on.
    run_tokens: how many number tokens that run had so far.
    run_ended_ms: when its last token ended.
    run_type: what it was taken for. run_digits: how many digits it had.
    """

    open_run: bool = False
    run_tokens: int = 0
    run_ended_ms: int = 0
    run_type: EntityType | None = None
    run_digits: int = 0


class ArmMemory(msgspec.Struct, frozen=True, rename="camel"):
    """A question that is open at a commit: what it asks for, who asked, who answers, and how many digits it got.

    topics: entity types, or "benign" for a number that may be read. heard_ms: when it was last answered or repeated.
    prearmed: nobody asked yet, but a completed card makes it likely.
    """

    topics: tuple[str, ...]
    asker: Channel
    answerer: Channel
    opened_ms: int
    heard_ms: int
    digits: int = 0
    prearmed: bool = False


class RedactorSnapshot(msgspec.Struct, frozen=True, rename="camel"):
    """The redactor's state at a commit, carried by the checkpoint for whoever takes the call over."""

    customer: ChannelMemory = ChannelMemory()
    agent: ChannelMemory = ChannelMemory()
    arms: tuple[ArmMemory, ...] = ()
    block_until_ms: int = 0
    """Media time until which a block of talk about payment or identity goes on."""
    policy_version: int | None = None
    """Version of the redaction policy that the call began under; None before its first session."""

"""Masking a stretch of a stored utterance, for good."""

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import BigInteger, RowMapping, bindparam, text

from cueline.events.amendments import (
    MaskOutcome,
    MaskStretch,
    OffsetsOutsideError,
    TextChangedError,
    UnknownUtteranceError,
)
from cueline.events.catalogue import Envelope, UtteranceAmended
from cueline.events.codec import payload_to_json
from cueline.events.redacted import EntityType, Mask, RedactedWord
from cueline.kernel.ids import CallId, TenantId
from cueline.storage.engine import Database

_words = msgspec.json.Decoder(tuple[RedactedWord, ...])
_masks = msgspec.json.Decoder(tuple[Mask, ...])

# The call's row first, as every writer takes it: whoever holds it can rewrite what belongs to the call.
_LOCK: Final = text("SELECT sequence FROM calls WHERE call_id = :call AND tenant = :tenant FOR UPDATE")
_READ: Final = text("""
SELECT u.text, u.words, u.masks, u.started_ms, u.ended_ms, u.version, (
    SELECT count(*) FROM events e WHERE e.call_id = u.call_id AND e.fingerprint = :fingerprint
) AS repeated
FROM utterances u WHERE u.utterance_id = :utterance AND u.call_id = :call
""")
_REWRITE: Final = text("""
WITH said AS (
    UPDATE utterances SET text = :text, words = CAST(:words AS jsonb), masks = CAST(:masks AS jsonb), version = :version
    WHERE utterance_id = :utterance
), happened AS (
    INSERT INTO events (call_id, sequence, kind, at_ms, payload, fingerprint)
    VALUES (:call, :sequence, 'UtteranceAmended', :at_ms, CAST(:payload AS jsonb), :fingerprint)
), sent AS (
    INSERT INTO outbox (call_id, sequence) VALUES (:call, :sequence)
)
UPDATE calls SET sequence = :sequence, masks = calls.masks + :added WHERE call_id = :call
""").bindparams(bindparam("sequence", type_=BigInteger), bindparam("at_ms", type_=BigInteger))


class Rewritten(msgspec.Struct, frozen=True):
    """An utterance's new content; added: how many masks it has more than before."""

    text: str
    words: tuple[RedactedWord, ...]
    masks: tuple[Mask, ...]
    added: int


def rewritten(
    words: Sequence[RedactedWord], masks: Sequence[Mask], start: int, end: int, kind: EntityType
) -> Rewritten | None:
    """The content with every word that the stretch touches masked; None when all of them are masked already.

    Words that follow each other become one mask. What was masked before stays as it is.
    """
    kept: list[tuple[RedactedWord, EntityType | None]] = []
    touched, at, added = False, 0, 0
    for word in words:
        stops = at + len(word.text)
        known = next((mask.type for mask in masks if mask.start < stops and at < mask.end), None)
        if known is None and start < stops and at < end:
            if touched:
                kept[-1] = (msgspec.structs.replace(kept[-1][0], end_ms=word.end_ms), kind)
            else:
                kept.append((RedactedWord(text=f"[{kind}]", start_ms=word.start_ms, end_ms=word.end_ms), kind))
                added += 1
            touched = True
        else:
            kept.append((word, None if known is None or known == "HELD" else known))
            touched = False
        at = stops + 1
    if not added:
        return None
    found: list[Mask] = []
    at = 0
    for word, masked in kept:
        if masked is not None:
            found.append(Mask(start=at, end=at + len(word.text), type=masked))
        at += len(word.text) + 1
    return Rewritten(" ".join(word.text for word, _ in kept), tuple(word for word, _ in kept), tuple(found), added)


def _whole(row: RowMapping, kind: EntityType) -> Rewritten:
    """All of an utterance as one mask: for one whose words are not its text, where half a mask may miss its mark."""
    word = RedactedWord(text=f"[{kind}]", start_ms=row["started_ms"], end_ms=row["ended_ms"])
    return Rewritten(word.text, (word,), (Mask(start=0, end=len(word.text), type=kind),), 1)


def _content(row: RowMapping, stretch: MaskStretch) -> Rewritten | None:
    said = row["text"]
    if not 0 <= stretch.start < stretch.end <= len(said):
        raise OffsetsOutsideError(f"start and end must lie inside the text, which has {len(said)} characters")
    words, masks = _words.decode(row["words"]), _masks.decode(row["masks"])
    if " ".join(word.text for word in words) != said:
        return _whole(row, stretch.type)
    return rewritten(words, masks, stretch.start, stretch.end, stretch.type)


async def amend(
    database: Database, tenant: TenantId, call: CallId, stretch: MaskStretch, *, at_ms: int
) -> tuple[MaskOutcome, Envelope | None] | None:
    """Rewrites the utterance and commits ``UtteranceAmended``, which is still to be published; None: no such call.

    The same stretch of the same version is masked once, however often it is asked for. Raises UnknownUtteranceError,
    OffsetsOutsideError, and TextChangedError when the text is not of ``stretch.version`` any more.
    """
    known = hashlib.sha256(b"mask\n" + msgspec.json.encode(stretch)).hexdigest()
    names = {"call": call, "utterance": stretch.utterance_id, "fingerprint": known}
    async with database.transaction() as connection:
        locked = (await connection.execute(_LOCK, {"call": call, "tenant": tenant})).mappings().first()
        if locked is None:
            return None
        row = (await connection.execute(_READ, names)).mappings().first()
        if row is None:
            raise UnknownUtteranceError("this call has no such utterance")
        if row["repeated"]:
            return MaskOutcome(version=row["version"], sequence=None), None
        if stretch.version not in {None, row["version"]}:
            raise TextChangedError("the utterance was changed meanwhile: read it again, and choose the words anew")
        content = _content(row, stretch)
        if content is None:
            return MaskOutcome(version=row["version"], sequence=None), None
        version, sequence = row["version"] + 1, locked["sequence"] + 1
        payload = UtteranceAmended(utterance_id=stretch.utterance_id, version=version)
        values = {
            "text": content.text, "words": msgspec.json.encode(content.words).decode(),
            "masks": msgspec.json.encode(content.masks).decode(), "version": version, "sequence": sequence,
            "at_ms": at_ms, "payload": payload_to_json(payload).decode(), "added": content.added,
        }  # fmt: skip
        await connection.execute(_REWRITE, {**names, **values})
    envelope = Envelope(tenant=tenant, call_id=call, sequence=sequence, at_ms=at_ms, payload=payload)
    return MaskOutcome(version=version, sequence=sequence), envelope

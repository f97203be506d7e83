"""Masking a stretch of a stored utterance, for good."""

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import BigInteger, RowMapping, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from cueline.events.amendments import (
    Cut,
    MaskOutcome,
    MaskStretch,
    OffsetsOutsideError,
    TextChangedError,
    UnknownUtteranceError,
    moved,
)
from cueline.events.catalogue import Envelope, UtteranceAmended
from cueline.events.codec import payload_to_json
from cueline.events.guidance import Evidence
from cueline.events.redacted import EntityType, Mask, RedactedWord
from cueline.kernel.ids import CallId, TenantId, UtteranceId
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
# One piece of evidence, or a list of them; both name the utterance.
_CITED: Final = text("""
SELECT sequence, payload -> 'evidence' AS evidence FROM events
WHERE call_id = :call AND kind IN ('CueRaised', 'MomentFound', 'ChecklistTicked') AND (
    payload -> 'evidence' ->> 'utteranceId' = :utterance
    OR payload -> 'evidence' @> jsonb_build_array(jsonb_build_object('utteranceId', CAST(:utterance AS text)))
)
""")
_CITE: Final = text("""
UPDATE events SET payload = jsonb_set(payload, '{evidence}', CAST(:evidence AS jsonb))
WHERE call_id = :call AND sequence = :sequence
""").bindparams(bindparam("sequence", type_=BigInteger))
_evidence = msgspec.json.Decoder(Evidence | tuple[Evidence, ...])


class Rewritten(msgspec.Struct, frozen=True):
    """An utterance's new content; added: how many masks it has more than before; cuts: what they took the place of."""

    text: str
    words: tuple[RedactedWord, ...]
    masks: tuple[Mask, ...]
    added: int
    cuts: tuple[Cut, ...]


def rewritten(
    words: Sequence[RedactedWord], masks: Sequence[Mask], start: int, end: int, kind: EntityType
) -> Rewritten | None:
    """The content with every word that the stretch touches masked; None when all of them are masked already.

    Words that follow each other become one mask. What was masked before stays as it is.
    """
    kept: list[tuple[RedactedWord, EntityType | None]] = []
    cuts: list[Cut] = []
    touched, at = False, 0
    for word in words:
        stops = at + len(word.text)
        known = next((mask.type for mask in masks if mask.start < stops and at < mask.end), None)
        if known is None and start < stops and at < end:
            if touched:
                kept[-1] = (msgspec.structs.replace(kept[-1][0], end_ms=word.end_ms), kind)
                cuts[-1] = msgspec.structs.replace(cuts[-1], end=stops)
            else:
                mask = f"[{kind}]"
                kept.append((RedactedWord(text=mask, start_ms=word.start_ms, end_ms=word.end_ms), kind))
                cuts.append(Cut(at, stops, len(mask)))
            touched = True
        else:
            kept.append((word, None if known is None or known == "HELD" else known))
            touched = False
        at = stops + 1
    if not cuts:
        return None
    found: list[Mask] = []
    at = 0
    for word, masked in kept:
        if masked is not None:
            found.append(Mask(start=at, end=at + len(word.text), type=masked))
        at += len(word.text) + 1
    said = " ".join(word.text for word, _ in kept)
    return Rewritten(said, tuple(word for word, _ in kept), tuple(found), len(cuts), tuple(cuts))


def _whole(row: RowMapping, kind: EntityType) -> Rewritten:
    """All of an utterance as one mask: for one whose words are not its text, where half a mask may miss its mark."""
    word = RedactedWord(text=f"[{kind}]", start_ms=row["started_ms"], end_ms=row["ended_ms"])
    masked = Mask(start=0, end=len(word.text), type=kind)
    return Rewritten(word.text, (word,), (masked,), 1, (Cut(0, len(row["text"]), len(word.text)),))


def _content(row: RowMapping, stretch: MaskStretch) -> Rewritten | None:
    said = row["text"]
    if not 0 <= stretch.start < stretch.end <= len(said):
        raise OffsetsOutsideError(f"start and end must lie inside the text, which has {len(said)} characters")
    words, masks = _words.decode(row["words"]), _masks.decode(row["masks"])
    if " ".join(word.text for word in words) != said:
        return _whole(row, stretch.type)
    return rewritten(words, masks, stretch.start, stretch.end, stretch.type)


async def _move_evidence(
    connection: AsyncConnection, call: CallId, utterance: UtteranceId, cuts: Sequence[Cut]
) -> None:
    """What stands on the utterance names places in its new text from now on; those of the old one are forgotten."""
    cited = (await connection.execute(_CITED, {"call": call, "utterance": utterance})).mappings().all()
    changed = []
    for row in cited:
        known = _evidence.decode(row["evidence"])
        several = known if isinstance(known, tuple) else (known,)
        new = tuple(moved(each, cuts) if each.utterance_id == utterance else each for each in several)
        if new != several:
            evidence = msgspec.json.encode(new if isinstance(known, tuple) else new[0]).decode()
            changed.append({"call": call, "sequence": row["sequence"], "evidence": evidence})
    if changed:
        await connection.execute(_CITE, changed)


async def amend(
    database: Database, tenant: TenantId, call: CallId, stretch: MaskStretch, *, at_ms: int
) -> tuple[MaskOutcome, Envelope | None] | None:
    """Rewrites the utterance and commits ``UtteranceAmended``, which is still to be published; None: no such call.

    Evidence in the call's events moves with the words that it names. No event tells what was cut, or how long it was.
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
        await _move_evidence(connection, call, stretch.utterance_id, content.cuts)
    envelope = Envelope(tenant=tenant, call_id=call, sequence=sequence, at_ms=at_ms, payload=payload)
    return MaskOutcome(version=version, sequence=sequence), envelope

"""``cueline keys``: what keys there are, a new version of one, and older data keys put under it."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Final, Protocol

import msgspec

from cueline.archive.ports import KeyRing
from cueline.events.recording import WrappedKey
from cueline.kernel.errors import InputError
from cueline.kernel.ids import CallId, TenantId
from cueline.roles.assemble import open_process
from cueline.roles.recording_parts import ListedKeys, make_keys
from cueline.roles.settings import Settings
from cueline.security.keys import KeyInfo, KeyRefusedError, LocalKeyRing
from cueline.storage.audit import PostgresAudit
from cueline.storage.recording_keys import PostgresRecordingKeys
from cueline.storage.recordings import PostgresRecordings
from cueline.tenancy.directory import DEFAULT_TENANT

PAGE: Final = 200
AT_ONCE: Final = 8
"""Data keys that are wrapped anew at once; AWS KMS takes thousands a second of an account."""

REFUSED_SHOWN: Final = 20
ACTOR: Final = "command line"
REWRAPPED: Final = "recordingKeys.rewrapped"


class KeyLine(msgspec.Struct, frozen=True, rename="camel"):
    """A key and how many recordings rest on it. known: False for one that recordings name and the ring has not."""

    key_id: str
    newest: bool
    known: bool
    recordings: int
    made_at_ms: int | None = None


class KeysReport(msgspec.Struct, frozen=True, rename="camel"):
    """What ``cueline keys list`` found. ok: every recording's key is in the ring."""

    ok: bool
    keys: list[KeyLine]


class RewrapReport(msgspec.Struct, frozen=True, rename="camel"):
    """What ``cueline keys rewrap`` did. changed: of recordings that somebody deleted or wrapped anew meanwhile.

    refused: of recordings whose data key the ring does not open; the first of their calls.
    """

    ok: bool
    recordings: int
    rewrapped: int
    unchanged: int
    changed: int
    refused: int
    refused_calls: list[CallId]


class Rewrapper(Protocol):
    """The part of a key ring that puts data keys under its newest key."""

    async def rewrap(self, tenant: TenantId, wrapped: WrappedKey) -> WrappedKey: ...


class Pages(Protocol):
    """``storage.recording_keys.PostgresRecordingKeys``."""

    async def page(self, tenant: TenantId, *, after: CallId | None, limit: int) -> list[tuple[CallId, WrappedKey]]: ...


class Rewrapping(Protocol):
    """The part of ``archive.ports.RecordingBook`` that takes a data key's new wrapping."""

    async def rewrap(self, tenant: TenantId, call_id: CallId, old: WrappedKey, new: WrappedKey) -> bool: ...


async def list_keys(settings: Settings) -> KeysReport:
    """The tenant's keys, oldest first, and those that recordings name and nobody has.

    Raises KeyRefusedError, UnavailableError, ConfigurationError.
    """
    ring = make_keys(settings)
    try:
        async with open_process(settings, migrations=True) as process:
            counts = await PostgresRecordingKeys(process.database).counts(process.tenant)
            infos = [info for info in await ring.list() if info.tenant in {None, process.tenant}]
    finally:
        await ring.aclose()
    return report_of(infos, counts)


def report_of(infos: list[KeyInfo], counts: dict[str, int]) -> KeysReport:
    """Keys of the ring beside what recordings rest on. Of KMS keys others than that in use may be known to KMS."""
    lines = [
        KeyLine(info.key_id, info.newest, known=True, recordings=counts.get(info.key_id, 0), made_at_ms=info.made_at_ms)
        for info in infos
    ]
    listed = {line.key_id for line in lines}
    others = [
        KeyLine(key_id, newest=False, known=_in_kms(key_id) and any(map(_in_kms, listed)), recordings=count)
        for key_id, count in counts.items()
        if key_id not in listed
    ]
    keys = [*others, *lines]
    return KeysReport(ok=all(line.known for line in keys), keys=keys)


def _in_kms(key_id: str) -> bool:
    return key_id.startswith("kms:")


async def rotate_key(settings: Settings) -> KeyInfo:
    """A new version of the tenant's key in the key file, which new calls take at once.

    Raises InputError where AWS KMS keeps the keys, KeyRefusedError, UnavailableError, ConfigurationError.
    """
    ring = make_keys(settings)
    try:
        if not isinstance(ring, LocalKeyRing):
            raise InputError(
                "AWS KMS rotates a key's material by itself (aws kms enable-key-rotation --key-id ...). To move to"
                " another KMS key, name it in CUELINE_KEYS and run: cueline keys rewrap"
            )
        return await ring.rotate(DEFAULT_TENANT)
    finally:
        await ring.aclose()


async def rewrap_keys(settings: Settings, *, left: str | None, say: Callable[[str], None]) -> RewrapReport:
    """Puts every recording's data key under the newest key. It may be broken off and begun again at any time.

    left: another ring, as CUELINE_KEYS would name it, whose data keys are taken over. say: is told of progress.
    Raises UnavailableError, ConfigurationError.
    """
    async with AsyncExitStack() as stack:
        newest = make_keys(settings)
        ring: Rewrapper = newest
        stack.push_async_callback(newest.aclose)
        if left is not None:
            before = make_keys(settings.model_copy(update={"keys": left}))
            stack.push_async_callback(before.aclose)
            ring = TakingOver(before, newest)
        async with open_process(settings, migrations=True) as process:
            tenant, keys = process.tenant, PostgresRecordingKeys(process.database)
            total = sum((await keys.counts(tenant)).values())
            report = await rewrap_all(
                tenant, ring=ring, pages=keys, book=PostgresRecordings(process.database),
                progress=lambda done: say(f"{done} of {total} recordings"),
            )  # fmt: skip
            figures = {"rewrapped": report.rewrapped, "unchanged": report.unchanged, "refused": report.refused}
            await PostgresAudit(process.database).record(
                tenant, actor=ACTOR, action=REWRAPPED, call_id=None, details=figures, at_ms=process.clock.epoch_ms()
            )
            return report


class TakingOver:
    """Puts data keys of one ring under another's newest key; those that are the other's already stay there."""

    def __init__(self, left: KeyRing, newest: ListedKeys) -> None:
        self._left = left
        self._newest = newest

    async def rewrap(self, tenant: TenantId, wrapped: WrappedKey) -> WrappedKey:
        """Raises KeyRefusedError where neither ring opens it, UnavailableError."""
        try:
            return await self._newest.rewrap(tenant, wrapped)
        except KeyRefusedError:
            return await self._newest.wrap(tenant, await self._left.unwrap(tenant, wrapped))


async def rewrap_all(
    tenant: TenantId, *, ring: Rewrapper, pages: Pages, book: Rewrapping, progress: Callable[[int], None]
) -> RewrapReport:
    """Page by page. What the ring refuses is counted, and the rest goes on. Raises UnavailableError."""
    found = {"rewrapped": 0, "unchanged": 0, "changed": 0, "refused": 0}
    refused: list[CallId] = []
    turns = asyncio.Semaphore(AT_ONCE)

    async def rewrap(call_id: CallId, old: WrappedKey) -> None:
        async with turns:
            try:
                new = await ring.rewrap(tenant, old)
            except KeyRefusedError:
                found["refused"] += 1
                refused.append(call_id)
                return
            if new == old:
                found["unchanged"] += 1
            else:
                stored = await book.rewrap(tenant, call_id, old, new)
                found["rewrapped" if stored else "changed"] += 1

    after: CallId | None = None
    while page := await pages.page(tenant, after=after, limit=PAGE):
        results = await asyncio.gather(*(rewrap(call_id, old) for call_id, old in page), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        progress(sum(found.values()))
        after = page[-1][0]
    return RewrapReport(
        ok=not refused, recordings=sum(found.values()), refused_calls=sorted(refused)[:REFUSED_SHOWN], **found
    )


def keys_text(report: KeysReport) -> str:
    """The keys for a person."""
    lines = []
    for key in report.keys:
        made = "" if key.made_at_ms is None else f", of {datetime.fromtimestamp(key.made_at_ms / 1_000, UTC):%Y-%m-%d}"
        state = (
            "newest" if key.newest else ("older" if key.known else "NOT IN THE RING: its recordings cannot be opened")
        )
        lines.append(f"{key.key_id}: {state}{made}, {key.recordings} recordings")
    return "\n".join(lines) or "no keys yet: the first call that is recorded makes one"


def rewrap_text(report: RewrapReport) -> str:
    """The result for a person."""
    text = (
        f"{report.recordings} recordings: {report.rewrapped} data keys wrapped anew, {report.unchanged} were under the"
        f" newest key, {report.changed} changed meanwhile, {report.refused} refused."
    )
    if report.refused_calls:
        text += f"\nRefused, as the ring does not hold their key: {', '.join(report.refused_calls)}"
    return text

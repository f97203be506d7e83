"""``cueline retention``: what goes and what went, and a turn of retention by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from cueline.delivery.rest_retention import DeletionShown, DueTonight, RetentionVersion
from cueline.events.retention import DataKind, Night
from cueline.roles.assemble import open_process
from cueline.roles.retention_parts import make_retention, make_retention_keeper
from cueline.roles.settings import Settings

ACTOR: Final = "command line"
TURNS_MAX: Final = 100

_WORDS: Final[dict[DataKind, str]] = {"audio": "recordings", "text": "texts", "metrics": "calls with their figures"}


class RetentionReport(msgspec.Struct, frozen=True, rename="camel"):
    """What ``cueline retention show`` found. ok: no proof was changed."""

    ok: bool
    policies: list[RetentionVersion]
    tonight: DueTonight
    deletions: list[DeletionShown]


class RunReport(msgspec.Struct, frozen=True, rename="camel"):
    """What ``cueline retention run`` deleted, in calls. ok: nothing failed."""

    ok: bool
    audio: int
    text: int
    metrics: int
    failed: int


async def show(settings: Settings, *, limit: int) -> RetentionReport:
    """Raises UnavailableError."""
    async with open_process(settings, migrations=False) as process:
        retention = make_retention(process)
        deletions = await retention.deletions(process.tenant, limit=limit, call_id=None)
        return RetentionReport(
            ok=all(each.signature != "changed" for each in deletions),
            policies=await retention.profiles(process.tenant),
            tonight=await retention.due(process.tenant),
            deletions=deletions,
        )


async def run(settings: Settings) -> RunReport:
    """Raises UnavailableError; what was deleted until then is, and stands proven."""
    nights: list[Night] = []
    async with open_process(settings, migrations=False) as process:
        keeper = make_retention_keeper(process)
        for _ in range(TURNS_MAX):
            nights.append(await keeper.turn(by=ACTOR))
            if not nights[-1].more:
                break
    failed = nights[-1].failed
    return RunReport(
        ok=failed == 0,
        audio=sum(night.audio for night in nights),
        text=sum(night.text for night in nights),
        metrics=sum(night.metrics for night in nights),
        failed=failed,
    )


def show_text(report: RetentionReport) -> str:
    """For a person to read."""
    lines = ["Kept after a call's end, in days:"]
    for each in report.policies:
        days = each.policy
        version = "built in" if each.version == 0 else f"version {each.version}"
        lines.append(
            f"  {each.profile} ({version}): audio {days.audio_days}, text {days.text_days}, metrics {days.metrics_days}"
        )
    lines += ["", f"In the night that begins at {_moment(report.tonight.at_ms)}:"]
    lines += [
        f"  {each.profile}: {each.calls} {_WORDS[each.kind]}" + (f", {each.held} more are held" if each.held else "")
        for each in report.tonight.due
    ] or ["  nothing"]
    return "\n".join([*lines, "", *_deleted(report.deletions)])


def _deleted(deletions: Sequence[DeletionShown]) -> list[str]:
    if not deletions:
        return ["Nothing was deleted yet."]
    said = {
        "valid": "proof valid", "changed": "PROOF CHANGED SINCE", "key_gone": "its proof's key is gone",
    }  # fmt: skip
    return [
        "Deleted, newest first:",
        *(
            f"  {_moment(each.at_ms)}  {each.call_id}  {each.kind}, by {each.by}: {said[each.signature]}"
            for each in deletions
        ),
    ]


def run_text(report: RunReport) -> str:
    """For a person to read."""
    done = f"Deleted: {report.audio} recordings, {report.text} texts, {report.metrics} calls with their figures."
    return done if report.ok else f"{done} {report.failed} could not be deleted: see the log above, and run it again."


def _moment(epoch_ms: int) -> str:
    return f"{datetime.fromtimestamp(epoch_ms / 1_000, tz=UTC):%Y-%m-%d %H:%M} UTC"

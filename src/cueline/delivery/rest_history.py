"""Shapes of saved views of the history, and of its export. Pure."""

import csv
import io
import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

import msgspec

from cueline.delivery.rest import MatchedSpan, Rest
from cueline.events.catalogue import EndReason
from cueline.events.history import FoundCalls, FoundUtterance
from cueline.events.recording import VerificationState
from cueline.events.records import CallPhase, CallRecord
from cueline.kernel.ids import AgentId, CallId, ContactId, Speaker, UtteranceId

_END = r"$(?!\n)"
FILTER_PATTERN: Final = r"^[^\x00-\x1f\x7f]{1,200}" + _END
VIEW_NAME_PATTERN: Final = r"^[^\x00-\x1f\x7f/?#]{1,60}" + _END
EXPORT_MAX: Final = 10_000
"""Calls of one export; who wants more narrows the time."""

Filter = Annotated[str, msgspec.Meta(pattern=FILTER_PATTERN)]
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}" + _END)]


class ViewFilters(Rest, frozen=True, forbid_unknown_fields=True):
    """What is looked for among the calls, as the history's address names it. Days are whoever looks at it has them."""

    q: Filter | None = None
    reason: Filter | None = None
    agent: Filter | None = None
    team: Filter | None = None
    label: Filter | None = None
    verification: VerificationState | None = None
    state: Literal["live", "past"] | None = None
    from_day: Day | None = None
    to_day: Day | None = None


class SavedView(Rest, frozen=True):
    """A view under its name; ``changedAtMs`` is epoch milliseconds."""

    name: str
    filters: ViewFilters
    changed_at_ms: int


class SavedViews(Rest, frozen=True):
    """A person's views, by name."""

    views: list[SavedView]


class ExportedMatch(Rest, frozen=True):
    """An utterance in which words of the search were found, as it stands redacted; ``startedMs`` is media time."""

    utterance_id: UtteranceId
    speaker: Speaker
    started_ms: int
    text: str
    found: list[MatchedSpan]


class ExportedCall(Rest, frozen=True):
    """A call of an export. It holds nothing that came from outside unredacted: no number, no attribute, no title.

    ``startedAt``, ``endedAt``: UTC, ISO 8601. ``matches``: at most three, where words were searched.
    """

    call_id: CallId
    contact_id: ContactId
    phase: CallPhase
    started_at: str
    ended_at: str | None
    duration_ms: int | None
    agent_id: AgentId | None
    profile: str
    reason: str | None
    disposition: str | None
    labels: list[str]
    sentiment: float | None
    alerts: int
    cues: int
    utterances: int
    masks: int
    warnings: int
    end_reason: EndReason | None
    matches: list[ExportedMatch] = msgspec.field(default_factory=list)


COLUMNS: Final = tuple(field.encode_name for field in msgspec.structs.fields(ExportedCall) if field.name != "matches")
"""Of an export as CSV, in their order."""


def exported(found: FoundCalls) -> list[ExportedCall]:
    """Found calls as they are exported, in their order."""
    matches: dict[CallId, list[ExportedMatch]] = {}
    for each in found.utterances:
        matches.setdefault(each.call_id, []).append(_match(each))
    return [_call(record, matches.get(record.call_id, [])) for record in found.calls]


def _match(each: FoundUtterance) -> ExportedMatch:
    spans = [MatchedSpan(start=start, end=end) for start, end in each.found]
    return ExportedMatch(
        utterance_id=each.utterance_id, speaker=each.speaker, started_ms=each.started_ms, text=each.text, found=spans
    )


def _call(record: CallRecord, matches: list[ExportedMatch]) -> ExportedCall:
    return ExportedCall(
        call_id=record.call_id,
        contact_id=record.contact_id,
        phase=record.phase,
        started_at=_moment(record.start_timestamp_ms),
        ended_at=None if record.ended_at_ms is None else _moment(record.ended_at_ms),
        duration_ms=record.ended_ms,
        agent_id=record.agent_id,
        profile=record.profile,
        reason=record.reason,
        disposition=record.disposition,
        labels=list(record.labels),
        sentiment=None if record.sentiment is None else round(record.sentiment, 3),
        alerts=record.alerts,
        cues=record.cues,
        utterances=record.utterances,
        masks=record.masks,
        warnings=record.warnings,
        end_reason=record.end_reason,
        matches=matches,
    )


def _moment(epoch_ms: int) -> str:
    return datetime.fromtimestamp(epoch_ms / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def csv_head() -> str:
    """The line of names above an export as CSV (RFC 4180)."""
    return _csv([COLUMNS])


def csv_lines(calls: Sequence[ExportedCall]) -> str:
    """Calls as lines of CSV. Labels stand in one field, apart by a space; what is not known is empty.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    rows = []
    for call in calls:
        values = (getattr(call, field.name) for field in msgspec.structs.fields(ExportedCall))
        rows.append([_field(value) for value in itertools.islice(values, len(COLUMNS))])
    return _csv(rows)


def _field(value: object) -> str:
    match value:
        case None:
            return ""
        case list():
            return _field(" ".join(value))
        case str():
            return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    return str(value)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def json_lines(calls: Sequence[ExportedCall]) -> bytes:
    """Calls as JSON Lines."""
    return msgspec.json.Encoder().encode_lines(calls)

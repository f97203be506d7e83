"""What may be set about ingest, with the reason for each default."""

import msgspec


class IngestSettings(msgspec.Struct, frozen=True):
    """Bounds and time-outs of one call's ingest. All times are real milliseconds unless the name says otherwise.

    no_audio_timeout_ms: a call without a new fragment of its own for this long is over; none stays open for ever.
    stop_grace_ms: after the contact's own end is known, how long to wait for audio that has not come yet.
    stall_ms: an open connection without a byte for this long is taken for dead and opened anew (Connect sends a
        fragment about every second).
    start_margin_ms: how far before the reported start to begin reading (media time). Starting exactly there may lose
        the first second; what is too early is dropped by number and by contact.
    resume_margin_ms: the same before the fragment that a checkpoint names (media time).
    tolerance_ms: a fragment within this of its expected producer time joins without a seam (media time).
    max_jump_ms: a producer time further ahead than this is a wrong time stamp, not a gap (media time).
    max_overlap_ms: a producer time further back than this is a wrong time stamp, not an overlap (media time).
    max_held_fragments, max_held_bytes: bound on fragments that wait for proof of whose they are.
    max_idle_sessions: connections in a row without a new fragment after which the call is given up.
    """

    no_audio_timeout_ms: int = 60_000
    stop_grace_ms: int = 3_000
    poll_ms: int = 250
    describe_timeout_ms: int = 5_000
    connect_timeout_ms: int = 10_000
    stall_ms: int = 20_000
    start_margin_ms: int = 5_000
    resume_margin_ms: int = 1_000
    tolerance_ms: int = 200
    max_jump_ms: int = 3_600_000
    max_overlap_ms: int = 60_000
    max_held_fragments: int = 32
    max_held_bytes: int = 2 << 20
    max_idle_sessions: int = 64
    backoff_ms: int = 250
    backoff_cap_ms: int = 5_000

"""What follows what in the verification of a call after its end. Pure; the steps are in ``roles/verification.py``.

``open`` waits for the ``call`` process to be done with the call. ``scan`` reads all stored text; what it finds in
utterances, ``amend`` masks, and all is read again, at most ``ROUNDS`` times. ``audio`` checks the recording against the
words as they stand then; a mask that has no beep yet gets it in ``rebeep``. ``decide`` says what it came to. Whatever
cannot be read or mended ends in quarantine: a person looks.
"""

from typing import Final

from cueline.workflows.plan import Decision, Do, Done, Facts, Results, Step, Wait, WorkflowPlan

NAME: Final = "verify_call"
ROUNDS: Final = 3
LOOKS: Final = 4
"""How often notes are looked at that are to be made again after an amendment."""

OPENINGS: Final = 60
OPEN_EVERY_MS: Final = 5_000
NOTES_PAUSE_MS: Final = 3_000

STEPS: Final = (
    Step("verify_open", tries=20),
    Step("verify_scan", tries=8),
    Step("verify_amend", tries=8),
    Step("verify_audio", tries=12, timeout_ms=600_000),
    Step("verify_rebeep", tries=12, timeout_ms=600_000),
    Step("verify_rehear", tries=8, timeout_ms=600_000),
    Step("verify_decide", tries=50),
)


def following(results: Results) -> Decision:
    """The next step of a run whose argument is ``{"tenant", "callId", "attempt"}``."""
    call = results.argument
    opened = results.text("verify_open", "state")
    if results.failed("verify_open") is not None:
        return _decide(results, call)
    if opened in {"", "waiting"}:
        return _open(results, call)
    if opened == "gone":
        return Done({"state": "gone"})
    if results.last("verify_decide") is not None:
        return _decide(results, call)
    return _text(results, call) or _audio(results, call) or _rehear(results, call) or _decide(results, call)


VERIFY_CALL: Final = WorkflowPlan(NAME, 1, STEPS, following)


def _open(results: Results, call: Facts) -> Decision:
    """Looks whether the call is ready; every second decision waits."""
    if results.count("verify_open") > results.waits():
        return Wait(OPEN_EVERY_MS)
    last = results.count("verify_open") + 1 >= OPENINGS
    return Do("verify_open", {**call, "last": last})


def _text(results: Results, call: Facts) -> Decision | None:
    """Reading and masking, until a reading finds nothing to mask; None when that is done, or of no use."""
    if results.failed("verify_scan") or results.failed("verify_amend"):
        return None
    scans, amended = results.count("verify_scan"), results.count("verify_amend")
    name = getattr(results.happened[-1], "step", "wait")
    if scans == 0 or name == "wait":
        return Do("verify_scan", {**call, "number": scans + 1})
    if name == "verify_amend":
        return Wait(NOTES_PAUSE_MS)  # the notes are made again meanwhile
    if name != "verify_scan":
        return None
    if results.number("verify_scan", "maskable") and amended < ROUNDS:
        return Do("verify_amend", call)
    again = results.number("verify_scan", "notes") and amended and scans < ROUNDS + LOOKS
    return Wait(NOTES_PAUSE_MS) if again else None


def _audio(results: Results, call: Facts) -> Decision | None:
    """Checking and beeping, until a check misses nothing."""
    if results.failed("verify_audio") or results.failed("verify_rebeep"):
        return None
    checks, beeped = results.count("verify_audio"), results.count("verify_rebeep")
    if checks == beeped:
        return Do("verify_audio", call)
    if results.number("verify_audio", "missing") and beeped < ROUNDS:
        return Do("verify_rebeep", call)
    return None


def _rehear(results: Results, call: Facts) -> Decision | None:
    """Recognising the redacted audio again, once, where that is set up."""
    if results.argument.get("rehear") is not True or results.last("verify_rehear") is not None:
        return None
    return Do("verify_rehear", call)


def _decide(results: Results, call: Facts) -> Decision:
    """The verdict. ``reasons`` say why a person must look."""
    if results.last("verify_decide") is not None:
        return Done({"state": results.text("verify_decide", "state") or "undecided"})
    reasons: list[str | int | float | bool | None] = [
        f"{step.name.removeprefix('verify_')}_failed"
        for step in STEPS
        if results.failed(step.name) is not None and step.name != "verify_decide"
    ]
    if results.number("verify_scan", "maskable") or results.number("verify_scan", "fixed"):
        reasons.append("text")
    if results.number("verify_audio", "faults"):
        reasons.append("audio")
    if results.number("verify_audio", "missing"):
        reasons.append("beeps")
    if results.number("verify_rehear", "found"):
        reasons.append("reheard")
    changed = results.count("verify_amend") > 0 or results.count("verify_rebeep") > 0
    return Do("verify_decide", {**call, "reasons": reasons, "changed": changed})

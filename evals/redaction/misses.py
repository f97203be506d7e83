"""What the gate gets wrong on a set that may be looked at: ``python -m evals.redaction.misses SET``.

For whoever tunes the rules. It knows nothing of the held-out set, which is not to be looked at.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator

from cueline.ops.system_clock import stopwatch_s
from cueline.redaction.measuring.calls import EITHER, Turn, read_call
from cueline.redaction.measuring.play import PlayedTurn, Timings, play_call
from cueline.redaction.redactor import Redactor
from evals.redaction.build import build_call
from evals.redaction.development import DEVELOPMENT
from evals.redaction.families import Family
from evals.redaction.marked import FILES, marked_calls
from evals.redaction.tuning_harbour import HARBOUR
from evals.redaction.tuning_juniper import JUNIPER
from evals.redaction.tuning_lagoon import LAGOON
from evals.redaction.tuning_meridian import MERIDIAN
from evals.redaction.tuning_orchard import ORCHARD
from evals.redaction.tuning_plover import PLOVER

FAMILIES: dict[str, Family] = {
    family.name: family for family in (DEVELOPMENT, HARBOUR, ORCHARD, MERIDIAN, LAGOON, JUNIPER, PLOVER)
}


def lines_of(name: str, calls: int) -> Iterator[bytes]:
    """A set's calls, one JSON object each."""
    if name in FAMILIES:
        for number in range(calls):
            yield json.dumps(build_call(FAMILIES[name], number)).encode()
    else:
        for number, call in enumerate(marked_calls(name)):
            if number < calls:
                yield json.dumps(call).encode()


def shown(one: PlayedTurn) -> str:
    """The turn with masked words in brackets."""
    pieces = []
    for (text, _, _), mark in zip(one.turn.words, one.final, strict=True):
        pieces.append(text if mark is None else f"[{text}|{mark}]")
    return " ".join(pieces)


def before(turns: list[PlayedTurn], at: int, count: int = 3) -> str:
    return " / ".join(f"{one.turn.role[0]}: {one.turn.text}" for one in turns[max(0, at - count) : at])


def missed(one: PlayedTurn, *, partials: bool) -> list[tuple[str, str, str]]:
    """Type, form and text of each span of a turn of which a carrier is shown."""
    turn: Turn = one.turn
    found: list[tuple[str, str, str]] = []
    for (start, end, kind, form), carriers in zip(turn.spans, turn.carriers, strict=True):
        leak = any(one.fates[at].shown if partials else one.final[at] is None for at in carriers)
        if leak:
            found.append((kind, form, turn.text[start:end]))
    return found


def over_masked(one: PlayedTurn) -> list[tuple[str, str]]:
    """Benign stretches that are masked, and masked words that lie in no span at all."""
    turn = one.turn
    inside: set[int] = set()
    found: list[tuple[str, str]] = []
    for start, end, kind in turn.benign:
        words = turn.inside(start, end)
        inside.update(words)
        if kind != EITHER and any(one.final[at] is not None for at in words):
            found.append((kind, turn.text[start:end]))
    for start, end, _, _ in turn.spans:
        inside.update(turn.inside(start, end))
    found += [
        ("clean", turn.words[at][0]) for at, mark in enumerate(one.final) if mark is not None and at not in inside
    ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("set", choices=[*FAMILIES, *FILES])
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--context", type=int, default=3, help="turns shown before each finding")
    parser.add_argument("--type", default=None, help="one entity type only")
    parser.add_argument("--benign", action="store_true", help="list over-redaction instead")
    parser.add_argument("--partials", action="store_true", help="what was shown in any hypothesis")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    timings = Timings([], [])
    leaking = number = 0
    for line in lines_of(options.set, options.calls):
        number += 1
        call = read_call(line)
        turns = play_call(call, Redactor, stopwatch_s, timings, partials=options.partials)
        leaks = False
        for at, one in enumerate(turns):
            found: list[tuple[str, ...]] = []
            found.extend(over_masked(one) if options.benign else missed(one, partials=options.partials))
            for item in found:
                if options.type is not None and item[0] != options.type:
                    continue
                leaks = True
                counts[item[0]] += 1
                context = before(turns, at, options.context)
                print(f"{call.call} {' '.join(item[:-1])}: {item[-1]!r}\n    {context}\n    -> {shown(one)}")
        leaking += leaks
    print(f"{leaking} of {number} calls; {dict(counts.most_common())}")


if __name__ == "__main__":
    main()

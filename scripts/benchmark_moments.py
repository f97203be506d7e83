"""Measures what reading moments costs: processor time an utterance, all models together, over the texts of the models.

python scripts/benchmark_moments.py
"""

import re
from pathlib import Path
from time import thread_time

from cueline.events.redacted import Mask
from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.moments import MomentReader
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.kernel.ids import CallId, TenantId, UtteranceId

TEXTS = Path(__file__).resolve().parent / "texts/moments"
MASK = re.compile(r"\[([A-Z0-9_]+)\]")
CALL_TURNS = 40
LONG_TURN = 8
"""Lines said in one go, for the cost of a long turn."""


def utterances(texts: list[str]) -> list[Heard]:
    made = []
    for at, text in enumerate(texts):
        masks = [Mask(start=found.start(), end=found.end(), type=found[1]) for found in MASK.finditer(text)]  # type: ignore[arg-type]
        side = "customer" if at % 3 else "agent"
        made.append(
            Heard(
                utterance_id=UtteranceId(f"utt_{at}"), channel=side, speaker=side, started_ms=at * 4_000,
                ended_ms=at * 4_000 + 3_000, text=text, tokens=tokens_of(text, masks), final=True,
            )
        )  # fmt: skip
    return made


def measure(title: str, texts: list[str]) -> None:
    heard = utterances(texts)
    picture = CallPicture(CallFacts(TenantId("default"), CallId("call_1")))
    MomentReader().read(heard[0], picture)
    costs = []
    reader = MomentReader()
    for at, one in enumerate(heard):
        if at % CALL_TURNS == 0:
            reader = MomentReader()
        begun_s = thread_time()
        reader.read(one, picture)
        costs.append((thread_time() - begun_s) * 1_000)
    costs.sort()
    words = sum(len(one.tokens) for one in heard) / len(heard)
    print(
        f"{title}: {len(heard):,} utterances of {words:.0f} words on average: mean {sum(costs) / len(costs):.3f} ms, "
        f"median {costs[len(costs) // 2]:.3f} ms, p95 {costs[len(costs) * 95 // 100]:.3f} ms"
    )


def main() -> None:
    lines = [line for path in sorted(TEXTS.glob("*/*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [line for line in lines if not line.startswith("#")]
    texts = [texts[at * 997 % len(texts)] for at in range(len(texts))]
    measure("as written", texts)
    measure("long turns", [" ".join(texts[at : at + LONG_TURN]) for at in range(0, len(texts), LONG_TURN)])


if __name__ == "__main__":
    main()

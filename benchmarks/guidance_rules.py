"""What a final costs with thousands of phrases: the rules, and a loop that looks for each phrase in turn.

    python benchmarks/guidance_rules.py [--phrases 5000] [--utterances 400] [--json]

Both read the same utterances in the same run; the loop only looks for the words as they stand, which is less than the
rules do. Each has a pass of its own over all utterances, of which none is heard twice. Phrases and utterances are made
of fixed word lists by a seeded generator, so every run has the same.
"""

import argparse
import json
import re
from statistics import median, quantiles

import numpy as np

from cueline.guidance.heard import Heard, tokens_of
from cueline.guidance.picture import CallFacts, CallPicture
from cueline.guidance.rules.checking import parse_rule_set
from cueline.guidance.rules.compile import compile_rules
from cueline.guidance.rules.engine import RuleEngine
from cueline.kernel.ids import CallId, TenantId, UtteranceId
from cueline.ops.system_clock import stopwatch_s

VERBS = "cancel close change check block open order return replace upgrade renew move pay dispute track find".split()
THINGS = (
    "card account bill phone contract plan order refund loan address charge parcel router line number statement limit "
    "password appointment balance delivery device receipt invoice"
).split()
KINDS = "new old second last joint business monthly yearly wrong broken missing late blocked shared prepaid".split()
LEADS = ("i want to", "i would like to", "can you", "how do i", "please", "i need to", "help me", "why did you")
TALK = (
    "yes no okay well i you we they it that this the a my your so and but then because when today yesterday tomorrow "
    "really just think know said told called looking morning thank help sure maybe right now again about with for from"
).split()
PHRASES_OF_A_RULE = 20


def phrases_of(count: int, generator: np.random.Generator) -> list[str]:
    """Different phrases of three to seven words."""
    made: dict[str, None] = {}
    while len(made) < count:
        lead, verb, kind, thing = (str(generator.choice(words)) for words in (LEADS, VERBS, KINDS, THINGS))
        made[f"{lead} {verb} my {kind} {thing}" if generator.random() < 0.7 else f"{verb} {kind} {thing}"] = None
    return list(made)


def utterances_of(count: int, phrases: list[str], generator: np.random.Generator) -> list[str]:
    """Turns of 4 to 30 words; one in four has a phrase in it."""
    made = []
    for _ in range(count):
        words = [str(word) for word in generator.choice(TALK + THINGS + VERBS, size=int(generator.integers(4, 31)))]
        if generator.random() < 0.25:
            place = int(generator.integers(0, len(words)))
            words[place:place] = str(generator.choice(phrases)).split()
        made.append(" ".join(words))
    return made


def engine_of(phrases: list[str]) -> tuple[RuleEngine, CallPicture, float]:
    """The rules at work, and the milliseconds that it took to make them ready."""
    rules = [
        {
            "ruleId": f"rule{number}", "title": f"Rule {number}", "times": 20, "cooldownS": 0,
            "when": {"kind": "said", "phrases": phrases[number : number + PHRASES_OF_A_RULE]},
            "then": [{"kind": "hint", "text": "Do it"}],
        }
        for number in range(0, len(phrases), PHRASES_OF_A_RULE)
    ]  # fmt: skip
    rule_set = parse_rule_set({"name": "benchmark", "title": "Benchmark", "rules": rules})
    facts = CallFacts(TenantId("default"), CallId("call_1"))
    begun = stopwatch_s()
    compiled = compile_rules(rule_set, facts)
    return RuleEngine(compiled), CallPicture(facts), (stopwatch_s() - begun) * 1_000


def heard_of(text: str, number: int) -> Heard:
    """An utterance as the guide hears it."""
    return Heard(
        UtteranceId(f"call_1.c{number}"), "customer", "customer", number * 1_000, number * 1_000 + 900, text,
        tokens_of(text, ()), final=True,
    )  # fmt: skip


def measured(phrases: int, utterances: int) -> dict[str, float]:
    """Microseconds of an utterance, by the rules and by the loop."""
    generator = np.random.default_rng(20_260_101)
    wanted = phrases_of(phrases, generator)
    texts = utterances_of(utterances, wanted, generator)
    engine, picture, ready_ms = engine_of(wanted)
    turns = [heard_of(text, number) for number, text in enumerate(texts)]
    looked_for = [re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE) for phrase in wanted]
    ours, loop, fired = [], [], 0
    for turn in turns:
        begun = stopwatch_s()
        fired += len(engine.hear(turn, picture))
        ours.append((stopwatch_s() - begun) * 1e6)
    for turn in turns:
        begun = stopwatch_s()
        for pattern in looked_for:
            pattern.search(turn.text)
        loop.append((stopwatch_s() - begun) * 1e6)
    return {
        "phrases": phrases,
        "utterances": utterances,
        "fired": fired,
        "ready_ms": round(ready_ms, 1),
        "rules_us_p50": round(median(ours), 1),
        "rules_us_p95": round(quantiles(ours, n=20)[-1], 1),
        "loop_us_p50": round(median(loop), 1),
        "ratio_p50": round(median(loop) / median(ours), 1),
    }


def main() -> None:
    """Measures, and prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--phrases", type=int, default=5_000)
    parser.add_argument("--utterances", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measured(options.phrases, options.utterances)
    print(json.dumps(figures) if options.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
